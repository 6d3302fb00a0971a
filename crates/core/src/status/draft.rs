//! A feed in the making: what readers find goes in, limits and the rules that hold for every form
//! are applied here. Which field of which form means what is `read`'s matter.

use super::json::Json;
use super::text::{plain_text, web_address};
use super::when::instant;
use super::{Announced, Component, Feed, Format, Incident, Options, Phase, State};

/// Longer lists are not read to their end, which makes the page unknown: looking up one list in
/// another must not take seconds.
const MAX_LIST: usize = 2_000;
/// More components than this count for the page's state, but are not kept.
const MAX_COMPONENTS: usize = 500;
/// More incidents or maintenance than this, likewise.
const MAX_INCIDENTS: usize = 100;
/// More ids of components on one incident are left out.
const MAX_IDS: usize = 200;
/// Characters of a title or a name.
const TITLE: usize = 200;
/// Characters of an update.
const UPDATE: usize = 1_000;

/// Collects what a reader finds.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) feed: Feed,
    /// The page's own word, where the form has one.
    pub(super) word: Option<State>,
    /// The worst of what was not kept.
    beyond: Option<State>,
    now: u64,
}

impl Draft {
    pub(super) fn new(format: Format, options: &Options) -> Draft {
        let feed = Feed { format: Some(format), ..Feed::default() };
        Draft { feed, word: None, beyond: None, now: options.now }
    }

    /// The time that counts as now.
    pub(super) fn now(&self) -> u64 {
        self.now
    }

    /// Takes something of unknown state into account.
    pub(super) fn unknown(&mut self) {
        self.count(State::Unknown);
    }

    fn count(&mut self, state: State) {
        self.beyond = Some(self.beyond.map_or(state, |beyond| beyond.worse(state)));
    }

    /// The values of a list that may be missing. Anything else than a list (or an object in its
    /// place) makes the page's state unknown, as do values that are no
    /// objects and a list that is too long.
    pub(super) fn objects<'a>(&mut self, value: Json<'a>) -> Vec<Json<'a>> {
        if value.is_null() {
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut whole = value.is_list() || value.is_map();
        for item in value.items() {
            whole &= item.is_map();
            if out.len() == MAX_LIST {
                whole = false;
                break;
            }
            if item.is_map() {
                out.push(item);
            }
        }
        if !whole {
            self.unknown();
        }
        out
    }

    /// Adds a component.
    pub(super) fn component(&mut self, component: Component) {
        if self.feed.components.len() < MAX_COMPONENTS {
            self.feed.components.push(component);
        } else {
            self.count(component.state);
        }
    }

    /// Adds an incident unless it is over.
    pub(super) fn incident(&mut self, mut incident: Incident) {
        if incident.phase.is_over() {
            return;
        }
        if incident.state == State::Unknown {
            incident.state = State::Degraded;
        }
        if incident.id.is_empty() {
            incident.id = incident.url.clone().unwrap_or_else(|| incident.title.clone());
        }
        if self.feed.incidents.len() < MAX_INCIDENTS {
            self.feed.incidents.push(incident);
        } else if incident.state.is_trouble() {
            self.count(incident.state);
        }
    }

    /// Adds planned work unless it is over. What has begun by its times is in progress.
    pub(super) fn maintenance(&mut self, mut planned: Announced) {
        let over = planned.to.is_some_and(|to| to <= self.now);
        let going = matches!(planned.phase, Phase::InProgress | Phase::Verifying);
        if planned.phase.is_over() || (over && !going) {
            return;
        }
        let begun = planned.from.is_some_and(|from| from <= self.now);
        if begun && !going && (planned.to.is_some() || planned.phase == Phase::Unknown) {
            planned.phase = Phase::InProgress;
        } else if !going {
            planned.phase = Phase::Scheduled;
        }
        if planned.id.is_empty() {
            planned.id = planned.url.clone().unwrap_or_else(|| planned.title.clone());
        }
        if self.feed.maintenance.len() < MAX_INCIDENTS {
            self.feed.maintenance.push(planned);
        } else if planned.phase != Phase::Scheduled {
            self.count(State::Maintenance);
        }
    }

    /// Where only some of the components are down, they are a partial outage: the forms without a
    /// word between "slow" and "down" say "down" of each. What nothing watches does not count.
    pub(super) fn some_down(&mut self) {
        let mut watched = self.feed.components.iter().filter(|component| !component.unwatched);
        if watched.all(|component| component.state == State::MajorOutage) && self.beyond.is_none() {
            return;
        }
        for component in &mut self.feed.components {
            if component.state == State::MajorOutage {
                component.state = State::PartialOutage;
            }
        }
        if self.beyond == Some(State::MajorOutage) {
            self.beyond = Some(State::PartialOutage);
        }
    }

    /// The feed, with the rules of every form applied: a component is as bad as what names it, the
    /// page as bad as its worst part, and never better than its own word.
    pub(super) fn finish(mut self, options: &Options) -> Feed {
        let feed = &mut self.feed;
        let mut worst = self.beyond;
        let mut add = |state: State| {
            worst = Some(worst.map_or(state, |worst: State| worst.worse(state)));
        };
        let incidents = feed.incidents.iter().map(|incident| (&incident.services, incident.state));
        let present = feed.maintenance.iter().filter(|planned| planned.phase != Phase::Scheduled);
        let present = present.map(|planned| (&planned.services, State::Maintenance));
        for (services, state) in incidents.chain(present).filter(|(_, state)| state.is_trouble()) {
            add(state);
            for component in &mut feed.components {
                if services.contains(&component.id) {
                    component.state = component.state.worse(state);
                }
            }
        }
        let mut watched = false;
        for component in &feed.components {
            watched |= !component.unwatched;
            if !component.unwatched || component.state != State::Unknown {
                add(component.state);
            }
        }
        if !watched && !feed.components.is_empty() {
            add(State::Unknown);
        }
        feed.state = match (self.word, worst) {
            (Some(word), Some(worst)) => word.worse(worst),
            (word, worst) => word.or(worst).unwrap_or_default(),
        };
        feed.source_disagrees = matches!((self.word, worst), (Some(word), Some(worst))
            if word != State::Unknown && word.severity() < worst.severity());
        feed.stale =
            feed.updated_at.is_some_and(|at| options.now.saturating_sub(at) > options.stale_after);
        self.feed
    }
}

