//! One action after another, the part that the first open does without: articles, guides, the
//! handover. What every open needs stands in `apply`; the two are one function cut in two.

use std::rc::Rc;

use unstuck_core::guide::{EXPECTED, Outcome};
use unstuck_core::handle::Handle;
use unstuck_core::handover::Json;
use unstuck_core::status::Watch;

use super::apply::{emit, go};
use super::guiding::{
    answer, arrive, arrived, back, current, expected, note, probed, reopen, run_probe, session,
    tick, tick_at,
};
use super::searching::{announce, pick};
use super::sending::{add_picture, contact, edit, finish_sending, retry_in, send, stands};
use super::{Action, Env, Focus, Later, Outbox, ProbeResult, Screen, Sending, State, status};
use crate::ui::strings::Key;

/// Applies an action for which [`super::needs_depth`] is true; it is taken out of its place.
pub fn act_deep(state: &mut State, action: &mut Option<Action>, env: &&dyn Env, out: &mut Outbox) {
    let Some(action) = action.take() else { return };
    let env = *env;
    status::look_ahead(state, env);
    match action {
        Action::Later(Later::Tick) => tick(state, env, out),
        Action::Later(Later::Arrive) => arrived(state, env, out),
        Action::Later(Later::Retry) => out.transmit = Some(false),
        Action::Later(Later::Online) => out.transmit = Some(true),
        Action::Later(Later::Rest(n)) if n == state.typed => {
            announce(state);
            status::announce(state);
            out.save = true;
        }
        Action::Pick(option) => pick(state, option, out),
        Action::Show(id) => {
            if let Some(number) = state.pack.find(&id) {
                show(state, number, out);
            }
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
        // Beside a panel there is room for the page; a sheet makes room.
        Action::Follow => state.folded = state.sheet && current(state).is_some(),
        Action::Unfold => {
            state.folded = false;
            out.focus = Some(Focus::Check);
        }
        // A file that does not fit is as good as none: searches go on without it. The next letter
        // uses it; what is on screen stays where it is.
        Action::Meaning(bytes) => state.meaning = state.pack.meaning(&bytes).ok().map(Rc::new),
        Action::Told => expected(state, env, out),
        Action::Run(check) => run_probe(state, &check, env, out),
        Action::Paste(text) => state.pasted = text,
        Action::Probed(check, outcome, detail) => {
            // The status feed may have answered for it before its time was up.
            let answered = |one: &ProbeResult| one.check == check && one.outcome.is_some();
            if !state.probe.as_ref().is_some_and(answered) {
                probed(state, &check, outcome, detail, env, out);
            }
        }
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
            edit(state, env);
            state.draft.note = text;
            out.save = true;
        }
        Action::Email(text) => {
            edit(state, env);
            state.draft.email = text;
            out.save = true;
        }
        Action::Trap(text) => state.trapped = !text.is_empty(),
        Action::Priority(id) => {
            edit(state, env);
            state.draft.priority = Some(id);
            out.save = true;
        }
        Action::Detail(key, value) => {
            edit(state, env);
            match state.draft.details.iter_mut().find(|(name, _)| *name == key) {
                Some((_, text)) => *text = value,
                None => state.draft.details.push((key, value)),
            }
            out.save = true;
        }
        Action::Remove(name) => {
            edit(state, env);
            state.draft.removed.push(name);
            out.save = true;
            out.focus = Some(Focus::Status);
        }
        Action::ChoosePicture => out.choose_picture = true,
        Action::Picture(picture) => {
            edit(state, env);
            add_picture(state, picture, out);
        }
        Action::NoPicture(name) => {
            state.said = state.strings.fill(Key::PICTURE_UNREADABLE, &[("name", &name)]);
            state.picture_fault = Some(state.said.clone());
        }
        Action::RemovePicture(n) => {
            edit(state, env);
            if n < state.draft.pictures.len() {
                state.draft.pictures.remove(n);
            }
            state.picture_fault = None;
            out.pictures = true;
            out.focus = Some(Focus::Status);
        }
        Action::Send => send(state, env, out),
        // Unless the person went on writing, which is another report.
        Action::Taken(sent) if state.sending == Sending::Sending => {
            state.sending =
                if sent { Sending::Sent(state.draft.id.clone()) } else { Sending::HandedOver };
            finish_sending(state, out);
        }
        Action::Stands(id, kept) => stands(state, &id, kept, out),
        Action::Queue(queue, due) => {
            state.queue = queue;
            // Another tab may have transmitted the report, or tried to.
            let id = state.draft.id.clone();
            if let Some(kept) = state.queue.stands(&id) {
                stands(state, &id, kept, out);
            }
            if let Some(due) = due {
                out.later.push((retry_in(due, env.now()), Later::Retry));
            }
        }
        Action::Again(id) => out.again = Some(id),
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
        Action::Feed(news) => status::learn(state, news.feed().clone(), env, out),
        Action::Tell(wanted) => status::tell(state, wanted, out),
        Action::Permitted => {
            if let Some(waiting) = &mut state.status.waiting {
                waiting.notify = true;
                out.save = true;
            }
        }
        Action::Aside => status::set_aside(state, out),
        Action::Away(away) => {
            (state.away, out.away) = (away, Some(away));
            let said = if away { state.strings.get(Key::BUTTON_AWAY) } else { "" };
            state.said = said.to_owned();
        }
        Action::Erase => {
            forget(state);
            (state.away, out.away) = (false, Some(false));
            // Only who sees it is told: behind a closed panel the host did it, for another person.
            if state.open {
                state.screen = Screen::Kept;
                state.trail = vec![Screen::Home];
                state.said = state.strings.get(Key::ERASED).to_owned();
            }
            out.erase = true;
        }
        _ => {}
    }
}

/// Forgets the person: what was typed, answered and written. What the host said of itself and how the
/// services are stays.
pub fn forget(state: &mut State) {
    let (keeps, away) = (state.keeps, state.away);
    let mut status = core::mem::take(&mut state.status);
    (status.aside, status.waiting, status.fixed) = (Watch::default(), None, None);
    let context = core::mem::take(&mut state.context);
    let settings = core::mem::take(&mut state.settings);
    let (own, meaning) = (state.own.take(), state.meaning.take());
    let (open, wide, sheet) = (state.open, state.wide, state.sheet);
    *state = State {
        open,
        wide,
        sheet,
        keeps,
        away,
        status,
        context,
        own,
        meaning,
        strings: state.strings.clone(),
        ..State::new(state.pack.clone(), settings)
    };
}

pub(super) fn article_id(state: &State) -> &str {
    state.article.as_ref().map_or("", |article| &article.id)
}

pub(super) fn show(state: &mut State, number: usize, out: &mut Outbox) {
    match state.pack.article(number) {
        Ok(article) => {
            go(state, Screen::Article(number));
            state.fault = None;
            state.helped = None;
            let mut detail = Json::new();
            detail.text("id", &article.id);
            emit(out, "article", detail);
            state.article = Some(Handle::new(article));
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
