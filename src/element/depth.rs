//! The component's part that the first open does without: what is kept, sent, probed and followed.
//! What every open needs stands in `app`.

use gloo_events::EventListener;
use unstuck_core::guide::Outcome;
use unstuck_core::model::Probe;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, Element, File, HtmlElement, HtmlInputElement};
use yew::Context;

use super::app::{App, Call, Message, dispatch};
use crate::platform::{self, clock::Browser, feed, get_text, pictures, probes, storage};
use crate::ui::state::{self, Action, Env, Outbox};

/// Style sheet of the screens that the first open does without.
const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/depth.css"));

/// The browser as the state's environment.
pub fn world(slot: &mut Option<&'static dyn Env>) {
    *slot = Some(&Browser);
}

/// Puts back what was kept.
pub fn restore(app: &mut App, record: &&str) {
    if state::restore(&mut app.state, record, Browser.now()) {
        let pictures = storage::read(&app.pictures_key()).unwrap_or_default();
        state::restore_pictures(&mut app.state, &pictures);
    } else {
        storage::remove(&app.pictures_key());
    }
}

/// A method of the element that is about articles, the handover or the services.
pub fn call(app: &mut App, ctx: &Context<App>, call: &Call) {
    let [first, _] = &call.args;
    match call.name.as_str() {
        "setStatus" => app.act(ctx, Action::Feed(feed::read(first))),
        "show" => {
            if let Some(id) = first.as_string() {
                app.act(ctx, Action::Show(id));
            }
        }
        "contact" => {
            if let Some(note) = get_text(first, "note") {
                app.act(ctx, Action::Note(note));
            }
            app.act(ctx, Action::Contact);
        }
        "reset" => app.act(ctx, Action::Erase),
        _ => {}
    }
}

/// Carries out what is asked of the browser beyond focus, events and timers.
pub fn carry_out(app: &mut App, ctx: &Context<App>, out: &mut Outbox) {
    if out.begin {
        if cfg!(unstuck_split) {
            app.state.strings.deepen();
        }
        super::adopt_styles(&ctx.props().place, STYLES);
        app.listeners.push(follow_links(ctx));
        app.listeners.push(hear_files(ctx, "change"));
        app.listeners.push(hear_files(ctx, "paste"));
    }
    if out.save {
        app.state.keeps = storage::write(&app.key(), &state::save(&app.state, Browser.now()));
        app.note_pending();
    }
    if out.erase {
        storage::remove(&app.key());
        storage::remove(&app.pending_key());
        storage::remove(&app.pictures_key());
    }
    if out.pictures {
        storage::write(&app.pictures_key(), &state::save_pictures(&app.state));
    }
    if out.choose_picture
        && let Some(field) = find(ctx, "picture")
    {
        field.click();
    }
    if let Some(text) = out.copy.take() {
        let send = app.send.clone();
        spawn_local(async move {
            if !platform::copy(&text).await {
                send.emit(Action::NotCopied);
            }
        });
    }
    if let Some((check, probe)) = out.probe.take() {
        app.probe(check, probe);
    }
    if let Some((id, body)) = out.escalate.take() {
        app.escalate(ctx, id, body);
    }
    for (id, body) in out.posts.drain(..) {
        app.post(id, body);
    }
    if let Some(url) = app.state.settings.status.clone().filter(|_| out.status) {
        let send = app.send.clone();
        spawn_local(async move {
            let value = platform::fetch_json(&url).await.unwrap_or(JsValue::UNDEFINED);
            send.emit(Action::Feed(feed::read(&value)));
        });
    }
}

impl App {
    fn probe(&self, check: String, probe: Probe) {
        let host = self.probes.iter().find(|(name, _)| *name == probe.name);
        let host = host.map(|(_, function)| function.clone());
        let (status, strings) = (self.state.settings.status.clone(), self.state.strings.clone());
        let send = self.send.clone();
        spawn_local(async move {
            let (outcome, detail): (Outcome, String) =
                probes::run(probe, host, status, strings).await;
            send.emit(Action::Probed(check, outcome, detail));
        });
    }

