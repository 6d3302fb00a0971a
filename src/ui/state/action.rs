//! What can happen to the widget, and what it asks of the browser in return.

use std::sync::Arc;

use unstuck_core::guide::Outcome;
use unstuck_core::handover::{Attachment, Item, Kept, Queue};
use unstuck_core::model::Probe;
use unstuck_core::status::Feed;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The panel was opened.
    Open,
    /// The panel shall close.
    Close,
    /// Escape was pressed: closes the list, clears the text, closes the panel, in this order.
    Escape,
    /// The search text changed.
    Type(String),
    /// The search text shall go.
    Clear,
    /// A timer ran out.
    Later(Later),
    /// Up or down in the list.
    Move(i32),
    /// To the first (`false`) or the last option.
    MoveTo(bool),
    /// The option of that index, or the active or first one, was chosen.
    Pick(Option<usize>),
    /// Show the article of that id.
    Show(String),
    /// Show the topic of that index.
    Topic(usize),
    /// Show the first screen.
    Home,
    /// One screen back, or one check back in a guide.
    Back,
    /// Show the handover.
    Contact,
    /// Show what is kept on this device.
    Kept,
    /// An answer to a check.
    Answer(String, Outcome),
    /// A choice was marked.
    Mark(String),
    /// The marked choice was taken.
    Choose(String),
    /// A check was found as its "Expected" item says.
    Expected(String),
    /// Open a done check again.
    Reopen(String),
    /// Start the wait of a check.
    Wait(String, u32),
    /// Call a wait over.
    CheckNow(String),
    /// A deep link was followed, in this page or to another one.
    Follow,
    /// Back from the place that a deep link led to.
    Unfold,
    /// The file of meaning arrived.
    Meaning(Vec<u8>),
    /// The host told something of the person or the page.
    Told,
    /// Run the probe of a check.
    Run(String),
    /// What a probe is to look at was typed or pasted.
    Paste(String),
    /// A probe answered.
    Probed(String, Outcome, String),
    /// Copy a message for someone else.
    Ask(String, String),
    /// Copy a text; the name marks the button that asked for it.
    Copy(String, String),
    /// Copying failed.
    NotCopied,
    /// "What happened" changed.
    Note(String),
    /// The e-mail address changed.
    Email(String),
    /// A priority was chosen.
    Priority(String),
    /// The field that people do not see was filled in.
    Trap(String),
    /// Something the product asks for changed.
    Detail(String, String),
    /// A line of the report was removed.
    Remove(String),
    /// Choose a picture to send along.
    ChoosePicture,
    /// A picture was made ready.
    Picture(Attachment),
    /// The file of that name is no picture that can be read.
    NoPicture(String),
    /// The picture of that index shall not be sent.
    RemovePicture(usize),
    /// Send the report.
    Send,
    /// How a report stands: its id, and `None` once it has arrived.
    Stands(String, Option<Kept>),
    /// What the queue holds now, and when it is to be looked at again.
    Queue(Queue, Option<u64>),
    /// Send the kept report of that id once more.
    Again(String),
    /// The host took the report over.
    Taken(bool),
    /// Nobody takes reports on this page.
    NoAddress,
    /// "Did this help?" was answered.
    Helped(bool),
    /// A new state of the services.
    Feed(News),
    /// "Tell me when it is fixed", or no longer.
    Tell(bool),
    /// The browser allowed notifications after that.
    Permitted,
    /// "I have something else".
    Aside,
    /// Forget everything.
    Erase,
    /// "Hide the Help button for a day", or no longer.
    Away(bool),
    /// The width class changed: two columns, modal sheet.
    Resize(bool, bool),
    /// The host's suggestions.
    Suggest(Vec<String>),
    /// Nothing can be kept.
    Denied,
}

/// A feed on its way. What it holds, and how that is dropped, only the second file has to know.
#[derive(Clone)]
pub struct News(Arc<dyn Tell>);

trait Tell: Send + Sync {
    fn feed(&self) -> &Feed;
}

impl Tell for Feed {
    fn feed(&self) -> &Feed {
        self
    }
}

impl News {
    /// Wraps a feed.
    pub fn new(feed: Feed) -> News {
        News(Arc::new(feed))
    }

    /// The feed.
    pub fn feed(&self) -> &Feed {
        self.0.feed()
    }
}

impl PartialEq for News {
    fn eq(&self, other: &News) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl core::fmt::Debug for News {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("News")
    }
}

/// Where the focus goes after the next drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The search field.
    Search,
    /// The heading of the screen.
    Heading,
    /// The current check.
    Check,
    /// The text that says how sending went.
    Status,
}

/// What the browser shall do. Fields of one record, not a list of values: setting a field is a
/// few bytes of wasm, building and matching an enumeration is many.
#[derive(Debug, Default)]
pub struct Outbox {
    /// Move the focus after the next drawing.
    pub focus: Option<Focus>,
    /// Tell the host, in this order.
    pub events: Vec<Event>,
    /// Keep the state.
    pub save: bool,
    /// Forget what is kept.
    pub erase: bool,
    /// Hide the launcher for a day, or show it again.
    pub away: Option<bool>,
    /// Put text on the clipboard.
    pub copy: Option<String>,
    /// Come back after so many milliseconds.
    pub later: Vec<(u32, Later)>,
    /// Run a probe for the check of that id.
    pub probe: Option<(String, Probe)>,
    /// Offer the report to the host, as JSON, else keep and transmit it.
    pub escalate: Option<(String, Item)>,
    /// Transmit what is kept and due; `true` passes over pauses.
    pub transmit: Option<bool>,
    /// Send the kept report of that id once more.
    pub again: Option<String>,
    /// Open the browser's dialog for choosing a picture.
    pub choose_picture: bool,
    /// The pictures changed: keep them.
    pub pictures: bool,
    /// Close the panel.
    pub close: bool,
    /// Fetch the state of the services.
    pub status: bool,
    /// Move the focus to the heading if it is in the widget: what it was on may be gone.
    pub refocus: bool,
    /// Ask whether notifications are allowed.
    pub permit: bool,
    /// Notify the person, who allowed it, of what works again.
    pub notify: bool,
    /// The second file begins its work: deep links are followed from now on.
    pub begin: bool,
}

/// What a timer brings back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// A pause after typing: the count is announced.
    Rest(u32),
    /// A longer pause: the search is told to the host.
    Settle(u32),
    /// A wait may have ended.
    Tick,
    /// A check is on screen: its probe may start.
    Arrive,
    /// Try what is due in the queue.
    Retry,
    /// The page was loaded, or the network is back: try all of the queue.
    Online,
}

/// An event for the host, with its `detail` as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Name after `unstuck-`.
    pub name: &'static str,
    /// JSON object.
    pub detail: String,
}
