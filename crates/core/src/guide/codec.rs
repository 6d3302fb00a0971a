//! A session as bytes, for the browser's storage.
//! Reading is total: bytes of another version or broken ones give an error, never a panic.

use super::{Answer, Outcome, Session};
use crate::wire::{Reader, WireError, Writer};

/// Marks a spent answer, in the byte of its outcome.
const SPENT: u8 = 0x80;

/// Appends a session.
pub fn write_session(session: &Session, out: &mut Writer) {
    out.text(&session.article);
    out.varint(session.answers.len() as u32);
    for answer in &session.answers {
        out.text(&answer.check);
        let tag = Outcome::ALL.iter().position(|outcome| *outcome == answer.outcome);
        out.byte(tag.unwrap_or(0) as u8 | if answer.spent { SPENT } else { 0 });
        out.text(&answer.choice);
        out.fixed64(answer.at);
        out.text(&answer.detail);
    }
    out.varint(session.waits.len() as u32);
    for (check, end) in &session.waits {
        out.text(check);
        out.fixed64(*end);
    }
}

/// Reads what [`write_session`] wrote.
pub fn read_session(from: &mut Reader<'_>) -> Result<Session, WireError> {
    let mut session = Session::new(from.text()?);
    for _ in 0..from.count()? {
        let check = from.text()?.to_owned();
        let tag = from.byte()?;
        let outcome = *Outcome::ALL
            .get(usize::from(tag & !SPENT))
            .ok_or(WireError::Unknown(u32::from(tag)))?;
        session.answers.push(Answer {
            check,
            outcome,
            choice: from.text()?.to_owned(),
            at: from.fixed64()?,
            detail: from.text()?.to_owned(),
            spent: tag & SPENT != 0,
        });
    }
    for _ in 0..from.count()? {
        let check = from.text()?.to_owned();
        session.waits.push((check, from.fixed64()?));
    }
    Ok(session)
}
