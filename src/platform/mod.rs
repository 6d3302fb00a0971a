//! What the browser does for the widget: storage, clock, fetch, probes, clipboard.
//! Everything here is guarded: a browser that refuses gives a value, never a trap.

pub mod clock;
pub mod feed;
pub mod pictures;
pub mod probes;
pub mod storage;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The window; `None` outside a browser.
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// Sends a report. Gives the HTTP status (0 when no answer came) and the minutes of `Retry-After`.
pub async fn post(url: &str, id: &str, body: &str, credentials: &str) -> (u16, u32) {
    let Some(window) = window() else { return (0, 0) };
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    init.set_credentials(match credentials {
        "include" => web_sys::RequestCredentials::Include,
        "omit" => web_sys::RequestCredentials::Omit,
        _ => web_sys::RequestCredentials::SameOrigin,
    });
    let Ok(headers) = web_sys::Headers::new() else { return (0, 0) };
    let _ = headers.set("Content-Type", "application/json");
    let _ = headers.set("Idempotency-Key", id);
    init.set_headers(&headers);
    init.set_signal(timeout(15_000).as_ref());
    match JsFuture::from(window.fetch_with_str_and_init(url, &init)).await {
        Ok(answer) => {
            let answer: web_sys::Response = answer.unchecked_into();
            let wait = answer.headers().get("Retry-After").ok().flatten();
            let seconds = wait.and_then(|text| text.trim().parse::<u32>().ok()).unwrap_or(0);
            (answer.status(), seconds.div_ceil(60))
        }
        Err(_) => (0, 0),
    }
}

/// Fetches a small JSON file without credentials.
pub async fn fetch_json(url: &str) -> Option<JsValue> {
    let init = web_sys::RequestInit::new();
    init.set_credentials(web_sys::RequestCredentials::Omit);
    init.set_signal(timeout(4_000).as_ref());
    let answer = JsFuture::from(window()?.fetch_with_str_and_init(url, &init)).await.ok()?;
    let answer: web_sys::Response = answer.unchecked_into();
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.json().ok()?).await.ok()
}

/// A signal that aborts after so many milliseconds.
fn timeout(ms: u32) -> Option<web_sys::AbortSignal> {
    Some(web_sys::AbortSignal::timeout_with_u32(ms))
}

/// Puts text on the clipboard; `false` when the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let clipboard = js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("clipboard"));
    // Pages without a secure context have no clipboard at all.
    match clipboard.ok().and_then(|value| value.dyn_into::<web_sys::Clipboard>().ok()) {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// A plain JavaScript object.
pub fn object(members: &[(&str, &JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in members {
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}

/// A member of a JavaScript object.
pub fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
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
