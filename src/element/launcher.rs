//! What the launcher says and whether it is there: its mark, the record that the loader reads alone,
//! and the day for which a person hides it. The launcher itself is the host's: the loader's, or the
//! Yew component's. All of it runs in the second file.

use gloo_timers::callback::Timeout;
use yew::Context;

use super::app::App;
use crate::platform::{clock::Browser, js, storage};
use crate::ui::state::{Action, Env, Later, State};
use crate::ui::strings::Key;

/// For how long who hides the launcher does not see it, in milliseconds.
const DAY: u64 = 86_400_000;

/// What this page has said on the launcher so far.
#[derive(Default)]
pub(super) struct Said {
    /// The words; nothing as long as only the host has spoken.
    words: Option<String>,
    /// When the person was last in the panel: what was ready then is no news.
    seen: u64,
    /// The end of the next wait, and what comes back then.
    alarm: Option<(u64, Timeout)>,
}

/// When the waits of all guides end, in milliseconds since 1970.
fn ends(state: &State) -> impl Iterator<Item = u64> + '_ {
    state.sessions.iter().flat_map(|session| &session.waits).map(|(_, end)| *end)
}

/// Tells the launcher what waits for the person until they have been there: something is fixed, or
/// a check is ready. A hidden launcher comes back for that.
pub(super) fn mark(app: &mut App, ctx: &Context<App>) {
    let (now, open) = (Browser.now(), app.state.open);
    let mut news = false;
    if let Some(fixed) = app.state.status.fixed.as_mut().filter(|fixed| !fixed.seen) {
        fixed.seen = open;
        news = !open;
        if open {
            note(app);
        }
    }
    if open {
        app.launcher.seen = now;
    }
    let ready = ends(&app.state).any(|end| end <= now && end > app.launcher.seen);
    let words = match (news, ready) {
        (true, _) => app.state.strings.get(Key::STATUS_FIXED_MARK),
        (false, true) => app.state.strings.get(Key::READY_MARK),
        (false, false) => "",
    };
    // What the host says of an earlier page stands until the person has been there.
    let stands = app.launcher.words.as_deref().unwrap_or(if open { "-" } else { "" });
    if stands != words {
        let words = words.to_owned();
        if !words.is_empty() && app.state.away {
            hide(app, ctx, false);
        }
        say(app, ctx, words);
    }
    let next = ends(&app.state).filter(|end| *end > now).min();
    if next != app.launcher.alarm.as_ref().map(|(end, _)| *end) {
        let send = app.send.clone();
        app.launcher.alarm = next.map(|end| {
            let left = (end - now).min(0x7fff_ffff) as u32;
            (end, Timeout::new(left, move || send.emit(Action::Later(Later::Tick))))
        });
    }
}

/// Puts words on the launcher, or takes them off.
pub(super) fn say(app: &mut App, ctx: &Context<App>, words: String) {
    let _ = js::call(&ctx.props().host, "mark", &[&js::text(&words)]);
    app.launcher.words = Some(words);
}

/// Keeps until when the launcher is hidden, for the loader, which reads it alone; the host draws
/// the launcher anew when the panel closes.
pub(super) fn hide(app: &mut App, ctx: &Context<App>, away: bool) {
    app.state.away = away;
    let key = storage::hidden(&app.state.product().id);
    if away {
        storage::write(&key, &(Browser.now() + DAY).to_string());
    } else {
        storage::remove(&key);
    }
    js::set(&ctx.props().host, "off", &away.into());
    note(app);
}

/// The name of the one small record that the loader reads alone.
pub(super) fn record(app: &App) -> String {
    storage::pending(&app.state.product().id)
}

/// Keeps that record: when the next wait ends, and what it is to say then. What was ready before the
/// person hid the launcher does not bring it back.
pub(super) fn note(app: &App) {
    let state = &app.state;
    let next = ends(state).filter(|end| !state.away || *end > Browser.now()).min();
    let status = &state.status;
    let news = status.waiting.is_some() || status.fixed.as_ref().is_some_and(|one| !one.seen);
    match next {
        Some(end) => {
            let words = state.strings.get(Key::READY_MARK);
            storage::write(&record(app), &[&end.to_string(), words].concat());
        }
        None if news => {
            storage::write(&record(app), "status");
        }
        None => storage::remove(&record(app)),
    }
}