/// The state of a word; `Unknown` for what is no text.
pub(super) fn word(value: Json<'_>) -> State {
    value.string().map_or(State::Unknown, |text| State::from_word(&text))
}

/// The phase of a word.
pub(super) fn phase(value: Json<'_>) -> Phase {
    value.string().map_or(Phase::Unknown, |text| Phase::from_word(&text))
}

/// An id: text or a number, cut to a length; empty without.
pub(super) fn id(value: Json<'_>) -> String {
    plain_text(&value.id().unwrap_or_default(), TITLE)
}

/// A title or a name as plain text; empty without.
pub(super) fn title(value: Json<'_>) -> String {
    plain_text(&value.string().unwrap_or_default(), TITLE)
}

/// An update as plain text; empty without.
pub(super) fn update(value: Json<'_>) -> String {
    plain_text(&value.string().unwrap_or_default(), UPDATE)
}

/// An http(s) address.
pub(super) fn url(value: Json<'_>) -> Option<String> {
    web_address(&value.string()?)
}

/// The first of some names that is an instant.
pub(super) fn time(value: Json<'_>, names: &[&str]) -> Option<u64> {
    names.iter().find_map(|name| instant(value.get(name)))
}

/// Ids out of a list of texts, numbers, or objects with an id under one of those names.
pub(super) fn ids(list: Json<'_>, names: &[&str]) -> Vec<String> {
    list.items()
        .filter(|item| !item.is_null())
        .map(|item| {
            if item.is_map() {
                names.iter().map(|name| id(item.get(name))).find(|id| !id.is_empty())
            } else {
                Some(id(item))
            }
        })
        .map(Option::unwrap_or_default)
        .filter(|id| !id.is_empty())
        .take(MAX_IDS)
        .collect()
}

/// Of some updates, the text of the latest and its time. Updates without a time count as older
/// than those with one; of equals the first wins, as feeds begin with the latest.
pub(super) fn latest<'a>(
    updates: impl Iterator<Item = Json<'a>>,
    body: &str,
    times: &[&str],
) -> (String, Option<u64>) {
    let mut best: Option<(Json<'a>, Option<u64>)> = None;
    for item in updates {
        let at = time(item, times);
        if best.is_none_or(|(_, other)| at > other) {
            best = Some((item, at));
        }
    }
    best.map_or_else(Default::default, |(item, at)| (update(item.get(body)), at))
}
