//! The queue of reports in the browser's storage, which all tabs share: read, changed and written in
//! one go under a lock where the browser has locks. Its rules are the core's (`handover::Queue`).

use std::cell::RefCell;
use std::rc::Rc;

use unstuck_core::handover::{Item, Kept, Queue, read_queue, retry_at, write_queue};
use unstuck_core::wire::{Reader, Writer};
use wasm_bindgen::prelude::*;

use super::{js, post, storage};

/// How long what was not sent is kept, in milliseconds: as drafts, 7 days.
const KEPT_FOR: u64 = 7 * 24 * 3_600_000;

/// The queue of one person and product.
#[derive(Clone)]
pub struct Shelf {
    /// Where it lies in the browser's storage.
    pub key: String,
    /// Stands in where nothing can be stored: then it lives as long as the page.
    pub memory: Rc<RefCell<Queue>>,
    /// This tab's own name.
    pub tab: Rc<str>,
}

/// A change of the queue.
pub type Change = Box<dyn FnOnce(&mut Queue)>;

/// Where reports go.
#[derive(Clone)]
pub struct Target {
    /// Address.
    pub url: String,
    /// Which cookies go along.
    pub credentials: String,
    /// Whether the receiver is Zendesk: no header of our own.
    pub zendesk: bool,
    /// Headers of the host, such as a token of its own.
    pub headers: Vec<(String, String)>,
}

impl Shelf {
    /// The reports as they lie there now.
    pub fn read(&self) -> Queue {
        let Some(text) = storage::read(&self.key) else { return self.memory.borrow().clone() };
        let bytes: Option<Vec<u8>> =
            text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        // A broken record must not keep new reports from being sent.
        let mut queue =
            read_queue(&mut Reader::new(&bytes.unwrap_or_default())).unwrap_or_default();
        // Browsers carry what one tab wrote to the other a moment later, locks or not: what this tab
        // knows to have arrived does not come back.
        queue.learn(&self.memory.borrow().arrived);
        queue
    }

    fn write(&self, queue: &Queue) {
        self.memory.replace(queue.clone());
        if queue.items.is_empty() && queue.arrived.is_empty() {
            return storage::remove(&self.key);
        }
        let mut out = Writer::new();
        write_queue(queue, &mut out);
        let text: String = out.into_bytes().into_iter().map(char::from).collect();
        if !storage::write(&self.key, &text) {
            storage::remove(&self.key);
        }
    }

    /// Reads, changes and writes, with no other tab in between where the browser has locks. Gives what
    /// `change` gave.
    async fn change<T: 'static>(
        &self,
        change: impl FnOnce(&mut Queue) -> T + 'static,
    ) -> Option<T> {
        let done = Rc::new(RefCell::new(None));
        let slot = done.clone();
        self.turn(Box::new(move |queue| {
            slot.replace(Some(change(queue)));
        }))
        .await;
        done.take()
    }

    /// As [`change`](Self::change), in one piece of code for all of them.
    async fn turn(&self, change: Change) {
        let (shelf, change) = (self.clone(), Rc::new(RefCell::new(Some(change))));
        let own = change.clone();
        let turn = move || {
            if let Some(change) = own.borrow_mut().take() {
                let mut queue = shelf.read();
                let before = queue.clone();
                queue.forget(js_sys::Date::now() as u64, KEPT_FOR);
                change(&mut queue);
                // A look alone writes nothing: it could undo what another tab wrote just now.
                if queue == before {
                    shelf.memory.replace(queue);
                } else {
                    shelf.write(&queue);
                }
            }
        };
        let locks = js::get(&js::global("navigator"), "locks");
        if locks.is_object() {
            let turn = Closure::<dyn FnMut()>::new(turn.clone());
            let asked = js::call(&locks, "request", &[&js::text(&self.key), turn.as_ref()]);
            if let Ok(promise) = asked {
                let _ = js::wait(promise).await;
            }
        }
        // Without locks, or where they are refused: better together with another tab than not at all.
        turn();
    }

    /// Changes the queue, transmits what is due, one report after another, and tells how each one
    /// stands then: `None` once it has arrived. `eager` ends their pauses first, never `Retry-After`.
    pub async fn transmit(
        &self,
        change: Change,
        target: &Target,
        eager: bool,
        tell: impl Fn(String, Option<Kept>),
    ) {
        // A new report is put there and taken in one go, so that no other tab takes it, too.
        let mut change = Some(change);
        loop {
            let (now, tab, first) = (js_sys::Date::now() as u64, self.tab.clone(), change.take());
            let claim = move |queue: &mut Queue| {
                if let Some(change) = first {
                    change(queue);
                    if eager {
                        queue.hurry(now);
                    }
                }
                queue.claim(now, &tab)
            };
            let claimed = self.change(claim).await.flatten();
            let Some(Item { id, body, .. }) = claimed else { return };
            tell(id.clone(), Some(Kept::Sending));
            let (status, wait) = post(target, &id, &body).await;
            let (now, tab, own) = (js_sys::Date::now() as u64, self.tab.clone(), id.clone());
            let settle = move |queue: &mut Queue| {
                queue.settle(&own, &tab, now, status, retry_at(&wait, now))
            };
            // Without a turn at the queue nothing is known; the next look at it tells.
            let Some(kept) = self.change(settle).await else { return };
            tell(id, kept);
        }
    }
}
