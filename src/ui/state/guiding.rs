//! A guide as a person walks it: answers, going back, waits and probes.
//! Where an answer leads is the core's replay; here is what happens around it.

use unstuck_core::guide::probe::context;
use unstuck_core::guide::{Answer, End, Outcome, Position, Session};
use unstuck_core::handle::Handle;
use unstuck_core::handover::Json;
use unstuck_core::model::{Check, Probe, plain_inlines};

use super::apply::{emit, leave_check};
use super::deep::show;
use super::probing::{Way, fill, key_found, way};
use super::sending::start_draft;
use super::{Env, Focus, Later, Outbox, ProbeResult, Screen, State};
use crate::ui::strings::Key;

/// The current check, when the article on screen is a guide that did not end.
pub(super) fn current(state: &State) -> Option<Check> {
    let (article, _, walk) = state.walk()?;
    match walk.position {
        Position::Check(n) => article.checks.get(n).cloned(),
        Position::End(_) => None,
    }
}

/// A check comes on screen: its probe and its wait are looked at once it is there.
pub(super) fn arrive(state: &mut State, out: &mut Outbox) {
    state.probe = None;
    out.later.push((0, Later::Arrive));
    out.later.push((0, Later::Tick));
}

/// The check is drawn: a probe that needs no leave of the person's starts. Behind an incident
/// nothing runs.
pub(super) fn arrived(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    if state.probe.is_some() || state.blocked() {
        return;
    }
    expected(state, env, out);
    if let Some((id, probe)) = current_probe(state) {
        match way(state, &probe, env) {
            Way::Itself => start_probe(state, id, probe, out),
            Way::Known(outcome, detail) => probed(state, &id, outcome, detail, env, out),
            Way::Address(_) | Way::Paste => {}
        }
    }
}

/// What a deep link of the check is for may be done: the host's context says so.
pub(super) fn expected(state: &mut State, env: &dyn Env, out: &mut Outbox) {
    let Some(check) = current(state) else { return };
    let product = state.product();
    let links = check.links.iter().filter_map(|name| product.link(name));
    let fact = links.filter(|link| !link.expect.is_empty()).find_map(|link| {
        let params = vec![("is".to_owned(), link.expect.clone())];
        let probe = Probe { name: String::new(), params };
        let (outcome, facts) = context(&probe, &|key| state.context(key));
        (outcome == Outcome::Passed).then_some(facts)
    });
    if let Some(fact) = fact {
        probed(state, &check.id, Outcome::Passed, fact, env, out);
    }
}

/// The current check's id and probe, the probe with all its parameters.
pub fn current_probe(state: &State) -> Option<(String, Probe)> {
    let check = current(state)?;
    let mut probe = check.probe?;
    fill(state, &mut probe);
    Some((check.id, probe))
}

pub(super) fn back(state: &mut State, out: &mut Outbox) {
    if let (Screen::Article(_), Some((article, mut session, _))) = (&state.screen, state.walk())
        && session.back(&article, state.reader())
    {
        put_session(state, session);
        return reopened(state, out);
    }
    state.screen = state.trail.pop().unwrap_or_default();
    leave_check(state);
    if let Screen::Article(number) = state.screen {
        state.article = state.pack.article(number).ok().map(Handle::new);
        // Coming back from an article that a choice led to: the choice is open again.
        if let Some((article, mut session, walk)) = state.walk()
            && let Position::End(End::Article(id)) = walk.position
        {
            let tried = state.session(&id).is_some_and(|there| !there.answers.is_empty());
            session.come_back(&article, state.reader(), tried);
            put_session(state, session);
        }
        arrive(state, out);
    }
    out.focus = Some(match state.screen {
        Screen::Home => Focus::Search,
        _ => Focus::Heading,
    });
    out.save = true;
}

pub(super) fn session(state: &mut State) -> Option<&mut Session> {
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

pub(super) fn put_session(state: &mut State, changed: Session) {
    if let Some(session) = state.sessions.iter_mut().find(|old| old.article == changed.article) {
        *session = changed;
    }
}

/// Records an answer that leads on, and goes where it leads.
pub(super) fn answer(
    state: &mut State,
    check: &str,
    outcome: Outcome,
    choice: String,
    detail: String,
    env: &dyn Env,
    out: &mut Outbox,
) {
    record(state, check, outcome, choice, detail, env, out);
    leave_check(state);
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
                start_draft(state, env);
            }
            out.focus = Some(Focus::Check);
        }
    }
}

/// Records a note on a check, which stays open.
pub(super) fn note(
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

pub(super) fn record(
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
    let reader = state.reader();
    let answer = Answer { choice, at: env.now(), detail, ..Answer::new(check, outcome) };
    let Some(session) = session(state) else { return };
    if !session.answer(&article, reader, answer) {
        return;
    }
    let mut event = Json::new();
    event.text("article", &article.id);
    event.text("check", check);
    event.text("label", &label);
    event.text("outcome", outcome.name());
    emit(out, "check", event);
}

pub(super) fn reopen(state: &mut State, check: &str, out: &mut Outbox) {
    if let Some(session) = session(state) {
        session.reopen(check);
    }
    reopened(state, out);
}

fn reopened(state: &mut State, out: &mut Outbox) {
    state.marked = None;
    state.checked_now = None;
    state.helped = None;
    state.said.clear();
    state.probe = None;
    out.focus = Some(Focus::Check);
    out.save = true;
}

pub(super) fn tick_at(end: u64, now: u64) -> (u32, Later) {
    let ms = end.saturating_sub(now).min(0x7fff_ffff) as u32;
    (ms, Later::Tick)
}

pub(super) fn tick(state: &mut State, env: &dyn Env, out: &mut Outbox) {
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

/// The person asks for the probe.
pub(super) fn run_probe(state: &mut State, id: &str, env: &dyn Env, out: &mut Outbox) {
    let Some((id, probe)) = current_probe(state).filter(|(current, _)| current == id) else {
        return;
    };
    match way(state, &probe, env) {
        Way::Itself | Way::Address(_) => start_probe(state, id, probe, out),
        Way::Known(outcome, detail) => probed(state, &id, outcome, detail, env, out),
        Way::Paste => {
            // Looked at and forgotten: it is in no record and in no report.
            let pasted = core::mem::take(&mut state.pasted);
            let (outcome, detail) = key_found(state, &probe, &pasted);
            probed(state, &id, outcome, detail, env, out);
        }
    }
}

fn start_probe(state: &mut State, id: String, probe: Probe, out: &mut Outbox) {
    state.probe = Some(ProbeResult { check: id.clone(), outcome: None, detail: String::new() });
    out.probe = Some((id, probe));
}

pub(super) fn probed(
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
