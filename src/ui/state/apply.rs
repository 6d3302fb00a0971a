//! One action after another: how the state changes, and what the browser shall do about it.
//! What every open needs; the rest is in `deep`.

use unstuck_core::handover::Json;

use super::find::{find, suggest};
use super::searching::{announce, move_active, tell_search, type_text};
use super::{Action, Env, Event, Focus, Later, Mode, Outbox, Screen, Search, State};
use crate::depth;

/// Whether an action is carried out by the second file (see `crate::depth`).
pub fn needs_depth(state: &State, action: &Action) -> bool {
    match action {
        Action::Open
        | Action::Close
        | Action::Escape
        | Action::Type(_)
        | Action::Clear
        | Action::Later(Later::Settle(_))
        | Action::Move(_)
        | Action::MoveTo(_)
        | Action::Topic(_)
        | Action::Home
        | Action::Resize(..)
        | Action::Suggest(_)
        | Action::Denied => false,
        // What is in trouble is said with the count of results.
        Action::Later(Later::Rest(_)) => depth::here(),
        Action::Back => !matches!(state.screen, Screen::Topic(_)),
        Action::Pick(option) => option.is_some() || state.search.open,
        _ => true,
    }
}

/// Applies one action.
pub fn apply(state: &mut State, action: Action, env: &dyn Env) -> Outbox {
    let mut outbox = Outbox::default();
    let out = &mut outbox;
    if needs_depth(state, &action) {
        depth::act(state, &mut Some(action), &env, out);
        return outbox;
    }
    match action {
        Action::Open => open(state, out),
        Action::Close => close(state, out),
        Action::Escape => escape(state, out),
        Action::Type(text) => type_text(state, text, out),
        Action::Clear => {
            type_text(state, String::new(), out);
            out.focus = Some(Focus::Search);
        }
        Action::Move(by) => move_active(state, by),
        Action::MoveTo(last) => {
            let rows = state.search.found.rows.len();
            if state.search.open && rows > 0 {
                state.search.active = Some(if last { rows - 1 } else { 0 });
            }
        }
        Action::Topic(n) => {
            go(state, Screen::Topic(n));
            out.focus = Some(Focus::Heading);
            out.save = true;
        }
        Action::Home => {
            go(state, Screen::Home);
            state.trail.clear();
        }
        Action::Resize(wide, sheet) => {
            state.wide = wide;
            state.sheet = sheet;
        }
        Action::Suggest(ids) => suggest(state, ids),
        Action::Denied => state.keeps = false,
        Action::Later(Later::Rest(n)) if n == state.typed => {
            announce(state);
            out.save = true;
        }
        Action::Later(Later::Settle(n)) if n == state.typed => tell_search(state, None, out),
        Action::Back => {
            state.screen = state.trail.pop().unwrap_or_default();
            leave_check(state);
            out.focus = Some(Focus::Search);
            out.save = true;
        }
        Action::Pick(_) => state.search.open = !state.search.text.trim().is_empty(),
        _ => {}
    }
    outbox
}

pub(super) fn emit(out: &mut Outbox, name: &'static str, detail: Json) {
    out.events.push(Event { name, detail: detail.finish() });
}

pub(super) fn open(state: &mut State, out: &mut Outbox) {
    if state.settings.mode != Mode::Inline && !state.open {
        state.open = true;
        state.folded = false;
        out.focus = Some(match state.screen {
            Screen::Home => Focus::Search,
            _ => Focus::Heading,
        });
        emit(out, "open", Json::new());
    }
    if state.search.text.is_empty() {
        state.search = Search::default();
    } else if state.search.found.rows.is_empty() {
        state.search.found = find(state);
    }
    out.status = state.settings.status.is_some();
    out.save = true;
}

pub(super) fn close(state: &mut State, out: &mut Outbox) {
    tell_search(state, None, out);
    if state.settings.mode != Mode::Inline && state.open {
        state.open = false;
        out.close = true;
        out.save = true;
        emit(out, "close", Json::new());
    }
}

pub(super) fn escape(state: &mut State, out: &mut Outbox) {
    if state.screen == Screen::Home && state.search.open {
        state.search.open = false;
        state.search.active = None;
    } else if state.screen == Screen::Home && !state.search.text.is_empty() {
        type_text(state, String::new(), out);
    } else {
        close(state, out);
    }
}

/// Puts a screen on top of the one shown.
pub(super) fn go(state: &mut State, screen: Screen) {
    if state.screen != screen {
        let from = core::mem::replace(&mut state.screen, screen);
        state.trail.push(from);
    }
    leave_check(state);
}

/// Forgets what belongs to the check or screen that is left: a marked choice, a wait called over,
/// a probe's result, what was copied and what was said.
pub(super) fn leave_check(state: &mut State) {
    state.marked = None;
    state.checked_now = None;
    state.probe = None;
    state.pasted.clear();
    state.copied = None;
    state.said.clear();
}
