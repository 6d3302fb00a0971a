//! The handover as a person sends it: the draft, the queue, and how it went in words.
//! What the report holds stands in `report`.

use unstuck_core::handover::Attachment;

use super::apply::go;
use super::{Draft, Env, Focus, Later, Outbox, Queued, Screen, Sending, State};
use crate::ui::strings::Key;

/// Bytes that all pictures of a report may have together.
const PICTURES: usize = 2 * 1_024 * 1_024;
/// A queued report is shown as refused after so many tries or so long.
const TRIES: u32 = 12;
const DAY: u64 = 24 * 3_600_000;

pub(super) fn contact(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    start_draft(state, env);
    go(state, Screen::Handover);
    out.focus = Some(Focus::Heading);
    out.save = true;
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
        let product = state.pack.product();
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

/// Adds a picture, as long as all of them stay within [`PICTURES`] bytes.
pub(super) fn add_picture(state: &mut State, picture: Attachment, out: &mut Outbox) {
    let bytes: usize =
        state.draft.pictures.iter().chain([&picture]).map(|p| p.data.len() / 4 * 3).sum();
    state.picture_fault = None;
    if bytes > PICTURES {
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
    state.sending = Sending::Sending;
    state.said = state.strings.get(Key::SENDING).to_owned();
    out.save = true;
    out.escalate = Some((report.id.clone(), report.json()));
    out.focus = Some(Focus::Status);
}

pub(super) fn answered(
    state: &mut State,
    id: &str,
    status: u16,
    wait: u32,
    env: &dyn Env,
    out: &mut Outbox,
) {
    let queued = state.queue.iter().position(|queued| queued.id == id);
    let own = state.draft.id == id;
    let now = env.now();
    match status {
        200..=299 => {
            if let Some(at) = queued {
                state.queue.remove(at);
            }
            if own {
                state.sending = Sending::Sent(id.to_owned());
            }
        }
        0 | 429 | 500..=599 => {
            let not_before = now + u64::from(wait.max(1)) * 60_000;
            match queued.and_then(|at| state.queue.get_mut(at)) {
                Some(queued) => {
                    queued.tries += 1;
                    queued.not_before = not_before;
                }
                None => {
                    let body = state.report(env, "").json();
                    state.queue.push(Queued {
                        id: id.to_owned(),
                        body,
                        since: now,
                        tries: 1,
                        not_before,
                    });
                }
            }
            let spent = state.queue.iter().find(|queued| queued.id == id).is_some_and(|queued| {
                queued.tries >= TRIES || now.saturating_sub(queued.since) >= DAY
            });
            if spent {
                state.queue.retain(|queued| queued.id != id);
            }
            if own {
                state.sending = if spent { refused(state, status) } else { Sending::Queued };
            }
            if !spent {
                out.later.push((60_000, Later::Retry));
            }
        }
        _ => {
            if let Some(at) = queued {
                state.queue.remove(at);
            }
            if own {
                state.sending = refused(state, status);
            }
        }
    }
    if own {
        finish_sending(state, out);
    } else {
        out.save = true;
    }
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
        Sending::Refused(reason) => strings.fill(Key::NOT_SENT, &[("reason", reason)]),
    }
}

pub(super) fn retry(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    let now = env.now();
    for queued in &state.queue {
        if queued.not_before <= now {
            out.posts.push((queued.id.clone(), queued.body.clone()));
        } else {
            out.later.push(((queued.not_before - now).min(600_000) as u32, Later::Retry));
        }
    }
}
