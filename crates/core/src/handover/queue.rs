//! Reports that are kept until they have arrived: when each is transmitted, by which tab, and what
//! the person is told. A pure record: storing it, locking it and transmitting are the widget's
//! matter. Every change is read, change, write on the stored record, which all tabs share.

use crate::status::instant_of;
use crate::wire::{Reader, WireError, Writer};

/// Tries after which a report is handed back to the person.
pub const TRIES: u32 = 12;
/// Time after which it is handed back: 24 hours, in milliseconds.
pub const DAY: u64 = 24 * 3_600_000;
/// How long a tab may hold a report: twice the time-out of a POST, in milliseconds.
pub const LEASE: u64 = 30_000;
/// Minutes to the next try, by the tries so far; the last one for all further ones.
const PAUSES: [u64; 11] = [1, 1, 2, 4, 8, 15, 30, 60, 120, 240, 360];

/// Who takes the report, and so whether it may be transmitted again by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Our receiver, which counts a key once.
    #[default]
    Unstuck,
    /// Zendesk, which knows no keys: once a body may have left, only the person decides.
    Zendesk,
}

/// How it stands with a report that is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// Waits for its next try; shown as queued.
    #[default]
    Waiting,
    /// A tab is transmitting it; shown as sending.
    Sending,
    /// Tried for a day or twelve times; shown as not sent, with copy and mail.
    GaveUp,
    /// The receiver said no, with that HTTP status; shown as not sent, with copy and mail.
    Refused(u16),
    /// It left and no answer came; shown so, and the person decides.
    MayHaveArrived,
}

/// A report that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Id of the report and idempotency key.
    pub id: String,
    /// The body, as it is transmitted.
    pub body: String,
    /// Who takes it.
    pub format: Format,
    /// How it stands.
    pub kept: Kept,
    /// When the person sent it, in milliseconds since 1970, as all times here.
    pub since: u64,
    /// How often it was transmitted.
    pub tries: u32,
    /// When it is tried again by itself.
    pub next: u64,
    /// Not before this time, whatever happens: the receiver's `Retry-After`.
    pub not_before: u64,
    /// The tab that transmits it, and until when it may; empty for none.
    pub tab: String,
    /// End of that time.
    pub lease: u64,
}

impl Item {
    /// A report to transmit at once.
    pub fn new(id: &str, body: String, format: Format, now: u64) -> Item {
        Item { id: id.to_owned(), body, format, since: now, ..Item::default() }
    }

    /// Whether another tab may still be transmitting it. A clock that was set back does not hold
    /// it for longer.
    fn held(&self, now: u64) -> bool {
        self.kept == Kept::Sending && self.lease > now && self.lease - now <= LEASE
    }

    fn is_old(&self, now: u64) -> bool {
        self.tries >= TRIES || now.saturating_sub(self.since) >= DAY
    }

    /// Hands it back to the person or to the queue, after a try that did not arrive for sure.
    fn put_back(&mut self, now: u64, retry_at: Option<u64>) {
        self.tab.clear();
        let pause = PAUSES
            .get((self.tries as usize).saturating_sub(1))
            .or(PAUSES.last())
            .map_or(60_000, |minutes| minutes * 60_000);
        self.not_before = retry_at.map_or(0, |at| at.min(now + DAY));
        self.next = (now + pause).max(self.not_before);
        self.kept = match self.format {
            Format::Zendesk => Kept::MayHaveArrived,
            Format::Unstuck if self.is_old(now) => Kept::GaveUp,
            Format::Unstuck => Kept::Waiting,
        };
    }

    /// A tab that was closed while it transmitted: nobody knows what became of it.
    fn recover(&mut self, now: u64) {
        if self.kept == Kept::Sending && !self.held(now) {
            self.put_back(now, None);
            self.next = now;
        }
        if self.kept == Kept::Waiting && self.is_old(now) {
            self.kept = Kept::GaveUp;
        }
    }

    /// When it may be transmitted.
    fn turn(&self, now: u64) -> u64 {
        // Times that a clock set back has put far away count for nothing.
        let within = |at: u64| if at > now + DAY { now } else { at };
        within(self.next).max(within(self.not_before))
    }
}

/// All reports that are kept for one person and product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// In the order in which they were sent.
    pub items: Vec<Item>,
    /// Ids of the latest reports that arrived, so that other tabs, and this one after a reload, can
    /// tell so. What is neither here nor kept is not known to have arrived.
    pub arrived: Vec<String>,
}

/// Ids of arrived reports that are remembered.
const REMEMBERED: usize = 16;

