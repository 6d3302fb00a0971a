//! A guide session: named answers, and the position that follows from them by replay.
//! No position is ever stored, so going back, changing an answer, resuming after a reload and the
//! transcript all follow from the answers alone. Screens and clocks live in the widget.

mod choose;
mod codec;
pub mod probe;
mod replay;
mod session;
mod transcript;

pub use choose::{EXPECTED, choice_name, chosen, target_name};
pub use codec::{read_session, write_session};
pub use replay::{End, Position, Reader, Step, Walk, replay};
pub use session::{Session, came_from};
pub use transcript::transcript;

/// How a check turned out, as the report names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The person did it and is still stuck.
    StillStuck,
    /// It solved the problem.
    Fixed,
    /// The person passed it over.
    Skipped,
    /// The probe found nothing wrong.
    Passed,
    /// The probe found the fault.
    Failed,
    /// The probe could not tell.
    CouldNotRun,
    /// The wait was started.
    Waited,
    /// One of the choices was taken.
    Chose,
    /// The message for someone else was copied.
    Asked,
}

impl Outcome {
    /// All outcomes, in the order of their encoding.
    pub const ALL: [Outcome; 9] = [
        Outcome::StillStuck,
        Outcome::Fixed,
        Outcome::Skipped,
        Outcome::Passed,
        Outcome::Failed,
        Outcome::CouldNotRun,
        Outcome::Waited,
        Outcome::Chose,
        Outcome::Asked,
    ];

    /// The name used in the report and in events.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::StillStuck => "still_stuck",
            Outcome::Fixed => "fixed",
            Outcome::Skipped => "skipped",
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::CouldNotRun => "could_not_run",
            Outcome::Waited => "waited",
            Outcome::Chose => "chose",
            Outcome::Asked => "asked",
        }
    }

    /// Whether the guide goes on after it. The others are notes on a check that stays open.
    pub fn leads_on(self) -> bool {
        matches!(
            self,
            Outcome::StillStuck
                | Outcome::Fixed
                | Outcome::Skipped
                | Outcome::Passed
                | Outcome::Chose
        )
    }
}

/// One thing that a person or a probe said about a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Id of the check.
    pub check: String,
    /// How it turned out.
    pub outcome: Outcome,
    /// For [`Outcome::Chose`]: the name that [`choice_name`] gives, or [`EXPECTED`]; else empty.
    pub choice: String,
    /// When, in milliseconds since 1970 (UTC).
    pub at: u64,
    /// More in words, such as what a probe found; may be empty.
    pub detail: String,
    /// It happened and leads nowhere any more: the person came back from the article it led to, or
    /// the guide came round to the check once more. It stays in the transcript.
    pub spent: bool,
}

impl Answer {
    /// An answer of that check without choice, time and detail.
    pub fn new(check: &str, outcome: Outcome) -> Answer {
        Answer {
            check: check.to_owned(),
            outcome,
            choice: String::new(),
            at: 0,
            detail: String::new(),
            spent: false,
        }
    }
}
