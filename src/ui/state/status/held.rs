//! What the widget holds about the services: the last word on them, and what the person said of it.
//! What is in trouble is `trouble`'s matter.

use core::ops::{Deref, DerefMut};

use unstuck_core::status::{Feed, Planned, Watch};

/// What the widget knows of the services, and what the person said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    /// The last word; `None` before the first answer.
    pub feed: Option<Feed>,
    /// When it came.
    pub at: u64,
    /// Planned work to tell of.
    pub planned: Vec<Planned>,
    /// When that was looked up.
    pub(in crate::ui::state) planned_at: u64,
    /// What the person has something else than.
    pub aside: Watch,
    /// "Tell me when it is fixed".
    pub waiting: Option<Waiting>,
    /// What works again since a person waited for it.
    pub fixed: Option<Fixed>,
}

/// [`Status`], whose inside only the second file has to know: with it goes the code that drops it.
#[derive(Default)]
pub struct Held(Option<Box<dyn Hold>>);

/// What [`Held`] asks of it.
trait Hold {
    fn get(&self) -> &Status;
    fn get_mut(&mut self) -> &mut Status;
}

impl Hold for Status {
    fn get(&self) -> &Status {
        self
    }
    fn get_mut(&mut self) -> &mut Status {
        self
    }
}

impl Deref for Held {
    type Target = Status;

    fn deref(&self) -> &Status {
        static NOTHING: Status = Status {
            feed: None,
            at: 0,
            planned: Vec::new(),
            planned_at: 0,
            aside: Watch { services: Vec::new(), incidents: Vec::new() },
            waiting: None,
            fixed: None,
        };
        self.0.as_ref().map_or(&NOTHING, |held| held.get())
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut Status {
        self.0.get_or_insert_with(|| Box::new(Status::default())).get_mut()
    }
}

/// What a person waits for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiting {
    /// Services and incidents.
    pub watch: Watch,
    /// The end of planned work that only `kb.toml` tells of, in milliseconds since 1970; else 0.
    pub until: u64,
    /// Whether a notification was allowed after the press.
    pub notify: bool,
}

/// What works again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fixed {
    /// Since when it is known.
    pub at: u64,
    /// The services in words; may be empty.
    pub services: String,
    /// Whether the person has met it.
    pub seen: bool,
}
