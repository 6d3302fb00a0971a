//! What one person answered in one article, and everything that can happen to it.
//! All of it keeps a session sound: answers only of checks that there are and that take them, one
//! answer that leads on a check, no wait of a check that is done.

use super::choose::{leads, takes};
use super::{Answer, End, Outcome, Position, Reader, replay};
use crate::model::Article;

/// What one person answered in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// Id of the article.
    pub article: String,
    /// Everything said, in the order it was said.
    pub answers: Vec<Answer>,
    /// Waits that were started: id of the check, and when it ends in milliseconds since 1970 (UTC).
    pub waits: Vec<(String, u64)>,
}

impl Session {
    /// A session without answers.
    pub fn new(article: &str) -> Session {
        Session { article: article.to_owned(), ..Session::default() }
    }

    /// Adds what was said; `false`, and nothing changes, when the article has no such check or the
    /// check does not take it. An answer that leads on replaces an earlier one of its check and
    /// ends its wait; a repeated note replaces the one before. Where the way comes round to a
    /// check that is done, that check and those after it are open again.
    ///
    /// ```
    /// use unstuck_core::guide::{Answer, Outcome, Position, Reader, Session, replay};
    /// use unstuck_core::model::{Article, Check};
    /// let check = |id: &str| Check { id: id.into(), ..Check::default() };
    /// let guide = Article { checks: vec![check("a"), check("b")], ..Article::default() };
    /// let mut session = Session::default();
    /// assert!(session.answer(&guide, Reader::Customer, Answer::new("a", Outcome::StillStuck)));
    /// assert_eq!(replay(&guide, &session, Reader::Customer).position, Position::Check(1));
    /// assert!(session.back(&guide, Reader::Customer));
    /// assert_eq!(replay(&guide, &session, Reader::Customer).position, Position::Check(0));
    /// ```
    pub fn answer(&mut self, article: &Article, reader: Reader, answer: Answer) -> bool {
        let Some(check) = article.checks.iter().find(|check| check.id == answer.check) else {
            return false;
        };
        if answer.spent || !takes(check, &answer) {
            return false;
        }
        let leading = leads(check, &answer);
        self.answers.retain(|old| {
            let note = !old.outcome.leads_on()
                || old.outcome == Outcome::Passed && !check.choices.is_empty();
            let replaced = if leading { !note } else { note && old.outcome == answer.outcome };
            old.check != answer.check || old.spent || !replaced
        });
        if leading {
            self.end_wait(&answer.check);
        }
        self.answers.push(answer);
        let walk = replay(article, self, reader);
        if let Some(again) = walk.again {
            for step in walk.steps.iter().skip_while(|step| step.check != again) {
                if let Some(answer) = self.answers.get_mut(step.answer) {
                    answer.spent = true;
                }
            }
            self.forget_repeated();
        }
        true
    }

    /// Opens a check again, to change its answer: what led on from it is forgotten, notes stay.
    /// Answers of later checks stay too, and count again where the new answer leads to them.
    pub fn reopen(&mut self, check: &str) {
        self.answers.retain(|old| old.check != check || old.spent || !old.outcome.leads_on());
    }

    /// Goes one check back: the last one that a person answered is open again, and with it what
    /// probes answered by themselves since. `false` when there is none: "Back" leaves the article.
    pub fn back(&mut self, article: &Article, reader: Reader) -> bool {
        let walk = replay(article, self, reader);
        let by_hand = |answer: usize| {
            self.answers.get(answer).is_some_and(|answer| answer.outcome != Outcome::Passed)
        };
        let Some(from) = walk.steps.iter().rposition(|step| by_hand(step.answer)) else {
            return false;
        };
        for step in walk.steps.iter().skip(from) {
            if let Some(check) = article.checks.get(step.check) {
                self.reopen(&check.id);
            }
        }
        true
    }

    /// Comes back from the article that a choice led to: the choice is open again. With `tried`
    /// (something was answered there) it stays in the transcript, else it was a slip and is
    /// forgotten. `false` when no choice led away.
    pub fn come_back(&mut self, article: &Article, reader: Reader, tried: bool) -> bool {
        let walk = replay(article, self, reader);
        let (Position::End(End::Article(_)), Some(step)) = (walk.position, walk.steps.last())
        else {
            return false;
        };
        if let Some(answer) = self.answers.get_mut(step.answer) {
            answer.spent = true;
            if !tried {
                self.answers.remove(step.answer);
            }
        }
        self.forget_repeated();
        true
    }

    /// Starts a wait. A second start of the same wait moves its end.
    pub fn start_wait(&mut self, check: &str, ends_at: u64) {
        self.end_wait(check);
        self.waits.push((check.to_owned(), ends_at));
    }

    /// When the wait of that check ends, if one runs or ran.
    pub fn wait_end(&self, check: &str) -> Option<u64> {
        self.waits.iter().find(|(id, _)| id == check).map(|&(_, end)| end)
    }

    fn end_wait(&mut self, check: &str) {
        self.waits.retain(|(old, _)| old != check);
    }

    /// Of the same spent answer only the last one is kept, so that going round and round does not
    /// fill the device.
    fn forget_repeated(&mut self) {
        let mut n = 0;
        while let Some(old) = self.answers.get(n) {
            let repeated = old.spent
                && self.answers.iter().skip(n + 1).any(|new| {
                    new.spent
                        && new.check == old.check
                        && new.outcome == old.outcome
                        && new.choice == old.choice
                });
            if repeated {
                self.answers.remove(n);
            } else {
                n += 1;
            }
        }
    }
}

/// The session whose choice led to `article`, to come back to afterwards: the latest one. It
/// follows from the answers, so it is known after a reload, too.
pub fn came_from<'s>(sessions: &'s [Session], article: &str) -> Option<&'s Session> {
    sessions.iter().rev().find(|session| {
        session.article != article
            && session.answers.iter().any(|answer| {
                let name = answer.choice.split('~').next();
                !answer.spent && answer.outcome == Outcome::Chose && name == Some(article)
            })
    })
}
