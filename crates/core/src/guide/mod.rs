//! A guide session: named answers, and the position that follows from them by replay.
//! No position is ever stored, so going back, changing an answer, resuming after a reload and the
//! transcript all follow from the answers alone. Screens and clocks live in the widget.

mod codec;
pub mod probe;
mod replay;

pub use codec::{read_session, write_session};
pub use replay::{EXPECTED, End, Position, Reader, Step, Walk, replay};

use crate::model::Target;

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
    /// For [`Outcome::Chose`]: the target's name as [`target_name`] gives it; else empty.
    pub choice: String,
    /// When, in milliseconds since 1970 (UTC).
    pub at: u64,
    /// More in words, such as what a probe found; may be empty.
    pub detail: String,
}

/// What one person answered in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// Id of the article.
    pub article: String,
    /// Everything said, in the order it was said.
    pub answers: Vec<Answer>,
    /// Running waits: id of the check, and when it ends in milliseconds since 1970 (UTC).
    pub waits: Vec<(String, u64)>,
}

impl Session {
    /// A session without answers.
    pub fn new(article: &str) -> Session {
        Session { article: article.to_owned(), ..Session::default() }
    }

    /// Adds what was said. An answer that leads on replaces an earlier one of the same check and
    /// takes back its notes' wait, since the check is done.
    pub fn answer(&mut self, answer: Answer) {
        if answer.outcome.leads_on() {
            self.answers.retain(|old| old.check != answer.check || !old.outcome.leads_on());
            self.waits.retain(|(check, _)| *check != answer.check);
        }
        self.answers.push(answer);
    }

    /// Opens a check again: forgets the answer that led on from it. Notes stay.
    pub fn reopen(&mut self, check: &str) {
        self.answers.retain(|old| old.check != check || !old.outcome.leads_on());
    }

    /// Starts a wait. A second start of the same wait moves its end.
    pub fn start_wait(&mut self, check: &str, ends_at: u64) {
        self.waits.retain(|(old, _)| old != check);
        self.waits.push((check.to_owned(), ends_at));
    }

    /// When the wait of that check ends, if one runs or ran.
    pub fn wait_end(&self, check: &str) -> Option<u64> {
        self.waits.iter().find(|(id, _)| id == check).map(|&(_, end)| end)
    }
}

/// The name under which a choice is kept: where it leads, in the author's spelling.
/// It outlives a reworded label, so an answer stays valid as long as its target does.
pub fn target_name(target: &Target) -> String {
    match target {
        Target::Check(id) => ["#", id].concat(),
        Target::Article(id) => id.clone(),
        Target::Fixed => "#fixed".to_owned(),
        Target::Expected => "#expected".to_owned(),
        Target::GetHelp => "#get-help".to_owned(),
    }
}
