//! What the services' state means for the person: what is in trouble for what is on screen, what
//! they set aside, what they wait for. How it looks is `view::status`'s matter, how a feed is read
//! the core's.

use core::ops::{Deref, DerefMut};

use unstuck_core::guide::{Outcome, probe::param};
use unstuck_core::handover::Json;
use unstuck_core::status::{
    Feed, Incident, Planned, Services, State as ServiceState, Watch, When, planned,
};

use super::apply::emit;
use super::find::refresh;
use super::guiding::{arrive, current_probe, probed};
use super::{Env, Focus, Outbox, Screen, State};
use crate::ui::strings::{Key, Strings};

/// How many of the best hits decide which incidents a search meets.
const BEST: usize = 3;
/// Planned work is looked up again after so long.
const PLANNED_FOR: u64 = 30_000;
/// News of trouble outlasts feeds that cannot be read for so long, with the time it is from.
const REMEMBERED: u64 = 15 * 60_000;
/// "Works again" is told for so long.
const TOLD_FOR: u64 = 2 * 3_600_000;

/// What the widget knows of the services, and what the person said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// The last word; `None` before the first answer.
    pub feed: Option<Feed>,
    /// When it came.
    pub at: u64,
    /// Planned work to tell of.
    pub planned: Vec<Planned>,
    /// When that was looked up.
    pub(super) planned_at: u64,
    /// What the person has something else than.
    pub aside: Watch,
    /// "Tell me when it is fixed".
    pub waiting: Option<Waiting>,
    /// What works again since a person waited for it.
    pub fixed: Option<Fixed>,
}

/// [`Status`], whose inside only the second file has to know: with it goes the code that drops it.
#[derive(Default)]
pub struct Held(Option<Box<dyn Hold>>);

/// What [`Held`] asks of it.
trait Hold {
    fn get(&self) -> &Status;
    fn get_mut(&mut self) -> &mut Status;
}

impl Hold for Status {
    fn get(&self) -> &Status {
        self
    }
    fn get_mut(&mut self) -> &mut Status {
        self
    }
}

impl Deref for Held {
    type Target = Status;

    fn deref(&self) -> &Status {
        static NOTHING: Status = Status {
            feed: None,
            at: 0,
            planned: Vec::new(),
            planned_at: 0,
            aside: Watch { services: Vec::new(), incidents: Vec::new() },
            waiting: None,
            fixed: None,
        };
        self.0.as_ref().map_or(&NOTHING, |held| held.get())
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut Status {
        self.0.get_or_insert_with(|| Box::new(Status::default())).get_mut()
    }
}

/// What a person waits for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiting {
    /// Services and incidents.
    pub watch: Watch,
    /// The end of planned work that only `kb.toml` tells of, in milliseconds since 1970; else 0.
    pub until: u64,
    /// Whether a notification was allowed after the press.
    pub notify: bool,
}

/// What works again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fixed {
    /// Since when it is known.
    pub at: u64,
    /// The services in words; may be empty.
    pub services: String,
    /// Whether the person has met it.
    pub seen: bool,
}

/// What is wrong with some services now.
#[derive(Debug, Default)]
pub struct Trouble<'s> {
    /// Ids of those in trouble, each with its state.
    pub services: Vec<(&'s str, ServiceState)>,
    /// The incidents that touch them, the worst first.
    pub incidents: Vec<&'s Incident>,
    /// Planned work on them that goes on.
    pub planned: Vec<&'s Planned>,
}

impl Trouble<'_> {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        self.services.is_empty() && self.incidents.is_empty() && self.planned.is_empty()
    }

    /// Services and incidents by their ids; planned work counts by its title.
    fn watch(&self) -> Watch {
        let titles = self.planned.iter().map(|planned| planned.title.clone());
        Watch {
            services: self.services.iter().map(|(id, _)| (*id).to_owned()).collect(),
            incidents: self.incidents.iter().map(|one| one.id.clone()).chain(titles).collect(),
        }
    }
}

