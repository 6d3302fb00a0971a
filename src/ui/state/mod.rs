//! What the widget knows, and how it changes: one state, one list of actions, one `apply`.
//! No browser here: what has to happen outside comes back as effects, so all of this runs natively.

mod action;
mod apply;
mod deep;
mod find;
mod guiding;
mod links;
mod probing;
mod report;
mod saved;
mod searching;
mod sending;
mod status;

pub use action::{Action, Event, Focus, Later, News, Outbox};
pub use apply::{apply, needs_depth};
pub use deep::{act_deep, forget};
pub use find::{Found, Row, line, refresh, suggestions};
pub use guiding::current_probe;
pub use probing::{Way, way};
pub use report::outcome_words;
pub use saved::{restore, restore_pictures, save, save_pictures};
pub use sending::sending_words;
pub use status::{Fixed, Status, Trouble, Waiting, fixed_words, judge, probe_status, state_words};

use std::rc::Rc;

use unstuck_core::guide::{Position, Reader, Session, Walk, replay};
use unstuck_core::handle::Handle;
use unstuck_core::handover::{Attachment, Environment, Format, Queue, Zones};
use unstuck_core::model::{Article, Product, Recipient};
use unstuck_core::pack::Pack;
use unstuck_core::search::{Meaning, Scratch};

use super::strings::Strings;

/// What the outside world gives: time, zones and random ids.
pub trait Env: Zones {
    /// Now, in milliseconds since 1970 (UTC).
    fn now(&self) -> u64;
    /// A time of day in the person's own zone, as the language of that tag writes it; `HH:MM` in
    /// English.
    fn time_of_day(&self, at: u64, tag: &str) -> String;
    /// A new random UUID.
    fn uuid(&self) -> String;
    /// The day of an instant in the person's own zone, in a few letters of the language of that
    /// tag; empty for today.
    fn day(&self, _at: u64, _tag: &str) -> String {
        String::new()
    }
    /// What the browser says of itself.
    fn environment(&self) -> Environment;
}

/// Where and how the widget stands in the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A button in the corner opens a panel.
    #[default]
    Launcher,
    /// Part of the page.
    Inline,
    /// A panel without a button; the host opens it.
    Panel,
}

/// What the host set, by attributes and `configure`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// How it stands in the page.
    pub mode: Mode,
    /// Level of the panel's own heading; articles are one below.
    pub heading_level: u8,
    /// Address that takes reports.
    pub endpoint: Option<String>,
    /// What it takes.
    pub format: Format,
    /// Address of the pack, which pictures lie beside.
    pub pack_url: String,
    /// Which cookies go along with a report: `same-origin`, `omit` or `include`.
    pub credentials: String,
    /// Address of a status feed.
    pub status: Option<String>,
    /// The form of the feed, where it shall not be recognised by its shape.
    pub status_format: Option<String>,
    /// Headers that go along with a report.
    pub headers: Vec<(String, String)>,
    /// What services are called in the feed: id and name.
    pub services: Vec<(String, String)>,
    /// Put in front of relative deep links.
    pub link_base: String,
    /// Addresses of deep links that override the knowledge base's.
    pub links: Vec<(String, String)>,
    /// Addresses that the host gave for probes, by their names.
    pub probe_urls: Vec<(String, String)>,
    /// Address of the page.
    pub page: String,
    /// Names of probes that the host registered.
    pub probes: Vec<String>,
    /// Path of the page, for suggestions.
    pub route: String,
}

/// What is on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// Search, suggestions and topics.
    #[default]
    Home,
    /// The articles of the topic of that index.
    Topic(usize),
    /// An article, by its number in the pack.
    Article(usize),
    /// The handover.
    Handover,
    /// What is kept on this device.
    Kept,
}

/// What the person writes for support.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// "What happened".
    pub note: String,
    /// Address for the answer.
    pub email: String,
    /// Id of the chosen priority.
    pub priority: Option<String>,
    /// What the product asks for, by key.
    pub details: Vec<(String, String)>,
    /// Names of removed lines.
    pub removed: Vec<String>,
    /// Pictures.
    pub pictures: Vec<Attachment>,
    /// Id of the report; the same for every try of sending it.
    pub id: String,
}

/// How sending goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sending {
    /// Not tried yet.
    #[default]
    Idle,
    /// Under way.
    Sending,
    /// The server has it; reference.
    Sent(String),
    /// The host took it over.
    HandedOver,
    /// Kept, tried again by itself.
    Queued,
    /// Refused; the reason in words.
    Refused(String),
    /// It left, and no answer came: the person decides whether it is sent again.
    MayHaveArrived(String),
}

/// What a probe found, for the check on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeResult {
    /// Id of the check.
    pub check: String,
    /// `None` while it runs.
    pub outcome: Option<unstuck_core::guide::Outcome>,
    /// In words.
    pub detail: String,
}

/// What the search field and its list show.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// As typed.
    pub text: String,
    /// What was found for it.
    pub found: Found,
    /// Index of the active option.
    pub active: Option<usize>,
    /// Whether the list is open.
    pub open: bool,
    /// The text whose search was last told to the host.
    pub told: String,
}

