//! A builder of nodes: one call a tag, an attribute or a text. It does what `html!` does in a fifth
//! of the wasm, because nothing but pointers and lengths passes at each call (see the decision
//! record on bytes). Which nodes there are is the screens' matter.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, Key as NodeKey, Listener, ListenerKind, VList, VNode, VTag,
    VText,
};

use super::icon;
use crate::ui::state::{Action, Env, State};
use crate::ui::strings::Key;

/// Builds the nodes of one drawing.
pub struct Build<'a> {
    pub(crate) state: &'a State,
    pub(crate) env: &'a dyn Env,
    send: &'a Callback<Action>,
    open: Vec<Open>,
    done: Vec<VNode>,
}

/// A tag that is not closed yet.
struct Open {
    node: VTag,
    tag: &'static str,
    class: &'static str,
    names: Vec<&'static str>,
    values: Vec<Option<AttributeOrProperty>>,
    /// Tags and classes of its children so far.
    children: Vec<(&'static str, &'static str)>,
}

impl<'a> Build<'a> {
    pub(crate) fn new(state: &'a State, env: &'a dyn Env, send: &'a Callback<Action>) -> Build<'a> {
        Build { state, env, send, open: Vec::new(), done: Vec::new() }
    }

    /// Everything built.
    pub(crate) fn finish(mut self) -> Html {
        while !self.open.is_empty() {
            self.close();
        }
        match self.done.len() {
            1 => self.done.remove(0),
            _ => VNode::VList(Rc::new(VList::with_children(self.done, None))),
        }
    }

    /// Opens a tag; an empty class is left out.
    #[inline(never)]
    pub(crate) fn open(&mut self, tag: &'static str, class: &'static str) {
        self.open.push(Open {
            node: VTag::new(tag),
            tag,
            class,
            names: Vec::new(),
            values: Vec::new(),
            children: Vec::new(),
        });
        if !class.is_empty() {
            self.attr("class", class);
        }
    }

    /// Closes the tag that was opened last. Yew pairs nodes without keys from the last one
    /// backwards, so that a list which appears below a field would take the field's place and its
    /// focus: every tag gets a key, its class and how many such siblings stand before it.
    #[inline(never)]
    pub(crate) fn close(&mut self) {
        let Some(Open { mut node, tag, class, names, values, .. }) = self.open.pop() else {
            return;
        };
        node.set_attributes(Attributes::Dynamic { keys: shared(names), values: values.into() });
        if let Some(parent) = self.open.last_mut() {
            let twins = parent.children.iter().filter(|other| **other == (tag, class)).count();
            parent.children.push((tag, class));
            if node.key.is_none() {
                let name = [tag, ".", class, ".", &twins.to_string()].concat();
                node.key = Some(NodeKey::from(name));
            }
        }
        self.push(VNode::VTag(Rc::new(node)));
    }

    fn push(&mut self, node: VNode) {
        match self.open.last_mut() {
            Some(parent) => parent.node.add_child(node),
            None => self.done.push(node),
        }
    }

    /// The tag that was opened last.
    fn last(&mut self) -> Option<&mut VTag> {
        self.open.last_mut().map(|open| &mut open.node)
    }

    /// An attribute with a fixed value.
    #[inline(never)]
    pub(crate) fn attr(&mut self, name: &'static str, value: &'static str) {
        self.set(name, AttrValue::Static(value));
    }

    /// An attribute with a value made now.
    #[inline(never)]
    pub(crate) fn attr_text(&mut self, name: &'static str, value: &str) {
        self.set(name, AttrValue::from(value.to_owned()));
    }

    /// Sets an attribute of the tag that was opened last; a second value takes the first's place.
    #[inline(never)]
    fn set(&mut self, name: &'static str, value: AttrValue) {
        let Some(open) = self.open.last_mut() else { return };
        let value = Some(AttributeOrProperty::Attribute(value));
        let at = open.names.iter().position(|other| *other == name);
        match at.and_then(|at| open.values.get_mut(at)) {
            Some(old) => *old = value,
            None => {
                open.names.push(name);
                open.values.push(value);
            }
        }
    }

    /// An attribute whose value is a string of the interface.
    #[inline(never)]
    pub(crate) fn attr_key(&mut self, name: &'static str, key: Key) {
        let state = self.state;
        self.attr_text(name, state.strings.get(key));
    }

    /// Marks the words of an article whose language is not the interface's: a screen reader speaks
    /// them in their own, and they run in their own direction.
    #[inline(never)]
    pub(crate) fn words_of(&mut self, locale: &str) {
        let own = self.state.strings.get(Key::LANG);
        if !locale.is_empty() && !locale.starts_with(own) {
            self.attr_text("lang", locale);
            self.attr("dir", "auto");
        }
    }

    /// The same for words of the knowledge base that are not of one article.
    pub(crate) fn words_of_pack(&mut self) {
        let state = self.state;
        self.words_of(&state.pack.front().locale);
    }

    /// Tells the node apart from its neighbours when a list changes.
    #[inline(never)]
    pub(crate) fn key(&mut self, key: &str) {
        if let Some(node) = self.last() {
            node.key = Some(NodeKey::from(key));
        }
    }

    /// Value of a text field.
    pub(crate) fn value(&mut self, value: &str) {
        if let Some(node) = self.last() {
            node.set_value(AttrValue::from(value.to_owned()));
        }
    }

    /// State of a radio button.
    pub(crate) fn checked(&mut self, checked: bool) {
        if let Some(node) = self.last() {
            node.set_checked(checked);
        }
    }

    /// Text.
    #[inline(never)]
    pub(crate) fn text(&mut self, text: &str) {
        self.push(VNode::VText(VText::new(text.to_owned())));
    }

    /// A string of the interface.
    #[inline(never)]
    pub(crate) fn say(&mut self, key: Key) {
        let state = self.state;
        self.text(state.strings.get(key));
    }

    /// A string of the interface with its blanks filled.
    #[inline(never)]
    pub(crate) fn fill(&mut self, key: Key, values: &[(&str, &str)]) {
        let text = self.state.strings.fill(key, values);
        self.text(&text);
    }

    /// A tag with text and nothing else.
    #[inline(never)]
    pub(crate) fn put(&mut self, tag: &'static str, class: &'static str, text: &str) {
        self.open(tag, class);
        self.text(text);
        self.close();
    }

    /// A tag with a string of the interface and nothing else.
    #[inline(never)]
    pub(crate) fn put_key(&mut self, tag: &'static str, class: &'static str, key: Key) {
        let state = self.state;
        self.put(tag, class, state.strings.get(key));
    }

    /// An icon of the set.
    #[inline(never)]
    pub(crate) fn icon(&mut self, name: &'static str) {
        if let Some(path) = icon::path(name) {
            self.open("svg", "icon");
            self.attr("class", icon::class(name));
            self.attr("viewBox", "0 0 20 20");
            self.attr("aria-hidden", "true");
            self.open("path", "");
            self.attr("d", path);
            self.close();
            self.close();
        }
    }

    /// Opens a heading, `below` levels under the panel's own, that can take the focus.
    #[inline(never)]
    pub(crate) fn heading(&mut self, below: u8, id: &'static str, class: &'static str) {
        let tag = self.heading_tag(below);
        self.open(tag, class);
        self.attr("id", id);
        self.attr("tabindex", "-1");
    }

    pub(crate) fn heading_tag(&self, below: u8) -> &'static str {
        let level = usize::from(self.state.settings.heading_level.clamp(1, 6) + below);
        ["h1", "h2", "h3", "h4", "h5", "h6"].get(level - 1).copied().unwrap_or("h6")
    }

