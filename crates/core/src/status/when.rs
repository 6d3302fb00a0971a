//! Points in time as feeds write them, to milliseconds since 1970.
//! ISO 8601, Go's default text, JavaScript's `Date.toString()`, HTTP dates, Unix times.

use super::json::Json;
use crate::calendar::day_of;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The instant of a value, in milliseconds since 1970; `None` where there is none or it lies
/// before 1970.
pub(super) fn instant(value: Json<'_>) -> Option<u64> {
    instant_of(&value.id()?)
}

/// The instant that a text names. Without an offset it counts as UTC. A bare number is seconds,
/// or milliseconds from 100,000,000,000 on; one below 100,000,000 names none.
///
/// ```
/// use unstuck_core::status::instant_of;
/// assert_eq!(instant_of("2026-11-21T10:00:00+01:00"), Some(1_795_251_600_000));
/// assert_eq!(instant_of("Sat Nov 21 2026 10:00:00 GMT+0100 (CET)"), Some(1_795_251_600_000));
/// assert_eq!(instant_of("2026-11-21 09:00:00.25 +0000 UTC"), Some(1_795_251_600_000));
/// assert_eq!(instant_of("on Tuesday"), None);
/// ```
pub fn instant_of(text: &str) -> Option<u64> {
    let text = text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(number) = whole.parse::<u64>()
    {
        // Below: a year, a day, a port; nothing that a feed tells of lies before 1973.
        return (number >= 100_000_000).then_some(if number < 100_000_000_000 {
            number * 1_000
        } else {
            number
        });
    }
    let (mut year, mut month, mut day) = (None, None, None);
    let mut seconds = None;
    let mut offset = 0;
    for part in text.split([' ', ',', '(', ')']).filter(|part| !part.is_empty()) {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let mut time = part;
        if digits == 4 && part.as_bytes().get(4) == Some(&b'-') {
            let (date, rest) = part.split_once(['T', 't']).unwrap_or((part, ""));
            let mut numbers = date.split('-');
            year = number(numbers.next());
            month = number(numbers.next());
            day = number(numbers.next());
            time = rest;
        }
        if time.get(2..3) == Some(":") {
            let zone = time.find(['+', '-', 'Z', 'z']).unwrap_or(time.len());
            let (clock_text, zone) = time.split_at(zone);
            seconds = Some(clock(clock_text)?);
            offset = zone_of(zone).unwrap_or(offset);
        } else if digits == part.len() && digits == 4 {
            year = number(Some(part));
        } else if digits == part.len() && digits <= 2 {
            day = number(Some(part));
        } else if let Some(at) = MONTHS.iter().position(|name| part.eq_ignore_ascii_case(name))
            && month.is_none()
        {
            month = Some(at as u32 + 1);
        } else if let Some(zone) = zone_of(part) {
            offset = zone;
        }
    }
    let day = i64::from(day_of(year? as i32, month?, day?)?);
    let at = day * 86_400 + i64::from(seconds.unwrap_or(0)) - i64::from(offset) * 60;
    u64::try_from(at).ok().map(|at| at * 1_000)
}

fn number(text: Option<&str>) -> Option<u32> {
    text?.parse().ok()
}

/// Seconds after midnight of `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction`.
fn clock(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let hours = number(parts.next())?;
    let minutes = number(parts.next())?;
    let seconds = match parts.next() {
        Some(text) => number(text.split('.').next())?,
        None => 0,
    };
    (hours <= 24 && minutes < 60 && seconds <= 60).then_some(hours * 3_600 + minutes * 60 + seconds)
}

/// Minutes of `Z`, `+0100`, `-05:00`, `GMT+0200`, `UTC`; `None` for other words.
fn zone_of(text: &str) -> Option<i32> {
    let text = text.strip_prefix("GMT").or_else(|| text.strip_prefix("UTC")).unwrap_or(text);
    if text.is_empty() { None } else { crate::schedule::fixed_offset(&text.to_ascii_uppercase()) }
}

#[cfg(test)]
mod tests {
    use super::instant_of;
    use crate::handover::rfc3339;

    #[test]
    fn every_form_names_the_same_instant() {
        for text in [
            "2024-12-27T09:43:40Z",
            "2024-12-27T09:43:40.482Z",
            "2024-12-27T10:43:40+01:00",
            "2024-12-27T04:43:40.000-0500",
            "2024-12-27 09:43:40.482 +0000 UTC",
            "2024-12-27 09:43:40",
            "2024-12-27 10:43:40 +0100 CET",
            "Fri Dec 27 2024 10:43:40 GMT+0100 (Central European Standard Time)",
            "Fri Dec 27 2024 09:43:40 GMT+0000 (Coordinated Universal Time)",
            "Fri, 27 Dec 2024 09:43:40 GMT",
            "1735292620",
            "1735292620000",
        ] {
            let read = instant_of(text).map(rfc3339);
            assert_eq!(read.as_deref(), Some("2024-12-27T09:43:40Z"), "{text}");
        }
        assert_eq!(instant_of("2024-12-27").map(rfc3339).unwrap(), "2024-12-27T00:00:00Z");
    }

    #[test]
    fn what_names_no_instant_is_none() {
        for text in [
            "",
            "now",
            "27.12.2024",
            "2024-13-01",
            "2023-02-29T00:00:00Z",
            "2024-12-27T25:00:00Z",
            "1969-12-31",
            "Dec 27",
            "12:00",
            "99999999999999999999",
            "-5",
            "2024-12-27T10:99Z",
        ] {
            assert_eq!(instant_of(text), None, "{text}");
        }
    }
}
