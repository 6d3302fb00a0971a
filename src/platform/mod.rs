//! What the browser does for the widget: storage, clock, fetch, probes, clipboard.
//! Everything here is guarded: a browser that refuses gives a value, never a trap.

pub mod arrival;
pub mod clock;
pub mod feed;
pub mod js;
mod network;
mod page;
pub mod pictures;
pub mod probes;
pub mod queue;
pub mod storage;

pub use js::get;
use wasm_bindgen::prelude::*;

use crate::ui::strings;

/// The window; `None` outside a browser.
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// Sends a report. Gives the HTTP status (0 when no answer came) and `Retry-After` as it was read.
pub async fn post(target: &queue::Target, id: &str, body: &str) -> (u16, String) {
    send(target, id, body).await.unwrap_or_default()
}

async fn send(target: &queue::Target, id: &str, body: &str) -> Result<(u16, String), JsValue> {
    let headers = object(&[("Content-Type", &js::text("application/json"))]);
    for (name, value) in &target.headers {
        js::set(&headers, name, &js::text(value));
    }
    // Zendesk allows no header of our own from other origins.
    if !target.zendesk {
        js::set(&headers, "Idempotency-Key", &js::text(id));
    }
    let credentials = match target.credentials.as_str() {
        known @ ("include" | "omit") => known,
        _ => "same-origin",
    };
    let init = object(&[
        ("method", &js::text("POST")),
        ("body", &js::text(body)),
        ("credentials", &js::text(credentials)),
        ("headers", &headers),
        ("signal", &js::timeout(15_000)),
    ]);
    let answer =
        js::wait(js::call(&js_sys::global(), "fetch", &[&js::text(&target.url), &init])?).await?;
    let wait = js::call(&get(&answer, "headers"), "get", &[&js::text("Retry-After")])?;
    let status = get(&answer, "status").as_f64().unwrap_or(0.0);
    Ok((status as u16, wait.as_string().unwrap_or_default()))
}

/// A file's bytes, fetched without credentials; `None` when it cannot be had within ten seconds or is
/// larger than a megabyte.
pub async fn fetch_bytes(url: &str) -> Option<Vec<u8>> {
    let init = object(&[("credentials", &js::text("omit")), ("signal", &js::timeout(10_000))]);
    let answer = js::call(&js_sys::global(), "fetch", &[&js::text(url), &init]).ok()?;
    let answer = js::wait(answer).await.ok().filter(|answer| get(answer, "ok").is_truthy())?;
    let buffer = js::wait(js::call(&answer, "arrayBuffer", &[]).ok()?).await.ok()?;
    let bytes = js_sys::Uint8Array::new(&buffer);
    (bytes.length() <= 1 << 20).then(|| bytes.to_vec())
}

/// Puts text on the clipboard; `false` when the browser refuses, or has none, as pages without a
/// secure context.
pub async fn copy(text: &str) -> bool {
    let clipboard = get(&js::global("navigator"), "clipboard");
    match js::call(&clipboard, "writeText", &[&js::text(text)]) {
        Ok(promise) => js::wait(promise).await.is_ok(),
        Err(_) => false,
    }
}

/// A number in a text by the browser's own tables: the form of its plural category, its groups as
/// the language of that tag writes them. Digits are Latin everywhere, as in the codes, times and
/// references beside them.
pub fn count(text: &str, tag: &str, n: usize) -> String {
    let (locale, number) = (latin_digits(tag), js::number(n as u32));
    let rules = js::make(&js::global("Intl"), "PluralRules", &[&locale]);
    let category = rules.and_then(|rules| js::call(&rules, "select", &[&number]));
    let category = category.ok().and_then(|category| category.as_string()).unwrap_or_default();
    let number = js::new("Number", &[&number]);
    let shown = number.and_then(|number| js::call(&number, "toLocaleString", &[&locale])).ok();
    let shown = shown.and_then(|shown| shown.as_string()).unwrap_or_else(|| n.to_string());
    strings::fill(strings::form(text, &category), &[("n", &shown)])
}

/// The BCP 47 tag of a language that asks for Latin digits.
fn latin_digits(tag: &str) -> JsValue {
    js::text(&[tag, "-u-nu-latn"].concat())
}

/// A plain JavaScript object.
pub fn object(members: &[(&str, &JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in members {
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}

/// A member that is text.
pub fn get_text(object: &JsValue, key: &str) -> Option<String> {
    get(object, key).as_string()
}

/// Members of a plain object whose values are text, numbers or booleans, as text.
pub fn members(object: &JsValue) -> Vec<(String, String)> {
    keys(object)
        .into_iter()
        .filter_map(|key| {
            let value = plain(&get(object, &key))?;
            Some((key, value))
        })
        .collect()
}

/// Names of the members of a plain object; none for anything else.
pub fn keys(object: &JsValue) -> Vec<String> {
    match object.dyn_ref::<js_sys::Object>() {
        Some(object) => {
            js_sys::Object::keys(object).iter().filter_map(|key| key.as_string()).collect()
        }
        None => Vec::new(),
    }
}

/// Text, a number or a boolean as text.
fn plain(value: &JsValue) -> Option<String> {
    value.as_string().or_else(|| {
        let simple = value.as_f64().is_some() || value.as_bool().is_some();
        if simple { js_sys::JSON::stringify(value).ok()?.as_string() } else { None }
    })
}