    /// Opens a button.
    #[inline(never)]
    pub(crate) fn button(&mut self, class: &'static str, action: Action) {
        self.open("button", class);
        self.attr("type", "button");
        self.on(Hear::Act(action));
    }

    /// A button with a string of the interface and nothing else.
    #[inline(never)]
    pub(crate) fn put_button(&mut self, class: &'static str, key: Key, action: Action) {
        self.button(class, action);
        self.say(key);
        self.close();
    }

    /// Hears an event of the tag that was opened last.
    #[inline(never)]
    pub(crate) fn on(&mut self, hear: Hear) {
        let send = self.send.clone();
        if let Some(node) = self.last() {
            node.add_listener(Rc::new(On { hear, send }));
        }
    }
}

thread_local! {
    /// The lists of attribute names that tags have: as many as the screens' code has shapes of
    /// tags, a few dozen.
    static NAMES: RefCell<Vec<&'static [&'static str]>> = const { RefCell::new(Vec::new()) };
}

/// The one list with these names. Yew compares attributes value by value where both drawings have
/// the same list; with a map for each tag it would carry 4 KB of code for maps.
fn shared(names: Vec<&'static str>) -> &'static [&'static str] {
    NAMES.with_borrow_mut(|known| match known.iter().find(|list| ***list == *names) {
        Some(list) => list,
        None => {
            let list: &'static [&'static str] = Box::leak(names.into_boxed_slice());
            known.push(list);
            list
        }
    })
}