    /// Offers the report to the host; sends it when the host does not take it.
    fn escalate(&self, ctx: &Context<Self>, id: String, body: String) {
        let report = js_sys::JSON::parse(&body).unwrap_or(JsValue::NULL);
        let answer = std::rc::Rc::new(std::cell::RefCell::new(None::<js_sys::Promise>));
        let slot = answer.clone();
        let respond = Closure::<dyn FnMut(JsValue)>::new(move |promise: JsValue| {
            *slot.borrow_mut() = Some(js_sys::Promise::resolve(&promise));
        });
        let detail = platform::object(&[
            ("report", &report),
            ("channel", &JsValue::NULL),
            ("respondWith", respond.as_ref()),
        ]);
        let taken = !dispatch(&ctx.props().host, "escalate", &detail, true);
        let promised = answer.borrow_mut().take();
        drop(respond);
        let send = self.send.clone();
        match (taken, promised) {
            (true, Some(promise)) => spawn_local(async move {
                send.emit(match JsFuture::from(promise).await {
                    Ok(_) => Action::Taken(true),
                    Err(_) => Action::Answered(id, 0, 0),
                });
            }),
            (true, None) => send.emit(Action::Taken(false)),
            (false, _) => self.post(id, body),
        }
    }

    fn post(&self, id: String, body: String) {
        let send = self.send.clone();
        let Some(url) = self.state.settings.endpoint.clone() else {
            return send.emit(Action::NoAddress);
        };
        let credentials = self.state.settings.credentials.clone();
        spawn_local(async move {
            let (status, wait) = platform::post(&url, &id, &body, &credentials).await;
            send.emit(Action::Answered(id, status, wait));
        });
    }

    /// Where the pictures of the draft are kept: apart, because the rest is written at every key.
    fn pictures_key(&self) -> String {
        self.key() + ":pictures"
    }

    fn pending_key(&self) -> String {
        ["unstuck-pending:", &self.state.pack.product().id].concat()
    }

    /// The one small record that the loader reads alone: when the next wait ends.
    fn note_pending(&self) {
        let next = self
            .state
            .sessions
            .iter()
            .flat_map(|session| &session.waits)
            .map(|(_, end)| *end)
            .min();
        match next {
            Some(end) => {
                storage::write(&self.pending_key(), &end.to_string());
            }
            None => storage::remove(&self.pending_key()),
        }
    }
}

/// An element of the widget by its id.
fn find(ctx: &Context<App>, id: &str) -> Option<HtmlElement> {
    super::app::by_id(&super::app::root(&ctx.props().place)?, id)
}

/// Pictures that were chosen in the file field, or pasted anywhere in the panel.
fn hear_files(ctx: &Context<App>, event: &'static str) -> EventListener {
    let send = ctx.link().callback(Message::Act);
    EventListener::new(&ctx.props().place, event, move |event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let files = match event.dyn_ref::<ClipboardEvent>() {
            Some(paste) => paste.clipboard_data().and_then(|data| data.files()),
            None => field.as_ref().and_then(HtmlInputElement::files),
        };
        let Some(files) = files else { return };
        let files: Vec<File> = (0..files.length()).filter_map(|n| files.get(n)).collect();
        if let Some(field) = field.filter(|_| !files.is_empty() && event.type_() == "change") {
            // So that the same file can be chosen again after it was removed.
            field.set_value("");
        }
        for file in files {
            let send = send.clone();
            spawn_local(async move {
                send.emit(match pictures::ready(&file).await {
                    Some(picture) => Action::Picture(picture),
                    None => Action::NoPicture(file.name()),
                });
            });
        }
    })
}

/// Deep links: the host may route by itself, else the browser follows, and the guide is open again
/// on the page it leads to.
fn follow_links(ctx: &Context<App>) -> EventListener {
    let (host, pack) = (ctx.props().host.clone(), ctx.props().pack.clone());
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
        let anchor = known.anchor.as_deref().map_or(JsValue::NULL, JsValue::from_str);
        let detail = platform::object(&[
            ("href", &JsValue::from_str(&href)),
            ("anchor", &anchor),
            ("label", &JsValue::from_str(&known.label)),
        ]);
        if dispatch(&host, "navigate", &detail, true) {
            storage::write(&["unstuck-pending:", &pack.product().id].concat(), "open");
        } else {
            event.prevent_default();
        }
    })
}
