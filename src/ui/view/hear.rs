//! What the tags of a drawing hear: one listener for each sort of event stands at the widget's
//! root, finds the tags that hear it and turns it into actions. Yew has such a registry for all
//! events of all applications; this one is a tenth of it. What actions do is `state`'s matter.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};
use yew::Callback;

use crate::platform;
use crate::ui::state::Action;

/// The property that a tag's number stands in.
pub(super) const HEARS: &str = "hears";

/// What an event means. An action goes out once: what it changes is drawn anew, with new actions.
/// To copy them instead would cost 3 KB of code, for an action can hold anything.
pub(crate) enum Hear {
    /// A press is that action.
    Act(Option<Action>),
    /// Choosing is that action.
    Change(Option<Action>),
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

/// The sorts of events.
const EVENTS: [&str; 5] = ["click", "change", "input", "mousedown", "keydown"];

impl Hear {
    fn event(&self) -> &'static str {
        let [click, change, input, mousedown, keydown] = EVENTS;
        match self {
            Hear::Act(_) => click,
            Hear::Change(_) => change,
            Hear::Input(_) | Hear::Detail(_) => input,
            Hear::KeepFocus => mousedown,
            Hear::SearchKeys | Hear::Escape => keydown,
        }
    }

    fn answer(&mut self, event: &Event) -> Option<Action> {
        match self {
            Hear::Act(action) | Hear::Change(action) => action.take(),
            Hear::Input(make) => Some(make(value(event))),
            Hear::Detail(key) => Some(Action::Detail(key.clone(), value(event))),
            Hear::KeepFocus => {
                event.prevent_default();
                None
            }
            Hear::SearchKeys => search_key(event.unchecked_ref()),
            Hear::Escape => escape(event.unchecked_ref()),
        }
    }
}

/// What the tags of the last drawing hear, each under its tag's number.
#[derive(Clone, Default)]
pub struct Heard(Rc<RefCell<Vec<(u32, Hear)>>>);

impl Heard {
    /// A new drawing begins.
    pub(super) fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// Adds what a tag hears; gives its number, which is new where it has none yet.
    pub(super) fn add(&self, tag: Option<u32>, hear: Hear) -> u32 {
        let mut all = self.0.borrow_mut();
        let tag = tag.unwrap_or(all.len() as u32);
        all.push((tag, hear));
        tag
    }

    /// Listens at the widget's root; dropping the listeners ends it.
    pub fn listen(&self, place: &Element, send: &Callback<Action>) -> Vec<EventListener> {
        let listen = |name: &'static str| {
            let (heard, send) = (self.clone(), send.clone());
            let (phase, passive) = (EventListenerPhase::Capture, false);
            let options = EventListenerOptions { phase, passive };
            EventListener::new_with_options(place, name, options, move |event| {
                heard.tell(name, event, &send);
            })
        };
        EVENTS.into_iter().map(listen).collect()
    }

    /// From the target of an event outwards, until one stops it.
    fn tell(&self, name: &str, event: &Event, send: &Callback<Action>) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let mut at = target;
        while let Some(element) = at
            && !event.cancel_bubble()
        {
            if let Some(tag) = platform::get(&element, HEARS).as_f64() {
                for action in self.answers(tag as u32, name, event) {
                    send.emit(action);
                }
            }
            at = element.parent_element();
        }
    }

    fn answers(&self, tag: u32, name: &str, event: &Event) -> Vec<Action> {
        let mut all = self.0.borrow_mut();
        let own = all.iter_mut().filter(|(of, hear)| *of == tag && hear.event() == name);
        own.filter_map(|(_, hear)| hear.answer(event)).collect()
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
