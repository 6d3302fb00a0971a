//! The page's address: links that lead to a setting, and suggestions that follow where the page is.
//! What is shown on arrival is `platform::arrival`'s matter.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::Context;
use yew::html::Scope;

use super::app::{App, Message, dispatch};
use crate::platform::{self, arrival, get, get_text, js, storage};
use crate::ui::state::Action;

/// The page's address may change without a load: suggestions follow.
pub(super) fn follow_route(app: &mut App, ctx: &Context<App>) {
    // It tells of going back and forth, too.
    match get(&js_sys::global(), "navigation").dyn_into::<web_sys::EventTarget>() {
        Ok(navigation) => {
            let send = ctx.link().callback(|()| Message::Attribute("route".to_owned(), None));
            let hear = move |_: &web_sys::Event| send.emit(());
            app.listeners.push(EventListener::new(&navigation, "currententrychange", hear));
        }
        Err(_) => watch_route(ctx.link().clone(), address()),
    }
}

/// Where the browser tells nothing of `pushState` (Safari before 26.2), the address is looked at twice
/// a second, for as long as the widget is there.
fn watch_route(link: Scope<App>, seen: String) {
    Timeout::new(500, move || {
        if link.get_component().is_none() {
            return;
        }
        let now = address();
        if now != seen {
            link.send_message(Message::Attribute("route".to_owned(), None));
        }
        watch_route(link, now);
    })
    .forget();
}

/// Deep links: the host may route by itself, else the browser follows, and the guide is open again
/// on the page it leads to. Either way the place is shown once it is there.
pub(super) fn follow_links(ctx: &Context<App>) -> EventListener {
    let (host, pack) = (ctx.props().host.clone(), ctx.props().pack.clone());
    let send = ctx.link().callback(Message::Act);
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&ctx.props().place, "click", options, move |event| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return;
        };
        let Ok(Some(link)) = target.closest("a[data-link]") else { return };
        let name = link.get_attribute("data-link").unwrap_or_default();
        let Some(known) = pack.product().link(&name) else { return };
        let href = link.get_attribute("href").unwrap_or_default();
        let anchor = known.anchor.as_deref();
        let detail = platform::object(&[
            ("href", &JsValue::from_str(&href)),
            ("anchor", &anchor.map_or(JsValue::NULL, JsValue::from_str)),
            ("label", &JsValue::from_str(&known.label)),
        ]);
        if dispatch(&host, "navigate", &detail, true) {
            let product = &pack.product().id;
            storage::write(&storage::pending(product), "open");
            arrival::keep(product, anchor.unwrap_or_default());
            return;
        }
        event.prevent_default();
        send.emit(Action::Follow);
        if let Some(anchor) = anchor {
            spawn_local(arrival::show(host.clone().into(), anchor.to_owned()));
        }
    })
}

fn address() -> String {
    get_text(&js::global("location"), "href").unwrap_or_default()
}
