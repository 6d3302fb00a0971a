//! One action after another: how the state changes, and what the browser shall do about it.

use std::rc::Rc;

use unstuck_core::guide::{Answer, EXPECTED, End, Outcome, Position, Session};
use unstuck_core::handover::Json;
use unstuck_core::model::{Check, plain_inlines};

use super::find::find;
use super::{
    Action, Draft, Env, Event, Focus, Later, Mode, Outbox, ProbeResult, Queued, Screen, Search,
    Sending, State,
};
use crate::ui::strings::Key;

/// Milliseconds after the last key until the count is announced.
const REST: u32 = 500;
/// Milliseconds after the last key until the search is told to the host.
const SETTLE: u32 = 1_000;
/// Longest query that is searched, in bytes; more never helps and costs time.
const LONGEST_QUERY: usize = 2_000;
/// Searches kept for the report.
const SEARCHES: usize = 5;
/// A queued report is shown as refused after so many tries or so long.
const TRIES: u32 = 12;
const DAY: u64 = 24 * 3_600_000;

/// Applies one action.
pub fn apply(state: &mut State, action: Action, env: &dyn Env) -> Outbox {
    let mut outbox = Outbox::default();
    let out = &mut outbox;
    match action {
        Action::Open => open(state, out),
        Action::Close => close(state, out),
        Action::Escape => escape(state, out),
        Action::Type(text) => type_text(state, text, out),
        Action::Clear => {
            type_text(state, String::new(), out);
            out.focus = Some(Focus::Search);
        }
        Action::Later(later) => match later {
            Later::Rest(n) if n == state.typed => announce(state),
            Later::Settle(n) if n == state.typed => tell_search(state, None, out),
            Later::Rest(_) | Later::Settle(_) => {}
            Later::Tick => tick(state, env, out),
            Later::Retry => retry(state, env, out),
        },
        Action::Move(by) => move_active(state, by),
        Action::MoveTo(last) => {
            let rows = state.search.found.rows.len();
            if state.search.open && rows > 0 {
                state.search.active = Some(if last { rows - 1 } else { 0 });
            }
        }
        Action::Pick(option) => pick(state, option, out),
        Action::Show(id) => {
            if let Some(number) = state.pack.find(&id) {
                show(state, number, out);
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
        Action::Back => back(state, out),
        Action::Contact => contact(state, env, out),
        Action::Kept => {
            go(state, Screen::Kept);
            out.focus = Some(Focus::Heading);
        }
        Action::Answer(check, outcome) => {
            answer(state, &check, outcome, String::new(), String::new(), env, out);
        }
        Action::Mark(choice) => state.marked = Some(choice),
        Action::Choose(check) => {
            if let Some(choice) = state.marked.take() {
                answer(state, &check, Outcome::Chose, choice, String::new(), env, out);
            }
        }
        Action::Expected(check) => {
            let choice = EXPECTED.to_owned();
            answer(state, &check, Outcome::Chose, choice, String::new(), env, out);
        }
        Action::Reopen(check) => reopen(state, &check, out),
        Action::Wait(check, minutes) => {
            let end = env.now() + u64::from(minutes) * 60_000;
            if let Some(session) = session(state) {
                session.start_wait(&check, end);
            }
            note(state, &check, Outcome::Waited, String::new(), env, out);
            out.focus = Some(Focus::Check);
            out.later.push(tick_at(end, env.now()));
        }
        Action::CheckNow(check) => {
            state.checked_now = Some(check);
            out.focus = Some(Focus::Check);
        }
        Action::Run(check) => run_probe(state, &check, out),
        Action::Probed(check, outcome, detail) => probed(state, &check, outcome, detail, env, out),
        Action::Ask(check, message) => {
            state.copied = Some(check.clone());
            state.said = state.strings.get(Key::COPIED).to_owned();
            out.copy = Some(message);
            note(state, &check, Outcome::Asked, String::new(), env, out);
        }
        Action::Copy(name, text) => {
            state.copied = Some(name);
            state.said = state.strings.get(Key::COPIED).to_owned();
            out.copy = Some(text);
        }
        Action::NotCopied => {
            state.copied = None;
            state.said = state.strings.get(Key::COPY_FAILED).to_owned();
        }
        Action::Note(text) => {
            state.draft.note = text;
            out.save = true;
        }
        Action::Email(text) => {
            state.draft.email = text;
            out.save = true;
        }
        Action::Priority(id) => {
            state.draft.priority = Some(id);
            out.save = true;
        }
        Action::Detail(key, value) => {
            match state.draft.details.iter_mut().find(|(name, _)| *name == key) {
                Some((_, text)) => *text = value,
                None => state.draft.details.push((key, value)),
            }
            out.save = true;
        }
        Action::Remove(name) => {
            state.draft.removed.push(name);
            out.save = true;
            out.focus = Some(Focus::Status);
        }
        Action::Attached(picture) => state.draft.pictures.push(picture),
        Action::Detach(n) => {
            if n < state.draft.pictures.len() {
                state.draft.pictures.remove(n);
            }
        }
        Action::Send => send(state, env, out),
        Action::Taken(sent) => {
            state.sending =
                if sent { Sending::Sent(state.draft.id.clone()) } else { Sending::HandedOver };
            finish_sending(state, out);
        }
        Action::Answered(id, status, wait) => answered(state, &id, status, wait, env, out),
        Action::NoAddress => {
            state.sending =
                Sending::Refused(state.strings.get(Key::NOT_SENT_NO_ADDRESS).to_owned());
            finish_sending(state, out);
        }
        Action::Helped(helpful) => {
            state.helped = Some(helpful);
            state.said = state.strings.get(Key::THANKS).to_owned();
            let mut detail = Json::new();
            detail.text("article", article_id(state));
            detail.raw("helpful", if helpful { "true" } else { "false" });
            emit(out, "feedback", detail);
        }
        Action::Feed(feed) => {
            state.feed = Some(feed);
        }
        Action::Erase => {
            let keeps = state.keeps;
            let feed = state.feed.take();
            let context = core::mem::take(&mut state.context);
            let settings = core::mem::take(&mut state.settings);
            let (open, wide, sheet) = (state.open, state.wide, state.sheet);
            *state = State {
                open,
                wide,
                sheet,
                keeps,
                feed,
                context,
                screen: Screen::Kept,
                trail: vec![Screen::Home],
                said: state.strings.get(Key::ERASED).to_owned(),
                ..State::new(state.pack.clone(), settings)
            };
            out.erase = true;
        }
        Action::Resize(wide, sheet) => {
            state.wide = wide;
            state.sheet = sheet;
        }
        Action::Suggest(ids) => state.suggested = ids,
        Action::Denied => state.keeps = false,
    }
    outbox
}

fn emit(out: &mut Outbox, name: &'static str, detail: Json) {
    out.events.push(Event { name, detail: detail.finish() });
}

fn article_id(state: &State) -> &str {
    state.article.as_ref().map_or("", |article| &article.id)
}

fn open(state: &mut State, out: &mut Outbox) {
    if state.settings.mode != Mode::Inline && !state.open {
        state.open = true;
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
    if state.feed.is_none() && state.settings.status.is_some() {
        out.status = true;
    }
    out.save = true;
}

fn close(state: &mut State, out: &mut Outbox) {
    tell_search(state, None, out);
    if state.settings.mode != Mode::Inline && state.open {
        state.open = false;
        out.close = true;
        out.save = true;
        emit(out, "close", Json::new());
    }
}

fn escape(state: &mut State, out: &mut Outbox) {
    if state.screen == Screen::Home && state.search.open {
        state.search.open = false;
        state.search.active = None;
    } else if state.screen == Screen::Home && !state.search.text.is_empty() {
        type_text(state, String::new(), out);
    } else {
        close(state, out);
    }
}

fn type_text(state: &mut State, text: String, out: &mut Outbox) {
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

fn announce(state: &mut State) {
    if !state.search.open {
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
fn tell_search(state: &mut State, chosen: Option<&str>, out: &mut Outbox) {
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
    detail.text("locale", &state.pack.product().locale);
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

fn move_active(state: &mut State, by: i32) {
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

fn pick(state: &mut State, option: Option<usize>, out: &mut Outbox) {
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

/// Puts a screen on top of the one shown.
fn go(state: &mut State, screen: Screen) {
    if state.screen != screen {
        let from = core::mem::replace(&mut state.screen, screen);
        state.trail.push(from);
    }
    state.marked = None;
    state.checked_now = None;
    state.probe = None;
    state.copied = None;
    state.said.clear();
}

fn show(state: &mut State, number: usize, out: &mut Outbox) {
    match state.pack.article(number) {
        Ok(article) => {
            go(state, Screen::Article(number));
            state.fault = None;
            state.helped = None;
            let mut detail = Json::new();
            detail.text("id", &article.id);
            emit(out, "article", detail);
            state.article = Some(Rc::new(article));
            arrive(state, out);
            out.focus = Some(Focus::Heading);
            out.save = true;
        }
        Err(error) => {
            state.fault = Some(error.to_string());
            let mut detail = Json::new();
            detail.text("code", "article");
            detail.text("message", &error.to_string());
            emit(out, "error", detail);
        }
    }
}

/// The current check, when the article on screen is a guide that did not end.
fn current(state: &State) -> Option<Check> {
    let (article, _, walk) = state.walk()?;
    match walk.position {
        Position::Check(n) => article.checks.get(n).cloned(),
        Position::End(_) => None,
    }
}

/// A check came on screen: probes that run by themselves start, and a wait gets its timer.
fn arrive(state: &mut State, out: &mut Outbox) {
    state.probe = None;
    let Some(check) = current(state) else { return };
    if let Some(probe) = &check.probe {
        let own = matches!(probe.name.as_str(), "online" | "cookies");
        if own || state.settings.probes.contains(&probe.name) {
            run_probe(state, &check.id, out);
        }
    }
    out.later.push((0, Later::Tick));
}

fn back(state: &mut State, out: &mut Outbox) {
    if let (Screen::Article(_), Some((article, session, walk))) = (&state.screen, state.walk()) {
        // The way back passes over what a probe answered by itself.
        let answered_by_hand = walk.steps.iter().rev().find(|step| {
            session.answers.get(step.answer).is_some_and(|answer| answer.outcome != Outcome::Passed)
        });
        let check = answered_by_hand.and_then(|step| article.checks.get(step.check));
        if let Some(check) = check {
            let id = check.id.clone();
            return reopen(state, &id, out);
        }
    }
    state.screen = state.trail.pop().unwrap_or_default();
    state.marked = None;
    state.checked_now = None;
    state.copied = None;
    state.said.clear();
    if let Screen::Article(number) = state.screen {
        state.article = state.pack.article(number).ok().map(Rc::new);
        // Coming back from an article that a choice led to: the choice is open again.
        if let Some((article, session, walk)) = state.walk() {
            let led_away = matches!(walk.position, Position::End(End::Article(_)));
            let check = walk
                .steps
                .last()
                .filter(|_| led_away)
                .and_then(|step| article.checks.get(step.check));
            if let Some(id) = check.map(|check| check.id.clone()) {
                let mut session = session;
                session.reopen(&id);
                put_session(state, session);
            }
        }
        arrive(state, out);
    }
    out.focus = Some(match state.screen {
        Screen::Home => Focus::Search,
        _ => Focus::Heading,
    });
    out.save = true;
}

fn contact(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    if matches!(state.sending, Sending::Sent(_) | Sending::HandedOver) {
        state.draft = Draft { email: core::mem::take(&mut state.draft.email), ..Draft::default() };
        state.sending = Sending::Idle;
    }
    start_draft(state, env);
    go(state, Screen::Handover);
    out.focus = Some(Focus::Heading);
    out.save = true;
}

/// A report gets its id when it is first needed, and keeps it through every try of sending it.
fn start_draft(state: &mut State, env: &dyn Env) {
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

fn session(state: &mut State) -> Option<&mut Session> {
    let id = state.article.as_ref()?.id.clone();
    let at = match state.sessions.iter().position(|session| session.article == id) {
        Some(at) => at,
        None => {
            state.sessions.push(Session::new(&id));
            state.sessions.len() - 1
        }
    };
    // The guide at hand is the last one, so that it is the one to resume.
    let session = state.sessions.remove(at);
    state.sessions.push(session);
    state.sessions.last_mut()
}

fn put_session(state: &mut State, changed: Session) {
    if let Some(session) = state.sessions.iter_mut().find(|old| old.article == changed.article) {
        *session = changed;
    }
}

/// Records an answer that leads on, and goes where it leads.
fn answer(
    state: &mut State,
    check: &str,
    outcome: Outcome,
    choice: String,
    detail: String,
    env: &dyn Env,
    out: &mut Outbox,
) {
    record(state, check, outcome, choice, detail, env, out);
    state.marked = None;
    state.checked_now = None;
    state.copied = None;
    state.said.clear();
    let Some((article, _, walk)) = state.walk() else { return };
    out.save = true;
    match walk.position {
        Position::Check(_) => {
            arrive(state, out);
            out.focus = Some(Focus::Check);
        }
        Position::End(End::Article(id)) => {
            if let Some(number) = state.pack.find(&id) {
                show(state, number, out);
            }
        }
        Position::End(end) => {
            if end == End::Fixed {
                let mut detail = Json::new();
                detail.text("article", &article.id);
                emit(out, "resolved", detail);
            }
            if end == End::GetHelp {
                if matches!(state.sending, Sending::Sent(_) | Sending::HandedOver) {
                    state.draft = Draft {
                        email: core::mem::take(&mut state.draft.email),
                        ..Draft::default()
                    };
                    state.sending = Sending::Idle;
                }
                start_draft(state, env);
            }
            out.focus = Some(Focus::Check);
        }
    }
}

/// Records a note on a check, which stays open.
fn note(
    state: &mut State,
    check: &str,
    outcome: Outcome,
    detail: String,
    env: &dyn Env,
    out: &mut Outbox,
) {
    record(state, check, outcome, String::new(), detail, env, out);
    out.save = true;
}

fn record(
    state: &mut State,
    check: &str,
    outcome: Outcome,
    choice: String,
    detail: String,
    env: &dyn Env,
    out: &mut Outbox,
) {
    let Some(article) = state.article.clone() else { return };
    let Some(label) = article
        .checks
        .iter()
        .find(|other| other.id == check)
        .map(|check| plain_inlines(&check.label))
    else {
        return;
    };
    if let Some(session) = session(state) {
        session.answer(Answer { check: check.to_owned(), outcome, choice, at: env.now(), detail });
    }
    let mut event = Json::new();
    event.text("article", &article.id);
    event.text("check", check);
    event.text("label", &label);
    event.text("outcome", outcome.name());
    emit(out, "check", event);
}

fn reopen(state: &mut State, check: &str, out: &mut Outbox) {
    let Some((article, mut session, walk)) = state.walk() else { return };
    // Everything from that check on is open again; what was said stays in the transcript only
    // where it was a note.
    let from = walk
        .steps
        .iter()
        .position(|step| article.checks.get(step.check).is_some_and(|other| other.id == check));
    for step in walk.steps.iter().skip(from.unwrap_or(walk.steps.len())) {
        if let Some(check) = article.checks.get(step.check) {
            session.reopen(&check.id);
        }
    }
    put_session(state, session);
    state.marked = None;
    state.checked_now = None;
    state.helped = None;
    state.said.clear();
    state.probe = None;
    out.focus = Some(Focus::Check);
    out.save = true;
}

fn tick_at(end: u64, now: u64) -> (u32, Later) {
    let ms = end.saturating_sub(now).min(0x7fff_ffff) as u32;
    (ms, Later::Tick)
}

fn tick(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    let Some((_, session, walk)) = state.walk() else { return };
    let Position::Check(n) = walk.position else { return };
    let Some(check) = state.article.as_ref().and_then(|article| article.checks.get(n)) else {
        return;
    };
    let Some(end) = session.wait_end(&check.id) else { return };
    if end > env.now() {
        out.later.push(tick_at(end, env.now()));
    } else if state.checked_now.as_deref() != Some(&check.id) {
        state.checked_now = Some(check.id.clone());
        state.said = state.strings.get(Key::WAIT_OVER).to_owned();
    }
}

fn run_probe(state: &mut State, id: &str, out: &mut Outbox) {
    let Some(check) = current(state).filter(|check| check.id == id) else { return };
    let Some(mut probe) = check.probe else { return };
    let shared = state.pack.product().probes.iter().find(|other| other.name == probe.name);
    for (key, value) in shared.map(|shared| shared.params.as_slice()).unwrap_or(&[]) {
        if !probe.params.iter().any(|(name, _)| name == key) {
            probe.params.push((key.clone(), value.clone()));
        }
    }
    state.probe = Some(ProbeResult { check: id.to_owned(), outcome: None, detail: String::new() });
    out.probe = Some((id.to_owned(), probe));
}

fn probed(
    state: &mut State,
    check: &str,
    outcome: Outcome,
    detail: String,
    env: &dyn Env,
    out: &mut Outbox,
) {
    // An answer for a check that is no longer on screen is of no use.
    if current(state).is_none_or(|current| current.id != check) {
        return;
    }
    state.probe = Some(ProbeResult {
        check: check.to_owned(),
        outcome: Some(outcome),
        detail: detail.clone(),
    });
    if outcome == Outcome::Passed {
        answer(state, check, outcome, String::new(), detail, env, out);
        // The focus stays where the person is: nothing was pressed.
        out.focus = None;
    } else {
        let key = if outcome == Outcome::Failed { Key::FAILED } else { Key::COULD_NOT_RUN };
        state.said = [state.strings.get(key), ": ", &detail].concat();
        note(state, check, outcome, detail, env, out);
    }
}

fn send(state: &mut State, env: &dyn Env, out: &mut Outbox) {
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

fn answered(state: &mut State, id: &str, status: u16, wait: u32, env: &dyn Env, out: &mut Outbox) {
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

fn refused(state: &State, status: u16) -> Sending {
    let strings = &state.strings;
    Sending::Refused(match status {
        0 => strings.get(Key::NOT_SENT_NO_NETWORK).to_owned(),
        status => strings.fill(Key::NOT_SENT_STATUS, &[("status", &status.to_string())]),
    })
}

fn finish_sending(state: &mut State, out: &mut Outbox) {
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

fn retry(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    let now = env.now();
    for queued in &state.queue {
        if queued.not_before <= now {
            out.posts.push((queued.id.clone(), queued.body.clone()));
        } else {
            out.later.push(((queued.not_before - now).min(600_000) as u32, Later::Retry));
        }
    }
}
