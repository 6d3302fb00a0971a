//! Windows that come back, against an independent calendar library over 24 months: every window of
//! that time, in zones of every sort, asked for at its edges and in between.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use jiff::civil::{Date, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use unstuck_core::model::{Days, Span, Week, Weekday};
use unstuck_core::schedule::{Next, Window, Zones, fixed_offset, next};

struct Jiff;

impl Zones for Jiff {
    fn offset_minutes(&self, zone: &str, at: u64) -> Option<i32> {
        let zone = TimeZone::get(zone).ok()?;
        let at = Timestamp::from_millisecond(at as i64).ok()?;
        Some(zone.to_offset(at).seconds() / 60)
    }
}

fn jiff_zone(zone: &str) -> TimeZone {
    match fixed_offset(zone) {
        Some(minutes) => TimeZone::fixed(Offset::from_seconds(minutes * 60).unwrap()),
        None => TimeZone::get(zone).unwrap(),
    }
}

fn jiff_day(day: Weekday) -> jiff::civil::Weekday {
    let at = Weekday::ALL.iter().position(|other| *other == day).unwrap();
    jiff::civil::Weekday::from_monday_zero_offset(at as i8).unwrap()
}

/// Whether a window begins on that date, by the library's own ways.
fn begins(days: &Days, on: Date) -> bool {
    match days {
        Days::Weekly(first, last) => {
            let mut day = jiff_day(*first);
            loop {
                if day == on.weekday() {
                    return true;
                }
                if day == jiff_day(*last) {
                    return false;
                }
                day = day.next();
            }
        }
        Days::Monthly(week, day) => {
            let nth = match week {
                Week::First => 1,
                Week::Second => 2,
                Week::Third => 3,
                Week::Fourth => 4,
                Week::Last => -1,
            };
            on.nth_weekday_of_month(nth, jiff_day(*day)).unwrap() == on
        }
        Days::Dates(days) => {
            let epoch = date(1970, 1, 1);
            days.iter().any(|day| epoch.checked_add(i64::from(*day).days()).unwrap() == on)
        }
    }
}

/// Every window that begins in the years 2025 to 2027, in the order of beginning.
fn all_windows(span: &Span) -> Vec<Window> {
    let zone = jiff_zone(&span.zone);
    let instant = |on: Date, minutes: u16| {
        let time = on.at(0, 0, 0, 0).checked_add(i64::from(minutes).minutes()).unwrap();
        let zoned = zone.to_ambiguous_zoned(time).compatible().unwrap();
        zoned.timestamp().as_millisecond() as u64
    };
    let mut out = Vec::new();
    let mut on = date(2025, 1, 1);
    while on < date(2028, 1, 1) {
        if begins(&span.days, on) {
            let ends = if span.to <= span.from { on.tomorrow().unwrap() } else { on };
            let window = Window { from: instant(on, span.from), to: instant(ends, span.to) };
            if window.from < window.to {
                out.push(window);
            }
        }
        on = on.tomorrow().unwrap();
    }
    out.sort_by_key(|window| window.from);
    out
}

fn day_number(on: Date) -> u32 {
    date(1970, 1, 1).until(on).unwrap().get_days() as u32
}

fn spans(zone: &str) -> Vec<Span> {
    let monthly = |week, day| Days::Monthly(week, day);
    let days = [
        monthly(Week::First, Weekday::Sunday),
        monthly(Week::Second, Weekday::Tuesday),
        monthly(Week::Third, Weekday::Friday),
        monthly(Week::Fourth, Weekday::Monday),
        monthly(Week::Last, Weekday::Sunday),
        Days::Weekly(Weekday::Sunday, Weekday::Sunday),
        Days::Weekly(Weekday::Friday, Weekday::Monday),
        Days::default(),
        // The days on which clocks change, and others.
        Days::Dates(
            [
                date(2025, 3, 9),
                date(2025, 3, 30),
                date(2025, 4, 6),
                date(2025, 10, 26),
                date(2025, 11, 2),
                date(2026, 10, 4),
                date(2026, 2, 28),
                date(2026, 12, 31),
            ]
            .map(day_number)
            .to_vec(),
        ),
    ];
    // Around the changes of the clocks (two and three o'clock), over midnight, whole days.
    let times =
        [(120, 240), (130, 150), (60, 120), (1_380, 180), (0, 1_440), (360, 360), (90, 105)];
    let mut out = Vec::new();
    for days in days {
        for (from, to) in times {
            out.push(Span { days: days.clone(), from, to, zone: zone.into() });
        }
    }
    out
}

