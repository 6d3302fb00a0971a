//! `unstuck gaps` as a team meets it: a file of events in, groups with proposals out.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn unstuck(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_unstuck")).args(arguments).output().unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn event(query: &str, confident: bool, top: Option<&str>, chosen: Option<&str>) -> String {
    serde_json::json!({"event": "unstuck-search", "detail": {
        "query": query, "count": 3, "confident": confident, "top": top, "chosen": chosen, "locale": "en",
    }})
    .to_string()
}

fn rows(events: &[String], more: &[&str]) -> Vec<Value> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("events.jsonl");
    fs::write(&file, events.join("\n")).unwrap();
    let mut arguments = vec!["gaps", text(&file), "--json"];
    arguments.extend(more);
    let output = unstuck(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let out = String::from_utf8(output.stdout).unwrap();
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn searches_without_a_good_match_are_grouped_and_each_group_gets_a_proposal() {
    let events = [
        event("dark mode", false, None, None),
        event("is there a dark mode", false, None, None),
        event("dark mdoe", false, None, None),
        event("dark mode", false, None, None),
        event("invoice as pdf", false, None, None),
        event("pdf invoice", false, None, Some("tea/billing/invoice")),
        event("cold tea", true, Some("tea/water/cold"), None),
        event("cold tea", true, Some("tea/water/cold"), None),
        event("milk", true, Some("tea/milk/sour"), Some("tea/milk/sour")),
        r#"{"event":"unstuck-article","detail":{"id":"tea/milk/sour"}}"#.to_owned(),
    ];
    let rows = rows(&events, &[]);
    let found: Vec<_> = rows
        .iter()
        .map(|row| {
            (row["searches"].as_u64().unwrap(), row["proposal"].as_str().unwrap(), &row["article"])
        })
        .collect();
    assert_eq!(found.len(), 3, "{rows:#?}");
    assert_eq!(found[0].0, 4);
    assert_eq!((found[0].1, found[0].2), ("article missing", &Value::Null));
    assert!(found.contains(&(2, "phrasing missing", &Value::from("tea/billing/invoice"))));
    assert!(found.contains(&(2, "not opened", &Value::from("tea/water/cold"))));
    assert_eq!(rows[0]["queries"][0], "dark mode");
}

#[test]
fn a_pack_shows_what_is_near_and_what_is_answered_by_now() {
    let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb/cic");
    let out = tempfile::tempdir().unwrap();
    let built = unstuck(&["build", text(&kb), "--out", text(out.path())]);
    assert_eq!(built.status.code(), Some(0));
    let pack = out.path().join("cic.en.kb");
    let events = [
        event("A recording won't play", false, None, None),
        event("zebra crossing knitting pattern", false, None, None),
    ];
    let rows = rows(&events, &["--pack", text(&pack)]);
    let of = |proposal: &str| rows.iter().find(|row| row["proposal"] == proposal);
    assert_eq!(of("answered by now").unwrap()["article"], "cic/calls/recording-wont-play");
    assert_eq!(of("article missing").unwrap()["queries"][0], "zebra crossing knitting pattern");
    assert_eq!(
        rows.last().unwrap()["proposal"],
        "answered by now",
        "what is left to do comes first"
    );
}

#[test]
fn rare_groups_can_be_left_out_and_secrets_are_never_shown() {
    let events = [
        event("dark mode", false, None, None),
        event("dark mode", false, None, None),
        event("my password is hunter2", false, None, None),
    ];
    assert_eq!(rows(&events, &["--least", "2"]).len(), 1);
    let all = rows(&events, &[]);
    assert!(!serde_json::to_string(&all).unwrap().contains("hunter2"), "{all:#?}");
}

#[test]
fn the_readable_output_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("events.jsonl");
    fs::write(&file, format!("{}\nnot json\n", event("dark mode", false, None, None))).unwrap();
    let output = unstuck(&["gaps", text(&file)]);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "once: \"dark mode\"\n  article missing: nothing answers \"dark mode\"; write an article with that title\n"
    );
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("1 line could not be read as JSON"), "{told}");
    assert!(told.contains("1 search, 1 without a good match, 1 group"), "{told}");
}

#[test]
fn a_file_without_searches_says_what_was_expected() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("events.jsonl");
    fs::write(&file, "{\"event\":\"unstuck-open\"}\n").unwrap();
    let output = unstuck(&["gaps", text(&file)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no `unstuck-search` events"));
    assert_eq!(unstuck(&["gaps", "/nowhere.jsonl"]).status.code(), Some(2));
}
