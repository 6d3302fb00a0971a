//! The Yew component around the state: it carries out effects, keeps the focus and the dialog in
//! step with the state, and speaks to the host through events.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use unstuck_core::handover::Queue;
use unstuck_core::pack::Pack;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlDialogElement, HtmlElement, ShadowRoot};
use yew::prelude::*;

use super::launcher::Said;
use super::settings;
use crate::depth;
use crate::platform::{self, clock::Still, storage};
use crate::ui::state::{
    Action, Env, Event, Focus, Later, Mode, Outbox, Screen, Settings, State, apply, needs_depth,
    refresh,
};
use crate::ui::view::{Heard, panel};

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
    /// A method was called.
    Call(Call),
    /// The second file is there, or cannot be had now.
    Depth(bool),
}

/// A method of the element that was called.
pub struct Call {
    /// Its name.
    pub name: String,
    /// Its arguments.
    pub args: [JsValue; 2],
    /// What resolves its promise.
    pub resolve: js_sys::Function,
}

/// The widget.
pub struct App {
    pub(super) state: State,
    pub(super) send: Callback<Action>,
    heard: Heard,
    pub(super) focus: Option<Focus>,
    pub(super) probes: Vec<(String, js_sys::Function)>,
    started: bool,
    /// Whether the second file has begun its work here.
    deep: bool,
    /// What needs the second file, in order, until that is there.
    waiting: Vec<Message>,
    /// What the host told and only the second file understands; nobody waits for it.
    early: Vec<Message>,
    /// What the second file is to do for the browser once it is there.
    owed: Outbox,
    /// Under which name the state at hand is kept; empty before the second file came.
    pub(super) kept_as: String,
    /// This tab's own name, for the queue that all tabs share.
    pub(super) tab: String,
    /// The queue where nothing can be stored.
    pub(super) memory: Rc<RefCell<Queue>>,
    /// The status feed that is followed; what it is, only the second file knows.
    pub(super) feed: Option<Box<dyn core::any::Any>>,
    pub(super) listeners: Vec<EventListener>,
    pub(super) launcher: Said,
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
        let heard = Heard::default();
        let mut listeners = heard.listen(&ctx.props().place, &send);
        if let Some(window) = platform::window() {
            let place = ctx.props().host.clone();
            let resized = send.clone();
            listeners.push(EventListener::new(&window, "resize", move |_| {
                resized.emit(measure(&place, true));
            }));
        }
        let place = ctx.props().host.clone();
        let resized = send.clone();
        let closure = Closure::<dyn FnMut()>::new(move || resized.emit(measure(&place, true)));
        let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(&ctx.props().host);
        }
        App {
            state,
            send,
            heard,
            focus: None,
            probes: Vec::new(),
            started: false,
            deep: false,
            waiting: Vec::new(),
            early: Vec::new(),
            owed: Outbox::default(),
            kept_as: String::new(),
            tab: String::new(),
            memory: Rc::default(),
            feed: None,
            listeners,
            launcher: Said::default(),
            _resized: observer.map(|observer| (observer, closure)),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            // The observer tells at its beginning, too: nothing has to be drawn anew for that.
            Message::Act(Action::Resize(wide, sheet))
                if (wide, sheet) == (self.state.wide, self.state.sheet) =>
            {
                return false;
            }
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
                "route" => self.locate(ctx),
                // The beginning asks the host for these itself; told later, they would happen twice.
                "theme" | "open" | "article" => {}
                _ if settings::attribute(&mut self.state, &name, &value) => {}
                _ if depth::here() => depth::attribute(self, &(name, value)),
                _ => self.early.push(Message::Attribute(name, value)),
            },
            // Someone was here before: what was kept decides what is shown.
            Message::Start if !depth::here() && storage::read(&self.key()).is_some() => {
                self.wait(ctx, Message::Start);
            }
            Message::Start => self.start(ctx),
            Message::Call(call) => self.call(ctx, call),
            Message::Depth(here) => self.depth(ctx, here),
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        if !self.started || !self.state.open {
            return html! {};
        }
        panel(&self.state, env(), &self.heard)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        let Some(root) = root(&ctx.props().place) else { return };
        if let Some(dialog) =
            by_id(&root, "panel").and_then(|node| node.dyn_into::<HtmlDialogElement>().ok())
            && !dialog.open()
        {
            let _ = if self.state.sheet {
                dialog.show_modal()
            } else {
                // Above everything, wherever the element stands: out of transformed ancestors.
                dialog.show_popover()
            };
            // For the styles, and where the browser refused.
            dialog.set_open(true);
            // The browser puts the focus on the first button; what was asked for comes next.
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
    pub(super) fn act(&mut self, ctx: &Context<Self>, action: Action) {
        if !depth::here() && needs_depth(&self.state, &action) {
            return self.wait(ctx, Message::Act(action));
        }
        let mut out = apply(&mut self.state, action, env());
        let host = &ctx.props().host;
        if out.focus.is_some() {
            self.focus = out.focus;
        }
        for event in &out.events {
            emit(host, event);
        }
        for (ms, later) in out.later.drain(..) {
            let send = self.send.clone();
            Timeout::new(ms, move || send.emit(Action::Later(later))).forget();
        }
        if out.close {
            let _ = host.remove_attribute("open");
        }
        if depth::here() {
            depth::carry_out(self, ctx, &mut out);
        } else {
            self.owed.save |= out.save;
            if out.status {
                Self::ask(ctx);
            }
        }
    }

    /// Puts something off until the second file is there, and asks the loader for that.
    fn wait(&mut self, ctx: &Context<Self>, message: Message) {
        self.waiting.push(message);
        self.state.loading = true;
        self.state.missing = false;
        Self::ask(ctx);
    }

    fn ask(ctx: &Context<Self>) {
        let host = &ctx.props().host;
        if let Ok(ask) = platform::get(host, "depth").dyn_into::<js_sys::Function>() {
            let _ = ask.call1(host, &JsValue::TRUE);
        }
    }

    /// The second file is there: what waited for it happens. Or it cannot be had now: the loader
    /// says so, and search goes on without it.
    fn depth(&mut self, ctx: &Context<Self>, here: bool) {
        self.state.loading = false;
        let waiting = core::mem::take(&mut self.waiting);
        // A second failure in a row has nothing to add to the first.
        self.state.missing = !here && (self.state.missing || !waiting.is_empty());
        if !here {
            if waiting.iter().any(|message| matches!(message, Message::Start)) {
                self.start(ctx);
            }
            return;
        }
        let was_started = self.started;
        let early = core::mem::take(&mut self.early);
        for message in early.into_iter().chain(waiting) {
            let _ = <Self as Component>::update(self, ctx, message);
        }
        if was_started && !self.deep {
            self.deepen(ctx);
        }
    }

    /// What is done once, when both files are there and the widget has started.
    fn deepen(&mut self, ctx: &Context<Self>) {
        self.deep = true;
        let mut owed = core::mem::take(&mut self.owed);
        owed.begin = true;
        depth::carry_out(self, ctx, &mut owed);
        refresh(&mut self.state);
        // An article that came back may hold a wait or a probe.
        if matches!(self.state.screen, Screen::Article(_)) {
            self.act(ctx, Action::Later(Later::Arrive));
            self.act(ctx, Action::Later(Later::Tick));
        }
        self.act(ctx, Action::Later(Later::Online));
    }

    /// What was kept comes back, then the widget shows itself as its attributes say.
    fn start(&mut self, ctx: &Context<Self>) {
        self.started = true;
        self.locate(ctx);
        self.act(ctx, measure(&ctx.props().host, self.state.settings.mode == Mode::Inline));
        if depth::here()
            && let Some(record) = storage::read(&self.key())
        {
            depth::restore(self, &record.as_str());
        }
        let host = &ctx.props().host;
        if let Some(id) = host.get_attribute("article") {
            self.act(ctx, Action::Show(id));
        }
        if host.has_attribute("open") || self.state.settings.mode == Mode::Inline {
            self.act(ctx, Action::Open);
        }
        if depth::here() {
            self.deepen(ctx);
        }
        if self.state.settings.mode == Mode::Inline {
            self.focus = None;
        }
    }

    /// Where the person is: as the host's attribute says, else its context, else the address.
    fn locate(&mut self, ctx: &Context<Self>) {
        let route = ctx.props().host.get_attribute("route");
        let route = route.or_else(|| self.state.context("route").map(str::to_owned));
        let path = || platform::window()?.location().pathname().ok();
        self.state.settings.route = route.or_else(path).unwrap_or_default();
    }

    fn call(&mut self, ctx: &Context<Self>, call: Call) {
        let told = matches!(call.name.as_str(), "configure" | "setContext" | "registerProbe");
        let deep = match call.name.as_str() {
            "show" | "contact" | "reset" | "setStatus" => true,
            // What was kept comes back first, or it would take the place of this text.
            "search" => !self.started,
            _ => false,
        };
        if matches!(call.name.as_str(), "show" | "contact" | "search") {
            let _ = ctx.props().host.set_attribute("open", "");
        }
        if call.name == "setContext" {
            settings::who(&mut self.state, &call.args[0]);
            self.locate(ctx);
        }
        if told && !depth::here() {
            let _ = call.resolve.call0(&JsValue::UNDEFINED);
            return self.early.push(Message::Call(call));
        }
        if deep && !depth::here() {
            return self.wait(ctx, Message::Call(call));
        }
        let mut value = JsValue::UNDEFINED;
        let [first, _] = &call.args;
        match call.name.as_str() {
            "suggest" => self.act(ctx, Action::Suggest(ids(first))),
            "search" => {
                self.act(ctx, Action::Home);
                self.act(ctx, Action::Type(first.as_string().unwrap_or_default()));
                value = self.summary();
            }
            _ => depth::call(self, ctx, &call),
        }
        let _ = call.resolve.call1(&JsValue::UNDEFINED, &value);
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
    pub(super) fn key(&self) -> String {
        let product = &self.state.pack.front().id;
        ["unstuck:", product, ":", self.state.context("user").unwrap_or("")].concat()
    }
}

/// The browser, as far as it is known yet.
fn env() -> &'static dyn Env {
    let mut slot = None;
    if depth::here() {
        depth::world(&mut slot);
    }
    slot.unwrap_or(&Still)
}

