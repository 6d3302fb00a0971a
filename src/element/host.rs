//! Attributes and objects of the host that the first open does without: `configure` with its links,
//! probes, channels and people, the context, registered probes. Applied once the second file is there.

use unstuck_core::handle::Handle;
use unstuck_core::handover::Format;
use unstuck_core::model::{Channel, ChannelKind, Person, Product, Recipient};
use wasm_bindgen::{JsCast, JsValue};

use super::app::{App, Call};
use super::settings::set_context;
use crate::platform::{get, get_text, keys, members};
use crate::ui::state::State;

/// Applies an attribute that is not one of every open's.
pub(super) fn attribute(app: &mut App, name: &str, value: Option<String>) {
    let settings = &mut app.state.settings;
    match name {
        "kb" => settings.pack_url = value.unwrap_or_default(),
        "contact-endpoint" => settings.endpoint = value,
        "contact-format" => {
            settings.format = match value.as_deref() {
                Some("zendesk") => Format::Zendesk,
                _ => Format::Unstuck,
            };
        }
        "contact-credentials" => settings.credentials = value.unwrap_or_default(),
        "status-format" => settings.status_format = value,
        "plan" => set_context(&mut app.state, "plan", value),
        "config" => {
            let parsed = value.and_then(|value| js_sys::JSON::parse(&value).ok());
            configure(&mut app.state, &parsed.unwrap_or(JsValue::UNDEFINED));
        }
        _ => {}
    }
}

/// `configure`: members that are absent stay as they are.
pub(super) fn configure(state: &mut State, object: &JsValue) {
    let settings = &mut state.settings;
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
    for (key, known) in [
        ("links", &mut settings.links),
        ("services", &mut settings.services),
        ("headers", &mut settings.headers),
    ] {
        for (name, value) in members(&get(object, key)) {
            known.retain(|(other, _)| *other != name);
            known.push((name, value));
        }
    }
    product(state, object);
}

/// Merges `setContext({…})` key by key.
pub(super) fn merge_context(state: &mut State, object: &JsValue) {
    for (key, value) in members(object) {
        set_context(state, &key, Some(value));
    }
    let user = get(object, "user");
    for (key, name) in [("id", "user"), ("name", "user_name"), ("email", "user_email")] {
        if let Some(value) = get_text(&user, key) {
            set_context(state, name, Some(value));
        }
    }
}

/// `registerProbe(name, function)`; the latest of a name counts.
pub(super) fn register_probe(app: &mut App, call: &Call) {
    let [name, function] = &call.args;
    if let (Some(name), Some(function)) = (name.as_string(), function.dyn_ref::<js_sys::Function>())
    {
        app.probes.retain(|(other, _)| *other != name);
        app.probes.push((name.clone(), function.clone()));
        app.state.settings.probes.push(name);
    }
}

/// Applies `{channels: [{id, kind, name, address, …}], people: {admin: {name, email, to}}}`. What has
/// the id of something in the knowledge base changes it member by member, the rest is added. Members
/// that are not understood are left out.
fn product(state: &mut State, object: &JsValue) {
    let (channels, people) = (get(object, "channels"), get(object, "people"));
    if !channels.is_object() && !people.is_object() {
        return;
    }
    let mut product = state.product().clone();
    for id in keys(&people) {
        person(&mut product, &id, &get(&people, &id));
    }
    if channels.is_object() {
        for each in js_sys::Array::from(&channels).iter() {
            channel(&mut product, &each);
        }
    }
    state.own = Some(Handle::new(product));
}

fn person(product: &mut Product, id: &str, object: &JsValue) {
    let at = product.people.iter().position(|person| person.id == id).unwrap_or_else(|| {
        let to = Recipient::from_name(id).unwrap_or_default();
        let name = id.to_owned();
        product.people.push(Person { id: id.to_owned(), name, to, instead: None });
        product.people.len() - 1
    });
    let Some(person) = product.people.get_mut(at) else { return };
    if let Some(name) = get_text(object, "name") {
        person.name = name;
    }
    if let Some(to) = get_text(object, "to").and_then(|to| Recipient::from_name(&to)) {
        person.to = to;
    }
    // An address makes a way to reach this person.
    let (name, to) = (person.name.clone(), person.to);
    if let Some(address) = get_text(object, "email") {
        product.channels.retain(|channel| channel.id != id);
        product.channels.push(Channel {
            id: id.to_owned(),
            kind: ChannelKind::Email,
            name,
            address: Some(address),
            to: vec![to],
            ..Channel::default()
        });
    }
}

fn channel(product: &mut Product, object: &JsValue) {
    let Some(id) = get_text(object, "id") else { return };
    let at = product.channels.iter().position(|channel| channel.id == id).unwrap_or_else(|| {
        let name = id.clone();
        product.channels.push(Channel { id, name, ..Channel::default() });
        product.channels.len() - 1
    });
    let Some(channel) = product.channels.get_mut(at) else { return };
    if let Some(kind) = get_text(object, "kind") {
        let known = ChannelKind::ALL.into_iter().find(|known| known.name() == kind);
        channel.kind = known.unwrap_or(channel.kind);
    }
    for (key, text) in [
        ("name", &mut channel.name),
        ("response", &mut channel.response),
        ("why", &mut channel.why),
        ("note", &mut channel.note),
    ] {
        if let Some(value) = get_text(object, key) {
            *text = value;
        }
    }
    if let Some(address) = get_text(object, "address") {
        channel.address = Some(address);
    }
    if let Some(minutes) = get(object, "response_minutes").as_f64() {
        channel.response_minutes = Some(minutes as u32);
    }
    for (key, list) in [
        ("plans", &mut channel.plans),
        ("priorities", &mut channel.priorities),
        ("topics", &mut channel.topics),
    ] {
        let given = get(object, key);
        if given.is_object() {
            *list = js_sys::Array::from(&given).iter().filter_map(|one| one.as_string()).collect();
        }
    }
}
