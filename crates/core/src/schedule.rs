//! Spans of local time that come back: maintenance windows, hours of support, calling windows.
//! Here the next window is found, across months and changes of the clocks. Zones are known to
//! whoever implements [`Zones`]; what a window means is its owner's matter.

use crate::calendar::{DAY_MS, civil, day_of, weekday};
use crate::model::{Days, Span, Week, Weekday};

/// Knows how far a zone is from UTC. The widget asks the browser, tools ask a native crate.
pub trait Zones {
    /// Minutes to add to UTC in `zone` at `at` (milliseconds since 1970); `None` for a zone that
    /// is not known.
    fn offset_minutes(&self, zone: &str, at: u64) -> Option<i32>;
}

/// No window begins from this day on: the year 9999 ends.
const LAST_DAY: i32 = 2_932_897;

/// From when until when, in milliseconds since 1970; the end is no longer part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// When it begins.
    pub from: u64,
    /// When it ends; after `from`.
    pub to: u64,
}

impl Window {
    /// Whether an instant lies within.
    pub fn contains(self, at: u64) -> bool {
        self.from <= at && at < self.to
    }
}

/// What a schedule says of an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The instant lies within this window, or this is the next one after it.
    Window(Window),
    /// None comes any more.
    Never,
    /// No zone of the schedule is known, so nobody can say.
    Unknown,
}

/// The first window of some spans that ends after `now`: the one that is open, or else the next.
/// Of two that are open the one that began first. Spans whose zone is not known are left out.
///
/// A window belongs to the day on which it begins, so one from 22:00 to 02:00 on Fridays ends on
/// Saturday, and one from 06:00 to 06:00 takes a whole day. A time that the clocks leave out counts as the one after the change, a time that
/// comes twice as the first; a window that thereby becomes empty does not take place.
///
/// ```
/// use unstuck_core::model::{Days, Span, Week, Weekday};
/// use unstuck_core::schedule::{Next, Window, Zones, next};
///
/// struct Utc;
/// impl Zones for Utc {
///     fn offset_minutes(&self, zone: &str, _: u64) -> Option<i32> {
///         (zone == "Etc/UTC").then_some(0)
///     }
/// }
/// let days = Days::Monthly(Week::First, Weekday::Sunday);
/// let span = Span { days, from: 120, to: 240, zone: "-05:00".into() };
/// // 21 November 2026; the window is on 6 December from 07:00 to 09:00 UTC.
/// let window = Window { from: 1_796_540_400_000, to: 1_796_547_600_000 };
/// assert_eq!(next(&[span], 1_795_255_200_000, &Utc), Next::Window(window));
/// ```
pub fn next(spans: &[Span], now: u64, zones: &dyn Zones) -> Next {
    let mut best = Next::Unknown;
    for span in spans {
        if offset(&span.zone, now, zones).is_none() {
            continue;
        }
        match (next_of(span, now, zones), best) {
            (Some(window), Next::Window(other)) if other.from <= window.from => {}
            (Some(window), _) => best = Next::Window(window),
            (None, Next::Unknown) => best = Next::Never,
            (None, _) => {}
        }
    }
    best
}

/// The first window of one span that ends after `now`.
fn next_of(span: &Span, now: u64, zones: &dyn Zones) -> Option<Window> {
    let today = i32::try_from(now / DAY_MS).ok().filter(|day| *day < LAST_DAY)?;
    let look = |day: i32| -> Option<Window> {
        let from = instant(&span.zone, day, span.from, zones)?;
        let over_midnight = span.to <= span.from;
        let to = instant(&span.zone, day + i32::from(over_midnight), span.to, zones)?;
        (from < to && to > now).then_some(Window { from, to })
    };
    match &span.days {
        Days::Dates(days) => days
            .iter()
            .filter_map(|day| look(i32::try_from(*day).ok().filter(|day| *day < LAST_DAY)?))
            .min_by_key(|window| window.from),
        // Zones are up to 14 hours away, and a window may have begun the day before. Twelve weeks
        // hold the longest gap of a month, even when the clocks swallow a window.
        days => (today - 2..today + 84).filter(|day| falls_on(days, *day)).find_map(look),
    }
}

/// Whether a window begins on that day.
fn falls_on(days: &Days, day: i32) -> bool {
    let of_week = weekday(day);
    match days {
        Days::Weekly(first, last) => {
            let (first, last) = (place(*first), place(*last));
            if first <= last {
                (first..=last).contains(&of_week)
            } else {
                of_week >= first || of_week <= last
            }
        }
        Days::Monthly(week, on) => {
            let (year, month, of_month) = civil(day);
            let nth = match week {
                Week::First => 0,
                Week::Second => 1,
                Week::Third => 2,
                Week::Fourth => 3,
                // A week on it is another month.
                Week::Last => {
                    return of_week == place(*on) && day_of(year, month, of_month + 7).is_none();
                }
            };
            of_week == place(*on) && (of_month - 1) / 7 == nth
        }
        Days::Dates(days) => days.iter().any(|date| i32::try_from(*date) == Ok(day)),
    }
}

fn place(day: Weekday) -> usize {
    Weekday::ALL.iter().position(|other| *other == day).unwrap_or(0)
}

/// The instant of a local day and time. Before a change of the clocks and after it other offsets
/// hold; the change itself lies in between, so both are tried.
fn instant(zone: &str, day: i32, minutes: u16, zones: &dyn Zones) -> Option<u64> {
    let local = i64::from(day) * DAY_MS as i64 + i64::from(minutes) * 60_000;
    let offset = |at: i64| -> Option<i64> {
        let minutes = offset(zone, u64::try_from(at).unwrap_or(0), zones)?;
        Some(i64::from(minutes) * 60_000)
    };
    let before = offset(local - DAY_MS as i64)?;
    let after = offset(local + DAY_MS as i64)?;
    let first = local - before;
    let second = local - after;
    // Equal, or the earlier of two, or after a gap: the offset from before the change.
    let at = if before == after || offset(first)? == before || offset(second)? != after {
        first
    } else {
        second
    };
    u64::try_from(at).ok()
}

fn offset(zone: &str, at: u64, zones: &dyn Zones) -> Option<i32> {
    fixed_offset(zone).or_else(|| zones.offset_minutes(zone, at))
}

/// Minutes of a fixed offset such as `-05:00`, `+0530` or `UTC`; `None` for a zone's name.
///
/// ```
/// use unstuck_core::schedule::fixed_offset;
/// assert_eq!(fixed_offset("-05:00"), Some(-300));
/// assert_eq!(fixed_offset("UTC"), Some(0));
/// assert_eq!(fixed_offset("Europe/Berlin"), None);
/// ```
pub fn fixed_offset(zone: &str) -> Option<i32> {
    if matches!(zone, "UTC" | "Z" | "GMT") {
        return Some(0);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let hours: i32 = hours.parse().ok().filter(|hours| (0..=14).contains(hours))?;
    let minutes: i32 = match minutes {
        "" => 0,
        minutes => minutes.parse().ok().filter(|minutes| (0..60).contains(minutes))?,
    };
    Some(sign * (hours * 60 + minutes))
}
