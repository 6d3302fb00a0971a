//! Checks that the browser carries out: those built in, and those the host registered.
//! Each ends within ten seconds as passed, failed or "could not run", with a reason in words.

use unstuck_core::guide::Outcome;
use unstuck_core::model::Probe;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{get, get_text, js, network, object, page, storage, window};
use crate::ui::strings::{Key, Strings};

/// What a probe found.
pub type Found = (Outcome, String);

/// Runs a probe. `host` is the function the host registered under its name, `errors` what the page
/// reported. What the status feed says is no request of its own, and so not asked here.
pub async fn run(
    probe: Probe,
    host: Option<js_sys::Function>,
    errors: JsValue,
    strings: Strings,
) -> Found {
    let say = |outcome, key| (outcome, strings.get(key).to_owned());
    if let Some(function) = host {
        return ask_host(&function, &probe, &strings).await;
    }
    match probe.name.as_str() {
        "online" => match window().map(|window| window.navigator().on_line()) {
            Some(true) => say(Outcome::Passed, Key::PROBE_ONLINE),
            _ => say(Outcome::Failed, Key::PROBE_OFFLINE),
        },
        "cookies" | "storage" => {
            let cookies = probe.name == "storage"
                || get(&js::global("navigator"), "cookieEnabled").is_truthy();
            match cookies && storage::works() {
                true => say(Outcome::Passed, Key::PROBE_COOKIES_OK),
                false => say(Outcome::Failed, Key::PROBE_COOKIES_OFF),
            }
        }
        "snippet" => page::snippet(&probe, &strings),
        "console-errors" => page::errors(&probe, &errors, &strings),
        "zoom" => page::zoom(&probe, &strings),
        "latency" | "clock" | "http-health" | "websocket" | "script-load" => {
            network::run(&probe, &strings).await
        }
        _ => say(Outcome::CouldNotRun, Key::PROBE_NO_ADDRESS),
    }
}

/// Calls the host's function with `{params, signal}` and reads `{outcome, detail}`.
async fn ask_host(function: &js_sys::Function, probe: &Probe, strings: &Strings) -> Found {
    let bad = |key: Key| (Outcome::CouldNotRun, strings.get(key).to_owned());
    let params = js_sys::Object::new();
    for (key, value) in &probe.params {
        let _ = js_sys::Reflect::set(&params, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let signal = web_sys::AbortSignal::timeout_with_u32(10_000);
    let argument = object(&[("params", &params), ("signal", &signal)]);
    let Ok(answer) = function.call1(&JsValue::UNDEFINED, &argument) else {
        return bad(Key::PROBE_BAD_ANSWER);
    };
    let late = js_sys::Promise::new(&mut |resolve, _| {
        gloo_timers::callback::Timeout::new(10_000, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        })
        .forget();
    });
    let both = js_sys::Array::of2(&js_sys::Promise::resolve(&answer), &late);
    match JsFuture::from(js_sys::Promise::race(&both)).await {
        Ok(found) if found.is_undefined() => bad(Key::PROBE_NO_ANSWER),
        Ok(found) => {
            let outcome = match get_text(&found, "outcome").as_deref() {
                Some("passed") => Outcome::Passed,
                Some("failed") => Outcome::Failed,
                Some("could_not_run") => Outcome::CouldNotRun,
                _ => return bad(Key::PROBE_BAD_ANSWER),
            };
            (outcome, get(&found, "detail").as_string().unwrap_or_default())
        }
        Err(_) => bad(Key::PROBE_BAD_ANSWER),
    }
}
