//! The Yew component around the state: it carries out effects, keeps the focus and the dialog in
//! step with the state, and speaks to the host through events.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use unstuck_core::guide::Outcome;
use unstuck_core::model::Probe;
use unstuck_core::pack::Pack;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlDialogElement, HtmlElement, ShadowRoot};
use yew::prelude::*;

use super::settings;
use crate::platform::{self, clock::Browser, feed, get_text, probes, storage};
use crate::ui::state::{
    Action, Env, Event, Focus, Later, Mode, Outbox, Screen, Settings, State, apply, restore, save,
};
use crate::ui::view::panel;

/// Panels narrower than this, in CSS px of the window, are a modal sheet.
const SHEET: f64 = 480.0;
/// Inline widgets wider than this, in CSS px, have two columns.
const WIDE: i32 = 880;

/// Where the widget stands, and what it shows.
#[derive(Clone, Properties)]
pub struct AppProps {
    /// The host element: events are raised on it.
    pub host: HtmlElement,
    /// The element that the widget is drawn into.
    pub place: Element,
    /// The knowledge base.
    pub pack: Rc<Pack>,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack) && self.place == other.place
    }
}

/// What reaches the component.
pub enum Message {
    /// Something happened in the widget.
    Act(Action),
    /// An attribute changed.
    Attribute(String, Option<String>),
    /// Everything from the host arrived.
    Start,
    /// A method was called: name, arguments, and what resolves its promise.
    Call(String, JsValue, JsValue, js_sys::Function),
}

