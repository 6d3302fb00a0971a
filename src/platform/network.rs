//! Probes that ask an address: whether it answers, how fast, what time it has, whether a socket opens,
//! whether a script can be had. Which address may be asked, the state decides (`ui::state::probing`).
//! Nothing is sent along: no cookies, no referrer, no body.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use unstuck_core::guide::Outcome;
use unstuck_core::guide::probe::{clock_skew, param};
use unstuck_core::model::Probe;
use wasm_bindgen::prelude::*;

use super::probes::Found;
use super::{get, js, object};
use crate::ui::strings::{Key, Strings};

/// Milliseconds after which a single request is given up.
const PATIENCE: u32 = 8_000;
/// Milliseconds for which a socket must stay open.
const STAYS: u32 = 1_000;
/// Milliseconds that an answer may take when nobody said.
const SLOW: u32 = 1_500;
/// Seconds by which a clock may be wrong when nobody said: one-time codes change every 30.
const SKEW: u64 = 25;

/// Runs a probe that asks an address.
pub(super) async fn run(probe: &Probe, strings: &Strings) -> Found {
    let forbidden = Rc::new(Cell::new(false));
    let hear = js::global("document").dyn_into::<web_sys::EventTarget>().ok().map(|document| {
        let forbidden = forbidden.clone();
        EventListener::new(&document, "securitypolicyviolation", move |_| forbidden.set(true))
    });
    let url = param(probe, "url");
    let found = match probe.name.as_str() {
        "latency" => latency(url, param(probe, "max"), strings).await,
        "clock" => clock(url, param(probe, "max"), strings).await,
        "websocket" => socket(url, strings).await,
        "script-load" => script(url, strings).await,
        _ => health(url, strings).await,
    };
    // Browsers tell of a refused request a moment after they refused it.
    if found.0 != Outcome::Passed {
        js::sleep(50).await;
    }
    drop(hear);
    if forbidden.get() { say(strings, Outcome::CouldNotRun, Key::PROBE_POLICY) } else { found }
}

fn say(strings: &Strings, outcome: Outcome, key: Key) -> Found {
    (outcome, strings.get(key).to_owned())
}

/// Asks an address past the cache. Errors are what `fetch` rejects with.
async fn ask(url: &str, method: &str, mode: &str) -> Result<JsValue, JsValue> {
    // The page itself answers for "no address".
    let url = if url.is_empty() { get(&js::global("location"), "href") } else { js::text(url) };
    let init = object(&[
        ("method", &js::text(method)),
        ("mode", &js::text(mode)),
        ("cache", &js::text("no-store")),
        ("credentials", &js::text("omit")),
        ("referrerPolicy", &js::text("no-referrer")),
        ("signal", &js::timeout(PATIENCE)),
    ]);
    js::wait(js::call(&js_sys::global(), "fetch", &[&url, &init])?).await
}

/// What a failed request says: too slow, offline, or nobody there.
fn lost(error: &JsValue, strings: &Strings) -> Found {
    if get(error, "name") == "TimeoutError" || get(error, "name") == "AbortError" {
        return say(strings, Outcome::CouldNotRun, Key::PROBE_NO_ANSWER);
    }
    if get(&js::global("navigator"), "onLine").is_falsy() {
        return say(strings, Outcome::CouldNotRun, Key::PROBE_OFFLINE);
    }
    say(strings, Outcome::Failed, Key::PROBE_UNREACHABLE)
}

async fn health(url: &str, strings: &Strings) -> Found {
    match ask(url, "GET", "cors").await {
        Ok(answer) => {
            let status = get(&answer, "status").as_f64().unwrap_or(0.0) as u32;
            if status < 500 {
                return say(strings, Outcome::Passed, Key::PROBE_ANSWERS);
            }
            let status = status.to_string();
            let words = strings.fill(Key::PROBE_ANSWERS_BADLY, &[("status", &status)]);
            (Outcome::Failed, words)
        }
        Err(error) => {
            let found = lost(&error, strings);
            // Someone may be there who does not let other pages read.
            if found.0 == Outcome::Failed && ask(url, "GET", "no-cors").await.is_ok() {
                return say(strings, Outcome::CouldNotRun, Key::PROBE_UNREADABLE);
            }
            found
        }
    }
}

async fn latency(url: &str, max: &str, strings: &Strings) -> Found {
    let clock = js::global("performance");
    let now = || js::call(&clock, "now", &[]).ok().and_then(|now| now.as_f64()).unwrap_or(0.0);
    let begun = now();
    if let Err(error) = ask(url, "HEAD", "no-cors").await {
        return lost(&error, strings);
    }
    let took = (now() - begun).max(0.0);
    let slow = took as u32 > max.parse().unwrap_or(SLOW);
    let (outcome, key) = match slow {
        true => (Outcome::Failed, Key::PROBE_SLOW),
        false => (Outcome::Passed, Key::PROBE_FAST),
    };
    (outcome, strings.count(key, took as usize))
}

