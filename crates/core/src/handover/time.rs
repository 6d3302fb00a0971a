//! Points in time as text for the report. Zones and local times are the platform's matter.

use crate::calendar::civil;

/// `ms` since 1970 as RFC 3339 in UTC, to the second. Years 1970 to 9999; later ones are held
/// there.
///
/// ```
/// use unstuck_core::handover::rfc3339;
/// assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
/// assert_eq!(rfc3339(1_709_164_799_000), "2024-02-28T23:59:59Z");
/// assert_eq!(rfc3339(1_709_164_800_000), "2024-02-29T00:00:00Z");
/// ```
pub fn rfc3339(ms: u64) -> String {
    let seconds = (ms / 1000).min(253_402_300_799);
    let of_day = (seconds % 86_400) as u32;
    let (year, month, day) = civil((seconds / 86_400) as i32);
    let mut out = String::with_capacity(20);
    for (value, width, after) in [
        (year as u32, 4, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (of_day / 3_600, 2, ':'),
        (of_day / 60 % 60, 2, ':'),
        (of_day % 60, 2, 'Z'),
    ] {
        push_number(value, width, &mut out);
        out.push(after);
    }
    out
}

/// Appends a number in decimal, padded with zeros to `width` digits.
pub(super) fn push_number(value: u32, width: usize, out: &mut String) {
    let mut digits = [b'0'; 10];
    let mut rest = value;
    let mut used = 0;
    for (n, slot) in digits.iter_mut().rev().enumerate() {
        *slot = b'0' + (rest % 10) as u8;
        rest /= 10;
        used = n + 1;
        if rest == 0 && used >= width {
            break;
        }
    }
    out.extend(digits.iter().skip(10 - used).map(|&digit| digit as char));
}
