//! Search as a person uses it: typing, the list, what is announced and what the host is told.
//! The engine is the core's; here is only what a key or a pause does.

use unstuck_core::handover::Json;

use super::apply::emit;
use super::deep::show;
use super::find::find;
use super::{Later, Outbox, Screen, State};
use crate::ui::strings::Key;

/// Milliseconds after the last key until the count is announced.
const REST: u32 = 500;
/// Milliseconds after the last key until the search is told to the host.
const SETTLE: u32 = 1_000;
/// Longest query that is searched, in bytes; more never helps and costs time.
const LONGEST_QUERY: usize = 2_000;
/// Searches kept for the report.
const SEARCHES: usize = 5;

pub(super) fn type_text(state: &mut State, text: String, out: &mut Outbox) {
    let end = text.char_indices().map(|(at, _)| at).find(|&at| at >= LONGEST_QUERY);
    state.search.text = end.and_then(|end| text.get(..end)).unwrap_or(&text).to_owned();
    state.search.active = None;
    state.search.found = find(state);
    state.search.open = !state.search.text.trim().is_empty();
    state.typed = state.typed.wrapping_add(1);
    if !state.search.open {
        state.said.clear();
    }
    out.later.push((REST, Later::Rest(state.typed)));
    out.later.push((SETTLE, Later::Settle(state.typed)));
}

pub(super) fn announce(state: &mut State) {
    if !state.search.open || state.screen != Screen::Home {
        return;
    }
    let strings = &state.strings;
    let found = &state.search.found;
    state.said = match (found.rows.len(), found.confident) {
        (0, _) => strings.get(Key::NO_MATCH_NONE).to_owned(),
        (_, false) => strings.get(Key::NO_MATCH_SAID).to_owned(),
        (1, true) => strings.get(Key::RESULT_COUNT).to_owned(),
        (n, true) => strings.count(Key::RESULTS_COUNT, n),
    };
}

/// Tells the host of a search once: when the text rested, a hit was chosen or the panel closed.
pub(super) fn tell_search(state: &mut State, chosen: Option<&str>, out: &mut Outbox) {
    let text = state.search.text.trim().to_owned();
    if text.is_empty() || (state.search.told == text && chosen.is_none()) {
        return;
    }
    let found = &state.search.found;
    let mut detail = Json::new();
    detail.text("query", &text);
    detail.raw("count", &found.rows.len().to_string());
    detail.raw("confident", if found.confident { "true" } else { "false" });
    match found.rows.first().filter(|_| found.confident) {
        Some(row) => detail.text("top", &row.id),
        None => detail.raw("top", "null"),
    }
    match chosen {
        Some(id) => detail.text("chosen", id),
        None => detail.raw("chosen", "null"),
    }
    detail.text("locale", &state.pack.front().locale);
    emit(out, "search", detail);
    if state.search.told != text {
        state.searches.retain(|old| !text.starts_with(old.as_str()));
        state.searches.push(text.clone());
        if state.searches.len() > SEARCHES {
            state.searches.remove(0);
        }
    }
    state.search.told = text;
    out.save = true;
}

pub(super) fn move_active(state: &mut State, by: i32) {
    let rows = state.search.found.rows.len() as i32;
    if rows == 0 || state.search.text.trim().is_empty() {
        return;
    }
    let from = match (state.search.open, state.search.active) {
        (true, Some(active)) => active as i32,
        (_, _) if by > 0 => -1,
        _ => rows,
    };
    state.search.open = true;
    state.search.active = Some((from + by).rem_euclid(rows) as usize);
}

pub(super) fn pick(state: &mut State, option: Option<usize>, out: &mut Outbox) {
    if option.is_none() && !state.search.open {
        state.search.open = !state.search.text.trim().is_empty();
        return;
    }
    let index = option.or(state.search.active).unwrap_or(0);
    let Some(row) = state.search.found.rows.get(index) else { return };
    let (number, id) = (row.article, row.id.clone());
    tell_search(state, Some(&id), out);
    show(state, number, out);
}
