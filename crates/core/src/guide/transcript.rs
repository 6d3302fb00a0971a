//! What was tried in a guide, as the report and the person read it.
//! It follows from the answers; how it is shown and sent is `handover`'s matter.

use super::{Outcome, Reader, Session, chosen};
use crate::handover::Tried;
use crate::model::{Article, Replacement, plain_inlines};

/// Everything said in a session, in its order: answers that lead on, notes, and answers that the
/// person came back from. Checks that the article no longer has are left out; a choice that is
/// gone is named as it was kept.
pub fn transcript(article: &Article, session: &Session, reader: Reader) -> Vec<Tried> {
    let mut tried = Vec::with_capacity(session.answers.len());
    for answer in &session.answers {
        let Some(check) = article.checks.iter().find(|check| check.id == answer.check) else {
            continue;
        };
        let label = match &check.others {
            Replacement::Text(text) if !reader.sees(check.audience) => text,
            _ => &check.label,
        };
        let choice = match chosen(check, answer) {
            Some(choice) => plain_inlines(&choice.label),
            None if answer.outcome != Outcome::Chose => String::new(),
            None if answer.choice == super::EXPECTED && !check.expected.is_empty() => {
                plain_inlines(&check.expected)
            }
            None => answer.choice.clone(),
        };
        tried.push(Tried {
            article: article.id.clone(),
            check: check.id.clone(),
            label: plain_inlines(label),
            outcome: answer.outcome,
            choice,
            at: answer.at,
            detail: answer.detail.clone(),
        });
    }
    tried
}