impl State {
    /// How the feed's components and the knowledge base's services belong together.
    pub fn services(&self) -> Services<'_> {
        Services { product: self.product(), host: &self.settings.services }
    }

    /// The state of one service, as the feed says.
    pub fn service_state(&self, id: &str) -> ServiceState {
        self.status
            .feed
            .as_ref()
            .map_or(ServiceState::Unknown, |feed| self.services().state(feed, id))
    }

    /// What is wrong with some services.
    pub fn trouble<'s>(&'s self, services: &'s [String]) -> Trouble<'s> {
        let mut trouble = Trouble::default();
        let going_on = self.status.planned.iter().filter(|planned| {
            planned.when == When::During
                && planned.services.iter().any(|service| services.contains(service))
        });
        trouble.planned = going_on.collect();
        if let Some(feed) = &self.status.feed {
            trouble.incidents = self.services().incidents(feed, services);
        }
        for service in services {
            let touched = trouble.planned.iter().any(|one| one.services.contains(service));
            let state = match self.service_state(service) {
                state if state.is_trouble() => state,
                _ if touched => ServiceState::Maintenance,
                _ => continue,
            };
            trouble.services.push((service, state));
        }
        trouble
    }

    /// The services of what is on screen: of the article, else of the best hits, else all.
    pub fn services_at_hand(&self) -> Vec<String> {
        if let (Screen::Article(_) | Screen::Handover, Some(article)) =
            (&self.screen, &self.article)
        {
            return article.services.clone();
        }
        let mut out: Vec<String> = Vec::new();
        if !self.search.open {
            out.extend(self.product().services.iter().map(|service| service.id.clone()));
        } else if self.search.found.confident {
            for row in self.search.found.rows.iter().take(BEST) {
                let Ok(article) = self.pack.article(row.article) else { continue };
                out.extend(article.services);
            }
            out.sort();
            out.dedup();
        }
        out
    }

    /// Whether trouble with these services is to be met before anything else.
    pub fn comes_first(&self, services: &[String]) -> bool {
        let trouble = self.trouble(services);
        let aside = &self.status.aside;
        let watch = trouble.watch();
        !(watch.services.iter().all(|id| aside.services.contains(id))
            && watch.incidents.iter().all(|id| aside.incidents.contains(id)))
    }

    /// Whether the person asked to be told when all of this is over.
    pub fn waits_for(&self, trouble: &Trouble<'_>) -> bool {
        self.status.waiting.as_ref().is_some_and(|Waiting { watch, .. }| {
            trouble.services.iter().all(|(id, _)| watch.services.iter().any(|own| own == id))
                && trouble.incidents.iter().all(|one| watch.incidents.contains(&one.id))
        })
    }

    /// Whether an incident stands before the article on screen.
    pub fn blocked(&self) -> bool {
        matches!(self.screen, Screen::Article(_))
            && self.article.as_ref().is_some_and(|article| self.comes_first(&article.services))
    }

    /// The name that a service has on the status page, else in the knowledge base.
    pub fn service_title<'s>(&'s self, id: &'s str) -> &'s str {
        let feed = self.status.feed.as_ref();
        match feed.map(|feed| self.services().components(feed, id)).as_deref() {
            // The plain form may give ids alone.
            Some([only]) if only.name != only.id => &only.name,
            _ => self.service_name(id),
        }
    }

    /// Services and their states for the report: those of the article whose state is known, and
    /// all in trouble. Components that are no service of the knowledge base go by their own ids.
    pub(super) fn reported(&self) -> Vec<(String, String)> {
        let Some(feed) = &self.status.feed else { return Vec::new() };
        let map = self.services();
        let own = self.article.as_ref().map_or(&[][..], |article| &article.services);
        let known = map.states(feed).into_iter().filter(|(id, state)| {
            state.is_trouble() || own.contains(id) && *state != ServiceState::Unknown
        });
        let other = feed
            .components
            .iter()
            .filter(|one| one.state.is_trouble() && map.of_component(one).is_empty());
        let other = other.map(|one| (one.id.clone(), one.state));
        known.chain(other).map(|(id, state)| (id, state.name().to_owned())).collect()
    }

    /// When the last word is from, where it is too old to be taken as it stands.
    pub fn as_of(&self) -> Option<u64> {
        let feed = self.status.feed.as_ref().filter(|feed| feed.stale)?;
        Some(feed.updated_at.unwrap_or(self.status.at))
    }
}

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

impl State {
    /// What is wrong with any service of the knowledge base, and all that the feed tells.
    pub fn trouble_of_all(&self) -> Trouble<'_> {
        let services = &self.product().services;
        let state = |id: &str| match self.service_state(id) {
            state if state.is_trouble() => Some(state),
            _ => None,
        };
        let going_on = self.status.planned.iter().filter(|one| one.when == When::During);
        let feed = self.status.feed.as_ref();
        let incidents = feed.map_or(&[][..], |feed| &feed.incidents).iter();
        let bad = services.iter().filter_map(|one| Some((one.id.as_str(), state(&one.id)?)));
        let mut bad: Vec<_> = bad.collect();
        let planned: Vec<_> = going_on.collect();
        for id in planned.iter().flat_map(|one| &one.services) {
            if !bad.iter().any(|(other, _)| other == id) {
                bad.push((id, ServiceState::Maintenance));
            }
        }
        let incidents = incidents.filter(|one| one.state.is_trouble()).collect();
        Trouble { services: bad, incidents, planned }
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
