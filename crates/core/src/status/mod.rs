//! The state of services: every public feed read into one [`Feed`], and what it means for an
//! article. Pure: bytes and the time of day come in. Fetching is the widget's matter, the windows
//! of `kb.toml` are `schedule`'s.

mod draft;
mod json;
mod planned;
mod read;
mod services;
mod state;
mod text;
mod when;

pub use planned::{AFTER_MS, Planned, When, next_maintenance, planned};
pub use read::{Options, read};
pub use services::{Services, Watch};
pub use state::{Phase, State};
pub use text::{plain_text, web_address};
pub use when::instant_of;

/// What a feed says. Texts are plain and cut to a length, addresses are http(s) (in the plain form
/// also paths of the page), times are milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// The form it was read as; `None` where none was recognised.
    pub format: Option<Format>,
    /// The worst of the page's word, its components, and its open incidents.
    pub state: State,
    /// The parts that the page tells apart, without the rows that only group others.
    pub components: Vec<Component>,
    /// Open incidents, in the order of the feed.
    pub incidents: Vec<Incident>,
    /// Planned work that is not over, in the order of the feed.
    pub maintenance: Vec<Announced>,
    /// When the feed says that it was made.
    pub updated_at: Option<u64>,
    /// It was made too long ago to be relied on.
    pub stale: bool,
    /// The page's own word is milder than what its parts say.
    pub source_disagrees: bool,
    /// A word of the page to everybody; may be empty.
    pub message: String,
    /// The address of the status page, where the feed names it.
    pub url: Option<String>,
    /// Why nothing could be read; then the state is `Unknown`.
    pub fault: Option<Fault>,
}

/// A part of what the page tells of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// Its id in the feed; its name where the form has no ids.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The name of its group; may be empty.
    pub group: String,
    /// The worst of its own state and of the open incidents and present maintenance that name it.
    pub state: State,
    /// The page says that nothing watches it, so that `Unknown` is no fault of the feed.
    pub unwatched: bool,
}

/// An open incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incident {
    /// Its id in the feed; its address or its title where the form has no ids.
    pub id: String,
    /// Title.
    pub title: String,
    /// How far it is.
    pub phase: Phase,
    /// How bad it is; `Degraded` where the feed does not say.
    pub state: State,
    /// Since when.
    pub since: Option<u64>,
    /// When it was last spoken of.
    pub updated_at: Option<u64>,
    /// The text of the latest update; may be empty.
    pub update: String,
    /// The page that tells more.
    pub url: Option<String>,
    /// Ids of the components it touches; empty where the feed does not say.
    pub services: Vec<String>,
}

/// Planned work that the feed announces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announced {
    /// Its id in the feed; its address or its title where the form has no ids.
    pub id: String,
    /// Title.
    pub title: String,
    /// How far it is. `InProgress` also where only the time says so.
    pub phase: Phase,
    /// When it begins.
    pub from: Option<u64>,
    /// When it ends.
    pub to: Option<u64>,
    /// What is said of it; may be empty.
    pub update: String,
    /// The page that tells more.
    pub url: Option<String>,
    /// Ids of the components it touches; empty where the feed does not say.
    pub services: Vec<String>,
}

/// The forms of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Atlassian Statuspage v2 and what answers like it.
    Statuspage,
    /// Instatus, `summary.json`.
    Instatus,
    /// Better Stack, `index.json`.
    BetterStack,
    /// Upptime, `history/summary.json`.
    Upptime,
    /// cState, `index.json`.
    CState,
    /// OpenStatus, `feed/json` and the badge's `{"status"}`.
    OpenStatus,
    /// `{"status", "services", "incidents", "maintenances"}`.
    Plain,
}

impl Format {
    /// All forms.
    pub const ALL: [Format; 7] = [
        Format::Statuspage,
        Format::Instatus,
        Format::BetterStack,
        Format::Upptime,
        Format::CState,
        Format::OpenStatus,
        Format::Plain,
    ];

    /// The name used in `status-format`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Statuspage => "statuspage",
            Format::Instatus => "instatus",
            Format::BetterStack => "betterstack",
            Format::Upptime => "upptime",
            Format::CState => "cstate",
            Format::OpenStatus => "openstatus",
            Format::Plain => "plain",
        }
    }

    /// The form of that name; case, blanks, `_` and `-` do not count.
    pub fn from_name(name: &str) -> Option<Format> {
        let name = state::squeeze(name);
        Format::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// Why nothing could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More bytes than a feed may have.
    TooLarge,
    /// No JSON from end to end: a page in HTML, an answer cut short.
    NotJson,
    /// JSON, but of no known form, or not of the form that was demanded.
    UnknownForm,
}

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Fault::TooLarge => {
                "expected a status feed of at most 1 MB, found more; point `status` at its summary"
            }
            Fault::NotJson => {
                "expected a status feed in JSON, found something else; \
                 point `status` at the feed, not at the page"
            }
            Fault::UnknownForm => {
                "expected one of the known forms of status feeds, found other JSON; \
                 see `status-format`"
            }
        })
    }
}

impl core::error::Error for Fault {}

impl Feed {
    /// The state of the component of that id or name: the worst where several bear the name,
    /// `Unknown` where none does.
    pub fn service(&self, id: &str) -> State {
        self.components
            .iter()
            .filter(|component| component.id == id || component.name == id)
            .map(|component| component.state)
            .reduce(State::worse)
            .unwrap_or_default()
    }
}
