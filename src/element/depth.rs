//! The component's part that the first open does without: what is kept, sent, probed and followed.
//! What every open needs stands in `app`.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use unstuck_core::guide::{Outcome, probe::param};
use unstuck_core::handover::{Format, Item, Kept};
use unstuck_core::model::Probe;
use unstuck_core::status;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::Context;

use super::app::{App, Call, Message, dispatch};
use super::{host, launcher, route};
use crate::platform::{
    self, arrival,
    clock::Browser,
    feed, get, get_text, js, pictures, probes,
    queue::{Change, Shelf, Target},
    storage,
};
use crate::ui::state::{self, Action, Env, Focus, Later, News, Outbox};
use crate::ui::strings::Key;

/// Style sheet of the screens that the first open does without.
const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/depth.css"));

/// A probe without an answer after so many milliseconds could not run.
const PATIENCE: u32 = 10_000;

/// What the pending record says when only a report waits to be sent.
const QUEUE: &str = "queue";

/// The browser as the state's environment.
pub fn world(slot: &mut Option<&'static dyn Env>) {
    *slot = Some(&Browser);
}

/// Puts back what was kept.
pub fn restore(app: &mut App, record: &&str) {
    if state::restore(&mut app.state, record, Browser.now()) {
        app.state.queue = app.shelf().read();
        let id = app.state.draft.id.clone();
        if let Some(kept) = app.state.queue.stands(&id) {
            let _ = state::apply(&mut app.state, Action::Stands(id, kept), &Browser);
        }
        let pictures = storage::read(&app.pictures_key()).unwrap_or_default();
        state::restore_pictures(&mut app.state, &pictures);
    } else {
        storage::remove(&app.pictures_key());
    }
}

/// An attribute that changed.
pub fn attribute(app: &mut App, (name, value): &(String, Option<String>)) {
    host::attribute(app, name, value.clone());
    app.follow();
}

/// A method of the element that is about articles, the handover or the services.
pub fn call(app: &mut App, ctx: &Context<App>, call: &Call) {
    let [first, _] = &call.args;
    match call.name.as_str() {
        "configure" => host::configure(&mut app.state, first),
        "setContext" => {
            host::merge_context(&mut app.state, first);
            app.change_person(ctx);
            app.act(ctx, Action::Told);
        }
        "registerProbe" => host::register_probe(app, call),
        "setStatus" => {
            let text = js_sys::JSON::stringify(first).ok().and_then(|text| text.as_string());
            let text = text.unwrap_or_default();
            app.act(ctx, Action::Feed(News::new(status::read(text.as_bytes(), &options(None)))));
        }
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
        app.state.strings.count_by(platform::count);
        super::adopt_styles(&ctx.props().place, STYLES);
        app.kept_as = app.key();
        app.tab = Browser.uuid();
        app.state.settings.page = Browser.environment().url;
        app.listeners.push(route::follow_links(ctx));
        route::follow_route(app, ctx);
        if let Some(anchor) = arrival::take(&app.state.product().id) {
            app.act(ctx, Action::Follow);
            let host = ctx.props().host.clone().into();
            spawn_local(arrival::show(host, anchor));
        }
        app.state.away = get(&ctx.props().host, "off").is_truthy();
        app.fetch_meaning();
        app.listeners.extend(hear_others(app));
        app.listeners.push(hear_files(ctx, "change"));
        app.listeners.push(hear_files(ctx, "paste"));
    }
    launcher::mark(app, ctx);
    // Should the program break, the loader still has the person's words and what they are called, and
    // no other's.
    let (name, note) = (app.state.strings.get(Key::WHAT_HAPPENED), app.state.draft.note.as_str());
    let words = if note.is_empty() { String::new() } else { [name, " — ", note].concat() };
    js::set(&ctx.props().host, "words", &js::text(&words));
    if out.save {
        app.state.keeps = storage::write(&app.key(), &state::save(&app.state, Browser.now()));
        launcher::note(app);
    }
    if let Some(away) = out.away {
        launcher::hide(app, ctx, away);
    }
    if out.erase {
        storage::remove(&app.key());
        storage::remove(&launcher::record(app));
        storage::remove(&app.pictures_key());
        storage::remove(&app.shelf().key);
        app.memory.take();
        // A mark on the launcher was of a wait that is forgotten.
        launcher::say(app, ctx, String::new());
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
        app.probe(ctx, check, probe);
    }
    if let Some((json, item)) = out.escalate.take() {
        app.escalate(ctx, &json, item);
    }
    if let Some(id) = out.again.take() {
        app.transmit(true, Box::new(move |queue| queue.again(&id, Browser.now())));
    } else if let Some(eager) = out.transmit {
        app.transmit(eager, Box::new(|_| {}));
    }
    if out.permit {
        permit(app);
    }
    if let Some(fixed) = app.state.status.fixed.as_ref().filter(|_| out.notify) {
        let words = state::fixed_words(&app.state, &fixed.services);
        // Two widgets of a page have one thing to say.
        let tag = platform::object(&[("tag", &js::text(&launcher::record(app)))]);
        let _ = js::new("Notification", &[&js::text(&words), &tag]);
    }
    if out.refocus {
        app.refocus(ctx);
    }
    app.follow();
}