/// Everything the widget knows.
pub struct State {
    /// The knowledge base.
    pub pack: Rc<Pack>,
    /// The product with what the host changed of it, if it did.
    pub own: Option<Handle<Product>>,
    /// The interface's language.
    pub strings: Strings,
    /// What the host set.
    pub settings: Settings,
    /// What the host said of the person and the page.
    pub context: Vec<(String, String)>,
    /// Whether the panel is open; always true inline.
    pub open: bool,
    /// Two columns.
    pub wide: bool,
    /// A modal sheet.
    pub sheet: bool,
    /// The sheet is folded to a bar, because a deep link was followed.
    pub folded: bool,
    /// What is on screen.
    pub screen: Screen,
    /// Where "Back" leads, the last one first.
    pub trail: Vec<Screen>,
    /// The article of [`Screen::Article`], or the one that the handover is about.
    pub article: Option<Handle<Article>>,
    /// Search.
    pub search: Search,
    /// What was fetched later and lets searches find what they do not say in the same words.
    pub meaning: Option<Rc<Meaning>>,
    /// Buffers of the search.
    pub scratch: Scratch,
    /// What was answered, an article a session, the latest last.
    pub sessions: Vec<Session>,
    /// The choice that is marked and not yet taken.
    pub marked: Option<String>,
    /// Id of the check whose wait or event the person calls over.
    pub checked_now: Option<String>,
    /// Result of the current check's probe.
    pub probe: Option<ProbeResult>,
    /// What the current check's probe is to look at. It is never kept.
    pub pasted: String,
    /// What the person writes.
    pub draft: Draft,
    /// Why the last picture was not taken, in words.
    pub picture_fault: Option<String>,
    /// Whether the field was filled in that people do not see.
    pub trapped: bool,
    /// How sending goes.
    pub sending: Sending,
    /// Reports that are kept until they have arrived, as this tab saw them last.
    pub queue: Queue,
    /// Whether the article on screen was called helpful.
    pub helped: Option<bool>,
    /// What was searched for and not found or not opened, for the report.
    pub searches: Vec<String>,
    /// Suggestions of the host: ids of articles.
    pub suggested: Vec<String>,
    /// How the services are, and what the person said about it.
    pub status: status::Held,
    /// Whether the browser lets us keep something.
    pub keeps: bool,
    /// Whether the launcher is hidden, as the person asked.
    pub away: bool,
    /// What the live region says.
    pub said: String,
    /// Counts timers: only the latest one of its sort acts.
    pub typed: u32,
    /// What was copied last, to confirm it in place.
    pub copied: Option<String>,
    /// Why an article could not be shown.
    pub fault: Option<String>,
    /// Something that was asked for waits for the second file.
    pub loading: bool,
    /// The second file could not be had when it was asked for.
    pub missing: bool,
}

impl State {
    /// A widget that was not used yet.
    pub fn new(pack: Rc<Pack>, settings: Settings) -> State {
        State {
            open: settings.mode == Mode::Inline,
            pack,
            own: None,
            settings,
            strings: Strings::default(),
            context: Vec::new(),
            wide: false,
            sheet: false,
            folded: false,
            screen: Screen::Home,
            trail: Vec::new(),
            article: None,
            search: Search::default(),
            meaning: None,
            scratch: Scratch::default(),
            sessions: Vec::new(),
            marked: None,
            checked_now: None,
            probe: None,
            pasted: String::new(),
            draft: Draft::default(),
            picture_fault: None,
            trapped: false,
            sending: Sending::Idle,
            queue: Queue::default(),
            helped: None,
            searches: Vec::new(),
            suggested: Vec::new(),
            status: status::Held::default(),
            keeps: true,
            away: false,
            said: String::new(),
            typed: 0,
            copied: None,
            fault: None,
            loading: false,
            missing: false,
        }
    }

    /// The product, as the knowledge base and the host describe it.
    pub fn product(&self) -> &Product {
        self.own.as_deref().unwrap_or_else(|| self.pack.product())
    }

    /// A value of the host's context.
    #[inline(never)]
    pub fn context(&self, key: &str) -> Option<&str> {
        self.context.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Who reads.
    pub fn reader(&self) -> Reader {
        Reader::from_role(self.context("role").unwrap_or(""))
    }

    /// The session of an article, if it has one.
    pub fn session(&self, article: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.article == article)
    }

    /// The way through the article at hand.
    pub fn walk(&self) -> Option<(Handle<Article>, Session, Walk)> {
        let article = self.article.clone()?;
        let session =
            self.session(&article.id).cloned().unwrap_or_else(|| Session::new(&article.id));
        let walk = replay(&article, &session, self.reader());
        Some((article, session, walk))
    }

    /// A guide with answers that did not end: number of its article, current check, checks in all.
    pub fn unfinished(&self) -> Option<(usize, usize, usize)> {
        let session = self.sessions.last()?;
        let number = self.pack.find(&session.article)?;
        let article = self.pack.article(number).ok()?;
        let walk = replay(&article, session, self.reader());
        let begun = !walk.steps.is_empty() || !session.waits.is_empty();
        match walk.position {
            Position::Check(_) if begun => {
                let (n, total) = walk.progress(&article, self.reader());
                Some((number, n, total))
            }
            _ => None,
        }
    }

    /// Name on screen and recipient of a person, or of whoever stands in when the reader is them.
    pub fn person(&self, id: &str) -> (String, Recipient) {
        let product = self.product();
        let Some(mut person) = product.person(id) else {
            return (id.to_owned(), Recipient::Support);
        };
        let is_reader = match person.to {
            Recipient::Admin => self.reader() == Reader::Admin,
            Recipient::Staff => self.reader() == Reader::Staff,
            _ => false,
        };
        if let Some(other) = person.instead.as_deref().filter(|_| is_reader) {
            person = product.person(other).unwrap_or(person);
        }
        (person.name.clone(), person.to)
    }

    /// To whom a report about the article at hand goes.
    pub fn recipient(&self) -> Recipient {
        use unstuck_core::model::Ending;
        let who = self.article.as_ref().and_then(|article| match &article.ending {
            Ending::Escalate(escalation) => escalation.who.first(),
            Ending::Expected(_) => None,
        });
        who.map_or(Recipient::Support, |who| self.person(who).1)
    }
}