/// The widget.
pub struct App {
    state: State,
    send: Callback<Action>,
    focus: Option<Focus>,
    probes: Vec<(String, js_sys::Function)>,
    started: bool,
    _listeners: Vec<EventListener>,
    _resized: Option<(web_sys::ResizeObserver, Closure<dyn FnMut()>)>,
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let send = ctx.link().callback(Message::Act);
        let mut state = State::new(
            ctx.props().pack.clone(),
            Settings { heading_level: 2, ..Settings::default() },
        );
        state.keeps = storage::works();
        let mut listeners = Vec::new();
        if let Some(window) = platform::window() {
            let back = send.clone();
            listeners.push(EventListener::new(&window, "online", move |_| {
                back.emit(Action::Later(Later::Retry))
            }));
            let place = ctx.props().host.clone();
            let resized = send.clone();
            listeners.push(EventListener::new(&window, "resize", move |_| {
                resized.emit(measure(&place));
            }));
        }
        listeners.push(follow_links(ctx));
        let place = ctx.props().host.clone();
        let resized = send.clone();
        let closure = Closure::<dyn FnMut()>::new(move || resized.emit(measure(&place)));
        let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(&ctx.props().host);
        }
        App {
            state,
            send,
            focus: None,
            probes: Vec::new(),
            started: false,
            _listeners: listeners,
            _resized: observer.map(|observer| (observer, closure)),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Attribute(name, value) => match name.as_str() {
                "open" if self.started => {
                    self.act(ctx, if value.is_some() { Action::Open } else { Action::Close });
                }
                "article" if self.started => {
                    if let Some(id) = value {
                        self.act(ctx, Action::Show(id));
                    }
                }
                "theme" => {}
                _ => {
                    settings::attribute(&mut self.state, &name, value);
                }
            },
            Message::Start => self.start(ctx),
            Message::Call(name, first, second, resolve) => {
                let value = self.call(ctx, &name, &first, &second);
                let _ = resolve.call1(&JsValue::UNDEFINED, &value);
            }
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        if !self.started || !self.state.open {
            return html! {};
        }
        panel(&self.state, &Browser, &self.send)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        let Some(root) = root(&ctx.props().place) else { return };
        if let Some(dialog) =
            by_id(&root, "panel").and_then(|node| node.dyn_into::<HtmlDialogElement>().ok())
            && !dialog.open()
        {
            let shown = if self.state.sheet {
                dialog.show_modal()
            } else {
                dialog.show();
                Ok(())
            };
            if shown.is_err() {
                dialog.set_open(true);
            }
            // `show` puts the focus on the first button; what was asked for comes next.
            self.focus.get_or_insert(Focus::Heading);
        }
        if let Some(focus) = self.focus.take() {
            move_focus(&root, focus);
        }
        if let Some(option) =
            self.state.search.active.and_then(|n| by_id(&root, &["r", &n.to_string()].concat()))
        {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}

impl App {
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        let out = apply(&mut self.state, action, &Browser);
        self.carry_out(ctx, out);
    }

    /// What was kept comes back, then the widget shows itself as its attributes say.
    fn start(&mut self, ctx: &Context<Self>) {
        self.started = true;
        let host = &ctx.props().host;
        if self.state.settings.route.is_empty() {
            let path = platform::window().and_then(|window| window.location().pathname().ok());
            self.state.settings.route = path.unwrap_or_default();
        }
        self.act(ctx, measure(&ctx.props().host));
        if let Some(record) = storage::read(&self.key()) {
            restore(&mut self.state, &record, Browser.now());
        }
        if let Some(id) = host.get_attribute("article") {
            self.act(ctx, Action::Show(id));
        }
        if host.has_attribute("open") || self.state.settings.mode == Mode::Inline {
            self.act(ctx, Action::Open);
        }
        // An article that came back may hold a wait or a probe.
        if matches!(self.state.screen, Screen::Article(_)) {
            self.act(ctx, Action::Later(Later::Tick));
        }
        self.act(ctx, Action::Later(Later::Retry));
        if self.state.settings.mode == Mode::Inline {
            self.focus = None;
        }
    }

    fn call(
        &mut self,
        ctx: &Context<Self>,
        name: &str,
        first: &JsValue,
        second: &JsValue,
    ) -> JsValue {
        match name {
            "configure" => settings::configure(&mut self.state.settings, first),
            "setContext" => settings::merge_context(&mut self.state, first),
            "setStatus" => self.act(ctx, Action::Feed(feed::read(first))),
            "suggest" => self.act(ctx, Action::Suggest(ids(first))),
            "registerProbe" => {
                if let (Some(name), Some(function)) =
                    (first.as_string(), second.dyn_ref::<js_sys::Function>())
                {
                    self.probes.retain(|(other, _)| *other != name);
                    self.probes.push((name.clone(), function.clone()));
                    self.state.settings.probes.push(name);
                }
            }
            "search" => {
                let _ = ctx.props().host.set_attribute("open", "");
                self.act(ctx, Action::Home);
                self.act(ctx, Action::Type(first.as_string().unwrap_or_default()));
                return self.summary();
            }
            _ => {
                if name != "reset" {
                    let _ = ctx.props().host.set_attribute("open", "");
                }
                if let Some(note) = get_text(first, "note") {
                    self.act(ctx, Action::Note(note));
                }
                if let Some(action) = super::simple_call(name, first) {
                    self.act(ctx, action);
                }
            }
        }
        JsValue::UNDEFINED
    }

    /// What `search` resolves to: `{count, confident, top}`.
    fn summary(&self) -> JsValue {
        let found = &self.state.search.found;
        let top = found.rows.first().filter(|_| found.confident);
        platform::object(&[
            ("count", &JsValue::from_f64(found.rows.len() as f64)),
            ("confident", &JsValue::from_bool(found.confident)),
            ("top", &top.map_or(JsValue::NULL, |row| JsValue::from_str(&row.id))),
        ])
    }

    /// Where this person's state is kept.
    fn key(&self) -> String {
        let product = &self.state.pack.product().id;
        ["unstuck:", product, ":", self.state.context("user").unwrap_or("")].concat()
    }

    fn carry_out(&mut self, ctx: &Context<Self>, out: Outbox) {
        let host = &ctx.props().host;
        if out.focus.is_some() {
            self.focus = out.focus;
        }
        if out.save {
            self.state.keeps = storage::write(&self.key(), &save(&self.state, Browser.now()));
            self.note_pending();
        }
        if out.erase {
            storage::remove(&self.key());
            storage::remove(&self.pending_key());
        }
        for event in &out.events {
            emit(host, event, false);
        }
        if let Some(text) = out.copy {
            let send = self.send.clone();
            spawn_local(async move {
                if !platform::copy(&text).await {
                    send.emit(Action::NotCopied);
                }
            });
        }
        for (ms, later) in out.later {
            let send = self.send.clone();
            Timeout::new(ms, move || send.emit(Action::Later(later))).forget();
        }
        if let Some((check, probe)) = out.probe {
            self.probe(check, probe);
        }
        if let Some((id, body)) = out.escalate {
            self.escalate(ctx, id, body);
        }
        for (id, body) in out.posts {
            self.post(id, body);
        }
        if out.close {
            let _ = host.remove_attribute("open");
        }
        if let Some(url) = self.state.settings.status.clone().filter(|_| out.status) {
            let send = self.send.clone();
            spawn_local(async move {
                let value = platform::fetch_json(&url).await.unwrap_or(JsValue::UNDEFINED);
                send.emit(Action::Feed(feed::read(&value)));
            });
        }
    }

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

/// `suggest` takes text (a search is left to the person) or a list of ids.
fn ids(value: &JsValue) -> Vec<String> {
    match value.as_string() {
        Some(id) => vec![id],
        None => js_sys::Array::from(value).iter().filter_map(|id| id.as_string()).collect(),
    }
}

/// How wide the window and the widget's element are.
fn measure(host: &HtmlElement) -> Action {
    let width = platform::window().and_then(|window| window.inner_width().ok()?.as_f64());
    let inline = host.client_width();
    Action::Resize(inline >= WIDE, width.is_some_and(|width| width < SHEET))
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

fn emit(host: &HtmlElement, event: &Event, cancelable: bool) -> bool {
    let detail = js_sys::JSON::parse(&event.detail).unwrap_or(JsValue::NULL);
    dispatch(host, event.name, &detail, cancelable)
}

/// Raises `unstuck-<name>` on the host; `false` when it was cancelled.
fn dispatch(host: &HtmlElement, name: &str, detail: &JsValue, cancelable: bool) -> bool {
    let init = web_sys::CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(cancelable);
    init.set_detail(detail);
    web_sys::CustomEvent::new_with_event_init_dict(&["unstuck-", name].concat(), &init)
        .is_ok_and(|event| host.dispatch_event(&event).unwrap_or(true))
}

fn root(place: &Element) -> Option<ShadowRoot> {
    place.get_root_node().dyn_into::<ShadowRoot>().ok()
}

fn by_id(root: &ShadowRoot, id: &str) -> Option<HtmlElement> {
    root.get_element_by_id(id)?.dyn_into().ok()
}

fn move_focus(root: &ShadowRoot, focus: Focus) {
    let ids: &[&str] = match focus {
        Focus::Search => &["search"],
        Focus::Heading => &["title", "search"],
        Focus::Check => &["check", "title"],
        Focus::Status => &["sending"],
    };
    if let Some(node) = ids.iter().find_map(|id| by_id(root, id)) {
        let _ = node.focus();
    }
    // A new screen begins at its top; the field and the check are scrolled to by the focus.
    if focus == Focus::Heading
        && let Some(body) = by_id(root, "body")
    {
        body.set_scroll_top(0);
    }
}