/// How a feed is read now.
fn options(format: Option<&str>) -> status::Options {
    status::Options {
        format: format.and_then(status::Format::from_name),
        now: Browser.now(),
        ..status::Options::default()
    }
}

/// Asks whether notifications are allowed. A refusal changes nothing: the launcher is marked anyway.
fn permit(app: &App) {
    let asked = js::call(&js::global("Notification"), "requestPermission", &[]);
    let (Ok(asked), send) = (asked, app.send.clone()) else { return };
    spawn_local(async move {
        if js::wait(asked).await.is_ok_and(|answer| answer == "granted") {
            send.emit(Action::Permitted);
        }
    });
}

impl App {
    /// Keeps to the page's feed: which one it is, and whether it is needed now, by a panel that is
    /// open or a person who waits for news.
    fn follow(&mut self) {
        let settings = &self.state.settings;
        let wanted = self.state.open || self.state.status.waiting.is_some();
        let current = self.feed.as_ref().and_then(|kept| kept.downcast_ref::<feed::Follow>());
        if let Some(follow) = current {
            if settings.status.as_deref() == Some(follow.url())
                && settings.status_format == follow.format
            {
                return follow.want(wanted);
            }
            // What the other feed said says nothing of this one.
            self.state.status.feed = None;
        }
        let url = settings.status.as_ref().filter(|_| wanted);
        self.feed = url.map(|url| {
            let (send, format) = (self.send.clone(), settings.status_format.clone());
            let known = format.clone();
            let hear = move |body: feed::Body| {
                let options = options(known.as_deref());
                let read = body.as_ref().map(|body| status::read(body, &options));
                send.emit(Action::Feed(News::new(read.unwrap_or_default())));
            };
            let follow = feed::Follow::new(url, format, hear);
            follow.want(true);
            Box::new(follow) as Box<dyn core::any::Any>
        });
    }

    /// The focus goes to the heading if it is in the widget.
    fn refocus(&mut self, ctx: &Context<Self>) {
        let root = ctx.props().place.get_root_node();
        if get(&root, "activeElement").is_object() {
            self.focus = Some(Focus::Heading);
        }
    }

    fn probe(&self, ctx: &Context<Self>, check: String, probe: Probe) {
        let host = self.probes.iter().find(|(name, _)| *name == probe.name);
        let host = host.map(|(_, function)| function.clone());
        let strings = self.state.strings.clone();
        let errors = get(&ctx.props().host, "errors");
        let send = self.send.clone();
        if host.is_none() && probe.name == "service-status" {
            return self.ask_status(check, &probe);
        }
        spawn_local(async move {
            let (outcome, detail): (Outcome, String) =
                probes::run(probe, host, errors, strings).await;
            send.emit(Action::Probed(check, outcome, detail));
        });
    }

