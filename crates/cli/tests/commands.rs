//! The `unstuck` command as its users meet it: output, exit codes, bad input.
//! What the compiler finds is tested with the compiler.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const CONFIG: &str = "product = \"tea\"\nname = \"Tea\"\n";
const TOPIC: &str = "# Water\n<!-- topic: water -->\n\n## The water stays cold\n\
    <!-- id: cold; kind: reference -->\n\nTurn it on.\n";

fn unstuck(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_unstuck")).args(arguments).output().unwrap()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Builds a folder; returns the folder of the packs and what was printed.
fn built(files: &[(&str, &str)]) -> (tempfile::TempDir, Output) {
    let dir = folder(files);
    let out = tempfile::tempdir().unwrap();
    let output = unstuck(&["build", text(dir.path()), "--out", text(out.path()), "--json"]);
    (out, output)
}

#[test]
fn check_prints_every_finding_with_its_place_and_fails() {
    let dir = folder(&[
        ("kb.toml", "product = \"tea\"\nnmae = \"Tea\"\n"),
        ("water.md", "# Water\n\n## A\n<!-- id: a; kind: guide -->\n\n[x](b.md#b)\n"),
    ]);
    let output = unstuck(&["check", text(dir.path())]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let toml = text(dir.path()).to_owned() + "/kb.toml";
    let water = text(dir.path()).to_owned() + "/water.md";
    let out = stdout(&output);
    assert!(
        out.contains(&format!("{toml}:2: error: unknown key `nmae`; did you mean `name`?")),
        "{out}"
    );
    assert!(out.contains(&format!("{toml}:1: error: `name` is missing")), "{out}");
    assert!(out.contains(&format!("{water}:6: error: dead link")), "{out}");
    assert!(out.contains(&format!("{water}:3: error: a guide needs checks")), "{out}");
}

#[test]
fn check_is_content_with_a_sound_folder() {
    let dir = folder(&[("kb.toml", CONFIG), ("water.md", TOPIC)]);
    let output = unstuck(&["check", text(dir.path())]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""));
    assert_eq!(stderr(&output), "1 article, 0 errors, 0 warnings\n");
}

#[test]
fn build_writes_a_pack_a_locale_and_says_what_it_holds() {
    let german = "# Wasser\n<!-- topic: water -->\n\n## Das Wasser bleibt kalt\n\
        <!-- id: cold; kind: reference -->\n\nEinschalten.\n";
    let more = format!("{TOPIC}\n## Hot\n<!-- id: hot; kind: reference -->\n\nGood.\n");
    let (out, output) = built(&[("kb.toml", CONFIG), ("water.md", &more), ("de/water.md", german)]);
    assert!(output.status.success(), "{}", stderr(&output));
    let json: Value = serde_json::from_str(stdout(&output)).unwrap();
    let packs = json["packs"].as_array().unwrap();
    assert_eq!(packs.len(), 2);
    assert_eq!(packs[0]["file"], "tea.en.kb");
    assert_eq!(packs[1]["file"], "tea.de.kb");
    assert_eq!(packs[1]["articles"], 2);
    assert_eq!(packs[1]["untranslated"], 1);
    for pack in packs {
        let path = out.path().join(pack["file"].as_str().unwrap());
        assert_eq!(fs::metadata(path).unwrap().len(), pack["bytes"].as_u64().unwrap());
    }
    let list = unstuck(&["list", text(&out.path().join("tea.de.kb"))]);
    assert_eq!(
        stdout(&list),
        "{\"id\":\"tea/water/cold\",\"kind\":\"reference\",\"title\":\"Das Wasser bleibt kalt\",\"checks\":0}\n\
         {\"id\":\"tea/water/hot\",\"kind\":\"reference\",\"title\":\"Hot\",\"checks\":0}\n"
    );
}

#[test]
fn build_puts_the_pictures_that_articles_show_beside_the_pack() {
    let topic = format!("{TOPIC}\n![The lamp](images/the%20lamp.png)\n");
    let (out, output) = built(&[
        ("kb.toml", CONFIG),
        ("water.md", &topic),
        ("images/the lamp.png", "lamp"),
        ("images/unused.png", "unused"),
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(fs::read(out.path().join("tea/images/the lamp.png")).unwrap(), b"lamp");
    assert!(!out.path().join("tea/images/unused.png").exists());
    let pack = fs::read(out.path().join("tea.en.kb")).unwrap();
    let article = unstuck_core::pack::Pack::open(pack).unwrap().article(0).unwrap();
    assert!(format!("{:?}", article.body).contains("src: \"tea/images/the%20lamp.png\""));
}

#[test]
fn build_writes_nothing_when_there_are_errors() {
    let (out, output) = built(&[("kb.toml", "product = \"tea\"\n"), ("water.md", TOPIC)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("kb.toml:1: error: `name` is missing"), "{}", stderr(&output));
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
}

#[test]
fn a_plain_folder_builds_under_its_own_name() {
    let dir = tempfile::tempdir().unwrap();
    let notes = dir.path().join("My Notes");
    fs::create_dir_all(notes.join("pipes")).unwrap();
    fs::write(notes.join("pipes/leak.md"), "It drips. See [x](../index.md).\n").unwrap();
    fs::write(notes.join("index.md"), "---\ntitle: All notes\n---\n# Other\n\n<b>Hi</b>\n")
        .unwrap();
    let output = unstuck(&["build", text(&notes), "--out", text(dir.path())]);
    assert!(output.status.success(), "{}", stderr(&output));
    let list = unstuck(&["list", text(&dir.path().join("My Notes.en.kb"))]);
    assert_eq!(
        stdout(&list),
        "{\"id\":\"index\",\"kind\":\"reference\",\"title\":\"All notes\",\"checks\":0}\n\
         {\"id\":\"pipes/leak\",\"kind\":\"reference\",\"title\":\"leak\",\"checks\":0}\n"
    );
}

#[test]
fn search_answers_each_line_before_the_next_one_comes() {
    let (out, _) = built(&[("kb.toml", CONFIG), ("water.md", TOPIC)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_unstuck"))
        .args(["search", text(&out.path().join("tea.en.kb")), "--limit", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    let mut ask = |query: &str| {
        to.write_all(query.as_bytes()).unwrap();
        to.write_all(b"\n").unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        line
    };
    let line = ask("water stays cold");
    let keys = ["{\"query\":", "\"ms\":", "\"confident\":", "\"confidence\":", "\"results\":["];
    let places: Vec<usize> = keys.iter().map(|key| line.find(key).unwrap()).collect();
    assert!(places.is_sorted(), "{line}");
    let json: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(json["query"], "water stays cold");
    assert_eq!(json["results"][0]["id"], "tea/water/cold");
    assert_eq!(json["results"][0]["title"], "The water stays cold");
    assert!(json["results"][0]["score"].is_number() && json["ms"].is_number(), "{line}");
    let json: Value = serde_json::from_str(&ask("")).unwrap();
    assert_eq!(json["results"].as_array().unwrap().len(), 0);
    let json: Value = serde_json::from_str(&ask(&"x".repeat(10_000))).unwrap();
    assert!(json["confidence"].as_f64().unwrap() < 1.0);
    let json: Value = serde_json::from_str(&ask("\"\\\t{")).unwrap();
    assert_eq!(json["query"], "\"\\\t{");
    drop(to);
    assert!(child.wait().unwrap().success());
}

#[test]
fn output_that_nobody_reads_is_no_error() {
    let files: Vec<(String, String)> =
        (0..1000).map(|n| (format!("a{n}.md"), format!("# Title {n}\n\nText.\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let dir = folder(&files);
    let out = tempfile::tempdir().unwrap();
    let output = unstuck(&["build", text(dir.path()), "--out", text(out.path())]);
    assert!(output.status.success(), "{}", stderr(&output));
    let mut files = fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().path());
    let pack = files.find(|path| path.extension().is_some_and(|ending| ending == "kb")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_unstuck"))
        .args(["list", text(&pack)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
}

#[test]
fn what_cannot_be_read_is_said_in_words() {
    let empty = tempfile::tempdir().unwrap();
    let file = folder(&[("a.kb", "no pack"), ("latin.md", "ok")]);
    fs::write(file.path().join("latin.md"), b"first\nsecond \xe9\n").unwrap();
    let missing = empty.path().join("none");
    for (arguments, code, expected) in [
        (vec!["check", text(&missing)], 2, "there is no folder"),
        (vec!["check", text(empty.path())], 2, "holds no Markdown file"),
        (vec!["build", text(empty.path()), "--out", text(&missing)], 2, "holds no Markdown file"),
        (vec!["list", text(&missing)], 2, "cannot read"),
        (vec!["search", text(&file.path().join("a.kb"))], 2, "not a knowledge base"),
        (vec!["check", text(&file.path().join("a.kb"))], 2, "is a file; name the folder"),
        (vec!["check", text(file.path())], 1, "latin.md:2: error: the text is not UTF-8"),
    ] {
        let output = unstuck(&arguments);
        let all = format!("{}{}", stdout(&output), stderr(&output));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {all}");
        assert!(all.contains(expected), "{arguments:?}: {all}");
        assert!(!all.contains("panicked"), "{all}");
    }
}

#[test]
fn check_pins_the_ids_that_come_from_wordings() {
    let guide = "# Water\n<!-- topic: water -->\n\n## Cold\n<!-- id: cold -->\n\n### Checks\n\n\
        1. Turn it on.\n2. Wait a minute.\n";
    let dir = folder(&[("kb.toml", CONFIG), ("water.md", guide)]);
    let path = text(dir.path()).to_owned();
    assert!(stdout(&unstuck(&["check", &path])).contains("is not pinned"));
    unstuck(&["check", &path, "--pin"]);
    let lock = fs::read_to_string(dir.path().join("kb.lock")).unwrap();
    assert!(lock.contains("[\"tea/water/cold\"]\nturn-it-on = \"Turn it on.\"\n"), "{lock}");
    assert!(!stdout(&unstuck(&["check", &path])).contains("pinned"));
    // A new wording keeps the id; the lock takes the wording up.
    fs::write(dir.path().join("water.md"), guide.replace("Turn it on.", "Press the switch."))
        .unwrap();
    unstuck(&["check", &path, "--pin"]);
    let lock = fs::read_to_string(dir.path().join("kb.lock")).unwrap();
    assert!(lock.contains("turn-it-on = \"Press the switch.\""), "{lock}");
}
