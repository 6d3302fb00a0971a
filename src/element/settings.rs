//! Attributes and `configure` objects to settings.

use unstuck_core::handover::Format;
use wasm_bindgen::JsValue;

use crate::platform::{get, get_text, keys, members};
use crate::ui::state::{Mode, Settings, State};

/// Applies one attribute; `false` for one that means nothing here.
pub(super) fn attribute(state: &mut State, name: &str, value: Option<String>) -> bool {
    let settings = &mut state.settings;
    match name {
        // Not the host's: the interface in another language, from the loader.
        "texts" => state.strings.speak(&value.unwrap_or_default()),
        "mode" => {
            settings.mode = match value.as_deref() {
                Some("inline") => Mode::Inline,
                Some("panel") => Mode::Panel,
                _ => Mode::Launcher,
            };
            state.open |= settings.mode == Mode::Inline;
        }
        "kb" => settings.pack_url = value.unwrap_or_default(),
        "contact-endpoint" => settings.endpoint = value,
        "contact-format" => {
            settings.format = match value.as_deref() {
                Some("zendesk") => Format::Zendesk,
                _ => Format::Unstuck,
            };
        }
        "contact-credentials" => settings.credentials = value.unwrap_or_default(),
        "status" => settings.status = value,
        "status-format" => settings.status_format = value,
        "route" => settings.route = value.unwrap_or_default(),
        "heading-level" => {
            settings.heading_level = value.and_then(|value| value.parse().ok()).unwrap_or(2);
        }
        "plan" => set_context(state, "plan", value),
        "config" => {
            let parsed = value.and_then(|value| js_sys::JSON::parse(&value).ok());
            configure(settings, &parsed.unwrap_or(JsValue::UNDEFINED));
        }
        _ => return false,
    }
    true
}

/// Applies `configure({linkBase, links, …})`; keys that are absent stay as they are.
pub(super) fn configure(settings: &mut Settings, object: &JsValue) {
    if let Some(base) = get_text(object, "linkBase") {
        settings.link_base = base;
    }
    let probes = get(object, "probes");
    for name in keys(&probes) {
        if let Some(url) = get_text(&get(&probes, &name), "url") {
            settings.probe_urls.retain(|(other, _)| *other != name);
            settings.probe_urls.push((name, url));
        }
    }
    for (key, known) in [("links", &mut settings.links), ("services", &mut settings.services)] {
        for (name, value) in members(&get(object, key)) {
            known.retain(|(other, _)| *other != name);
            known.push((name, value));
        }
    }
}

/// Merges `setContext({…})` key by key. `user` may be text or `{id, name, email}`.
pub(super) fn merge_context(state: &mut State, object: &JsValue) {
    for (key, value) in members(object) {
        if key == "route" {
            state.settings.route = value.clone();
        }
        set_context(state, &key, Some(value));
    }
    let user = get(object, "user");
    for (key, name) in [("id", "user"), ("name", "user_name"), ("email", "user_email")] {
        if let Some(value) = get_text(&user, key) {
            set_context(state, name, Some(value));
        }
    }
}

fn set_context(state: &mut State, key: &str, value: Option<String>) {
    state.context.retain(|(other, _)| other != key);
    if let Some(value) = value {
        state.context.push((key.to_owned(), value));
    }
}