impl Queue {
    /// Keeps a report. One that is kept already stays as it is: the same key is never two.
    pub fn push(&mut self, item: Item) {
        if self.get(&item.id).is_none() {
            self.items.push(item);
        }
    }

    /// The report of that id, if it is kept.
    pub fn get(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    /// How it stands with the report of that id: `Some(None)` when it has arrived, `None` when nothing
    /// is known of it.
    pub fn stands(&self, id: &str) -> Option<Option<Kept>> {
        match self.get(id) {
            Some(item) => Some(Some(item.kept)),
            None => self.arrived.iter().any(|arrived| arrived == id).then_some(None),
        }
    }

    /// Takes in which reports another look at the queue knew to have arrived: they are kept no more,
    /// whatever a record says that was written without knowing it.
    ///
    /// ```
    /// use unstuck_core::handover::{Format, Item, Queue};
    /// let mut queue = Queue::default();
    /// queue.push(Item::new("a", "{}".into(), Format::Unstuck, 1_000));
    /// queue.learn(&["a".to_owned()]);
    /// assert!(queue.items.is_empty());
    /// assert_eq!(queue.stands("a"), Some(None));
    /// ```
    pub fn learn(&mut self, arrived: &[String]) {
        self.items.retain(|item| !arrived.contains(&item.id));
        for id in arrived {
            if !self.arrived.contains(id) {
                self.remember(id);
            }
        }
    }

    fn remember(&mut self, id: &str) {
        self.arrived.push(id.to_owned());
        if self.arrived.len() > REMEMBERED {
            self.arrived.remove(0);
        }
    }

    /// Takes the next report to transmit for `tab`, whose own name is random, and counts the try.
    /// Write the record, and transmit only if this returned one.
    ///
    /// ```
    /// use unstuck_core::handover::{Format, Item, Kept, Queue};
    /// let mut queue = Queue::default();
    /// queue.push(Item::new("a", "{}".into(), Format::Unstuck, 1_000));
    /// assert_eq!(queue.claim(1_000, "tab-1").map(|item| item.id), Some("a".into()));
    /// assert!(queue.claim(1_000, "tab-2").is_none(), "one tab at a time");
    /// queue.settle("a", "tab-1", 2_000, 429, Some(600_000));
    /// queue.hurry(2_000);
    /// assert!(queue.claim(599_999, "tab-2").is_none(), "never before Retry-After");
    /// assert!(queue.claim(600_000, "tab-2").is_some());
    /// queue.settle("a", "tab-2", 600_500, 202, None);
    /// assert!(queue.items.is_empty());
    /// ```
    pub fn claim(&mut self, now: u64, tab: &str) -> Option<Item> {
        self.items.iter_mut().for_each(|item| item.recover(now));
        let item = self
            .items
            .iter_mut()
            .find(|item| item.kept == Kept::Waiting && item.turn(now) <= now)?;
        item.kept = Kept::Sending;
        item.tries += 1;
        item.lease = now + LEASE;
        item.tab = tab.to_owned();
        Some(item.clone())
    }

    /// A load of the page, a press or the network coming back ends the pauses of all that waits, once:
    /// a try that fails after it waits its time again. `Retry-After` is kept.
    ///
    /// ```
    /// use unstuck_core::handover::{Format, Item, Queue};
    /// let mut queue = Queue::default();
    /// queue.push(Item::new("a", "{}".into(), Format::Unstuck, 1_000));
    /// queue.claim(1_000, "tab");
    /// queue.settle("a", "tab", 2_000, 500, None);
    /// queue.hurry(3_000);
    /// assert!(queue.claim(3_000, "tab").is_some());
    /// queue.settle("a", "tab", 4_000, 500, None);
    /// assert!(queue.claim(4_000, "tab").is_none(), "not in a circle");
    /// ```
    pub fn hurry(&mut self, now: u64) {
        for item in self.items.iter_mut().filter(|item| item.kept == Kept::Waiting) {
            item.next = item.next.min(now);
        }
    }

    /// Enters how a transmission ended: HTTP status, 0 without an answer; the time of
    /// `Retry-After`, if it could be read. An arrived report leaves the queue. Gives how it stands
    /// with it afterwards, `None` when it has arrived, by this or another tab, or was taken out.
    pub fn settle(
        &mut self,
        id: &str,
        tab: &str,
        now: u64,
        status: u16,
        retry_at: Option<u64>,
    ) -> Option<Kept> {
        let at = self.items.iter().position(|item| item.id == id)?;
        // Whoever held it: an answer that it arrived is always true.
        if (200..300).contains(&status) {
            self.items.remove(at);
            self.remember(id);
            return None;
        }
        let item = self.items.get_mut(at)?;
        if item.kept == Kept::Sending && item.tab == tab {
            match status {
                0 | 500..=599 => item.put_back(now, retry_at),
                429 if item.format == Format::Unstuck => item.put_back(now, retry_at),
                status => {
                    item.tab.clear();
                    item.not_before = retry_at.map_or(0, |at| at.min(now + DAY));
                    item.kept = Kept::Refused(status);
                }
            }
        }
        Some(item.kept)
    }

    /// The person decides to send it once more: it starts afresh, under the same key.
    pub fn again(&mut self, id: &str, now: u64) {
        let item = self.items.iter_mut().find(|item| item.id == id && !item.held(now));
        if let Some(item) = item {
            let (format, body) = (item.format, core::mem::take(&mut item.body));
            *item = Item { not_before: item.not_before, ..Item::new(id, body, format, now) };
        }
    }

    /// Takes a report out, at the person's wish.
    pub fn remove(&mut self, id: &str) {
        self.items.retain(|item| item.id != id);
    }

    /// Forgets what is older than `age` milliseconds.
    pub fn forget(&mut self, now: u64, age: u64) {
        self.items.retain(|item| now.saturating_sub(item.since) < age);
    }

    /// When [`claim`](Queue::claim) has something to do by itself; `None` when nothing waits.
    pub fn due(&self, now: u64) -> Option<u64> {
        let turns = self.items.iter().filter_map(|item| match item.kept {
            Kept::Waiting => Some(item.turn(now)),
            Kept::Sending if item.held(now) => Some(item.lease),
            Kept::Sending => Some(now),
            _ => None,
        });
        turns.min()
    }
}

/// The time that a `Retry-After` header names: seconds from `now`, or a date (RFC 9110, 10.2.3).
///
/// ```
/// use unstuck_core::handover::retry_at;
/// assert_eq!(retry_at("120", 5_000), Some(125_000));
/// assert_eq!(retry_at("Sat, 21 Nov 2026 09:00:00 GMT", 0), Some(1_795_251_600_000));
/// assert_eq!(retry_at("soon", 0), None);
/// ```
pub fn retry_at(header: &str, now: u64) -> Option<u64> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(now + u64::from(header.parse::<u32>().unwrap_or(u32::MAX)) * 1_000);
    }
    instant_of(header)
}

