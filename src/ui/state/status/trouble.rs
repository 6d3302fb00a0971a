//! What is in trouble: for some services, for all of them, for what is on screen.
//! What the person does about it is `status`'s matter.

use unstuck_core::status::{Incident, Planned, Services, State as ServiceState, Watch, When};

use super::Waiting;
use crate::ui::state::{Screen, State};

/// How many of the best hits decide which incidents a search meets.
const BEST: usize = 3;

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
    pub(super) fn watch(&self) -> Watch {
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
    pub(in crate::ui::state) fn reported(&self) -> Vec<(String, String)> {
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
