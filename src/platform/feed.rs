//! The status feed, asked for once however many widgets and tabs want it: when, how long, how much.
//! Every source is a URL; widgets of the page share it here, tabs of the site by a channel.
//! What the bytes mean is the core's matter, what to show the screens'.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Date, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{get, js, object};

/// At most one request a minute, in milliseconds.
const MINUTE: f64 = 60_000.0;
/// Up to so much later, so that not everybody asks at the full minute.
const JITTER: f64 = 12_000.0;
/// The whole answer must be there within this time.
const PATIENCE: u32 = 4_000;
/// Other tabs get so long to hand over what they have.
const ASKING: f64 = 60.0;
/// A longer `Retry-After` than this is taken for a mistake: a day.
const LONGEST: f64 = 24.0 * 60.0 * MINUTE;
/// No feed is larger; the reading stops there.
const LIMIT: usize = 1 << 20;

/// The body of an answer; `None` when none came.
pub type Body = Option<Rc<Vec<u8>>>;

thread_local! {
    /// The sources of this page. They stay: a page has one, seldom two.
    static SOURCES: RefCell<Vec<Rc<Source>>> = const { RefCell::new(Vec::new()) };
}

/// One address that feeds are fetched from.
struct Source {
    url: String,
    inner: RefCell<Inner>,
    /// `None` where the browser has none.
    channel: Option<JsValue>,
}

#[derive(Default)]
struct Inner {
    /// When the last answer came, and what it was.
    last: Option<(f64, Body)>,
    /// Not before this time.
    next: f64,
    busy: bool,
    timer: Option<Timeout>,
    hearers: Vec<Hearer>,
    /// What wakes the source: the page shows again, the network is back, another tab spoke.
    listeners: Vec<EventListener>,
}

struct Hearer {
    /// Whether this widget needs the state now; also tells hearers apart.
    wants: Rc<Cell<bool>>,
    hear: Rc<dyn Fn(Body)>,
}

/// A widget's share in a source. Dropped, it hears nothing more.
pub struct Follow {
    source: Rc<Source>,
    /// The form that the feed shall have, as the host said.
    pub format: Option<String>,
    wants: Rc<Cell<bool>>,
}

impl Follow {
    /// Hears every answer of `url`, beginning with the last one if there is one. Nothing is
    /// fetched before [`Follow::want`] says so.
    pub fn new(url: &str, format: Option<String>, hear: impl Fn(Body) + 'static) -> Follow {
        let source = Source::of(url);
        let wants = Rc::new(Cell::new(false));
        let hear: Rc<dyn Fn(Body)> = Rc::new(hear);
        let last = {
            let mut inner = source.inner.borrow_mut();
            inner.hearers.push(Hearer { wants: wants.clone(), hear: hear.clone() });
            inner.last.clone()
        };
        if let Some((at, body)) = last
            && Date::now() - at < 2.0 * MINUTE
        {
            hear(body);
        }
        Follow { source, format, wants }
    }

    /// Whether the state is needed: an open widget, or a person who waits for news. When nobody
    /// needs it, nothing is fetched.
    pub fn want(&self, wanted: bool) {
        if self.wants.replace(wanted) != wanted && wanted {
            self.source.wake();
        }
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.source.url
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        let mut inner = self.source.inner.borrow_mut();
        inner.hearers.retain(|hearer| !Rc::ptr_eq(&hearer.wants, &self.wants));
    }
}

impl Source {
    fn of(url: &str) -> Rc<Source> {
        let known = SOURCES.with_borrow(|all| all.iter().find(|one| one.url == url).cloned());
        known.unwrap_or_else(|| {
            let source = Source::new(url);
            SOURCES.with_borrow_mut(|all| all.push(source.clone()));
            source
        })
    }

