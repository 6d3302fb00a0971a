//! Where a person stands in a guide: the answers are walked through the article from its start.
//! Answers that no longer fit (a check that is gone, a choice that leads nowhere now) are passed
//! over, so a changed knowledge base takes back only what it must.

use super::choose::{chosen, leads};
use super::{Answer, EXPECTED, Outcome, Session};
use crate::model::{Article, Audience, Check, Ending, Replacement, Target};

/// What is known of the reader, for checks that are not for everyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    /// A customer.
    #[default]
    Customer,
    /// A customer's administrator.
    Admin,
    /// Someone of the product's staff.
    Staff,
}

impl Reader {
    /// The reader whom the host's `role` names; anything unknown is a customer.
    pub fn from_role(role: &str) -> Reader {
        match role {
            "admin" | "owner" | "administrator" => Reader::Admin,
            "staff" => Reader::Staff,
            _ => Reader::Customer,
        }
    }

    /// Whether a check for that audience is for this reader.
    pub fn sees(self, audience: Audience) -> bool {
        match audience {
            Audience::Everyone => true,
            Audience::Admin => self != Reader::Customer,
            Audience::Staff => self == Reader::Staff,
        }
    }
}

/// How a guide ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The problem is solved.
    Fixed,
    /// It is expected behaviour.
    Expected,
    /// Someone takes over.
    GetHelp,
    /// Another article goes on, by its id.
    Article(String),
}

/// Where the person stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// At the check of that index.
    Check(usize),
    /// At an end.
    End(End),
}

/// A check on the way here, with the answer that led on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index of the check in the article.
    pub check: usize,
    /// Index of the answer in the session.
    pub answer: usize,
}

/// The way through a guide so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Checks that are done, in order.
    pub steps: Vec<Step>,
    /// Where the way leads.
    pub position: Position,
    /// The done check to which the way comes round; the position is then an end.
    pub again: Option<usize>,
}

/// Walks the answers of `session` through `article`. Never fails and always ends: a check is met
/// at most once. Cost: checks × answers, both small.
pub fn replay(article: &Article, session: &Session, reader: Reader) -> Walk {
    let mut steps: Vec<Step> = Vec::new();
    let mut again = None;
    let mut next = 0usize;
    let end = loop {
        let Some(check) = article.checks.get(next) else {
            break ending(article);
        };
        if steps.iter().any(|step| step.check == next) {
            // `Session::answer` opens the check again; a session from elsewhere must not hang us.
            again = Some(next);
            break End::GetHelp;
        }
        if !reader.sees(check.audience) {
            match &check.others {
                Replacement::Nothing => {
                    next += 1;
                    continue;
                }
                Replacement::Go(target) => match target_index(article, target) {
                    // Only forward: a replacement that leads back would never end.
                    Ok(index) if index > next => {
                        next = index;
                        continue;
                    }
                    Ok(_) => break End::GetHelp,
                    Err(end) => break end,
                },
                Replacement::Text(_) => {}
            }
        }
        let Some((index, answer)) = leading_answer(check, session) else {
            return Walk { steps, position: Position::Check(next), again };
        };
        steps.push(Step { check: next, answer: index });
        match answer.outcome {
            Outcome::Fixed => break End::Fixed,
            Outcome::Chose => match chosen(check, answer) {
                Some(choice) => match target_index(article, &choice.target) {
                    Ok(index) => next = index,
                    Err(end) => break end,
                },
                None if answer.choice == EXPECTED => break End::Expected,
                None => next += 1,
            },
            _ => next += 1,
        }
    };
    Walk { steps, position: Position::End(end), again }
}

fn ending(article: &Article) -> End {
    match article.ending {
        Ending::Expected(_) => End::Expected,
        Ending::Escalate(_) => End::GetHelp,
    }
}

/// The last answer of this check that leads on and still fits it.
fn leading_answer<'s>(check: &Check, session: &'s Session) -> Option<(usize, &'s Answer)> {
    let mut answers = session.answers.iter().enumerate().rev();
    answers.find(|(_, answer)| answer.check == check.id && leads(check, answer))
}

fn target_index(article: &Article, target: &Target) -> Result<usize, End> {
    match target {
        Target::Check(id) => {
            article.checks.iter().position(|check| check.id == *id).ok_or(End::GetHelp)
        }
        Target::Article(id) => Err(End::Article(id.clone())),
        Target::Fixed => Err(End::Fixed),
        Target::Expected => Err(End::Expected),
        Target::GetHelp => Err(End::GetHelp),
    }
}

impl Walk {
    /// "Check `n` of `total`": the number of the current check, counted along the way taken, and
    /// how many there are if nothing branches off from here.
    pub fn progress(&self, article: &Article, reader: Reader) -> (usize, usize) {
        let done = self.steps.len();
        match self.position {
            Position::Check(current) => {
                let ahead = article
                    .checks
                    .iter()
                    .skip(current)
                    .filter(|check| {
                        reader.sees(check.audience) || matches!(check.others, Replacement::Text(_))
                    })
                    .count();
                (done + 1, done + ahead)
            }
            Position::End(_) => (done, done),
        }
    }
}
