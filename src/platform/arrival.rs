//! Arrival at the place that a deep link leads to: its element comes into view and is outlined for a
//! while. The page's own styles are not touched, and the focus stays where the person left it.

use wasm_bindgen::prelude::*;

use super::{get, js, object};

/// Milliseconds for which a page may take to show the element.
const PATIENCE: u32 = 6_000;
/// Milliseconds for which it is outlined.
const SHOWN: u32 = 6_000;
/// Where the anchor waits for the next page of this tab.
const KEY: &str = "unstuck-arrival:";

/// Keeps an anchor for the page that comes next in this tab. An empty one stands for "a link was
/// followed, and nothing is to be outlined".
pub fn keep(product: &str, anchor: &str) {
    let store = js::global("sessionStorage");
    let _ = js::call(&store, "setItem", &[&js::text(&key(product)), &js::text(anchor)]);
}

/// Takes the anchor that the page before kept.
pub fn take(product: &str) -> Option<String> {
    let store = js::global("sessionStorage");
    let key = js::text(&key(product));
    let kept = js::call(&store, "getItem", &[&key]).ok()?.as_string()?;
    let _ = js::call(&store, "removeItem", &[&key]);
    Some(kept)
}

fn key(product: &str) -> String {
    [KEY, product].concat()
}

/// Shows the element of that id, in the colour of `host`, once the page has it; gives up after six seconds.
pub async fn show(host: JsValue, anchor: String) {
    let mut left = PATIENCE;
    while left > 0 {
        let document = js::global("document");
        let found = js::call(&document, "getElementById", &[&js::text(&anchor)]);
        if let Some(element) = found.ok().filter(JsValue::is_object) {
            return outline(&host, &element);
        }
        js::sleep(100).await;
        left = left.saturating_sub(100);
    }
}

/// An animation between two frames that are the same: an outline that goes away by itself, and that
/// needs no style attribute, which strict policies forbid.
fn outline(host: &JsValue, element: &JsValue) {
    let still =
        js::call(&js_sys::global(), "matchMedia", &[&js::text("(prefers-reduced-motion: reduce)")]);
    let still = still.is_ok_and(|query| get(&query, "matches").is_truthy());
    let behavior = js::text(if still { "auto" } else { "smooth" });
    let place = object(&[("block", &js::text("center")), ("behavior", &behavior)]);
    let _ = js::call(element, "scrollIntoView", &[&place]);
    let style = js::call(&js_sys::global(), "getComputedStyle", &[host]);
    let name = js::text("--unstuck-accent");
    let accent = style.and_then(|style| js::call(&style, "getPropertyValue", &[&name]));
    let accent = accent.ok().and_then(|accent| accent.as_string()).unwrap_or_default();
    let accent = if accent.trim().is_empty() { "#3a4ed5" } else { accent.trim() };
    let frame = object(&[
        ("outline", &js::text(&["3px solid ", accent].concat())),
        ("outlineOffset", &js::text("4px")),
        ("boxShadow", &js::text("0 0 0 4px #fff")),
    ]);
    let frames = js_sys::Array::of2(&frame, &frame);
    let timing = object(&[("duration", &js::number(SHOWN)), ("id", &js::text("unstuck-arrival"))]);
    let _ = js::call(element, "animate", &[&frames, &timing]);
}
