//! An article, and the checks of a guide.
//! Only the shape: how a person walks through the checks is `guide`'s matter.

use super::text::{Block, Inline};

/// What sort of article it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A symptom with ordered checks; shown as "Guide".
    #[default]
    Guide,
    /// A question and its answer; shown as "Answer".
    Faq,
    /// One error or status code, or a range of them; shown as "Code".
    Code,
    /// Facts to look up; shown as "Reference".
    Reference,
}

impl Kind {
    /// The name used in files and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Guide => "guide",
            Kind::Faq => "faq",
            Kind::Code => "code",
            Kind::Reference => "reference",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        [Kind::Guide, Kind::Faq, Kind::Code, Kind::Reference]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// One article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// `<product>/<topic>/<slug>`; never changes once published.
    pub id: String,
    /// Id of its topic, as in [`Topic`](super::Topic); empty in a plain folder's root.
    pub topic: String,
    /// What sort of article it is.
    pub kind: Kind,
    /// What the person would say. Plain text; literals keep no marks.
    pub title: String,
    /// Other words for the problem: searched, never shown.
    pub phrasings: Vec<String>,
    /// Further search words.
    pub keywords: Vec<String>,
    /// Codes the article explains, as written (`404`, `5xx`, `SYNC_001`).
    pub codes: Vec<String>,
    /// Ids of the services it depends on.
    pub services: Vec<String>,
    /// The likely cause, or what a code means; empty when not given.
    pub cause: Vec<Inline>,
    /// The article's text.
    pub body: Vec<Block>,
    /// The checks, in the order to offer them.
    pub checks: Vec<Check>,
    /// How the guide ends when the checks are done.
    pub ending: Ending,
    /// Ids of articles to read next.
    pub see: Vec<String>,
    /// Locale of the text when it is not the pack's own (an untranslated article).
    pub locale: Option<String>,
}

/// How a guide ends when its checks are done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Someone takes over.
    Escalate(Escalation),
    /// It is expected behaviour: no ticket is offered first.
    Expected(Vec<Block>),
}

impl Default for Ending {
    fn default() -> Self {
        Ending::Escalate(Escalation::default())
    }
}

/// Who takes over when the checks are done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Escalation {
    /// What happens next, in the author's words; empty when the article names no escalation.
    pub text: Vec<Block>,
    /// Ids of people, the first one first; empty for the product's last resort.
    pub who: Vec<String>,
    /// Recommended at once, without waiting for the checks.
    pub straight_away: bool,
}

/// One step of a guide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Unique in its article, the same in every locale, never changes once published.
    pub id: String,
    /// The instruction: one action, one sentence.
    pub label: Vec<Inline>,
    /// More on how to do it, shown folded.
    pub detail: Vec<Block>,
    /// Names of deep links that lead to the setting.
    pub links: Vec<String>,
    /// A wait before the answer is known.
    pub wait: Option<Wait>,
    /// A probe that the browser runs.
    pub probe: Option<Probe>,
    /// Who must act, by id, and the message to copy.
    pub ask: Option<(String, String)>,
    /// Answers that lead on. With choices a check has no other answers.
    pub choices: Vec<Choice>,
    /// What the person finds when all is as it should be; ends the guide as expected behaviour.
    pub expected: Vec<Inline>,
    /// Whom the check is for, and what others get.
    pub audience: Audience,
    /// What replaces the check for readers outside its audience.
    pub others: Replacement,
}

/// Who may carry out a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Any reader.
    #[default]
    Everyone,
    /// A customer's administrator.
    Admin,
    /// Someone of the product's own staff.
    Staff,
}

/// What readers outside a check's audience get in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Replacement {
    /// The check is left out.
    #[default]
    Nothing,
    /// They are led somewhere else.
    Go(Target),
    /// The same check under another instruction.
    Text(Vec<Inline>),
}

/// A wait inside a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// A fixed time, in minutes.
    Minutes(u32),
    /// Until something happens; the words follow "Come back when".
    Until(Vec<Inline>),
}

/// A check that the browser can carry out unaided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// Its name, such as `online` or `service-status`.
    pub name: String,
    /// Parameters, in the author's order.
    pub params: Vec<(String, String)>,
}

/// An answer that leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the person sees or says.
    pub label: Vec<Inline>,
    /// Where it leads.
    pub target: Target,
}

/// Where a choice leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A check of the same article, by its id.
    Check(String),
    /// Another article, by its id; the person comes back afterwards.
    Article(String),
    /// The problem is solved.
    Fixed,
    /// It is expected behaviour.
    Expected,
    /// The escalation of this article.
    GetHelp,
}
