//! The queue of reports under random faults: a network that loses requests and answers, a server
//! that refuses, tabs that are closed in the middle of it, two of them at once.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use proptest::prelude::*;
use std::collections::BTreeMap;
use unstuck_core::handover::{
    DAY, Format, Item, Kept, LEASE, Queue, TRIES, read_queue, write_queue,
};
use unstuck_core::wire::{Reader, Writer};

#[derive(Clone, Copy, Debug)]
enum Fate {
    /// The request never gets there.
    Lost,
    /// The server takes it.
    Taken,
    /// The server takes it, and its answer is lost.
    AnswerLost,
    /// 500 before or after it was taken.
    Broken(bool),
    /// 429, with so many seconds in `Retry-After`.
    Busy(u64),
    /// 400.
    Refused,
    /// The tab is closed before an answer comes.
    Closed(bool),
}

#[derive(Clone, Debug)]
enum Event {
    Send(bool),
    /// A tab looks at the queue.
    Look(usize, bool, Fate),
    Pass(u64),
    Again(usize),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        2 => Just(Fate::Lost),
        3 => Just(Fate::Taken),
        2 => Just(Fate::AnswerLost),
        1 => any::<bool>().prop_map(Fate::Broken),
        1 => (1..4_000u64).prop_map(Fate::Busy),
        1 => Just(Fate::Refused),
        2 => any::<bool>().prop_map(Fate::Closed),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => any::<bool>().prop_map(Event::Send),
        8 => (0..2usize, any::<bool>(), fate()).prop_map(|(tab, eager, fate)| Event::Look(tab, eager, fate)),
        4 => prop_oneof![1..2_000u64, 10_000..120_000u64, 3_600_000..9_000_000u64].prop_map(Event::Pass),
        1 => (0..8usize).prop_map(Event::Again),
    ]
}

/// Server, device and clock.
#[derive(Default)]
struct World {
    now: u64,
    /// The stored record.
    record: Vec<u8>,
    /// How often the server took each key.
    taken: BTreeMap<String, u32>,
    /// What a tab was last told about each report; `None` is "Sent".
    told: BTreeMap<String, Option<Kept>>,
    sent: Vec<(String, Format)>,
    /// Earliest time at which the server wants to hear of a key again.
    wait: BTreeMap<String, u64>,
    decided: BTreeMap<String, u32>,
    tries: BTreeMap<String, u32>,
}

impl World {
    fn read(&self) -> Queue {
        if self.record.is_empty() {
            return Queue::default();
        }
        read_queue(&mut Reader::new(&self.record)).unwrap()
    }

    fn write(&mut self, queue: &Queue) {
        let mut out = Writer::new();
        write_queue(queue, &mut out);
        self.record = out.into_bytes();
    }

    fn change<T>(&mut self, change: impl FnOnce(&mut Queue) -> T) -> T {
        let mut queue = self.read();
        let result = change(&mut queue);
        self.write(&queue);
        result
    }

    fn send(&mut self, zendesk: bool) {
        let id = format!("report-{}", self.sent.len());
        let format = if zendesk { Format::Zendesk } else { Format::Unstuck };
        self.sent.push((id.clone(), format));
        let item = Item::new(&id, "{}".into(), format, self.now);
        self.change(|queue| queue.push(item));
    }