/// `suggest` takes an id, words to search for, or a list of them.
fn ids(value: &JsValue) -> Vec<String> {
    match value.as_string() {
        Some(id) => vec![id],
        None => js_sys::Array::from(value).iter().filter_map(|id| id.as_string()).collect(),
    }
}

/// How wide the window and the widget's element are. Asking for the latter lays the page out anew,
/// and it counts for an `inline` one alone.
fn measure(host: &HtmlElement, inline: bool) -> Action {
    let width = platform::window().and_then(|window| window.inner_width().ok()?.as_f64());
    let wide = inline && host.client_width() >= WIDE;
    Action::Resize(wide, width.is_some_and(|width| width < SHEET))
}

fn emit(host: &HtmlElement, event: &Event) {
    let detail = js_sys::JSON::parse(&event.detail).unwrap_or(JsValue::NULL);
    dispatch(host, event.name, &detail, false);
}

/// Raises `unstuck-<name>` on the host; `false` when it was cancelled.
pub(crate) fn dispatch(host: &HtmlElement, name: &str, detail: &JsValue, cancelable: bool) -> bool {
    let init = web_sys::CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(cancelable);
    init.set_detail(detail);
    web_sys::CustomEvent::new_with_event_init_dict(&["unstuck-", name].concat(), &init)
        .is_ok_and(|event| host.dispatch_event(&event).unwrap_or(true))
}

pub(super) fn root(place: &Element) -> Option<ShadowRoot> {
    place.get_root_node().dyn_into::<ShadowRoot>().ok()
}

pub(super) fn by_id(root: &ShadowRoot, id: &str) -> Option<HtmlElement> {
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
