//! Checks that the browser carries out, before any browser is asked: which address is meant, whether
//! it may be asked without a click, and what follows from what is known here already.
//! Asking itself is `platform`'s matter, the pure judgements are the core's.

use unstuck_core::guide::Outcome;
use unstuck_core::guide::probe::{
    KeyShape, browser_at_least, calling_spans, context, key_shape, param,
};
use unstuck_core::model::Probe;
use unstuck_core::schedule::{Next, next};

use super::status::probe_status;
use super::{Env, State};
use crate::ui::strings::Key;

/// How a probe comes to its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is known here, without asking anything.
    Known(Outcome, String),
    /// It is asked as soon as the check is on screen: this page alone, or an address that is the
    /// page's own or that the host named.
    Itself,
    /// A knowledge base wants another server asked. The person sees the address first, because a
    /// knowledge base must not look around in a network by itself.
    Address(String),
    /// The person pastes something whose shape is looked at.
    Paste,
}

/// The probes that ask an address.
const NETWORK: [&str; 5] = ["latency", "clock", "http-health", "websocket", "script-load"];

/// Gives the probe its parameters: the check's own first, then what the knowledge base says of all
/// of that name; the host's address comes before both.
pub(super) fn fill(state: &State, probe: &mut Probe) {
    let shared = state.product().probes.iter().find(|other| other.name == probe.name);
    for (key, value) in shared.map(|shared| shared.params.as_slice()).unwrap_or(&[]) {
        if !probe.params.iter().any(|(name, _)| name == key) {
            probe.params.push((key.clone(), value.clone()));
        }
    }
    if let Some((_, url)) = state.settings.probe_urls.iter().find(|(name, _)| *name == probe.name) {
        probe.params.retain(|(key, _)| key != "url");
        probe.params.push(("url".to_owned(), url.clone()));
    }
}

/// The way of a probe whose parameters are filled.
pub fn way(state: &State, probe: &Probe, env: &dyn Env) -> Way {
    let strings = &state.strings;
    let cannot = |key| Way::Known(Outcome::CouldNotRun, strings.get(key).to_owned());
    let name = probe.name.as_str();
    if state.settings.probes.iter().any(|registered| registered == name) {
        return Way::Itself;
    }
    match name {
        "host-context" => host_context(state, probe),
        "calling-window" => calling_window(state, env),
        "maintenance-window" => maintenance_window(state, probe, env),
        "browser" => browser(state, probe, env),
        "key-format" => Way::Paste,
        "service-status" if state.status.feed.is_some() => {
            let (outcome, words) = probe_status(state, param(probe, "service"));
            Way::Known(outcome, words)
        }
        // The answer of the page's own feed is waited for; without one, the address that the
        // knowledge base gives is asked as others are.
        "service-status" if state.settings.status.is_some() => Way::Itself,
        "usage" => cannot(Key::PROBE_HOST_ONLY),
        _ if NETWORK.contains(&name) || name == "service-status" => match param(probe, "url") {
            // A device's clock and a page's delay can be had from the page itself.
            "" if matches!(name, "clock" | "latency") => Way::Itself,
            "" => cannot(Key::PROBE_NO_ADDRESS),
            url if state.settings.probe_urls.iter().any(|(named, _)| named == name) => {
                if scheme_is_asked(url) {
                    Way::Itself
                } else {
                    cannot(Key::PROBE_NO_ADDRESS)
                }
            }
            url if own(url, &state.settings.page) => Way::Itself,
            url if scheme_is_asked(url) => Way::Address(url.to_owned()),
            _ => cannot(Key::PROBE_NO_ADDRESS),
        },
        _ => Way::Itself,
    }
}

/// What the shape of a pasted key says. The key is looked at and forgotten.
pub(super) fn key_found(state: &State, probe: &Probe, pasted: &str) -> (Outcome, String) {
    let prefix = param(probe, "prefix");
    let min = param(probe, "min").parse().unwrap_or(0);
    let key = match key_shape(pasted, prefix, min) {
        KeyShape::Fine => Key::PROBE_KEY_FINE,
        KeyShape::Empty => Key::PROBE_KEY_EMPTY,
        KeyShape::Blanks => Key::PROBE_KEY_BLANKS,
        KeyShape::Label => Key::PROBE_KEY_LABELLED,
        KeyShape::Prefix => Key::PROBE_KEY_PREFIX,
        KeyShape::Short => Key::PROBE_KEY_SHORT,
        KeyShape::Masked => Key::PROBE_KEY_MASKED,
    };
    let outcome = match key {
        Key::PROBE_KEY_FINE => Outcome::Passed,
        Key::PROBE_KEY_EMPTY => Outcome::CouldNotRun,
        _ => Outcome::Failed,
    };
    (outcome, state.strings.fill(key, &[("prefix", prefix)]))
}

fn host_context(state: &State, probe: &Probe) -> Way {
    let (outcome, facts) = context(probe, &|key| state.context(key));
    let words = match (outcome, facts.is_empty()) {
        (Outcome::CouldNotRun, true) => state.strings.get(Key::PROBE_HOST_ONLY).to_owned(),
        (Outcome::CouldNotRun, false) => {
            state.strings.fill(Key::PROBE_CONTEXT_MISSING, &[("facts", &facts)])
        }
        _ => facts,
    };
    Way::Known(outcome, words)
}