    /// The probe of a service that no feed has told of yet: the page's feed answers it when it comes
    /// (`state::status::learn`); without one, the address that the knowledge base gives is read.
    fn ask_status(&self, check: String, probe: &Probe) {
        let (send, strings) = (self.send.clone(), self.state.strings.clone());
        let service = param(probe, "service").to_owned();
        let (pack, host) = (self.state.pack.clone(), self.state.settings.services.clone());
        let own = self.state.article.as_ref().map_or(Vec::new(), |one| one.services.clone());
        let url = param(probe, "url").to_owned();
        let judge = move |feed: &status::Feed| {
            let map = status::Services { product: pack.product(), host: &host };
            let (outcome, detail) = state::judge(&strings, &map, feed, &own, &service);
            send.emit(Action::Probed(check, outcome, detail));
        };
        if self.state.settings.status.is_some() {
            Timeout::new(PATIENCE, move || judge(&status::Feed::default())).forget();
            return;
        }
        spawn_local(async move {
            let body = feed::once(&url).await;
            judge(&body.map(|body| status::read(&body, &options(None))).unwrap_or_default());
        });
    }

    /// Offers the report to the host; keeps and transmits it when the host does not take it.
    fn escalate(&self, ctx: &Context<Self>, json: &str, item: Item) {
        let report = js_sys::JSON::parse(json).unwrap_or(JsValue::NULL);
        let answer = Rc::new(RefCell::new(None::<JsValue>));
        let slot = answer.clone();
        let respond = Closure::<dyn FnMut(JsValue)>::new(move |promise: JsValue| {
            slot.replace(Some(promise));
        });
        let detail = platform::object(&[
            ("report", &report),
            ("channel", &JsValue::NULL),
            ("respondWith", respond.as_ref()),
        ]);
        let taken = !dispatch(&ctx.props().host, "escalate", &detail, true);
        let promised = answer.take();
        let send = self.send.clone();
        match (taken, promised) {
            (true, Some(promise)) => spawn_local(async move {
                send.emit(match js::wait(promise).await {
                    Ok(_) => Action::Taken(true),
                    // The host keeps its own queue; here the words stay as they are.
                    Err(_) => Action::Stands(item.id, Some(Kept::GaveUp)),
                });
            }),
            (true, None) => send.emit(Action::Taken(false)),
            (false, _) if self.state.settings.endpoint.is_none() => send.emit(Action::NoAddress),
            (false, _) => self.transmit(
                true,
                Box::new(move |queue| {
                    // What was refused before may have been changed since: it is sent as it is now.
                    if matches!(
                        queue.get(&item.id).map(|old| old.kept),
                        Some(Kept::GaveUp | Kept::Refused(_))
                    ) {
                        queue.remove(&item.id);
                    }
                    queue.push(item);
                }),
            ),
        }
    }

    /// Changes the queue, transmits what is due, and tells the screen how it stands.
    fn transmit(&self, eager: bool, change: Change) {
        let settings = &self.state.settings;
        let Some(url) = settings.endpoint.clone() else { return };
        let target = Target {
            url,
            credentials: settings.credentials.clone(),
            zendesk: settings.format == Format::Zendesk,
            headers: settings.headers.clone(),
        };
        let (shelf, send) = (self.shelf(), self.send.clone());
        let pending = launcher::record(self);
        spawn_local(async move {
            let tell = |id, kept| send.emit(Action::Stands(id, kept));
            shelf.transmit(change, &target, eager, tell).await;
            let queue = shelf.read();
            let due = queue.due(Browser.now());
            // The loader comes back for what waits even when nobody opens the panel.
            match (due, storage::read(&pending)) {
                (Some(_), None) => {
                    storage::write(&pending, QUEUE);
                }
                (None, Some(record)) if record == QUEUE => storage::remove(&pending),
                _ => {}
            }
            send.emit(Action::Queue(queue, due));
        });
    }

