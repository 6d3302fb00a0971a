//! What the services' state means for the person: what is in trouble for what is on screen, what
//! they set aside, what they wait for. How it looks is `view::status`'s matter, how a feed is read
//! the core's.

mod held;
mod trouble;

pub(in crate::ui::state) use held::Held;
pub use held::{Fixed, Status, Waiting};
pub use trouble::Trouble;

use unstuck_core::guide::{Outcome, probe::param};
use unstuck_core::handover::Json;
use unstuck_core::status::{Feed, Services, State as ServiceState, planned};

use super::apply::emit;
use super::find::refresh;
use super::guiding::{arrive, current_probe, probed};
use super::{Env, Focus, Outbox, Screen, State};
use crate::ui::strings::{Key, Strings};

/// Planned work is looked up again after so long.
const PLANNED_FOR: u64 = 30_000;
/// News of trouble outlasts feeds that cannot be read for so long, with the time it is from.
const REMEMBERED: u64 = 15 * 60_000;
/// "Works again" is told for so long.
const TOLD_FOR: u64 = 2 * 3_600_000;

/// Looks up planned work, now and then.
pub(super) fn look_ahead(state: &mut State, env: &dyn Env) {
    let now = env.now();
    if now.abs_diff(state.status.planned_at) >= PLANNED_FOR {
        let found = planned(&state.services(), state.status.feed.as_ref(), now, env);
        state.status.planned = found;
        state.status.planned_at = now;
        if state.status.fixed.as_ref().is_some_and(|fixed| now > fixed.at + TOLD_FOR) {
            state.status.fixed = None;
        }
    }
}

/// An incident that a search meets is said before the count of its results.
pub(super) fn announce(state: &mut State) {
    let services = state.services_at_hand();
    if state.screen == Screen::Home && state.search.open && state.comes_first(&services) {
        let count = core::mem::take(&mut state.said);
        state.said = [&known_words(state, &services), ". ", &count].concat();
    }
}

/// "Known incident: Sync is down".
fn known_words(state: &State, services: &[String]) -> String {
    let trouble = state.trouble(services);
    let title = trouble.incidents.first().map(|one| one.title.as_str());
    let title = title.or_else(|| trouble.planned.first().map(|one| one.title.as_str()));
    let first = trouble.services.first().map(|(id, _)| state.service_title(id));
    let title = title.or(first).unwrap_or("");
    state.strings.fill(Key::STATUS_ELSEWHERE, &[("title", title)])
}

/// A new word on the services arrived.
pub(super) fn learn(state: &mut State, feed: Feed, env: &dyn Env, out: &mut Outbox) {
    let was_blocked = state.blocked();
    let before = told(state);
    let known = feed.fault.is_none() && feed.format.is_some();
    let now = env.now();
    let recent = now.saturating_sub(state.status.at) < REMEMBERED;
    match &mut state.status.feed {
        // Bad news does not become no news because the line is bad as well.
        Some(old) if !known && recent && old.state.is_trouble() => old.stale = true,
        _ => {
            let fault = state.status.feed.as_ref().and_then(|old| old.fault);
            if let Some(new) = feed.fault.filter(|new| fault != Some(*new)) {
                let mut detail = Json::new();
                detail.text("code", "status");
                detail.text("message", &new.to_string());
                emit(out, "error", detail);
            }
            state.status.feed = Some(feed);
            state.status.at = now;
        }
    }
    state.status.planned_at = 0;
    look_ahead(state, env);
    let after = told(state);
    if before != after {
        emit_state(state, &after, out);
    }
    // What works again and is then in trouble anew is met anew.
    if known {
        let all = state.trouble_of_all().watch();
        let aside = &mut state.status.aside;
        aside.services.retain(|id| all.services.contains(id));
        aside.incidents.retain(|id| all.incidents.contains(id));
    }
    over(state, now, out);
    let asked = state.probe.as_ref().filter(|probe| probe.outcome.is_none());
    if asked.is_some()
        && let Some((id, probe)) = current_probe(state)
        && probe.name == "service-status"
    {
        let (outcome, detail) = probe_status(state, param(&probe, "service"));
        probed(state, &id, outcome, detail, env, out);
    }
    if state.search.open {
        refresh(state);
    }
    let blocked = state.blocked();
    if blocked != was_blocked {
        out.refocus = true;
        if blocked {
            state.said = known_words(state, &state.services_at_hand());
        } else {
            arrive(state, out);
        }
    }
}

/// What hosts are told: the state of all, and of each service.
fn told(state: &State) -> Option<(ServiceState, Vec<(String, ServiceState)>)> {
    let feed = state.status.feed.as_ref()?;
    Some((feed.state, state.services().states(feed)))
}

fn emit_state(
    state: &State,
    told: &Option<(ServiceState, Vec<(String, ServiceState)>)>,
    out: &mut Outbox,
) {
    let Some((worst, services)) = told else { return };
    let mut map = Json::new();
    for (id, service) in services {
        map.text(id, service.name());
    }
    if services.is_empty() {
        for one in state.status.feed.iter().flat_map(|feed| &feed.components) {
            map.text(&one.id, one.state.name());
        }
    }
    let mut detail = Json::new();
    detail.text("state", worst.name());
    detail.raw("services", &map.finish());
    emit(out, "status", detail);
}

