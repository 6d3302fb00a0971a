//! `HelpWidget`, the help widget as a Yew component, for applications that need no loader.
//! It does in Rust what `element/loader.js` does for pages: launcher, shadow root, loading, calls.
//! The widget's inside is the same `App`. Nothing here is in the shipped wasm.

mod handle;
mod load;
mod parts;
mod props;

pub use handle::{HelpHandle, Order, SearchAnswer};
pub use props::HelpProps;

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};
use yew::prelude::*;

use crate::element::Instance;
use crate::platform::{get, js, storage};
use crate::ui::strings::{Key, Strings};
use parts::{Watch, product};

/// Style sheet of the launcher and of the note that stands in for the widget.
const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/launcher.css"));
/// The help widget in a Yew application.
///
/// It draws the launcher into a shadow root of its own, fetches the knowledge base on first
/// intent, and takes everything away when it is destroyed. Its children are the link that people
/// get where the knowledge base cannot be had. Messages of the component are its own matter.
///
/// ```
/// use unstuck::{HelpHandle, HelpWidget};
/// use yew::prelude::*;
///
/// #[component]
/// fn Page() -> Html {
///     let help = use_memo((), |_| HelpHandle::new());
///     let stuck = {
///         let help = help.clone();
///         Callback::from(move |_: MouseEvent| help.show("scopien/login/account-locked"))
///     };
///     html! {
///         <>
///             <button onclick={stuck}>{ "I cannot sign in" }</button>
///             <HelpWidget kb="/unstuck/kb/scopien.en.kb" handle={(*help).clone()}>
///                 <a href="/support">{ "Contact support" }</a>
///             </HelpWidget>
///         </>
///     }
/// }
/// ```
pub struct HelpWidget {
    /// As they are now, for listeners that outlive a drawing.
    props: Rc<RefCell<HelpProps>>,
    host: NodeRef,
    /// What stands in the shadow root, once that is there.
    inside: Option<Inside>,
    listeners: Vec<EventListener>,
    watches: Vec<Watch>,
    idle: Option<Timeout>,
    loading: Loading,
    tries: u32,
    calls: Vec<Order>,
    /// As it was last told to the widget.
    open: bool,
    fault: Option<String>,
    /// What was focused when the panel was opened.
    opener: Option<HtmlElement>,
    /// What the launcher says besides its name: a wait has ended.
    mark: String,
    /// What the screens call to say it.
    marks: Option<Closure<dyn FnMut(JsValue)>>,
}

struct Inside {
    root: ShadowRoot,
    /// Launcher and note are drawn here.
    frame: Element,
    /// The widget is drawn here.
    place: Element,
}

enum Loading {
    /// Nobody wanted it yet.
    Not,
    /// Under way; the number tells it from an earlier one that was given up.
    On(u32),
    Done(Box<Instance>),
}

/// What reaches the component.
pub enum Message {
    /// The launcher was pressed.
    Toggle,
    /// A sign that someone will open it, or that it is in view.
    Begin,
    /// The attribute `open` of the host element may be another.
    Opened,
    /// The knowledge base is there, or why it is not.
    Loaded(u32, Result<Vec<u8>, String>),
    /// A method was called.
    Order(Order),
    /// The screens have words for the launcher, or take them off.
    Mark(String),
}

impl Component for HelpWidget {
    type Message = Message;
    type Properties = HelpProps;

