//! Days and dates of the Gregorian calendar, without zones and without a clock.
//! Windows that come back are `schedule`'s matter, times as text the callers'.

/// Milliseconds of a day without a change of the clocks.
pub const DAY_MS: u64 = 86_400_000;

/// Year, month (from 1) and day (from 1) of a day counted from 1 January 1970. Right from year 0
/// to 9999. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
/// (`civil_from_days`).
///
/// ```
/// use unstuck_core::calendar::civil;
/// assert_eq!(civil(0), (1970, 1, 1));
/// assert_eq!(civil(19_782), (2024, 2, 29));
/// ```
pub fn civil(day: i32) -> (i32, u32, u32) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097) as u32;
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe as i32 + era * 400 + i32::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// The day counted from 1 January 1970, or `None` for a date that does not exist or lies outside
/// the years 1 to 9999. The other way round than [`civil`] (`days_from_civil`).
///
/// ```
/// use unstuck_core::calendar::day_of;
/// assert_eq!(day_of(2024, 2, 29), Some(19_782));
/// assert_eq!(day_of(2023, 2, 29), None);
/// ```
pub fn day_of(year: i32, month: u32, day: u32) -> Option<i32> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let y = year - i32::from(month <= 2);
    let yoe = y.rem_euclid(400);
    let mp = (month as i32 + 9) % 12;
    let doy = (153 * mp + 2) / 5 + day as i32 - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    let count = y.div_euclid(400) * 146_097 + doe - 719_468;
    // The 30th of February comes out as a day of March.
    (civil(count) == (year, month, day)).then_some(count)
}

/// The day of the week of a day counted from 1 January 1970: 0 is Monday.
pub fn weekday(day: i32) -> usize {
    // The first of January 1970 was a Thursday.
    (day + 3).rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_each_other_s_inverse() {
        let mut expected = 0;
        for year in 1970..2110 {
            for month in 1..=12 {
                for day in 1..=31 {
                    if let Some(count) = day_of(year, month, day) {
                        assert_eq!(count, expected);
                        assert_eq!(civil(count), (year, month, day));
                        expected += 1;
                    }
                }
            }
        }
        assert_eq!(day_of(2100, 2, 29), None);
        assert_eq!(weekday(day_of(2026, 11, 21).unwrap()), 5, "a Saturday");
    }
}
