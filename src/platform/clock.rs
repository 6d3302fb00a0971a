//! Time, zones, random ids and what the browser says of itself.

use js_sys::Date;
use unstuck_core::handover::{Environment, Zones};
use wasm_bindgen::{JsCast, JsValue};

use super::{get, get_text, js, latin_digits, object, window};
use crate::ui::state::Env;

/// Stands in for the browser until the part of the widget that asks it is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Still;

impl Zones for Still {
    fn offset_minutes(&self, _: &str, _: u64) -> Option<i32> {
        None
    }
}

impl Env for Still {
    fn now(&self) -> u64 {
        Date::now() as u64
    }

    fn time_of_day(&self, _: u64, _: &str) -> String {
        String::new()
    }

    fn uuid(&self) -> String {
        String::new()
    }

    fn environment(&self) -> Environment {
        Environment::default()
    }
}

/// The browser as the state's environment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser;

impl Env for Browser {
    fn now(&self) -> u64 {
        Date::now() as u64
    }

    fn time_of_day(&self, at: u64, tag: &str) -> String {
        let date = Date::new(&JsValue::from_f64(at as f64));
        if tag != "en" {
            let options = object(&[("timeStyle", &js::text("short"))]);
            let args = [&latin_digits(tag), &options];
            let shown = js::call(&date, "toLocaleTimeString", &args).ok();
            if let Some(shown) = shown.and_then(|shown| shown.as_string()) {
                return shown;
            }
        }
        let two = |n: u32| [if n < 10 { "0" } else { "" }, &n.to_string()].concat();
        [two(date.get_hours()), two(date.get_minutes())].join(":")
    }

    fn day(&self, at: u64, tag: &str) -> String {
        let (weekday, numeric) = (js::text("short"), js::text("numeric"));
        let options = object(&[("weekday", &weekday), ("day", &numeric), ("month", &weekday)]);
        // British: the day before the month, as the hours are those of 24.
        let tag = latin_digits(if tag == "en" { "en-GB" } else { tag });
        let day = |date: Date| js::call(&date, "toLocaleDateString", &[&tag, &options]).ok();
        let named = |date| day(date).and_then(|shown| shown.as_string()).unwrap_or_default();
        let shown = named(Date::new(&JsValue::from_f64(at as f64)));
        if shown == named(Date::new_0()) { String::new() } else { shown }
    }

    fn uuid(&self) -> String {
        let made = window().and_then(|window| {
            let crypto = get(&window, "crypto");
            let function = get(&crypto, "randomUUID").dyn_into::<js_sys::Function>().ok()?;
            function.call0(&crypto).ok()?.as_string()
        });
        made.unwrap_or_else(weak_uuid)
    }

    fn environment(&self) -> Environment {
        let Some(window) = window() else { return Environment::default() };
        let navigator = window.navigator();
        let agent = navigator.user_agent().unwrap_or_default();
        let (browser, os) = read_agent(&agent);
        let size = |value: Result<JsValue, JsValue>| {
            value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0) as u32
        };
        let (width, height) = (size(window.inner_width()), size(window.inner_height()));
        Environment {
            url: window.location().href().unwrap_or_default(),
            browser,
            os,
            viewport: [width.to_string(), height.to_string()].join("×"),
            language: navigator.language().unwrap_or_default(),
            time_zone: time_zone(),
            online: Some(navigator.on_line()),
        }
    }
}

/// The person's own zone, as an IANA name.
fn time_zone() -> String {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    get_text(&format.resolved_options(), "timeZone").unwrap_or_default()
}

impl Zones for Browser {
    fn offset_minutes(&self, zone: &str, at: u64) -> Option<i32> {
        // The Swedish form of a date is ISO 8601 without a zone, so the same instant written in
        // two zones and read back gives the difference between them.
        let date = Date::new(&JsValue::from_f64(at as f64));
        let written = |zone: &str| {
            let options = object(&[("timeZone", &JsValue::from_str(zone))]);
            let function = get(&date, "toLocaleString").dyn_into::<js_sys::Function>().ok()?;
            let text =
                function.call2(&date, &JsValue::from_str("sv-SE"), &options).ok()?.as_string()?;
            let ms = Date::parse(&[&text.replace(' ', "T"), "Z"].concat());
            ms.is_finite().then_some(ms)
        };
        Some(((written(zone)? - written("UTC")?) / 60_000.0) as i32)
    }
}

/// Pages without a secure context have no `randomUUID`: chance enough for an idempotency key.
fn weak_uuid() -> String {
    let mut out = String::with_capacity(36);
    for n in 0..36 {
        out.push(match n {
            8 | 13 | 18 | 23 => '-',
            14 => '4',
            _ => {
                let value = (js_sys::Math::random() * 16.0) as u32;
                let value = if n == 19 { value & 3 | 8 } else { value };
                char::from_digit(value, 16).unwrap_or('0')
            }
        });
    }
    out
}

/// Browser and system from a user agent. Order matters: most agents name others they resemble.
fn read_agent(agent: &str) -> (String, String) {
    let version = |name: &str| {
        let after = agent.split_once(name)?.1;
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        after.get(..end).filter(|version| !version.is_empty())
    };
    let browser = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Version/", "Safari"),
    ]
    .into_iter()
    .find_map(|(mark, name)| Some([name, " ", version(mark)?].concat()));
    let os = [
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]
    .into_iter()
    .find(|(mark, _)| agent.contains(mark));
    (browser.unwrap_or_default(), os.map_or_else(String::new, |(_, name)| name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::read_agent;

    #[test]
    fn browsers_are_told_apart() {
        for (agent, browser, os) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
                "Chrome 120",
                "Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/121.0",
                "Edge 121",
                "Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1",
                "Safari 17",
                "iOS",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                "Firefox 128",
                "Linux",
            ),
        ] {
            assert_eq!(read_agent(agent), (browser.to_owned(), os.to_owned()));
        }
    }
}
