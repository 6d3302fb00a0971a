//! What holds for any feed: never better than its worst part, never well when cut, never a panic.

use crate::{options, sound};
use proptest::prelude::*;
use serde_json::{Value, json};
use unstuck_core::status::{Feed, Format, Options, State, read};

/// What must hold for whatever was read.
fn check(feed: &Feed) {
    let worst = feed.components.iter().map(|one| one.state.severity()).max().unwrap_or(0);
    if feed.state != State::Unknown {
        assert!(feed.state.severity() >= worst, "{feed:#?}");
    }
    let trouble = feed.components.iter().any(|one| one.state.is_trouble())
        || feed.incidents.iter().any(|one| one.state.is_trouble());
    assert!(!trouble || feed.state.is_trouble(), "trouble is never Unknown or well: {feed:#?}");
    let unknown =
        |one: &unstuck_core::status::Component| one.state == State::Unknown && !one.unwatched;
    if feed.components.iter().any(unknown) {
        assert_ne!(feed.state, State::Operational, "{feed:#?}");
    }
    if feed.fault.is_some() {
        assert_eq!(feed.state, State::Unknown);
    }
    assert!(feed.components.len() <= 500 && feed.incidents.len() <= 100);
    let links = feed.incidents.iter().map(|one| &one.url);
    for url in links.chain(feed.maintenance.iter().map(|one| &one.url)).flatten() {
        let head = url.to_ascii_lowercase();
        let web = head.starts_with("http://") || head.starts_with("https://");
        assert!(web || (head.starts_with('/') && !head.starts_with("//")), "{url}");
    }
}

#[test]
fn a_feed_cut_at_any_place_never_works() {
    for (name, format, bytes) in sound() {
        let whole = String::from_utf8(bytes).unwrap();
        let trimmed = whole.trim_end();
        for end in (0..trimmed.len()).filter(|end| trimmed.is_char_boundary(*end)) {
            for format in [None, Some(format)] {
                let feed = read(&trimmed.as_bytes()[..end], &Options { format, ..options() });
                assert_eq!(feed.state, State::Unknown, "{name} cut at {end}");
            }
        }
    }
}

#[test]
fn fixtures_with_any_byte_changed_keep_to_the_rules() {
    for (_, _, bytes) in sound() {
        for at in (0..bytes.len()).step_by(31) {
            for value in [b'"', b'}', b',', b'0', 0xff, bytes[at] ^ 1] {
                let mut changed = bytes.clone();
                changed[at] = value;
                check(&read(&changed, &options()));
            }
        }
    }
}

/// Words of every form, for components that are in one of the five states or in none.
fn words(format: Format) -> [&'static str; 6] {
    match format {
        Format::Statuspage => [
            "operational",
            "under_maintenance",
            "degraded_performance",
            "partial_outage",
            "major_outage",
            "new",
        ],
        Format::BetterStack => {
            ["operational", "maintenance", "degraded", "degraded", "downtime", "new"]
        }
        Format::Upptime => ["up", "degraded", "degraded", "degraded", "down", "new"],
        Format::CState => ["ok", "notice", "disrupted", "disrupted", "down", "new"],
        Format::OpenStatus => ["success", "info", "degraded", "degraded", "error", "new"],
        _ => ["up", "maintenance", "slow", "partial", "down", "new"],
    }
}

