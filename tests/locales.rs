//! The lint of `locales/`: every language holds the keys of the English one, with the same blanks.
//! What is wrong is named with its file and line, all of it in one go.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

#[path = "../src/ui/texts.rs"]
mod texts;

/// The forms that a text may have, by the names of CLDR.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("locales")
}

fn read(language: &str) -> String {
    fs::read_to_string(folder().join(format!("{language}.txt"))).unwrap()
}

/// The languages that there are, English among them.
fn languages() -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".txt").map(str::to_owned))
        .collect();
    found.sort();
    found
}

/// Names of the blanks of a text, in alphabetical order.
fn blanks(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(n, _)| n).collect();
    names.sort_unstable();
    names
}

/// The forms of a text: name and words; a text without forms has the one named `other`.
fn forms(text: &str) -> Vec<(&str, &str)> {
    let named: Option<Vec<_>> = text.split(" | ").map(|form| form.split_once(": ")).collect();
    match named {
        Some(named) if text.contains("other: ") => named,
        _ => vec![("other", text)],
    }
}

/// What is wrong with a language, one finding a line.
fn findings(language: &str, english: &str, other: &str) -> Vec<String> {
    let file = format!("locales/{language}.txt");
    let mut out = Vec::new();
    let known: BTreeMap<&str, texts::Line<'_>> =
        texts::lines(english).map(|line| (line.key, line)).collect();
    let mut seen = BTreeMap::new();
    for line in texts::lines(other) {
        let place = format!("{file}:{}", line.number);
        if let Some(before) = seen.insert(line.key, line.number) {
            out.push(format!("{place}: `{}` stands on line {before}, too", line.key));
        }
        let Some(model) = known.get(line.key) else {
            out.push(format!("{place}: en.txt has no `{}`; take it out", line.key));
            continue;
        };
        if line.text.is_empty() {
            out.push(format!("{place}: `{}` is empty; write `key = text`", line.key));
        }
        let wanted = blanks(model.text);
        for (name, text) in forms(line.text) {
            if !FORMS.contains(&name) {
                let all = FORMS.join(", ");
                out.push(format!("{place}: `{name}` is no form of a number; known: {all}"));
            }
            // "Two results" need no digit.
            let silent = matches!(name, "zero" | "one" | "two") && blanks(text).is_empty();
            if blanks(text) != wanted && !silent {
                out.push(format!(
                    "{place}: `{}` has the blanks {:?}, English has {wanted:?}",
                    line.key,
                    blanks(text)
                ));
            }
        }
        if line.text.contains(" | ")
            && !line.text.rsplit(" | ").next().unwrap().starts_with("other: ")
        {
            out.push(format!("{place}: the form `other` is missing, or not the last"));
        }
    }
    for (key, model) in &known {
        if !seen.contains_key(key) {
            out.push(format!(
                "{file}: `{key}` is missing; translate line {} of en.txt: {}",
                model.number, model.text
            ));
        }
    }
    out
}

#[test]
fn every_language_holds_every_key_with_the_same_blanks() {
    let english = read("en");
    let found: Vec<String> = languages()
        .iter()
        .flat_map(|language| findings(language, &english, &read(language)))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_languages_are_those_that_the_loader_names() {
    let loader = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/element/loader.js");
    let loader = fs::read_to_string(loader).unwrap();
    let list = loader.split_once("const HELP = {").unwrap().1.split_once('}').unwrap().0;
    let mut named: Vec<&str> =
        list.split(',').map(|pair| pair.split_once(':').unwrap().0.trim()).collect();
    named.sort_unstable();
    assert_eq!(named, languages());
    for language in named {
        let source = read(language);
        let text = |key: &str| texts::lines(&source).find(|line| line.key == key).unwrap().text;
        assert!(list.contains(&format!("{language}: \"{}\"", text("help"))), "{language}");
        assert_eq!(text("lang"), language);
        assert_eq!(text("dir"), if language == "ar" { "rtl" } else { "ltr" });
    }
}

#[test]
fn the_lint_names_what_is_missing_unknown_twice_or_filled_otherwise() {
    let english = "a = {n} of {total}\nb = Fine\nc = {n} results\n";
    let good = "c = one: Eins | other: {n} Treffer\nb = Gut\na = {total}, davon {n}\n";
    assert_eq!(findings("de", english, good), Vec::<String>::new());
    let bad =
        "# x\na = {n} von {all}\nd = was\nc = eins: x | other: {n}\nc = other: {n} | one: 1\n";
    let found = findings("de", english, bad).join("\n");
    for part in [
        "locales/de.txt:2: `a` has the blanks [\"all\", \"n\"]",
        "locales/de.txt:3: en.txt has no `d`",
        "locales/de.txt:4: `eins` is no form",
        "locales/de.txt:5: `c` stands on line 4, too",
        "locales/de.txt:5: the form `other` is missing, or not the last",
        "locales/de.txt: `b` is missing; translate line 2 of en.txt: Fine",
    ] {
        assert!(found.contains(part), "{part} is not among\n{found}");
    }
}

#[test]
fn english_stands_in_for_what_is_missing() {
    let english = "# c\na = Help\nb = Close\n";
    assert_eq!(texts::ordered(english, "b = Zu\n"), "Help\nZu\n");
}
