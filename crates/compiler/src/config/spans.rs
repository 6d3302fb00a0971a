//! Days, times and zones of `kb.toml`, for hours and for maintenance, as one sort of span.
//! When a span comes next is the core's `schedule`.

use crate::kbtoml::{Reader, Table};
use unstuck_core::calendar::day_of;
use unstuck_core::model::{Days, Span, Week, Weekday};

/// `week` and `weekday`, or `days`, or `dates`; then `from`, `to` and `zone`.
pub(super) fn recurring<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> Span {
    let weeks = [
        ("first", Week::First),
        ("second", Week::Second),
        ("third", Week::Third),
        ("fourth", Week::Fourth),
        ("last", Week::Last),
    ];
    let names: Vec<(&str, Weekday)> = Weekday::ALL.iter().map(|day| (day.name(), *day)).collect();
    let lines = ["week", "weekday", "days", "dates"].map(|key| reader.line(table, key));
    let week = reader.choice(table, "week", &weeks);
    let weekday = reader.choice(table, "weekday", &names);
    let days = reader.text(table, "days");
    let dates = reader.lined(table, "dates");
    let monthly = reader.is_text(table, "week") || reader.is_text(table, "weekday");
    let ways = [monthly, days.is_some(), !dates.is_empty()];
    let days = match ways {
        [true, false, false] => {
            for (key, there) in [("week", week.is_some()), ("weekday", weekday.is_some())] {
                if !there && !reader.is_text(table, key) {
                    reader.error(table.line, format!("`{key}` in [[maintenance]] is missing"));
                }
            }
            Days::Monthly(week.unwrap_or_default(), weekday.unwrap_or_default())
        }
        [false, true, false] => {
            weekly(reader, &days.unwrap_or_default(), lines[2]).unwrap_or_default()
        }
        [false, false, true] => Days::Dates(dates_of(reader, dates)),
        _ => {
            let text = "[[maintenance]] says when by one of: `week` and `weekday` \
                        (\"first\", \"sunday\"), `days` (\"daily\", \"mon-fri\"), \
                        `dates` ([\"2026-12-24\"])";
            reader.error(table.line, text);
            Days::default()
        }
    };
    times(reader, table, days)
}

/// The span of those days: `from`, `to`, `zone`.
pub(super) fn times<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>, days: Days) -> Span {
    let mut time = |key: &'static str| {
        let line = reader.line(table, key);
        let text = reader.required(table, key);
        let minutes = minutes_of_day(&text);
        if minutes.is_none() && !text.is_empty() {
            reader.error(line, format!("`{key}`: `{text}` is no time such as 09:00"));
        }
        minutes
    };
    let (from, to) = (time("from"), time("to"));
    if from.is_some() && from == to {
        let line = reader.line(table, "to");
        reader.error(line, "`to` is the same as `from`; a whole day is 00:00 to 24:00");
    }
    let zone = zone(reader, table);
    Span { days, from: from.unwrap_or_default(), to: to.unwrap_or_default(), zone }
}

/// Days of the week: `mon-fri`, `sat`, `daily`.
pub(super) fn weekly(reader: &mut Reader<'_>, text: &str, line: u32) -> Option<Days> {
    let found = days_of(text);
    if found.is_none() && !text.is_empty() {
        reader.error(line, format!("`days`: `{text}`: write mon-fri, sat or daily"));
    }
    found.map(|(first, last)| Days::Weekly(first, last))
}

fn days_of(text: &str) -> Option<(Weekday, Weekday)> {
    let day = |name: &str| {
        let name = name.trim().to_lowercase();
        Weekday::ALL.into_iter().find(|day| name.len() >= 3 && day.name().starts_with(&name))
    };
    if text == "daily" {
        return Some((Weekday::Monday, Weekday::Sunday));
    }
    match text.split_once(['-', '–']) {
        Some((first, last)) => Some((day(first)?, day(last)?)),
        None => day(text).map(|day| (day, day)),
    }
}

/// Dates from 1970 on, in their order, each once.
fn dates_of(reader: &mut Reader<'_>, dates: Vec<(String, u32)>) -> Vec<u32> {
    let mut out = Vec::new();
    for (text, line) in dates {
        match date(&text) {
            Some(day) => out.push(day),
            None => reader.error(line, format!("`dates`: `{text}` is no date such as 2026-12-24")),
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn date(text: &str) -> Option<u32> {
    let mut parts = text.split('-').map(|part| {
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten()
    });
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    (text.len() == 10 && parts.next().is_none()).then_some(())?;
    u32::try_from(day_of(i32::try_from(year).ok()?, month, day)?).ok()
}

fn minutes_of_day(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 || text.starts_with('+') || minutes.starts_with('+') {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}

fn zone<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> String {
    let line = reader.line(table, "zone");
    let zone = reader.required(table, "zone");
    if !zone.is_empty() && !is_zone(&zone) {
        let text = format!(
            "`zone`: `{zone}` is neither an offset such as -05:00 nor a name such as America/New_York"
        );
        reader.error(line, text);
    }
    zone
}

fn is_zone(zone: &str) -> bool {
    match zone.strip_prefix(['+', '-']) {
        Some(offset) => minutes_of_day(offset).is_some_and(|minutes| minutes <= 14 * 60),
        None => {
            zone == "UTC"
                || zone.split_once('/').is_some_and(|(area, place)| {
                    area.starts_with(|c: char| c.is_ascii_uppercase())
                        && place.starts_with(|c: char| c.is_ascii_uppercase())
                        && zone.chars().all(|c| {
                            c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+')
                        })
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_minutes() {
        for (text, expected) in [
            ("00:00", Some(0)),
            ("09:30", Some(570)),
            ("24:00", Some(1440)),
            ("24:01", None),
            ("9:00", None),
            ("09:60", None),
            ("-1:00", None),
        ] {
            assert_eq!(minutes_of_day(text), expected, "{text}");
        }
    }

    #[test]
    fn zones_are_offsets_or_names() {
        for zone in ["-05:00", "+14:00", "UTC", "America/New_York", "Etc/GMT+5"] {
            assert!(is_zone(zone), "{zone}");
        }
        for zone in ["EST", "-5", "+15:00", "america/new_york", "/"] {
            assert!(!is_zone(zone), "{zone}");
        }
    }

    #[test]
    fn days_are_names_or_spans() {
        assert_eq!(days_of("mon-fri"), Some((Weekday::Monday, Weekday::Friday)));
        assert_eq!(days_of("Saturday"), Some((Weekday::Saturday, Weekday::Saturday)));
        assert_eq!(days_of("mo-fr"), None);
    }

    #[test]
    fn dates_are_written_year_first() {
        assert_eq!(date("1970-01-02"), Some(1));
        assert_eq!(date("2024-02-29"), Some(19_782));
        for text in
            ["2023-02-29", "24-12-2026", "2026-12-4", "2026-12-24-1", "1969-12-31", "+026-12-24"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