    fn new(url: &str) -> Rc<Source> {
        let name = js::text(&["unstuck-feed:", url].concat());
        let channel = js::new("BroadcastChannel", &[&name]).ok();
        let source =
            Rc::new(Source { url: url.to_owned(), inner: RefCell::new(Inner::default()), channel });
        let mut listeners = Vec::new();
        let mut listen = |target: JsValue, name: &'static str| {
            let source = source.clone();
            listeners.push(EventListener::new(target.unchecked_ref(), name, move |event| {
                // Another tab speaks in messages; whatever else happens is a reason to look again.
                match get(event, "data") {
                    data if data.is_undefined() => source.wake(),
                    data => source.told(&data),
                }
            }));
        };
        listen(js_sys::global().into(), "online");
        listen(js::global("document"), "visibilitychange");
        if let Some(channel) = &source.channel {
            listen(channel.clone(), "message");
            // Another tab may have it already.
            let _ = js::call(channel, "postMessage", &[&JsValue::TRUE]);
            source.inner.borrow_mut().next = Date::now() + ASKING;
        }
        source.inner.borrow_mut().listeners = listeners;
        source
    }

    /// Fetches if it is time and someone needs it; else sees to it that it happens in time.
    fn wake(self: &Rc<Self>) {
        let mut inner = self.inner.borrow_mut();
        inner.timer = None;
        if inner.busy || !inner.hearers.iter().any(|hearer| hearer.wants.get()) || !awake() {
            return;
        }
        let source = self.clone();
        let left = inner.next - Date::now();
        if left > 0.0 {
            let timer = Timeout::new(left.min(LONGEST) as u32 + 1, move || source.wake());
            inner.timer = Some(timer);
            return;
        }
        inner.busy = true;
        drop(inner);
        spawn_local(async move {
            let (body, wait) = fetch(&source.url).await;
            source.inner.borrow_mut().busy = false;
            let body = body.map(Rc::new);
            source.tell(&body, wait);
            source.take(body, Date::now(), wait);
        });
    }

    /// An answer, from the network or from another tab.
    fn take(self: &Rc<Self>, body: Body, at: f64, wait: f64) {
        let hearers: Vec<_> = {
            let mut inner = self.inner.borrow_mut();
            inner.last = Some((at, body.clone()));
            inner.next = at + wait.clamp(MINUTE, LONGEST) + js_sys::Math::random() * JITTER;
            inner.hearers.iter().map(|hearer| hearer.hear.clone()).collect()
        };
        for hear in hearers {
            hear(body.clone());
        }
        self.wake();
    }

    /// Hands an answer to the other tabs.
    fn tell(&self, body: &Body, wait: f64) {
        let Some(channel) = &self.channel else { return };
        let body = body.as_ref().filter(|body| body.len() <= LIMIT);
        let bytes = body.map_or(JsValue::NULL, |body| Uint8Array::from(&body[..]).into());
        let message = object(&[
            ("at", &JsValue::from_f64(Date::now())),
            ("wait", &JsValue::from_f64(wait)),
            ("body", &bytes),
        ]);
        let _ = js::call(channel, "postMessage", &[&message]);
    }

    /// Another tab asks (`true`), or hands over what it fetched.
    fn told(self: &Rc<Self>, message: &JsValue) {
        let last = self.inner.borrow().last.clone();
        if message.as_bool() == Some(true) {
            if let Some((at, body)) = last
                && Date::now() - at < MINUTE
            {
                self.tell(&body, at + MINUTE - Date::now());
            }
            return;
        }
        let (Some(at), Some(wait)) = (get(message, "at").as_f64(), get(message, "wait").as_f64())
        else {
            return;
        };
        let bytes = get(message, "body").dyn_into::<Uint8Array>().ok();
        let fits = bytes.as_ref().is_none_or(|bytes| bytes.length() as usize <= LIMIT);
        // A tab with another clock must not put this one to sleep.
        if fits && (Date::now() - at).abs() < MINUTE && !self.inner.borrow().busy {
            self.take(bytes.map(|bytes| Rc::new(bytes.to_vec())), Date::now(), wait);
        }
    }
}

/// Whether this page is looked at and has a network.
fn awake() -> bool {
    get(&js::global("navigator"), "onLine").is_truthy()
        && !get(&js::global("document"), "hidden").is_truthy()
}

/// One request: the body, if it came whole and in time, and for how many milliseconds the server
/// wants to be left alone.
async fn fetch(url: &str) -> (Option<Vec<u8>>, f64) {
    ask(url).await.unwrap_or((None, 0.0))
}

/// One answer of an address that nobody follows.
pub async fn once(url: &str) -> Option<Vec<u8>> {
    fetch(url).await.0
}

async fn ask(url: &str) -> Result<(Option<Vec<u8>>, f64), JsValue> {
    let init = object(&[
        ("credentials", &js::text("omit")),
        ("referrerPolicy", &js::text("no-referrer")),
        // A server that says nothing of caching would be taken at the word of hours ago.
        ("cache", &js::text("no-cache")),
        ("signal", &js::timeout(PATIENCE)),
    ]);
    let answer = js::wait(js::call(&js_sys::global(), "fetch", &[&js::text(url), &init])?).await?;
    let header = js::call(&get(&answer, "headers"), "get", &[&js::text("Retry-After")])?;
    let wait = header.as_string().map_or(0.0, |text| {
        let seconds = text.trim().parse::<u32>().map(f64::from);
        seconds.map_or_else(|_| Date::parse(&text) - Date::now(), |seconds| seconds * 1_000.0)
    });
    let wait = if wait.is_finite() { wait } else { 0.0 };
    let body = if get(&answer, "ok").is_truthy() { read(&answer).await.ok() } else { None };
    Ok((body, wait))
}

/// The body. Its reading is given up as soon as it is too long, which who reads it then sees.
async fn read(answer: &JsValue) -> Result<Vec<u8>, JsValue> {
    let reader = js::call(&get(answer, "body"), "getReader", &[])?;
    let mut bytes = Vec::new();
    while bytes.len() <= LIMIT {
        let part = js::wait(js::call(&reader, "read", &[])?).await?;
        if get(&part, "done").is_truthy() {
            return Ok(bytes);
        }
        bytes.extend(get(&part, "value").dyn_into::<Uint8Array>()?.to_vec());
    }
    let _ = js::call(&reader, "cancel", &[]);
    Ok(bytes)
}
