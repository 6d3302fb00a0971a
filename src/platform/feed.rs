//! The state of the services: fetched or handed over, read into the core's `Feed`.
//! Only the plain form is read here; the public feeds' shapes are the core's matter.

use unstuck_core::status::{Component, Feed, Incident, State};
use wasm_bindgen::JsValue;

use super::{get, get_text, keys};

/// Reads `{"status", "services", "incidents"}`. Anything missing or odd is `Unknown`.
pub fn read(value: &JsValue) -> Feed {
    let word = |value: &JsValue| {
        let text = value.as_string().or_else(|| get_text(value, "status"));
        text.map_or(State::Unknown, |text| State::from_word(&text))
    };
    let mut feed = Feed { state: word(value), ..Feed::default() };
    let services = get(value, "services");
    if services.is_object() {
        for key in keys(&services) {
            let state = word(&get(&services, &key));
            feed.state = feed.state.worse(state);
            feed.components.push(Component {
                id: key.clone(),
                name: key,
                state,
                ..Component::default()
            });
        }
    }
    for item in js_sys::Array::from(&get(value, "incidents")).iter() {
        let phase = get_text(&item, "status").unwrap_or_default();
        if matches!(phase.as_str(), "resolved" | "completed" | "postmortem") {
            continue;
        }
        let Some(title) = get_text(&item, "title") else { continue };
        feed.incidents.push(Incident {
            title,
            url: get_text(&item, "url"),
            services: js_sys::Array::from(&get(&item, "services"))
                .iter()
                .filter_map(|id| id.as_string())
                .collect(),
            ..Incident::default()
        });
    }
    feed
}