    fn look(&mut self, tab: &str, eager: bool, fate: Fate, rival: bool) {
        let now = self.now;
        let claimed = self.change(|queue| {
            if eager {
                queue.hurry(now);
            }
            queue.claim(now, tab)
        });
        let Some(item) = claimed else { return };
        let other = match rival {
            true => self.change(|queue| hurried(queue, now, "another")),
            false => None,
        };
        assert!(other.as_ref().is_none_or(|other| other.id != item.id), "two tabs, one report");
        if let Some(other) = other {
            // It gets lost, so that this world stays simple.
            self.settled(&other.id, "another", 0, None);
        }
        let wait = self.wait.get(&item.id).copied().unwrap_or(0);
        assert!(now >= wait, "{} before Retry-After {wait}", now);
        *self.tries.entry(item.id.clone()).or_default() += 1;
        let takes = matches!(
            fate,
            Fate::Taken | Fate::AnswerLost | Fate::Broken(true) | Fate::Closed(true)
        );
        if takes {
            *self.taken.entry(item.id.clone()).or_default() += 1;
        }
        self.now += 400;
        match fate {
            Fate::Taken => self.settled(&item.id, tab, 201, None),
            Fate::Lost | Fate::AnswerLost => self.settled(&item.id, tab, 0, None),
            Fate::Broken(_) => self.settled(&item.id, tab, 500, None),
            Fate::Refused => self.settled(&item.id, tab, 400, None),
            Fate::Busy(seconds) => {
                let at = self.now + seconds * 1_000;
                self.wait.insert(item.id.clone(), at);
                self.settled(&item.id, tab, 429, Some(at));
            }
            Fate::Closed(_) => {}
        }
    }

    fn settled(&mut self, id: &str, tab: &str, status: u16, retry_at: Option<u64>) {
        let now = self.now;
        let kept = self.change(|queue| queue.settle(id, tab, now, status, retry_at));
        self.told.insert(id.to_owned(), kept);
    }

