//! What every open needs of the host's attributes and objects. The rest is the second file's
//! (`host`).

use wasm_bindgen::JsValue;

use crate::platform::{get, get_text};
use crate::ui::state::{Mode, State};

/// Applies one attribute; `false` for one that means nothing here.
pub(super) fn attribute(state: &mut State, name: &str, value: &Option<String>) -> bool {
    let settings = &mut state.settings;
    let value = value.as_deref();
    match name {
        // Not the host's: the interface in another language, from the loader.
        "texts" => state.strings.speak(value.unwrap_or_default()),
        "mode" => {
            settings.mode = match value {
                Some("inline") => Mode::Inline,
                Some("panel") => Mode::Panel,
                _ => Mode::Launcher,
            };
            state.open |= settings.mode == Mode::Inline;
        }
        "status" => {
            settings.status = value.map(str::to_owned);
            // Who follows the feed wants to know, too.
            return false;
        }
        "heading-level" => {
            settings.heading_level = value.and_then(|value| value.parse().ok()).unwrap_or(2);
        }
        _ => return false,
    }
    true
}

/// What `setContext({…})` says of who is there and where: the person's own records and the
/// suggestions depend on it. `user` may be text or `{id, name, email}`.
pub(super) fn who(state: &mut State, object: &JsValue) {
    if let Some(route) = get_text(object, "route") {
        set_context(state, "route", Some(route));
    }
    let user = get(object, "user");
    let id = user.as_string().or_else(|| get_text(&user, "id"));
    if id.is_some() {
        set_context(state, "user", id);
    }
}

/// Sets a value of the context, or takes it out.
pub(super) fn set_context(state: &mut State, key: &str, value: Option<String>) {
    state.context.retain(|(other, _)| other != key);
    if let Some(value) = value {
        state.context.push((key.to_owned(), value));
    }
}
