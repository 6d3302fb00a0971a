//! From the feed's components to the services of the knowledge base, and what that means for an
//! article: how its services are, which incidents touch it, whether they are over.

use super::state::squeeze;
use super::{Announced, Component, Feed, Incident, State};
use crate::model::Product;

/// How services of the knowledge base are called in the feed: what the host said with
/// `configure({services})` first, then what `kb.toml` says, then an id or a name that is the same
/// but for case, blanks, `_` and `-`.
///
/// ```
/// use unstuck_core::model::{Product, Service};
/// use unstuck_core::status::{Options, Services, State, read};
///
/// let service = Service { id: "salesforce_sync".into(), ..Service::default() };
/// let product = Product { services: vec![service], ..Product::default() };
/// let feed = read(br#"{"services":{"Salesforce Sync":"down","Web":"up"}}"#, &Options::default());
/// let services = Services { product: &product, host: &[] };
/// assert_eq!(services.state(&feed, "salesforce_sync"), State::MajorOutage);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Services<'a> {
    /// The product of the knowledge base.
    pub product: &'a Product,
    /// Ids of services and what they are called in the feed, as the host said.
    pub host: &'a [(String, String)],
}

impl Services<'_> {
    /// Whether a component of that id, name or group is the service. A component that the host or
    /// `kb.toml` names is the only one; a name that the feed does not know is nobody's.
    fn is(&self, service: &str, names: &[&str]) -> bool {
        let host = self.host.iter().find(|(id, _)| id == service).map(|(_, name)| name.as_str());
        let known = self.product.services.iter().find(|known| known.id == service);
        let wanted = host.or_else(|| known.and_then(|known| known.feed.as_deref()));
        let same = |wanted: &str| {
            let wanted = squeeze(wanted);
            !wanted.is_empty() && names.iter().any(|name| squeeze(name) == wanted)
        };
        match wanted {
            Some(wanted) => same(wanted),
            None => same(service) || known.is_some_and(|known| same(&known.name)),
        }
    }

    /// The components that are the service: by id or name, else all of the group of that name.
    pub fn components<'f>(&self, feed: &'f Feed, service: &str) -> Vec<&'f Component> {
        let of = |names: fn(&'f Component) -> [&'f str; 2]| -> Vec<&'f Component> {
            feed.components.iter().filter(|component| self.is(service, &names(component))).collect()
        };
        let own = of(|component| [&component.id, &component.name]);
        if own.is_empty() { of(|component| [&component.group, ""]) } else { own }
    }

    /// The state of a service: the worst of its components. A feed that tells no parts apart
    /// answers for all when everything works or everything is down; otherwise, as for a service
    /// that the feed does not know, nobody can say.
    pub fn state(&self, feed: &Feed, service: &str) -> State {
        if feed.components.is_empty() {
            return match feed.state {
                all @ (State::Operational | State::MajorOutage) => all,
                _ => State::Unknown,
            };
        }
        self.components(feed, service)
            .iter()
            .map(|component| component.state)
            .reduce(State::worse)
            .unwrap_or_default()
    }

    /// The worst state of some services, such as those of an article; `None` of none.
    pub fn worst<S: AsRef<str>>(&self, feed: &Feed, services: &[S]) -> Option<State> {
        services.iter().map(|service| self.state(feed, service.as_ref())).reduce(State::worse)
    }

    /// Every service of the knowledge base and its state, in the order of `kb.toml`: what
    /// `unstuck-status` and the report carry.
    pub fn states(&self, feed: &Feed) -> Vec<(String, State)> {
        let services = self.product.services.iter();
        services.map(|service| (service.id.clone(), self.state(feed, &service.id))).collect()
    }

    /// Whether something that names those components touches one of the services. What names no
    /// component touches none in particular.
    fn touches<S: AsRef<str>>(&self, feed: &Feed, named: &[String], services: &[S]) -> bool {
        services.iter().map(AsRef::as_ref).any(|service| {
            named.iter().any(|id| self.is(service, &[id]))
                || self.components(feed, service).iter().any(|one| named.contains(&one.id))
        })
    }

    /// The open incidents that touch one of the services, the worst first, then as in the feed.
    /// Incidents that harm nobody are not among them.
    pub fn incidents<'f, S: AsRef<str>>(
        &self,
        feed: &'f Feed,
        services: &[S],
    ) -> Vec<&'f Incident> {
        let open = feed.incidents.iter().filter(|incident| incident.state.is_trouble());
        let mut out: Vec<&Incident> =
            open.filter(|incident| self.touches(feed, &incident.services, services)).collect();
        out.sort_by_key(|incident| core::cmp::Reverse(incident.state.severity()));
        out
    }

    /// The other incidents: one quiet line.
    pub fn unrelated<'f, S: AsRef<str>>(
        &self,
        feed: &'f Feed,
        services: &[S],
    ) -> Vec<&'f Incident> {
        let related = |incident: &&Incident| {
            incident.state.is_trouble() && self.touches(feed, &incident.services, services)
        };
        feed.incidents.iter().filter(|incident| !related(incident)).collect()
    }

    /// Planned work that the feed announces for one of the services.
    pub fn maintenance<'f, S: AsRef<str>>(
        &self,
        feed: &'f Feed,
        services: &[S],
    ) -> Vec<&'f Announced> {
        let touches = |planned: &&Announced| self.touches(feed, &planned.services, services);
        feed.maintenance.iter().filter(touches).collect()
    }

    /// The services of the knowledge base that a component is, such as to lead from a component
    /// of the page to its checks.
    pub fn of_component(&self, component: &Component) -> Vec<&str> {
        let names = [component.id.as_str(), &component.name];
        let services = self.product.services.iter().map(|service| service.id.as_str());
        services.filter(|service| self.is(service, &names)).collect()
    }
}

