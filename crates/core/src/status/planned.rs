//! Planned work, from the feed and from `kb.toml`, in one list: before, during, after.
//! When a rule's window comes is `schedule`'s matter; the words around it are the screens'.

use super::{Announced, Feed, Phase, Services};
use crate::calendar::DAY_MS;
use crate::model::Maintenance;
use crate::schedule::{Next, Window, Zones, next};

/// For this long after its end a window is still told of: who was caught by it wants to know that
/// it is over.
pub const AFTER_MS: u64 = 2 * 3_600_000;

/// Where now lies, seen from a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It goes on.
    During,
    /// It comes, and the time to announce it has begun.
    Before,
    /// It has ended a short time ago.
    After,
}

/// A window of planned work that is worth a line now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Title.
    pub title: String,
    /// What it does to people, or what is said of it; may be empty.
    pub text: String,
    /// Before, during or after it.
    pub when: When,
    /// When it begins, in milliseconds since 1970.
    pub from: Option<u64>,
    /// When it ends.
    pub to: Option<u64>,
    /// The page that tells more.
    pub url: Option<String>,
    /// Ids of the services of the knowledge base that it touches.
    pub services: Vec<String>,
}

/// The planned work to tell of now: what goes on first, then what comes, then what has ended, each
/// in the order of time. A rule of `kb.toml` is told of from its `notice_days` on (without, only
/// while it goes on and after), and not at all where the feed announces work at the same time.
pub fn planned(
    map: &Services<'_>,
    feed: Option<&Feed>,
    now: u64,
    zones: &dyn Zones,
) -> Vec<Planned> {
    let mut out: Vec<Planned> = Vec::new();
    for item in feed.map_or(&[][..], |feed| &feed.maintenance) {
        let services = map.product.services.iter().map(|service| service.id.as_str());
        let touched = services.filter(|service| {
            feed.is_some_and(|feed| map.maintenance(feed, &[service]).contains(&item))
        });
        out.push(Planned {
            title: item.title.clone(),
            text: item.update.clone(),
            when: when_of(item, now),
            from: item.from,
            to: item.to,
            url: item.url.clone(),
            services: touched.map(str::to_owned).collect(),
        });
    }
    let announced = out.len();
    for rule in &map.product.maintenance {
        let Some((when, window)) = window_of(rule, now, zones) else { continue };
        let same = out.iter().take(announced).any(|item| {
            let (Some(from), Some(to)) = (item.from, item.to) else { return false };
            from < window.to && window.from < to
        });
        if !same {
            out.push(Planned {
                title: rule.title.clone(),
                text: rule.effects.clone(),
                when,
                from: Some(window.from),
                to: Some(window.to),
                url: None,
                services: rule.services.clone(),
            });
        }
    }
    out.sort_by_key(|item| (item.when as u8, item.from));
    out
}

/// The feed was read some time ago: what has begun or ended since then is told by its times.
fn when_of(item: &Announced, now: u64) -> When {
    let begun = item.from.is_some_and(|from| from <= now) && item.to.is_some();
    let ended = item.to.is_some_and(|to| to <= now);
    match item.phase {
        Phase::Scheduled if ended => When::After,
        Phase::Scheduled if !begun => When::Before,
        _ => When::During,
    }
}

/// The window of a rule that is worth telling of, if there is one.
fn window_of(rule: &Maintenance, now: u64, zones: &dyn Zones) -> Option<(When, Window)> {
    let at = |now| match next(core::slice::from_ref(&rule.span), now, zones) {
        Next::Window(window) => Some(window),
        Next::Never | Next::Unknown => None,
    };
    let coming = at(now);
    if let Some(window) = coming
        && window.contains(now)
    {
        return Some((When::During, window));
    }
    if let Some(past) = at(now.saturating_sub(AFTER_MS))
        && past.to <= now
    {
        return Some((When::After, past));
    }
    let window = coming?;
    let notice = u64::from(rule.notice_days) * DAY_MS;
    (window.from - now <= notice).then_some((When::Before, window))
}

/// What the probe `maintenance-window` says: the window of `kb.toml` that is open now, of those
/// that touch `service` (any without), or the next one, whenever it is.
///
/// `None` without such a rule, or where no zone is known.
pub fn next_maintenance<'m>(
    rules: &'m [Maintenance],
    service: Option<&str>,
    now: u64,
    zones: &dyn Zones,
) -> Option<(&'m Maintenance, Window)> {
    let fits = |rule: &&Maintenance| {
        service
            .is_none_or(|id| rule.services.is_empty() || rule.services.iter().any(|own| own == id))
    };
    let windows = rules.iter().filter(fits).filter_map(|rule| {
        match next(core::slice::from_ref(&rule.span), now, zones) {
            Next::Window(window) => Some((rule, window)),
            Next::Never | Next::Unknown => None,
        }
    });
    windows.min_by_key(|(_, window)| window.from)
}
