//! The probes that the widget brings along: the one list of their names and parameters.
//! What they conclude is `unstuck_core::guide::probe`, fetching is the widget's matter. A probe by
//! another name is the host's own; `kb.toml` announces it under `[probes.NAME]`.

use crate::words::nearest;
use unstuck_core::guide::probe::Condition;

/// What a parameter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// An address: https, wss, or a path of the page's own server.
    Address,
    /// The id of a service of `kb.toml`.
    Service,
    /// A whole number above 0.
    Number,
    /// Any text without blanks.
    Text,
    /// Keys of the host's context, separated by commas.
    Keys,
    /// Conditions on the host's context, separated by commas: `pending>0,role=admin`.
    Conditions,
    /// Least versions of browsers: `chrome:114,firefox:125`.
    Browsers,
}

/// A parameter of a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParamSpec {
    /// The key.
    pub name: &'static str,
    /// What it holds.
    pub kind: ParamKind,
}

/// A probe that the widget knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProbeSpec {
    /// The name in `**Browser check:**`.
    pub name: &'static str,
    /// Everything it takes.
    pub params: &'static [ParamSpec],
    /// Names of parameters of which one at least must be given, by the check or by
    /// `[probes.NAME]`; empty where all may be left out.
    pub needs: &'static [&'static str],
}

const fn param(name: &'static str, kind: ParamKind) -> ParamSpec {
    ParamSpec { name, kind }
}

const fn probe(name: &'static str, params: &'static [ParamSpec]) -> ProbeSpec {
    ProbeSpec { name, params, needs: &[] }
}

const URL: ParamSpec = param("url", ParamKind::Address);
const SERVICE: ParamSpec = param("service", ParamKind::Service);

/// All of them. An address may be left out everywhere: the host supplies it, else the check says
/// "Could not run".
pub const PROBES: [ProbeSpec; 18] = [
    probe("online", &[]),
    probe("latency", &[URL, param("max", ParamKind::Number)]),
    probe("clock", &[URL, param("max", ParamKind::Number)]),
    probe("cookies", &[]),
    probe("storage", &[]),
    probe("http-health", &[URL]),
    probe("websocket", &[URL]),
    probe("script-load", &[URL]),
    probe("service-status", &[SERVICE, URL]),
    probe("calling-window", &[]),
    probe("maintenance-window", &[SERVICE]),
    ProbeSpec {
        name: "key-format",
        params: &[param("prefix", ParamKind::Text), param("min", ParamKind::Number)],
        needs: &["prefix"],
    },
    probe("snippet", &[param("src", ParamKind::Text), param("global", ParamKind::Text)]),
    ProbeSpec {
        name: "host-context",
        params: &[param("keys", ParamKind::Keys), param("is", ParamKind::Conditions)],
        needs: &["keys", "is"],
    },
    probe("console-errors", &[param("contains", ParamKind::Text)]),
    probe("browser", &[param("min", ParamKind::Browsers)]),
    probe("zoom", &[param("max", ParamKind::Number)]),
    probe("usage", &[URL]),
];

/// The probe of that name.
pub(crate) fn find(name: &str) -> Option<&'static ProbeSpec> {
    PROBES.iter().find(|probe| probe.name == name)
}

/// What is wrong with a parameter of a known probe, in words; `None` when it is fine. Whether a
/// service exists is looked at elsewhere.
pub(crate) fn fault(probe: &ProbeSpec, key: &str, value: &str) -> Option<String> {
    let Some(param) = probe.params.iter().find(|param| param.name == key) else {
        let known: Vec<&str> = probe.params.iter().map(|param| param.name).collect();
        let known = match known.as_slice() {
            [] => "takes no parameters".to_owned(),
            known => format!("takes {}{}", known.join(", "), nearest(key, known.iter().copied())),
        };
        return Some(format!("`{key}`: the probe `{}` {known}", probe.name));
    };
    let wanted = match param.kind {
        ParamKind::Address => {
            let good = ["https://", "wss://", "/", "http://", "ws://"];
            let known = good.iter().any(|scheme| value.starts_with(scheme));
            (!known || value.starts_with("//"))
                .then_some("an address with https:// or wss://, or a path such as /health")
        }
        ParamKind::Number => (!value.parse::<u32>().is_ok_and(|number| number > 0))
            .then_some("a whole number above 0"),
        ParamKind::Text | ParamKind::Service => value.is_empty().then_some("a text"),
        ParamKind::Keys => value
            .split(',')
            .any(|key| key.is_empty() || key.contains(['=', '<', '>', '!']))
            .then_some("keys separated by commas, such as role,plan"),
        ParamKind::Conditions => value
            .split(',')
            .any(|part| Condition::read(part).is_none())
            .then_some("conditions such as pending>0,role=admin (= != < <= > >=)"),
        ParamKind::Browsers => value
            .split(',')
            .any(|part| {
                let version = part.split_once(':').and_then(|(_, least)| least.parse::<u32>().ok());
                version.is_none()
            })
            .then_some("versions such as chrome:114,firefox:125"),
    };
    wanted.map(|wanted| format!("`{key}={value}`: expected {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_probe_needs_is_among_what_it_takes() {
        for probe in PROBES {
            for name in probe.needs {
                assert!(probe.params.iter().any(|param| param.name == *name), "{name}");
            }
        }
    }

    #[test]
    fn parameters_are_held_against_what_they_hold() {
        let faulty =
            |probe: &str, key: &str, value: &str| fault(find(probe).unwrap(), key, value).is_some();
        assert!(!faulty("http-health", "url", "https://a.example/health"));
        assert!(!faulty("http-health", "url", "/health"));
        assert!(faulty("http-health", "url", "//a.example"));
        assert!(faulty("http-health", "url", "javascript:alert(1)"));
        assert!(faulty("online", "url", "/"));
        assert!(faulty("clock", "max", "0"));
        assert!(faulty("host-context", "is", "pending"));
        assert!(!faulty("host-context", "is", "pending>0,role=admin"));
        assert!(faulty("host-context", "keys", "role,"));
        assert!(faulty("browser", "min", "chrome"));
    }
}