    fn create(ctx: &Context<Self>) -> Self {
        if let Some(handle) = &ctx.props().handle {
            handle.attach(ctx.link().clone());
        }
        HelpWidget {
            props: Rc::new(RefCell::new(ctx.props().clone())),
            host: NodeRef::default(),
            inside: None,
            listeners: Vec::new(),
            watches: Vec::new(),
            idle: None,
            loading: Loading::Not,
            tries: 0,
            calls: Vec::new(),
            open: false,
            fault: None,
            opener: None,
            mark: String::new(),
            marks: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &HelpProps) -> bool {
        let new = ctx.props();
        self.props.replace(new.clone());
        if new.handle != old.handle {
            if let Some(handle) = &old.handle {
                handle.detach();
            }
            if let Some(handle) = &new.handle {
                handle.attach(ctx.link().clone());
            }
        }
        let Some(host) = self.host() else { return true };
        let mut moved = false;
        for ((name, now), (_, before)) in new.attributes().iter().zip(old.attributes()) {
            if *now == before {
                continue;
            }
            put(&host, name, now.as_deref());
            moved |= matches!(*name, "kb" | "kb-locales" | "locale");
            if let Loading::Done(instance) = &self.loading {
                instance.attribute((*name).to_owned(), now.as_deref().map(str::to_owned));
            }
        }
        if moved && !matches!(self.loading, Loading::Not) {
            self.unload();
            self.begin(ctx);
        }
        if new.open != old.open {
            put(&host, "open", new.open.then_some(""));
            self.opened(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Toggle => {
                if let Some(host) = self.host() {
                    put(&host, "open", (!host.has_attribute("open")).then_some(""));
                }
                self.opened(ctx)
            }
            Message::Begin => self.begin(ctx),
            Message::Opened => self.opened(ctx),
            Message::Loaded(number, pack) => self.loaded(ctx, number, pack),
            Message::Order(order) => {
                self.call(ctx, order);
                true
            }
            Message::Mark(words) => {
                // What waits for the person brings a hidden launcher back.
                if let Some(host) = self.host().filter(|_| !words.is_empty()) {
                    js::set(&host, "off", &false.into());
                }
                self.mark = words;
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let inside = self.inside.as_ref().map(|inside| {
            let drawn = parts::draw(
                ctx.props().label.as_deref().unwrap_or(Strings::default().get(Key::HELP)),
                ctx.props().mode.as_deref().unwrap_or("launcher") == "launcher" && !self.away(),
                self.open,
                &self.mark,
                self.fault.as_deref(),
                ctx.link(),
            );
            create_portal(drawn, inside.frame.clone())
        });
        // Yew pairs nodes from the last one backwards: what comes and goes has a list of its own.
        html! { <><div ref={&self.host}>{ ctx.props().children.clone() }</div><>{ inside }</></> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first && self.furnish(ctx).is_some() {
            self.wake(ctx);
            // Launcher and note have their place now.
            ctx.link().send_message(Message::Opened);
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        if let Some(handle) = &ctx.props().handle {
            handle.detach();
        }
        self.unload();
    }
}

impl HelpWidget {
    fn host(&self) -> Option<HtmlElement> {
        self.host.cast::<HtmlElement>()
    }

    /// Gives the host element its attributes, shadow root and listeners.
    fn furnish(&mut self, ctx: &Context<Self>) -> Option<()> {
        let host = self.host()?;
        for (name, value) in ctx.props().attributes() {
            if value.is_some() {
                put(&host, name, value.as_deref());
            }
        }
        put(&host, "open", ctx.props().open.then_some(""));
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok()?;
        let document = host.owner_document()?;
        let [frame, place] =
            [document.create_element("div").ok()?, document.create_element("div").ok()?];
        put(&place, "class", Some("place"));
        for part in [&frame, &place] {
            root.append_child(part).ok()?;
        }
        crate::element::adopt_styles(&place, STYLES);
        for name in props::EVENTS {
            let props = self.props.clone();
            self.listeners.push(EventListener::new_with_options(
                &host,
                ["unstuck-", name].concat(),
                gloo_events::EventListenerOptions::enable_prevent_default(),
                move |event| {
                    // The borrow ends before the application is called.
                    let callback = props.borrow().callback(name).cloned();
                    if let Some(callback) = callback {
                        callback.emit(event.clone().unchecked_into());
                    }
                },
            ));
        }
        let said = ctx.link().callback(Message::Mark);
        let marks = Closure::<dyn FnMut(JsValue)>::new(move |words: JsValue| {
            said.emit(words.as_string().unwrap_or_default());
        });
        js::set(&host, "mark", marks.as_ref());
        self.marks = Some(marks);
        let opened = ctx.link().callback(|()| Message::Opened);
        self.watches.extend(Watch::attribute(&host, "open", move || opened.emit(())));
        // Keys typed in our fields are not the host's shortcuts.
        for name in ["keydown", "keypress", "keyup"] {
            self.listeners.push(EventListener::new(&root, name, |event| event.stop_propagation()));
        }
        if let Some(keys) = ctx.props().hotkey.as_deref() {
            let toggle = ctx.link().callback(|()| Message::Toggle);
            self.listeners.extend(parts::hotkey(keys, move || toggle.emit(())));
        }
        self.inside = Some(Inside { root, frame, place });
        Some(())
    }

    /// What was left from an earlier page, or asked for, loads it without a press.
    fn wake(&mut self, ctx: &Context<Self>) {
        let Some(host) = self.host() else { return };
        let props = ctx.props();
        let product = product(&props.kb);
        let key = storage::pending(product);
        let pending = storage::read(&key);
        if pending.as_deref() == Some("open") {
            storage::remove(&key);
            put(&host, "open", Some(""));
        }
        self.mark = pending.as_deref().and_then(parts::over).unwrap_or_default().to_owned();
        let away =
            storage::read(&storage::hidden(product)).is_some_and(|until| parts::ahead(&until));
        js::set(&host, "off", &(away && self.mark.is_empty()).into());
        let begin = ctx.link().callback(|()| Message::Begin);
        if props.mode.as_deref() == Some("inline") {
            self.watches.extend(Watch::in_view(&host, move || begin.emit(())));
        } else if pending.is_some() || props.preload.as_deref() == Some("idle") {
            self.idle = Some(Timeout::new(1, move || begin.emit(())));
        }
    }

    /// Whether the person has hidden the launcher: the screens write it to the host, too.
    fn away(&self) -> bool {
        self.host().is_some_and(|host| get(&host, "off").is_truthy())
    }

    /// Follows the attribute `open`, whoever changed it.
    fn opened(&mut self, ctx: &Context<Self>) -> bool {
        let (Some(host), Some(inside)) = (self.host(), &self.inside) else { return false };
        let open = host.has_attribute("open");
        if open == self.open {
            return true;
        }
        self.open = open;
        if let Loading::Done(instance) = &self.loading {
            instance.attribute("open".to_owned(), open.then(String::new));
        }
        if open {
            let focused = inside.root.active_element();
            let document = host.owner_document().and_then(|document| document.active_element());
            self.opener = focused.or(document).and_then(|element| element.dyn_into().ok());
            self.begin(ctx);
        } else {
            self.fault = None;
            // The focus goes back to what opened the panel, unless the person has moved on.
            if inside.root.active_element().is_some() {
                let gone =
                    |opener: &HtmlElement| !opener.is_connected() || opener.tag_name() == "BODY";
                let launcher = inside.root.query_selector(".launcher").ok().flatten();
                let launcher = launcher.and_then(|found| found.dyn_into::<HtmlElement>().ok());
                if let Some(to) = self.opener.take().filter(|opener| !gone(opener)).or(launcher) {
                    let _ = to.focus();
                }
            }
        }
        true
    }
}

/// Sets or removes an attribute.
fn put(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
