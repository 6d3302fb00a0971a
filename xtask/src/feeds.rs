//! The demo's status feeds, moved to the present so that they never look years old.
//! Which file an address means, and how it is sent, is the server's matter.

use jiff::{Timestamp, ToSpan};

/// A time as the feeds write it.
const TIME: &str = "0000-00-00T00:00:00Z";

/// The feed with every time moved by the same whole hours, so that the one it calls `clock` lies
/// less than an hour before `now`. A file without a clock stays as it is.
pub(crate) fn moved(feed: &str, now: Timestamp) -> String {
    let clock = feed.split_once("\"clock\"").and_then(|(_, rest)| times(rest).next());
    let Some(written) = clock.and_then(|(_, time)| time.parse::<Timestamp>().ok()) else {
        return feed.to_owned();
    };
    let hours = now.duration_since(written).as_hours().max(0);
    let mut out = String::with_capacity(feed.len());
    let mut end = 0;
    for (at, time) in times(feed) {
        let Ok(instant) = time.parse::<Timestamp>() else { continue };
        let Ok(instant) = instant.checked_add(hours.hours()) else { continue };
        out.push_str(&feed[end..at]);
        out.push_str(&instant.to_string());
        end = at + time.len();
    }
    out.push_str(&feed[end..]);
    out
}

/// The times in a text, each with its place.
fn times(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let like = |part: &&str| {
        part.len() == TIME.len()
            && part.bytes().zip(TIME.bytes()).all(|(found, wanted)| match wanted {
                b'0' => found.is_ascii_digit(),
                other => found == other,
            })
    };
    text.split('"').filter(like).map(|part| (part.as_ptr() as usize - text.as_ptr() as usize, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = r#"{"clock": "2026-11-20T10:24:00Z", "at": ["2026-11-20T09:12:00Z"],
        "words": "2026-11-20", "over": "2026-12-31T23:30:00Z"}"#;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_time_moves_by_the_same_whole_hours() {
        let now = time("2028-02-29T00:23:00Z");
        let feed = moved(FEED, now);
        assert!(
            feed.contains(r#""clock": "2028-02-28T23:24:00Z", "at": ["2028-02-28T22:12:00Z"]"#)
        );
        assert!(
            feed.contains(r#""words": "2026-11-20", "over": "2028-04-10T12:30:00Z""#),
            "{feed}"
        );
    }

    #[test]
    fn a_feed_of_the_future_or_without_a_clock_stays() {
        assert_eq!(moved(FEED, time("2020-01-01T00:00:00Z")), FEED);
        for broken in ["<!doctype html>", "", r#"{"clock": "noon"}"#, r#"{"clock":"#] {
            assert_eq!(moved(broken, Timestamp::MAX), broken);
        }
    }

    #[test]
    fn the_demos_own_feeds_tell_of_the_present() {
        let now = time("2031-05-05T05:05:00Z");
        for name in ["scopien", "scopien-calm", "scopien-outage", "scopien-maintenance", "cic"] {
            let path = crate::tree::root().join("demo/feeds").join(name).with_extension("json");
            let feed = moved(&std::fs::read_to_string(path).unwrap(), now);
            assert!(feed.contains("\"clock\": \"2031-05-05T04:"), "{name}");
        }
    }
}
