//! A builder of nodes: one call a tag, an attribute or a text. It does what `html!` does in a fifth
//! of the wasm, because nothing but pointers and lengths passes at each call (see the decision
//! record on bytes). Which nodes there are is the screens' matter.

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, Key as NodeKey, VList, VNode, VTag, VText,
};

use super::hear::{HEARS, Hear, Heard};
use super::icon;
use crate::ui::state::{Action, Env, State};
use crate::ui::strings::Key;

/// All attributes that tags have, in the order in which they are written out, and last the property
/// of those that hear something. Every tag has this one list: where two drawings of a tag have the
/// same list, Yew compares them value by value; else it makes maps of them, which `xtask` leaves out.
static NAMES: &[&str] = &[
    "class",
    "part",
    "id",
    "type",
    "for",
    "name",
    "role",
    "tabindex",
    "lang",
    "dir",
    "href",
    "target",
    "rel",
    "data-link",
    "src",
    "alt",
    "loading",
    "viewBox",
    "d",
    "start",
    "scope",
    "value",
    "max",
    "rows",
    "accept",
    "multiple",
    "popover",
    "inputmode",
    "enterkeyhint",
    "autocomplete",
    "autocapitalize",
    "spellcheck",
    "aria-autocomplete",
    "aria-controls",
    "aria-expanded",
    "aria-label",
    "aria-describedby",
    "aria-hidden",
    "aria-selected",
    "aria-busy",
    "placeholder",
    "autofocus",
    "aria-activedescendant",
    "disabled",
    "hidden",
    HEARS,
];

/// Classes that the page may style as parts (docs/embedding.md): these names stay.
const PARTS: &str =
    "panel header body footer search results option row card check title primary secondary contact";

/// Builds the nodes of one drawing.
pub struct Build<'a> {
    pub(crate) state: &'a State,
    pub(crate) env: &'a dyn Env,
    heard: &'a Heard,
    open: Vec<Open>,
    done: Vec<VNode>,
}

/// A tag that is not closed yet.
struct Open {
    node: VTag,
    tag: &'static str,
    class: &'static str,
    /// The number of a tag that hears something.
    number: Option<u32>,
    /// As many as [`NAMES`], in their order.
    values: Box<[Option<AttributeOrProperty>]>,
    /// Tags and classes of its children so far.
    children: Vec<(&'static str, &'static str)>,
}

impl<'a> Build<'a> {
    pub(crate) fn new(state: &'a State, env: &'a dyn Env, heard: &'a Heard) -> Build<'a> {
        heard.clear();
        Build { state, env, heard, open: Vec::new(), done: Vec::new() }
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

    /// Opens a tag; an empty class is left out. A class that begins with the name of a part is one.
    #[inline(never)]
    pub(crate) fn open(&mut self, tag: &'static str, class: &'static str) {
        self.open.push(Open {
            node: VTag::new(tag),
            tag,
            class,
            number: None,
            values: NAMES.iter().map(|_| None).collect(),
            children: Vec::new(),
        });
        if !class.is_empty() {
            self.attr("class", class);
            let first = class.split(' ').next();
            if PARTS.split(' ').any(|part| Some(part) == first) {
                self.attr("part", class);
            }
        }
    }

    /// Closes the tag that was opened last. Yew pairs nodes without keys from the last one
    /// backwards, so that a list which appears below a field would take the field's place and its
    /// focus: every tag gets a key, its class and how many such siblings stand before it.
    #[inline(never)]
    pub(crate) fn close(&mut self) {
        let Some(Open { mut node, tag, class, values, .. }) = self.open.pop() else {
            return;
        };
        node.set_attributes(Attributes::Dynamic { keys: NAMES, values });
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
        self.set(name, AttributeOrProperty::Attribute(AttrValue::Static(value)));
    }

    /// An attribute with a value made now.
    #[inline(never)]
    pub(crate) fn attr_text(&mut self, name: &'static str, value: &str) {
        self.set(name, AttributeOrProperty::Attribute(AttrValue::from(value.to_owned())));
    }

    /// Sets an attribute of the tag that was opened last; a second value takes the first's place.
    #[inline(never)]
    fn set(&mut self, name: &'static str, value: AttributeOrProperty) {
        let at = NAMES.iter().position(|known| *known == name);
        debug_assert!(at.is_some(), "the list of attributes lacks `{name}`");
        if let (Some(open), Some(at)) = (self.open.last_mut(), at)
            && let Some(slot) = open.values.get_mut(at)
        {
            *slot = Some(value);
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
        self.on(Hear::Act(Some(action)));
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
        let Some(open) = self.open.last_mut() else { return };
        let number = self.heard.add(open.number, hear);
        open.number = Some(number);
        // Where there is no browser, there are no properties either.
        if cfg!(target_arch = "wasm32") {
            self.set(HEARS, AttributeOrProperty::Property(number.into()));
        }
    }
}
