//! Feeds as their users see them: every fixture in its state, the traps, and what must hold for any
//! bytes. The fixtures' names begin with the state that they must give.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod details;
mod properties;
mod services;

use std::path::{Path, PathBuf};
use unstuck_core::status::{Feed, Format, Options, State, read};

/// 21 November 2026, 10:00 UTC: five minutes after the fixtures were made.
pub(crate) const NOW: u64 = 1_795_255_200_000;

pub(crate) fn options() -> Options {
    Options { now: NOW, ..Options::default() }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/status")
}

/// The bytes of one fixture.
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// One fixture, read.
pub(crate) fn feed(name: &str) -> Feed {
    read(&bytes(name), &options())
}

/// Names and bytes of all fixtures of one folder.
fn all(of: &str) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder().join(of)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        out.push((format!("{of}/{name}"), std::fs::read(path).unwrap()));
    }
    assert!(!out.is_empty(), "{of} has no fixtures");
    out.sort();
    out
}

/// Folders of fixtures and the form that they must be recognised as.
const FOLDERS: [(&str, Format); 8] = [
    ("statuspage", Format::Statuspage),
    ("instatus", Format::Instatus),
    ("betterstack", Format::BetterStack),
    ("upptime", Format::Upptime),
    ("cstate", Format::CState),
    ("openstatus", Format::OpenStatus),
    ("openstatus-badge", Format::Plain),
    ("plain", Format::Plain),
];

/// All fixtures that can be read: name, form, bytes.
pub(crate) fn sound() -> Vec<(String, Format, Vec<u8>)> {
    let of = |(folder, format): (&'static str, Format)| {
        all(folder).into_iter().map(move |(name, bytes)| (name, format, bytes))
    };
    FOLDERS.into_iter().flat_map(of).collect()
}

fn expected(name: &str) -> State {
    let stem = name.rsplit('/').next().unwrap().split('.').next().unwrap();
    let states = [
        State::Unknown,
        State::Operational,
        State::Maintenance,
        State::Degraded,
        State::PartialOutage,
        State::MajorOutage,
    ];
    states.into_iter().find(|state| state.name() == stem).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn every_feed_is_recognised_and_has_its_state() {
    for (name, format, bytes) in sound() {
        let feed = read(&bytes, &options());
        assert_eq!((feed.format, feed.fault), (Some(format), None), "{name}");
        assert_eq!(feed.state, expected(&name), "{name}: {feed:#?}");
        assert_eq!(feed.stale, name.contains("stale"), "{name}");
        // Asking for the form by name makes no difference.
        let forced = Options { format: Some(format), ..options() };
        assert_eq!(read(&bytes, &forced), feed, "{name}");
    }
}

#[test]
fn every_form_has_a_fixture_of_every_state_it_can_tell() {
    for (folder, _) in FOLDERS {
        let mut states: Vec<&str> = Vec::new();
        for (name, _) in all(folder) {
            states.push(expected(&name).name());
        }
        for state in ["operational", "degraded", "partial_outage", "major_outage", "unknown"] {
            assert!(states.contains(&state), "{folder} has none of {state}");
        }
        // Upptime has no word for it.
        assert!(folder == "upptime" || states.contains(&"maintenance"), "{folder}");
    }
}

#[test]
fn a_page_word_milder_than_its_parts_is_noticed() {
    for (name, _, bytes) in sound() {
        if name.contains("milder") {
            assert!(read(&bytes, &options()).source_disagrees, "{name}");
        }
    }
    assert!(!feed("statuspage/major_outage.json").source_disagrees);
}

#[test]
fn what_is_malformed_is_unknown_in_every_form() {
    for (name, bytes) in all("malformed") {
        let feed = read(&bytes, &options());
        assert_eq!(feed.state, State::Unknown, "{name}");
        assert!(feed.fault.is_some() || feed.components.is_empty(), "{name}");
        for format in Format::ALL {
            let forced = Options { format: Some(format), ..options() };
            assert_eq!(read(&bytes, &forced).state, State::Unknown, "{name} as {format:?}");
        }
    }
}