/// "Tell me when it is fixed": what a person waits for. Small enough to be kept on the device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// Ids of the services that were in trouble.
    pub services: Vec<String>,
    /// Ids of the incidents that touched them.
    pub incidents: Vec<String>,
}

impl Watch {
    /// What to wait for when these services, such as an article's, are in trouble now. `None`
    /// where nothing is. Incidents that name no component are waited for as well when nothing
    /// else is the cause.
    pub fn of<S: AsRef<str>>(map: &Services<'_>, feed: &Feed, services: &[S]) -> Option<Watch> {
        let troubled = |service: &&S| map.state(feed, service.as_ref()).is_trouble();
        let bad: Vec<String> =
            services.iter().filter(troubled).map(|service| service.as_ref().to_owned()).collect();
        let mut incidents = map.incidents(feed, services);
        if incidents.is_empty() && bad.is_empty() {
            let open = feed.incidents.iter().filter(|incident| incident.state.is_trouble());
            incidents = open.filter(|incident| incident.services.is_empty()).collect();
        }
        let incidents: Vec<String> =
            incidents.into_iter().map(|incident| incident.id.clone()).collect();
        (!bad.is_empty() || !incidents.is_empty()).then_some(Watch { services: bad, incidents })
    }

    /// Whether what was waited for is over: every service is known to work, and no incident that
    /// was waited for is open. A feed that cannot be read, or is too old, never says so.
    pub fn is_over(&self, map: &Services<'_>, feed: &Feed) -> bool {
        let open = |id: &String| {
            feed.incidents.iter().any(|incident| incident.id == *id && incident.state.is_trouble())
        };
        let readable = feed.fault.is_none() && feed.format.is_some() && !feed.stale;
        // Without services nothing but the page itself can say that all is well.
        let well = if self.services.is_empty() {
            feed.state != State::Unknown
        } else {
            map.worst(feed, &self.services) == Some(State::Operational)
        };
        readable && well && !self.incidents.iter().any(open)
    }
}