/// A feed of that form with those components and that word of the page.
fn written(format: Format, parts: &[usize], page: usize) -> Value {
    let word = |n: usize| words(format)[n];
    let each = |of: &dyn Fn(usize, &str) -> Value| -> Vec<Value> {
        parts.iter().enumerate().map(|(n, part)| of(n, word(*part))).collect()
    };
    let indicator = ["none", "maintenance", "minor", "major", "critical", "new"];
    let status =
        ["UP", "UNDERMAINTENANCE", "HASISSUES", "SOMEMAJOROUTAGE", "ALLMAJOROUTAGE", "NEW"];
    let impact =
        ["OPERATIONAL", "UNDERMAINTENANCE", "MINOROUTAGE", "PARTIALOUTAGE", "MAJOROUTAGE", "NEW"];
    match format {
        Format::Statuspage => json!({
            "page": {"id": "p", "name": "P"},
            "status": {"indicator": (indicator[page])},
            "components": each(&|n, word| json!({"id": n.to_string(), "name": n.to_string(), "status": word})),
        }),
        Format::Instatus => json!({
            "page": {"name": "P", "status": (status[page])},
            "activeIncidents": parts.iter().map(|part| json!({
                "name": "x", "status": "INVESTIGATING",
                "impact": (impact[*part]),
            })).collect::<Vec<_>>(),
        }),
        Format::BetterStack => json!({
            "data": {"id": "1", "type": "status_page", "attributes": {"aggregate_state": word(page)}},
            "included": each(&|n, word| json!({
                "id": n.to_string(), "type": "status_page_resource",
                "attributes": {"public_name": n.to_string(), "status": word},
            })),
        }),
        Format::Upptime => Value::Array(each(
            &|n, word| json!({"name": n.to_string(), "slug": n.to_string(), "status": word}),
        )),
        Format::CState => json!({
            "is": "index", "cStateVersion": "6", "summaryStatus": word(page),
            "systems": each(&|n, word| json!({"name": n.to_string(), "status": word, "unresolvedIssues": []})),
        }),
        Format::OpenStatus => json!({
            "status": word(page), "statusReports": [],
            "monitors": each(&|n, word| json!({"id": n, "name": n.to_string(), "status": word})),
            "pageComponents": parts.iter().enumerate()
                .map(|(n, _)| json!({"id": n + 100, "name": n.to_string(), "monitorId": n}))
                .collect::<Vec<_>>(),
        }),
        Format::Plain => json!({
            "status": word(page),
            "services": each(&|n, word| json!({"id": n.to_string(), "status": word})),
        }),
    }
}

/// The naive model: how bad the worst part is, from 0 for "works"; `None` when one is not known
/// and nothing is wrong.
fn naive(format: Format, parts: &[usize]) -> Option<usize> {
    // A form without a word for a state uses the next one that it has, as `words` does; all of
    // them tell some down from all down, Statuspage and the plain form by their own words.
    let own = matches!(format, Format::Statuspage | Format::Plain | Format::Instatus);
    let all_down = parts.iter().all(|part| *part == 4);
    let level = |part: usize| match (format, part) {
        (Format::Instatus, 5) => Some(2),
        (_, 5) => None,
        (Format::Upptime, 1..=3) => 2.into(),
        (_, 3) if !own => 2.into(),
        (_, 4) if !own && !all_down => 3.into(),
        (_, part) => part.into(),
    };
    let worst = parts.iter().filter_map(|part| level(*part)).max();
    let unknown = parts.iter().any(|part| level(*part).is_none());
    worst.filter(|worst| *worst > 0 || !unknown)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_feed_makes_the_page_better_than_its_worst_part(
        format in (0..Format::ALL.len()).prop_map(|n| Format::ALL[n]),
        parts in proptest::collection::vec(0usize..6, 1..6),
        page in 0usize..6,
    ) {
        let text = written(format, &parts, page).to_string();
        let feed = read(text.as_bytes(), &options());
        prop_assert_eq!(feed.format, Some(format), "{}", text);
        check(&feed);
        match naive(format, &parts) {
            None => prop_assert_ne!(feed.state, State::Operational, "{}", text),
            Some(0) => {}
            Some(worst) => {
                prop_assert!(feed.state.severity() as usize > worst, "{} {:?}", text, feed.state);
            }
        }
    }

    #[test]
    fn any_bytes_give_a_feed(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for format in core::iter::once(None).chain(Format::ALL.into_iter().map(Some)) {
            check(&read(&bytes, &Options { format, ..options() }));
        }
    }

    #[test]
    fn any_json_gives_a_feed(text in "[\\[\\]{}\",: a]{0,20}(\"(page|status|services|components|data|type|id|down|up)\"[:,{}\\[\\] ]{1,3}){0,12}") {
        for format in core::iter::once(None).chain(Format::ALL.into_iter().map(Some)) {
            check(&read(text.as_bytes(), &Options { format, ..options() }));
        }
    }
}
