//! Probes that look at the page alone: a snippet, errors it raised, its zoom.
//! Nothing is changed in the page and nothing leaves it.

use unstuck_core::guide::Outcome;
use unstuck_core::guide::probe::{param, zoom_percent};
use unstuck_core::model::Probe;
use wasm_bindgen::prelude::*;

use super::probes::Found;
use super::{get, js};
use crate::ui::strings::{Key, Strings};

/// Percent to which a page may be zoomed when nobody said.
const ZOOM: u32 = 200;
/// Characters of an error that are shown.
const SHOWN: usize = 120;

/// Whether the page carries a script whose address holds `src`, or a global of that name.
pub(super) fn snippet(probe: &Probe, strings: &Strings) -> Found {
    let (src, name) = (param(probe, "src"), param(probe, "global"));
    let scripts = get(&js::global("document"), "scripts");
    let loaded = !src.is_empty()
        && js_sys::Array::from(&scripts)
            .iter()
            .any(|script| get(&script, "src").as_string().is_some_and(|own| own.contains(src)));
    let there = !name.is_empty() && {
        let start: JsValue = js_sys::global().into();
        !name.split('.').fold(start, |object, part| get(&object, part)).is_undefined()
    };
    let (outcome, key) = match (loaded || there, src.is_empty() && name.is_empty()) {
        (_, true) => (Outcome::CouldNotRun, Key::PROBE_HOST_ONLY),
        (true, _) => (Outcome::Passed, Key::PROBE_SNIPPET_OK),
        (false, _) => (Outcome::Failed, Key::PROBE_SNIPPET_NONE),
    };
    (outcome, strings.get(key).to_owned())
}

/// Whether the page raised an error with that text since it was loaded. `errors` are those that
/// the loader kept: the latest few.
pub(super) fn errors(probe: &Probe, errors: &JsValue, strings: &Strings) -> Found {
    let part = param(probe, "contains").to_lowercase();
    let found = js_sys::Array::from(errors)
        .iter()
        .filter_map(|error| error.as_string())
        .rfind(|error| error.to_lowercase().contains(&part));
    match found {
        Some(text) => {
            let end = text.char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| at);
            let text = text.get(..end).unwrap_or("");
            (Outcome::Failed, strings.fill(Key::PROBE_ERRORS, &[("text", text)]))
        }
        None if errors.is_object() => {
            (Outcome::Passed, strings.get(Key::PROBE_NO_ERRORS).to_owned())
        }
        None => (Outcome::CouldNotRun, strings.get(Key::PROBE_HOST_ONLY).to_owned()),
    }
}

/// How far the page is zoomed.
pub(super) fn zoom(probe: &Probe, strings: &Strings) -> Found {
    let width = |name| get(&js_sys::global(), name).as_f64().map_or(0, |width| width as u32);
    let Some(percent) = zoom_percent(width("outerWidth"), width("innerWidth")) else {
        return (Outcome::CouldNotRun, strings.get(Key::PROBE_HOST_ONLY).to_owned());
    };
    let (outcome, key) = match percent > param(probe, "max").parse().unwrap_or(ZOOM) {
        true => (Outcome::Failed, Key::PROBE_ZOOM_FAR),
        false => (Outcome::Passed, Key::PROBE_ZOOM_OK),
    };
    (outcome, strings.count(key, percent as usize))
}