/// Appends the queue.
pub fn write_queue(queue: &Queue, out: &mut Writer) {
    out.varint(queue.items.len() as u32);
    for item in &queue.items {
        out.text(&item.id);
        out.text(&item.body);
        let (kept, status) = match item.kept {
            Kept::Waiting => (0, 0),
            Kept::Sending => (1, 0),
            Kept::GaveUp => (2, 0),
            Kept::Refused(status) => (3, status),
            Kept::MayHaveArrived => (4, 0),
        };
        out.byte(kept | u8::from(item.format == Format::Zendesk) << 7);
        out.varint(u32::from(status));
        out.varint(item.tries);
        for time in [item.since, item.next, item.not_before, item.lease] {
            out.fixed64(time);
        }
        out.text(&item.tab);
    }
    out.varint(queue.arrived.len() as u32);
    for id in &queue.arrived {
        out.text(id);
    }
}

/// Reads what [`write_queue`] wrote.
pub fn read_queue(from: &mut Reader<'_>) -> Result<Queue, WireError> {
    let mut queue = Queue::default();
    for _ in 0..from.count()? {
        let (id, body) = (from.text()?.to_owned(), from.text()?.to_owned());
        let tag = from.byte()?;
        let status = from.varint()?;
        let kept = match tag & 0x7f {
            0 => Kept::Waiting,
            1 => Kept::Sending,
            2 => Kept::GaveUp,
            3 => Kept::Refused(u16::try_from(status).map_err(|_| WireError::Unknown(status))?),
            4 => Kept::MayHaveArrived,
            _ => return Err(WireError::Unknown(u32::from(tag))),
        };
        let format = if tag & 0x80 == 0 { Format::Unstuck } else { Format::Zendesk };
        let tries = from.varint()?;
        let mut times = [0; 4];
        for time in &mut times {
            *time = from.fixed64()?;
        }
        let [since, next, not_before, lease] = times;
        let tab = from.text()?.to_owned();
        queue.items.push(Item {
            id,
            body,
            format,
            kept,
            since,
            tries,
            next,
            not_before,
            tab,
            lease,
        });
    }
    for _ in 0..from.count()? {
        queue.arrived.push(from.text()?.to_owned());
    }
    Ok(queue)
}