/// What an event means.
pub(crate) enum Hear {
    /// A press is that action.
    Act(Action),
    /// Choosing is that action.
    Change(Action),
    /// The field's text makes an action.
    Input(fn(String) -> Action),
    /// The field's text is a detail of the report, under that key.
    Detail(String),
    /// Keys of the search field.
    SearchKeys,
    /// Escape, wherever it is pressed in the panel.
    Escape,
    /// The focus stays where it is.
    KeepFocus,
}

struct On {
    hear: Hear,
    send: Callback<Action>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        match self.hear {
            Hear::Act(_) => ListenerKind::onclick,
            Hear::Change(_) => ListenerKind::onchange,
            Hear::Input(_) | Hear::Detail(_) => ListenerKind::oninput,
            Hear::KeepFocus => ListenerKind::onmousedown,
            Hear::SearchKeys | Hear::Escape => ListenerKind::onkeydown,
        }
    }

    fn passive(&self) -> bool {
        false
    }

    fn handle(&self, event: Event) {
        let action = match &self.hear {
            Hear::Act(action) | Hear::Change(action) => Some(action.clone()),
            Hear::Input(make) => Some(make(value(&event))),
            Hear::Detail(key) => Some(Action::Detail(key.clone(), value(&event))),
            Hear::KeepFocus => {
                event.prevent_default();
                None
            }
            Hear::SearchKeys => search_key(event.unchecked_ref()),
            Hear::Escape => escape(event.unchecked_ref()),
        };
        if let Some(action) = action {
            self.send.emit(action);
        }
    }
}

/// Text of the field that the event is about. Inputs and text areas have the same property.
fn value(event: &Event) -> String {
    event.target().map_or_else(String::new, |target| {
        target.unchecked_into::<web_sys::HtmlInputElement>().value()
    })
}

fn search_key(event: &web_sys::KeyboardEvent) -> Option<Action> {
    // Enter and the arrows belong to the input method while it composes.
    if event.is_composing() || event.key_code() == 229 {
        return None;
    }
    let action = match event.key().as_str() {
        "ArrowDown" => Action::Move(1),
        "ArrowUp" => Action::Move(-1),
        "Home" if event.ctrl_key() => Action::MoveTo(false),
        "End" if event.ctrl_key() => Action::MoveTo(true),
        "Enter" => Action::Pick(None),
        _ => return None,
    };
    event.prevent_default();
    Some(action)
}

fn escape(event: &web_sys::KeyboardEvent) -> Option<Action> {
    if event.key() != "Escape" || event.is_composing() {
        return None;
    }
    event.prevent_default();
    event.stop_propagation();
    Some(Action::Escape)
}