    /// Fetches the file of meaning, unless the person saves data.
    fn fetch_meaning(&self) {
        let saves = get(&get(&js::global("navigator"), "connection"), "saveData");
        let Some(url) = self.state.meaning_url().filter(|_| !saves.is_truthy()) else { return };
        let send = self.send.clone();
        spawn_local(async move {
            if let Some(bytes) = platform::fetch_bytes(&url).await {
                send.emit(Action::Meaning(bytes));
            }
        });
    }

    /// Another person is there now, as the host says: what one left is never shown to the next. Only
    /// who was not known yet takes along what they began.
    fn change_person(&mut self, ctx: &Context<Self>) {
        let now = self.key();
        if self.kept_as.is_empty() || self.kept_as == now {
            return;
        }
        let before = core::mem::replace(&mut self.kept_as, now);
        if before.ends_with(':') {
            let pictures = storage::read(&(before.clone() + ":pictures"));
            storage::remove(&before);
            storage::remove(&(before + ":pictures"));
            if let Some(pictures) = pictures {
                storage::write(&self.pictures_key(), &pictures);
            }
        } else {
            state::forget(&mut self.state);
            self.memory = Rc::default();
            if self.state.away {
                launcher::hide(self, ctx, false);
            }
            launcher::say(self, ctx, String::new());
        }
        let begun = !self.state.sessions.is_empty() || !self.state.draft.note.is_empty();
        if let Some(record) = storage::read(&self.key()).filter(|_| !begun) {
            restore(self, &record.as_str());
        }
    }

    fn shelf(&self) -> Shelf {
        Shelf {
            key: self.key() + ":queue",
            memory: self.memory.clone(),
            tab: self.tab.clone().into(),
        }
    }

    /// Where the pictures of the draft are kept: apart, because the rest is written at every key.
    fn pictures_key(&self) -> String {
        self.key() + ":pictures"
    }
}

/// An element of the widget by its id.
fn find(ctx: &Context<App>, id: &str) -> Option<HtmlElement> {
    super::app::by_id(&super::app::root(&ctx.props().place)?, id)
}

/// The network that is back, and other tabs that changed the queue.
fn hear_others(app: &App) -> Vec<EventListener> {
    let Some(window) = platform::window() else { return Vec::new() };
    let (online, changed) = (app.send.clone(), app.send.clone());
    let key = app.shelf().key;
    vec![
        EventListener::new(&window, "online", move |_| {
            online.emit(Action::Later(Later::Online));
        }),
        EventListener::new(&window, "storage", move |event| {
            if get(event.as_ref(), "key") == key.as_str() {
                changed.emit(Action::Later(Later::Retry));
            }
        }),
    ]
}

/// Pictures that were chosen in the file field, or pasted anywhere in the panel.
fn hear_files(ctx: &Context<App>, event: &'static str) -> EventListener {
    let send = ctx.link().callback(Message::Act);
    EventListener::new(&ctx.props().place, event, move |event| {
        let event: &JsValue = event.as_ref();
        let chosen = get(event, "target");
        let pasted = get(event, "clipboardData");
        let from = if pasted.is_undefined() { &chosen } else { &pasted };
        let files = get(from, "files");
        if !files.is_object() {
            return;
        }
        let files: Vec<JsValue> = js_sys::Array::from(&files).iter().collect();
        if from == &chosen {
            // So that the same file can be chosen again after it was removed.
            js::set(&chosen, "value", &js::text(""));
        }
        for file in files {
            let send = send.clone();
            spawn_local(async move {
                send.emit(match pictures::ready(&file).await {
                    Ok(picture) => Action::Picture(picture),
                    Err(_) => Action::NoPicture(get_text(&file, "name").unwrap_or_default()),
                });
            });
        }
    })
}