/// Reads the time from an answer's `Date`. Only answers of the page's own origin, or those that
/// expose the header, say it.
async fn clock(url: &str, max: &str, strings: &Strings) -> Found {
    let now = || js_sys::Date::now() as u64;
    let sent = now();
    let answer = match ask(url, "HEAD", "cors").await {
        Ok(answer) => answer,
        Err(error) => return lost(&error, strings),
    };
    let received = now();
    let date = js::call(&get(&answer, "headers"), "get", &[&js::text("Date")]);
    let server = date.ok().and_then(|date| date.as_string()).map(|date| js_sys::Date::parse(&date));
    let skew = server
        .filter(|server| *server > 0.0)
        .and_then(|server| clock_skew(server as u64, sent, received));
    let Some(skew) = skew else {
        return say(strings, Outcome::CouldNotRun, Key::PROBE_NO_DATE);
    };
    // The header has whole seconds: half a second either way says nothing.
    let off = (skew.unsigned_abs() + 500) / 1_000;
    if off <= max.parse().unwrap_or(SKEW) {
        return say(strings, Outcome::Passed, Key::PROBE_CLOCK_OK);
    }
    let time = match (off, (off + 30) / 60) {
        (..=90, _) => strings.count(Key::SECONDS, off as usize),
        (_, minutes @ ..=120) => strings.count(Key::MINUTES, minutes as usize),
        (_, minutes) => strings.count(Key::HOURS, (minutes as usize + 30) / 60),
    };
    let key = if skew > 0 { Key::PROBE_CLOCK_AHEAD } else { Key::PROBE_CLOCK_BEHIND };
    (Outcome::Failed, strings.fill(key, &[("time", &time)]))
}

async fn socket(url: &str, strings: &Strings) -> Found {
    let url = match url.split_once("://") {
        Some(("https", rest)) => ["wss://", rest].concat(),
        Some(("http", rest)) => ["ws://", rest].concat(),
        _ => url.to_owned(),
    };
    let failed = || say(strings, Outcome::Failed, Key::PROBE_SOCKET_FAILED);
    let Ok(socket) = js::new("WebSocket", &[&js::text(&url)]) else { return failed() };
    let opened = Rc::new(Cell::new(false));
    // The code it was closed with; 0 while it is not.
    let closed = Rc::new(Cell::new(0_u32));
    let target: &web_sys::EventTarget = socket.unchecked_ref();
    let (open, close) = (opened.clone(), closed.clone());
    let _hear = [
        EventListener::new(target, "open", move |_| open.set(true)),
        EventListener::new(target, "close", move |event| {
            let code = get(event.as_ref(), "code").as_f64().unwrap_or(0.0);
            close.set((code as u32).max(1));
        }),
    ];
    let mut left = PATIENCE;
    while left > 0 && closed.get() == 0 && !opened.get() {
        js::sleep(50).await;
        left = left.saturating_sub(50);
    }
    if opened.get() && closed.get() == 0 {
        js::sleep(STAYS).await;
    }
    let _ = js::call(&socket, "close", &[]);
    match (opened.get(), closed.get()) {
        (true, 0) => say(strings, Outcome::Passed, Key::PROBE_SOCKET_OK),
        (true, code) => {
            let code = code.to_string();
            (Outcome::Failed, strings.fill(Key::PROBE_SOCKET_SHUT, &[("code", &code)]))
        }
        (false, 0) => say(strings, Outcome::Failed, Key::PROBE_SOCKET_SLOW),
        (false, _) => failed(),
    }
}

/// A script is never put into the page: what the page loaded of it is read, else it is fetched
/// without looking into it.
async fn script(url: &str, strings: &Strings) -> Found {
    let entries = js::call(&js::global("performance"), "getEntriesByName", &[&js::text(url)]);
    let arrived = entries.is_ok_and(|entries| {
        js_sys::Array::from(&entries).iter().any(|entry| {
            ["decodedBodySize", "transferSize"]
                .iter()
                .any(|size| get(&entry, size).as_f64().is_some_and(|size| size > 0.0))
        })
    });
    if arrived {
        return say(strings, Outcome::Passed, Key::PROBE_SCRIPT_OK);
    }
    match ask(url, "GET", "no-cors").await {
        Ok(answer) if get(&answer, "type") == "opaque" || get(&answer, "ok").is_truthy() => {
            say(strings, Outcome::Passed, Key::PROBE_SCRIPT_OK)
        }
        Ok(answer) => {
            let status = (get(&answer, "status").as_f64().unwrap_or(0.0) as u32).to_string();
            (Outcome::Failed, strings.fill(Key::PROBE_ANSWERS_BADLY, &[("status", &status)]))
        }
        Err(error) => match lost(&error, strings) {
            (Outcome::Failed, _) => say(strings, Outcome::Failed, Key::PROBE_SCRIPT_BLOCKED),
            found => found,
        },
    }
}
