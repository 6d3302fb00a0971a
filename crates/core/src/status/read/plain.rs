//! The plain form: `{"status", "services", "incidents", "maintenances", "updated_at", "message"}`.
//! Also what a host hands over with `setStatus`. Unknown keys are left alone.

use super::super::draft::{Draft, id, ids, phase, time, title, update, url, word};
use super::super::json::Json;
use super::super::{Announced, Component, Incident, Phase, State};

pub(super) fn read(root: Json<'_>, draft: &mut Draft) -> Option<()> {
    root.is_map().then_some(())?;
    let services = root.get("services");
    let status = root.get("status");
    let known = services.is_map() || services.is_list() || status.string().is_some();
    known.then_some(())?;
    // Without a word of its own, the page is as well as its services, if there are any. A word of
    // `null` says that nobody knows.
    let said = root.entries().any(|(key, _)| key == "status");
    if said || services.items().next().is_none() {
        draft.word = Some(word(status));
    }
    draft.feed.updated_at = time(root, &["updated_at"]);
    draft.feed.message = update(root.get("message"));
    draft.feed.url = url(root.get("url"));
    if !(services.is_null() || services.is_map() || services.is_list()) {
        draft.unknown();
    }
    for (key, value) in services.entries() {
        service(key, value, draft);
    }
    for item in draft.objects(root.get("incidents")) {
        let names = ["state", "impact", "severity"];
        let state = names.iter().map(|name| word(item.get(name)));
        draft.incident(Incident {
            id: id(item.get("id")),
            title: title(item.get("title")),
            phase: phase(item.get("status")),
            state: state.fold(State::Unknown, State::worse),
            since: time(item, &["started_at", "since"]),
            updated_at: time(item, &["updated_at"]),
            update: update(item.get("message")),
            url: address(item.get("url")),
            services: ids(item.get("services"), &["id", "name"]),
        });
    }
    for item in draft.objects(root.get("maintenances")) {
        draft.maintenance(Announced {
            id: id(item.get("id")),
            title: title(item.get("title")),
            phase: phase(item.get("status")),
            from: time(item, &["starts_at"]),
            to: time(item, &["ends_at"]),
            update: update(item.get("message")),
            url: address(item.get("url")),
            services: ids(item.get("services"), &["id", "name"]),
        });
    }
    Some(())
}

/// `"api": "down"`, `"api": {"status": "down", …}`, or an entry of a list with an `id`.
fn service(key: &str, value: Json<'_>, draft: &mut Draft) {
    let mut own = decoded(key);
    if own.is_empty() {
        own = id(value.get("id"));
    }
    let name = title(value.get("name"));
    if own.is_empty() {
        own.clone_from(&name);
    }
    let state = if value.is_map() { word(value.get("status")) } else { word(value) };
    let text = update(value.get("message"));
    // A service that says itself what is wrong is an incident of its own.
    if state.is_trouble() && !text.is_empty() && state != State::Maintenance {
        draft.incident(Incident {
            id: own.clone(),
            title: text,
            phase: Phase::Unknown,
            state,
            since: time(value, &["since"]),
            url: address(value.get("url")),
            services: vec![own.clone()],
            ..Incident::default()
        });
    }
    draft.component(Component {
        name: if name.is_empty() { own.clone() } else { name },
        id: own,
        state,
        ..Component::default()
    });
}

/// A key as text: escapes in it are decoded.
fn decoded(key: &str) -> String {
    if key.is_empty() {
        return String::new();
    }
    let quoted = ["\"", key, "\""].concat();
    Json::parse(&quoted).map(id).unwrap_or_default()
}

/// An http(s) address, or a path of the page's own host: this form is the host's own.
fn address(value: Json<'_>) -> Option<String> {
    let text = value.string()?;
    let path = text.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']));
    if path && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return Some(text);
    }
    url(value)
}