fn compare(zone: &str) {
    let start = Timestamp::from_second(1_735_689_600 + 7 * 86_400).unwrap().as_millisecond() as u64;
    let end = start + 24 * 30 * 86_400_000;
    for span in spans(zone) {
        let windows = all_windows(&span);
        let mut asked: Vec<u64> = (start..end).step_by(37 * 3_600_000 + 660_000).collect();
        for window in windows.iter().filter(|window| window.from > start && window.to < end) {
            asked.extend([window.from - 1, window.from, window.to - 1, window.to]);
        }
        asked.sort_unstable();
        let mut at = 0;
        for now in asked {
            // Windows of one span that touch or overlap still end in the order they begin in.
            while windows.get(at).is_some_and(|window| window.to <= now) {
                at += 1;
            }
            let expected = windows.get(at).map_or(Next::Never, |window| Next::Window(*window));
            assert_eq!(
                next(core::slice::from_ref(&span), now, &Jiff),
                expected,
                "{span:?} at {now}"
            );
        }
    }
}

#[test]
fn windows_of_new_york_are_those_of_the_library() {
    compare("America/New_York");
}

#[test]
fn windows_of_berlin_are_those_of_the_library() {
    compare("Europe/Berlin");
}

#[test]
fn windows_of_lord_howe_with_its_half_hour_are_those_of_the_library() {
    compare("Australia/Lord_Howe");
}

#[test]
fn windows_of_fixed_offsets_are_those_of_the_library() {
    compare("-05:00");
    compare("+14:00");
}

#[test]
fn a_time_that_the_clocks_leave_out_moves_on_and_one_that_comes_twice_is_the_first() {
    let on = |day, from, to| Span {
        days: Days::Dates(vec![day_number(day)]),
        from,
        to,
        zone: "America/New_York".into(),
    };
    let window = |span: Span| match next(&[span], 1_700_000_000_000, &Jiff) {
        Next::Window(window) => (window.to - window.from) / 60_000,
        other => panic!("{other:?}"),
    };
    // At two the clocks go to three.
    assert_eq!(window(on(date(2026, 3, 8), 120, 240)), 60);
    assert_eq!(window(on(date(2026, 3, 8), 60, 240)), 120);
    let swallowed = on(date(2026, 3, 8), 120, 180);
    assert_eq!(next(&[swallowed], 1_700_000_000_000, &Jiff), Next::Never);
    // At two they go back to one.
    assert_eq!(window(on(date(2026, 11, 1), 0, 180)), 240);
    assert_eq!(window(on(date(2026, 11, 1), 60, 90)), 30);
}

#[test]
fn of_several_spans_the_one_that_begins_first_counts_and_unknown_zones_are_left_out() {
    let span =
        |from, zone: &str| Span { days: Days::default(), from, to: from + 60, zone: zone.into() };
    let now = 1_795_255_200_000; // 10:00 UTC
    let expected = Window { from: now + 3_600_000, to: now + 7_200_000 };
    let spans = [span(720, "UTC"), span(660, "Mars/Base"), span(660, "UTC"), span(780, "UTC")];
    assert_eq!(next(&spans, now, &Jiff), Next::Window(expected));
    assert_eq!(next(&spans[1..2], now, &Jiff), Next::Unknown);
    assert_eq!(next(&[], now, &Jiff), Next::Unknown);
    let past = Span { days: Days::Dates(vec![1]), ..span(0, "UTC") };
    assert_eq!(next(&[past], now, &Jiff), Next::Never);
}

#[test]
fn any_span_at_any_time_gives_an_answer() {
    for now in [0, 1, 86_400_000, 253_402_300_799_000, u64::MAX / 100, u64::MAX / 1_000, u64::MAX] {
        for mut span in spans("-05:00") {
            next(core::slice::from_ref(&span), now, &Jiff);
            (span.from, span.to) = (u16::MAX, u16::MAX);
            next(&[span], now, &Jiff);
        }
        let days = Days::Dates(vec![0, u32::MAX, i32::MAX as u32]);
        next(&[Span { days, zone: "UTC".into(), ..Span::default() }], now, &Jiff);
    }
}