    /// What must hold after every event.
    fn check(&self) {
        let queue = self.read();
        for (id, format) in &self.sent {
            let taken = self.taken.get(id).copied().unwrap_or(0);
            match queue.get(id) {
                None => assert!(taken > 0, "{id} is lost"),
                Some(item) => {
                    assert_eq!(item.body, "{}");
                    assert!(item.tries <= TRIES);
                }
            }
            if let Some(None) = self.told.get(id) {
                assert!(taken > 0, "{id} is shown as sent and did not arrive");
            }
            if *format == Format::Zendesk {
                let decided = self.decided.get(id).copied().unwrap_or(0);
                assert!(taken <= 1 + decided, "{id} arrived twice, and nobody decided so");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn each_report_arrives_once_by_its_key_or_is_still_there_and_the_state_shown_is_true(
        events in proptest::collection::vec(event(), 1..80),
    ) {
        let mut world = World { now: 1_795_132_800_000, ..World::default() };
        for event in events {
            match event {
                Event::Send(zendesk) => world.send(zendesk),
                Event::Look(tab, eager, fate) => world.look(["left", "right"][tab], eager, fate, true),
                Event::Pass(ms) => world.now += ms,
                Event::Again(n) => {
                    let Some((id, _)) = world.sent.get(n).cloned() else { continue };
                    let now = world.now;
                    let kept = world.read().get(&id).map(|item| item.kept);
                    if matches!(kept, Some(Kept::Refused(_) | Kept::GaveUp | Kept::MayHaveArrived)) {
                        *world.decided.entry(id.clone()).or_default() += 1;
                        world.change(|queue| queue.again(&id, now));
                    }
                }
            }
            world.check();
        }
        // Everything works again: what waits arrives within the day, one tab is enough.
        for _ in 0..200 {
            let Some(due) = world.read().due(world.now) else { break };
            world.now = world.now.max(due);
            world.look("left", false, Fate::Taken, false);
            world.check();
        }
        for item in world.read().items {
            let told = matches!(item.kept, Kept::Refused(_) | Kept::GaveUp | Kept::MayHaveArrived);
            prop_assert!(told, "{item:?} waits for ever");
        }
    }

    #[test]
    fn any_bytes_are_a_queue_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(queue) = read_queue(&mut Reader::new(&bytes)) {
            let mut out = Writer::new();
            write_queue(&queue, &mut out);
            prop_assert_eq!(read_queue(&mut Reader::new(&out.into_bytes())), Ok(queue));
        }
    }
}

/// A try that does not wait for the end of a pause, as when the page is loaded.
fn hurried(queue: &mut Queue, now: u64, tab: &str) -> Option<Item> {
    queue.hurry(now);
    queue.claim(now, tab)
}

fn queue(format: Format) -> Queue {
    Queue { items: vec![Item::new("a", "{}".into(), format, 0)], ..Queue::default() }
}

#[test]
fn two_hundred_reports_arrive_exactly_once_by_their_keys() {
    // Of a hundred requests 15 are lost, and 10 answers; 8 get a 500, 6 a 429, 5 a closed tab.
    let mut world = World { now: 1_795_132_800_000, ..World::default() };
    for _ in 0..200 {
        world.send(false);
    }
    let mut n = 0u64;
    while let Some(due) = world.read().due(world.now) {
        world.now = world.now.max(due);
        n += 1;
        let chance = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(n << 17) >> 33;
        let fate = match chance % 100 {
            0..15 => Fate::Lost,
            15..25 => Fate::AnswerLost,
            25..33 => Fate::Broken(n.is_multiple_of(2)),
            33..39 => Fate::Busy(90),
            39..44 => Fate::Closed(true),
            _ => Fate::Taken,
        };
        world.look(if n.is_multiple_of(2) { "left" } else { "right" }, false, fate, false);
        world.check();
        assert!(n < 20_000);
    }
    assert_eq!(world.taken.len(), 200, "each key counts once at the server");
    assert_eq!(world.read().items, Queue::default().items);
}

#[test]
fn a_report_is_handed_back_after_twelve_tries_or_a_day() {
    let mut tried = queue(Format::Unstuck);
    let mut now = 0;
    for n in 1..=TRIES {
        assert!(hurried(&mut tried, now, "tab").is_some(), "{n}");
        tried.settle("a", "tab", now, 503, None);
        now += 60_000;
    }
    assert_eq!(tried.get("a").unwrap().kept, Kept::GaveUp);
    let mut old = queue(Format::Unstuck);
    assert!(hurried(&mut old, DAY, "tab").is_none());
    assert_eq!(old.get("a").unwrap().kept, Kept::GaveUp);
    old.again("a", DAY);
    assert!(old.claim(DAY, "tab").is_some(), "the person may try anew");
}

#[test]
fn zendesk_is_never_asked_twice_by_itself_once_a_body_may_have_left() {
    for status in [0, 500, 503] {
        let mut queue = queue(Format::Zendesk);
        queue.claim(0, "tab").unwrap();
        assert_eq!(queue.settle("a", "tab", 1, status, None), Some(Kept::MayHaveArrived));
        assert!(hurried(&mut queue, DAY / 2, "tab").is_none());
    }
    let mut closed = queue(Format::Zendesk);
    closed.claim(0, "tab").unwrap();
    assert!(hurried(&mut closed, LEASE + 1, "other").is_none());
    assert_eq!(closed.get("a").unwrap().kept, Kept::MayHaveArrived);
    let mut busy = queue(Format::Zendesk);
    busy.claim(0, "tab").unwrap();
    assert_eq!(busy.settle("a", "tab", 1, 429, Some(5)), Some(Kept::Refused(429)));
}

#[test]
fn a_late_answer_of_a_tab_that_lost_its_turn_only_counts_when_it_says_arrived() {
    let mut queue = queue(Format::Unstuck);
    queue.claim(0, "slow").unwrap();
    hurried(&mut queue, LEASE, "quick").unwrap();
    assert_eq!(queue.settle("a", "slow", LEASE + 1, 500, None), Some(Kept::Sending));
    assert_eq!(queue.settle("a", "slow", LEASE + 2, 200, None), None);
    assert_eq!(queue.settle("a", "quick", LEASE + 3, 500, None), None);
    assert!(queue.items.is_empty());
    assert_eq!(queue.stands("a"), Some(None), "it is known to have arrived");
    assert_eq!(queue.stands("b"), None, "nothing is known of another");
}

#[test]
fn a_clock_that_is_set_back_holds_nothing_for_ever() {
    let year = 365 * DAY;
    let mut queue = Queue {
        items: vec![Item::new("a", "{}".into(), Format::Unstuck, year)],
        ..Queue::default()
    };
    queue.claim(year, "gone").unwrap();
    assert!(hurried(&mut queue, 0, "tab").is_some());
    queue.settle("a", "tab", 0, 503, Some(year));
    assert!(queue.due(0).unwrap() <= DAY);
}