fn calling_window(state: &State, env: &dyn Env) -> Way {
    let value = |key| state.context(key).unwrap_or("");
    let spans = calling_spans(
        value("calling_days"),
        value("calling_from"),
        value("calling_to"),
        value("calling_zone"),
    );
    let now = env.now();
    let strings = &state.strings;
    match spans.map(|spans| next(&spans, now, env)) {
        Some(Next::Window(window)) if window.contains(now) => {
            let time = env.time_of_day(window.to, strings.get(Key::LANG));
            Way::Known(Outcome::Passed, strings.fill(Key::PROBE_CALLS_OPEN, &[("time", &time)]))
        }
        Some(Next::Window(window)) => {
            let wait = u32::try_from((window.from - now).div_ceil(60_000)).unwrap_or(u32::MAX);
            let (key, time) = match wait {
                0..1_200 => {
                    (Key::PROBE_CALLS_SHUT, env.time_of_day(window.from, strings.get(Key::LANG)))
                }
                _ => (Key::PROBE_CALLS_SHUT_IN, state.duration(wait.div_ceil(1_440) * 1_440)),
            };
            Way::Known(Outcome::Failed, strings.fill(key, &[("time", &time)]))
        }
        _ => Way::Known(Outcome::CouldNotRun, strings.get(Key::PROBE_HOST_ONLY).to_owned()),
    }
}

/// Rules of the knowledge base; what the feed announces is part of the incident screen.
fn maintenance_window(state: &State, probe: &Probe, env: &dyn Env) -> Way {
    let (service, now) = (param(probe, "service"), env.now());
    let rules = &state.product().maintenance;
    let touches = |ids: &[String]| service.is_empty() || ids.iter().any(|id| id == service);
    let (mut known, mut open) = (false, None);
    for rule in rules.iter().filter(|rule| touches(&rule.services)) {
        match next(core::slice::from_ref(&rule.span), now, env) {
            Next::Window(window) => {
                known = true;
                if window.contains(now) {
                    open.get_or_insert((rule, window));
                }
            }
            Next::Never => known = true,
            Next::Unknown => {}
        }
    }
    let strings = &state.strings;
    match open {
        Some((rule, window)) => {
            let time = env.time_of_day(window.to, strings.get(Key::LANG));
            let values = [("title", rule.title.as_str()), ("time", time.as_str())];
            Way::Known(Outcome::Failed, strings.fill(Key::PROBE_MAINTENANCE, &values))
        }
        None if known || rules.is_empty() => {
            Way::Known(Outcome::Passed, strings.get(Key::PROBE_NO_MAINTENANCE).to_owned())
        }
        None => Way::Known(Outcome::CouldNotRun, strings.get(Key::PROBE_HOST_ONLY).to_owned()),
    }
}

fn browser(state: &State, probe: &Probe, env: &dyn Env) -> Way {
    let browser = env.environment().browser;
    let (outcome, key) = match browser_at_least(&browser, param(probe, "min")) {
        Some(true) => (Outcome::Passed, Key::PROBE_BROWSER_OK),
        Some(false) => (Outcome::Failed, Key::PROBE_BROWSER_OLD),
        None => (Outcome::CouldNotRun, Key::PROBE_BROWSER_OTHER),
    };
    Way::Known(outcome, state.strings.fill(key, &[("browser", &browser)]))
}

/// Whether an address is one that probes ask at all.
fn scheme_is_asked(url: &str) -> bool {
    origin(url).is_some() || !url.contains(':')
}

/// Whether an address is of the page's own origin. What browsers read in more than one way
/// (backslashes, control characters, a scheme without slashes, a name before `@`) is not.
fn own(url: &str, page: &str) -> bool {
    if url.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace()) {
        return false;
    }
    match origin(url) {
        Some((secure, host)) => origin(page).is_some_and(|(page_secure, page_host)| {
            secure == page_secure && host.eq_ignore_ascii_case(page_host)
        }),
        None => !url.starts_with("//") && !url.contains(':') && origin(page).is_some(),
    }
}

/// Whether an absolute address is encrypted, and its host with the port; `None` for others.
fn origin(url: &str) -> Option<(bool, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let secure = match scheme.to_ascii_lowercase().as_str() {
        "https" | "wss" => true,
        "http" | "ws" => false,
        _ => return None,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest.get(..end).unwrap_or(rest);
    let standard = if secure { ":443" } else { ":80" };
    Some((secure, host.strip_suffix(standard).unwrap_or(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_page_are_its_own() {
        let page = "https://app.example.com/settings?tab=1";
        for url in [
            "/health",
            "health",
            "https://app.example.com/health",
            "HTTPS://APP.example.com:443/health",
            "wss://app.example.com/socket",
            "?ping",
        ] {
            assert!(own(url, page), "{url}");
        }
        for url in [
            "https://api.example.com/health",
            "http://app.example.com/health",
            "https://app.example.com:8443/",
            "https://app.example.com@evil.test/",
            "https://app.example.com.evil.test/",
            "//evil.test/",
            "/\\evil.test/",
            "\\\\evil.test",
            "https:evil.test",
            "\t//evil.test",
            "javascript:alert(1)",
            "",
        ]
        .into_iter()
        .filter(|url| !url.is_empty())
        {
            assert!(!own(url, page), "{url}");
        }
        assert!(!own("/health", "file:///home/page.html"));
    }

    #[test]
    fn other_schemes_are_never_asked() {
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc", "ftp://host/x"] {
            assert!(!scheme_is_asked(url), "{url}");
        }
    }
}