/// Whether what was waited for is over: then it is said, marked and notified.
fn over(state: &mut State, now: u64, out: &mut Outbox) {
    let Some(waiting) = &state.status.waiting else { return };
    let by_feed = match &state.status.feed {
        Some(feed) => waiting.watch.is_over(&state.services(), feed),
        None => waiting.until > 0,
    };
    if !by_feed || now < waiting.until {
        return;
    }
    let names: Vec<&str> =
        waiting.watch.services.iter().map(|id| state.service_title(id)).collect();
    let services = names.join(", ");
    let words = fixed_words(state, &services);
    out.notify = waiting.notify;
    state.said = words;
    state.status.fixed = Some(Fixed { at: now, services, seen: state.open });
    state.status.waiting = None;
    out.save = true;
}

/// "AI Assistant works again."
pub fn fixed_words(state: &State, services: &str) -> String {
    match services {
        "" => state.strings.get(Key::STATUS_FIXED).to_owned(),
        names => state.strings.fill(Key::STATUS_FIXED_SERVICE, &[("service", names)]),
    }
}

/// "Tell me when it is fixed", or no longer.
pub(super) fn tell(state: &mut State, wanted: bool, out: &mut Outbox) {
    let before = state.status.waiting.take().filter(|_| wanted);
    if wanted {
        let services = state.services_at_hand();
        let home = !state.search.open && !matches!(state.screen, Screen::Article(_));
        let trouble = if home { state.trouble_of_all() } else { state.trouble(&services) };
        let mut new = trouble.watch();
        // Planned work has no id that a feed would know.
        new.incidents.truncate(trouble.incidents.len());
        let end = trouble.planned.iter().filter_map(|one| one.to).max().unwrap_or(0);
        let Waiting { mut watch, until, notify } = before.unwrap_or_default();
        watch.services.extend(new.services);
        watch.incidents.extend(new.incidents);
        for ids in [&mut watch.services, &mut watch.incidents] {
            ids.sort();
            ids.dedup();
        }
        state.status.waiting = Some(Waiting { watch, until: until.max(end), notify });
        state.status.fixed = None;
        out.permit = true;
    }
    let key = if wanted { Key::STATUS_WILL_TELL } else { Key::STATUS_WONT_TELL };
    state.said = state.strings.get(key).to_owned();
    out.focus = Some(Focus::Heading);
    out.save = true;
}

/// "I have something else": the trouble at hand no longer stands before anything.
pub(super) fn set_aside(state: &mut State, out: &mut Outbox) {
    let services = state.services_at_hand();
    let watch = state.trouble(&services).watch();
    let aside = &mut state.status.aside;
    aside.services.extend(watch.services);
    aside.incidents.extend(watch.incidents);
    for ids in [&mut aside.services, &mut aside.incidents] {
        ids.sort();
        ids.dedup();
    }
    out.save = true;
    if matches!(state.screen, Screen::Article(_)) {
        arrive(state, out);
        out.focus = Some(Focus::Check);
    } else {
        out.focus = Some(Focus::Search);
    }
}

/// What the probe `service-status` finds in the feed at hand: of one service, of those of the
/// article, else of all.
pub fn probe_status(state: &State, service: &str) -> (Outcome, String) {
    let nothing = Feed::default();
    let feed = state.status.feed.as_ref().unwrap_or(&nothing);
    let own = state.article.as_ref().map_or(&[][..], |article| &article.services);
    judge(&state.strings, &state.services(), feed, own, service)
}

/// What a feed says of a service; `""`: of those that are `own`, else of all.
pub fn judge(
    strings: &Strings,
    map: &Services<'_>,
    feed: &Feed,
    own: &[String],
    service: &str,
) -> (Outcome, String) {
    let say = |key: Key| strings.get(key).to_owned();
    let found = match service {
        "" => map.worst(feed, own).unwrap_or(feed.state),
        id => map.state(feed, id),
    };
    match found {
        ServiceState::Unknown => (Outcome::CouldNotRun, say(Key::PROBE_STATUS_UNKNOWN)),
        // An old "works" proves nothing.
        ServiceState::Operational if feed.stale => {
            (Outcome::CouldNotRun, say(Key::PROBE_STATUS_UNKNOWN))
        }
        ServiceState::Operational => (Outcome::Passed, say(Key::PROBE_STATUS_OK)),
        trouble => {
            let words = strings.get(state_words(trouble));
            (Outcome::Failed, strings.fill(Key::PROBE_STATUS_BAD, &[("state", words)]))
        }
    }
}

/// A service state in words.
pub fn state_words(state: ServiceState) -> Key {
    match state {
        ServiceState::Unknown => Key::STATE_UNKNOWN,
        ServiceState::Operational => Key::STATE_OPERATIONAL,
        ServiceState::Maintenance => Key::STATE_MAINTENANCE,
        ServiceState::Degraded => Key::STATE_DEGRADED,
        ServiceState::PartialOutage => Key::STATE_PARTIAL_OUTAGE,
        ServiceState::MajorOutage => Key::STATE_MAJOR_OUTAGE,
    }
}

/// What a hit is marked with when one of its services is in trouble: the worst, in words.
pub(super) fn mark(state: &State, services: &[String]) -> String {
    let trouble = state.trouble(services);
    let worst = trouble.services.iter().max_by_key(|(_, state)| state.severity());
    let Some((id, worst)) = worst else { return String::new() };
    let words = state.strings.get(state_words(*worst));
    let values = [("service", state.service_title(id)), ("state", words)];
    state.strings.fill(Key::STATUS_MARK, &values)
}
