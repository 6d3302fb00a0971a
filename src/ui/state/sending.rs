//! The handover as a person sends it: the draft, the queue, and how it went in words.
//! What the report holds stands in `report`.

use unstuck_core::handover::{Attachment, Format, Item, Kept, picture_fits};

use super::apply::go;
use super::{Draft, Env, Focus, Outbox, Screen, Sending, State};
use crate::ui::strings::Key;

pub(super) fn contact(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    start_draft(state, env);
    go(state, Screen::Handover);
    out.focus = Some(Focus::Heading);
    out.save = true;
}

/// What is changed after it was sent is another report: the words of the first one may be read by
/// now, and it goes its way in the queue.
pub(super) fn edit(state: &mut State, env: &dyn Env) {
    if !matches!(state.sending, Sending::Idle | Sending::Refused(_)) {
        state.sending = Sending::Idle;
        state.draft.id = env.uuid();
    }
}

/// A report gets its id when it is first needed, and keeps it through every try of sending it.
pub(super) fn start_draft(state: &mut State, env: &dyn Env) {
    // What was sent is done with: the next report begins afresh, with the same address.
    if matches!(state.sending, Sending::Sent(_) | Sending::HandedOver) {
        state.draft = Draft { email: core::mem::take(&mut state.draft.email), ..Draft::default() };
        state.sending = Sending::Idle;
    }
    if state.draft.id.is_empty() {
        state.draft.id = env.uuid();
        let product = state.product();
        let filled = product.include.iter().filter_map(|include| {
            let value = state.context(include.context.as_deref()?)?;
            Some((include.id.clone(), value.to_owned()))
        });
        let filled: Vec<_> = filled.collect();
        for (key, value) in filled {
            if !state.draft.details.iter().any(|(name, _)| *name == key) {
                state.draft.details.push((key, value));
            }
        }
    }
}

/// Adds a picture, as long as all of them together are small enough.
pub(super) fn add_picture(state: &mut State, picture: Attachment, out: &mut Outbox) {
    state.picture_fault = None;
    if !picture_fits(&state.draft.pictures, picture.data.len() / 4 * 3) {
        state.said = state.strings.fill(Key::PICTURE_TOO_LARGE, &[("name", &picture.name)]);
        state.picture_fault = Some(state.said.clone());
        return;
    }
    state.said = state.strings.fill(Key::PICTURE_ADDED, &[("name", &picture.name)]);
    state.draft.pictures.push(picture);
    out.pictures = true;
}

pub(super) fn send(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    if state.sending == Sending::Sending {
        return;
    }
    start_draft(state, env);
    let report = state.report(env, "");
    let format = state.settings.format;
    out.save = true;
    // A program that fills in whatever there is. Should it have been a browser, one more press sends.
    if core::mem::take(&mut state.trapped) {
        state.sending = Sending::Refused(state.strings.get(Key::NOT_SENT_TRAP).to_owned());
        return finish_sending(state, out);
    }
    if format == Format::Zendesk && report.email.trim().is_empty() {
        state.sending = Sending::Refused(state.strings.get(Key::NOT_SENT_NO_EMAIL).to_owned());
        return finish_sending(state, out);
    }
    state.sending = Sending::Sending;
    state.said = state.strings.get(Key::SENDING).to_owned();
    let json = report.json();
    let body = match format {
        Format::Unstuck => json.clone(),
        Format::Zendesk => state.zendesk(&report),
    };
    out.escalate = Some((json, Item::new(&report.id, body, format, env.now())));
    out.focus = Some(Focus::Status);
}

/// Enters how a report stands, for the screen.
pub(super) fn stands(state: &mut State, id: &str, kept: Option<Kept>, out: &mut Outbox) {
    // What has arrived once has arrived, whatever another tab knew when it wrote.
    if state.draft.id != id || matches!(state.sending, Sending::Sent(_)) {
        return;
    }
    state.sending = match kept {
        None => Sending::Sent(id.to_owned()),
        Some(Kept::Sending) => Sending::Sending,
        Some(Kept::Waiting) => Sending::Queued,
        Some(Kept::GaveUp) => refused(state, 0),
        Some(Kept::Refused(status)) => refused(state, status),
        Some(Kept::MayHaveArrived) => Sending::MayHaveArrived(id.to_owned()),
    };
    finish_sending(state, out);
}

/// Milliseconds until the queue is looked at again: once a minute at the most.
pub(super) fn retry_in(due: u64, now: u64) -> u32 {
    due.saturating_sub(now).clamp(1_000, 60_000) as u32
}

pub(super) fn refused(state: &State, status: u16) -> Sending {
    let strings = &state.strings;
    Sending::Refused(match status {
        0 => strings.get(Key::NOT_SENT_NO_NETWORK).to_owned(),
        status => strings.fill(Key::NOT_SENT_STATUS, &[("status", &status.to_string())]),
    })
}

pub(super) fn finish_sending(state: &mut State, out: &mut Outbox) {
    if matches!(state.sending, Sending::Sent(_) | Sending::HandedOver) {
        state.draft.pictures.clear();
        out.pictures = true;
    }
    state.said = sending_words(state);
    out.save = true;
}

/// How sending goes, in words that begin "Sent", "Sending", "Queued" or "Not sent".
pub fn sending_words(state: &State) -> String {
    let strings = &state.strings;
    match &state.sending {
        Sending::Idle => String::new(),
        Sending::Sending => strings.get(Key::SENDING).to_owned(),
        Sending::Sent(id) => {
            let short = id.get(..8).unwrap_or(id);
            strings.fill(Key::SENT, &[("id", short)])
        }
        Sending::HandedOver => strings.get(Key::HANDED_OVER).to_owned(),
        Sending::Queued => strings.get(Key::QUEUED).to_owned(),
        Sending::MayHaveArrived(_) => strings.get(Key::MAY_HAVE_ARRIVED).to_owned(),
        Sending::Refused(reason) => strings.fill(Key::NOT_SENT, &[("reason", reason)]),
    }
}
