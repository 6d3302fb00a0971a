//! The methods of `<unstuck-help>` for a Yew application: a handle that is given to the component
//! as a property. What a call does is the component's matter, and below it the widget's own.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use yew::html::Scope;

use super::{HelpWidget, Message};
use crate::platform::{get, object};

/// Calls the methods of one [`HelpWidget`]. Clones are the same handle; what is called before the
/// widget is drawn waits for it.
#[derive(Clone, Default)]
pub struct HelpHandle {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Default)]
struct Inner {
    scope: Option<Scope<HelpWidget>>,
    waiting: Vec<Order>,
}

/// A method that was called through a [`HelpHandle`].
pub struct Order {
    pub(super) name: &'static str,
    pub(super) args: Array,
    pub(super) done: Function,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchAnswer {
    /// How many articles the list shows.
    pub count: u32,
    /// Whether the knowledge base covers the question.
    pub confident: bool,
    /// Id of the first article; `None` when the search is not confident.
    pub top: Option<String>,
}

impl PartialEq for HelpHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

impl HelpHandle {
    /// A handle without a widget yet.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn attach(&self, scope: Scope<HelpWidget>) {
        let waiting = {
            let mut inner = self.inner.borrow_mut();
            inner.scope = Some(scope.clone());
            core::mem::take(&mut inner.waiting)
        };
        for order in waiting {
            scope.send_message(Message::Order(order));
        }
    }

    pub(super) fn detach(&self) {
        self.inner.borrow_mut().scope = None;
    }

    fn order(&self, name: &'static str, args: Array) -> Promise {
        let (done, promise) = crate::element::promise();
        let order = Order { name, args, done };
        let mut inner = self.inner.borrow_mut();
        match inner.scope.clone() {
            Some(scope) => {
                drop(inner);
                scope.send_message(Message::Order(order));
            }
            None => inner.waiting.push(order),
        }
        promise
    }

    /// Calls a method whose answer nobody waits for.
    fn tell(&self, name: &'static str, args: Array) {
        let _ = self.order(name, args);
    }

    /// Opens the panel.
    pub fn open(&self) {
        self.tell("open", Array::new());
    }

    /// Closes it.
    pub fn close(&self) {
        self.tell("close", Array::new());
    }

    /// Opens it when it is closed, else closes it.
    pub fn toggle(&self) {
        self.tell("toggle", Array::new());
    }

    /// Opens the panel with this text in its search field, and gives what was found. `None` when
    /// the widget cannot be loaded.
    pub async fn search(&self, text: &str) -> Option<SearchAnswer> {
        let found = JsFuture::from(self.order("search", Array::of1(&text.into()))).await.ok()?;
        found.is_object().then(|| SearchAnswer {
            count: get(&found, "count").as_f64().unwrap_or(0.0) as u32,
            confident: get(&found, "confident").as_bool().unwrap_or(false),
            top: get(&found, "top").as_string(),
        })
    }

    /// Opens the panel with an article.
    pub fn show(&self, article: &str) {
        self.tell("show", Array::of1(&article.into()));
    }

    /// Suggests these articles on home, in place of earlier suggestions.
    pub fn suggest(&self, articles: &[&str]) {
        let ids: Array = articles.iter().map(|id| JsValue::from_str(id)).collect();
        self.tell("suggest", Array::of1(&ids));
    }

    /// Suggests what a search for this text finds.
    pub fn suggest_for(&self, text: &str) {
        self.tell("suggest", Array::of1(&text.into()));
    }

    /// Opens the handover, with a note in its field unless that is empty.
    pub fn contact(&self, note: &str) {
        let prefill = if note.is_empty() { object(&[]) } else { object(&[("note", &note.into())]) };
        self.tell("contact", Array::of1(&prefill));
    }

    /// `configure` with a plain object.
    pub fn configure(&self, configuration: &JsValue) {
        self.tell("configure", Array::of1(configuration));
    }

    /// Says what is true of this person and page; merged key by key.
    pub fn set_context(&self, context: &JsValue) {
        self.tell("setContext", Array::of1(context));
    }

    /// Hands over the state of the services, as a feed would say it.
    pub fn set_status(&self, feed: &JsValue) {
        self.tell("setStatus", Array::of1(feed));
    }

    /// Registers a probe: a function that takes `{params, signal}` and gives a promise of
    /// `{outcome, detail}`.
    pub fn register_probe(&self, name: &str, probe: &Function) {
        self.tell("registerProbe", Array::of2(&name.into(), probe));
    }

    /// Forgets all that is kept for this person; also the call for logging out.
    pub fn reset(&self) {
        self.tell("reset", Array::new());
    }
}
