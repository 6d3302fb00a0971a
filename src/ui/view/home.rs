//! Home: what to do, the search field with its list, what is suggested here, and the topics.

use core::ops::Range;

use unstuck_core::model::Kind;

use super::build::Build;
use super::hear::Hear;
use super::status::service;
use crate::depth;
use crate::ui::state::{Action, Mode, Row, suggestions};
use crate::ui::strings::Key;

/// Everything on the first screen, in one column.
pub(super) fn home(b: &mut Build<'_>) {
    b.open("div", "screen home");
    search(b);
    if b.state.search.open {
        if depth::here() {
            depth::news(b);
        }
        list(b);
    } else {
        told(b);
        suggested(b);
        topics(b);
    }
    b.close();
}

/// The left column: search, then its list or the topics.
pub(super) fn finder(b: &mut Build<'_>) {
    b.open("div", "screen home");
    search(b);
    if b.state.search.open {
        list(b)
    } else {
        topics(b)
    }
    b.close();
}

/// The right column while nothing is chosen.
pub(super) fn welcome(b: &mut Build<'_>) {
    b.open("div", "screen home");
    told(b);
    suggested(b);
    b.close();
}

fn search(b: &mut Build<'_>) {
    let search = &b.state.search;
    let shown = search.open && !search.found.rows.is_empty();
    b.open("div", "ask");
    b.heading(0, "greeting", "greeting");
    b.say(Key::GREETING);
    b.close();
    b.open("div", "field");
    b.icon("search");
    b.open("input", "search");
    for (name, value) in [
        ("id", "search"),
        ("type", "text"),
        ("inputmode", "search"),
        ("enterkeyhint", "search"),
        ("role", "combobox"),
        ("autocomplete", "off"),
        ("autocapitalize", "none"),
        ("spellcheck", "false"),
        ("aria-autocomplete", "list"),
        ("aria-controls", "results"),
        ("aria-expanded", if shown { "true" } else { "false" }),
    ] {
        b.attr(name, value);
    }
    b.attr_key("aria-label", Key::SEARCH_LABEL);
    b.attr_key("placeholder", Key::SEARCH_HINT);
    // A dialog puts the focus there by itself; a part of the page may not take it.
    if b.state.settings.mode != Mode::Inline {
        b.attr("autofocus", "");
    }
    if let Some(n) = search.active.filter(|_| shown) {
        b.attr_text("aria-activedescendant", &option_id(n));
    }
    b.value(&search.text);
    b.on(Hear::Input(Action::Type));
    b.on(Hear::SearchKeys);
    b.close();
    if !search.text.is_empty() {
        b.button("quiet square clear", Action::Clear);
        b.attr_key("aria-label", Key::CLEAR);
        b.icon("close");
        b.close();
    }
    b.close();
    b.close();
}

fn option_id(n: usize) -> String {
    ["r", &n.to_string()].concat()
}

fn list(b: &mut Build<'_>) {
    let state = b.state;
    let found = &state.search.found;
    b.open("div", "found");
    if !found.confident {
        b.open("div", "nothing");
        b.open("p", "strong");
        b.fill(Key::NO_MATCH, &[("query", shown_query(&state.search.text))]);
        b.close();
        b.put_key("p", "quiet-text", Key::NO_MATCH_NEXT);
        b.put_button("primary", Key::CONTACT, Action::Contact);
        b.close();
        if !found.rows.is_empty() {
            b.put_key("p", "label closest", Key::CLOSEST);
        }
    }
    b.open("ul", "results");
    b.attr("id", "results");
    b.attr("role", "listbox");
    b.attr_key("aria-label", Key::RESULTS);
    if found.rows.is_empty() {
        b.attr("hidden", "");
    }
    for (n, row) in found.rows.iter().enumerate() {
        option(b, n, row);
    }
    b.close();
    b.close();
}

/// The query as far as it is shown: a pasted log would fill the panel.
fn shown_query(text: &str) -> &str {
    let text = text.trim();
    text.char_indices().nth(60).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn option(b: &mut Build<'_>, n: usize, row: &Row) {
    b.open("li", "option");
    b.key(&row.id);
    b.attr_text("id", &option_id(n));
    b.attr("role", "option");
    b.attr("aria-selected", if b.state.search.active == Some(n) { "true" } else { "false" });
    // The press must not take the focus from the field before the click arrives.
    b.on(Hear::KeepFocus);
    b.on(Hear::Act(Some(Action::Pick(Some(n)))));
    b.open("span", "title");
    b.words_of_pack();
    marked(b, &row.title, &row.title_marks);
    b.close();
    b.put("span", "hidden", ". ");
    if !row.state.is_empty() {
        b.put("span", "affected", &row.state);
        b.put("span", "hidden", ". ");
    }
    b.open("span", "line");
    b.words_of_pack();
    marked(b, &row.line, &row.line_marks);
    b.close();
    b.put("span", "hidden", " ");
    b.put_key("span", "kind", kind(row.kind));
    b.close();
}

fn marked(b: &mut Build<'_>, text: &str, marks: &[Range<usize>]) {
    let mut from = 0;
    for mark in marks {
        if let (Some(before), Some(inner)) =
            (text.get(from..mark.start), text.get(mark.start..mark.end))
        {
            b.text(before);
            b.put("mark", "", inner);
            from = mark.end;
        }
    }
    b.text(text.get(from..).unwrap_or(""));
}

/// A kind's name on screen.
fn kind(kind: Kind) -> Key {
    match kind {
        Kind::Guide => Key::KIND_GUIDE,
        Kind::Faq => Key::KIND_FAQ,
        Kind::Code => Key::KIND_CODE,
        Kind::Reference => Key::KIND_REFERENCE,
    }
}

/// What there is to tell before anything else, once the second file can tell it.
fn told(b: &mut Build<'_>) {
    let state = b.state;
    if depth::here() {
        depth::news(b);
    } else if state.settings.status.is_some() {
        b.open("section", "state");
        b.attr_key("aria-label", Key::STATUS_REGION);
        b.icon("dot");
        b.say(Key::STATUS_UNKNOWN);
        b.close();
    }
}

/// The state of the services, and the guide that was left unfinished.
pub fn news(b: &mut Build<'_>) {
    service(b);
    if !b.state.search.open {
        resume(b);
    }
}

fn resume(b: &mut Build<'_>) {
    let state = b.state;
    let Some((number, n, total)) = state.unfinished() else { return };
    let Some(head) = state.pack.head(number) else { return };
    b.button("card resume", Action::Show(head.id.to_owned()));
    b.icon("clock");
    b.open("span", "");
    b.open("span", "strong");
    b.fill(Key::RESUME, &[("n", &n.to_string()), ("total", &total.to_string())]);
    b.close();
    b.put("span", "hidden", ": ");
    b.put("span", "line", head.title);
    b.close();
    b.icon("next");
    b.close();
}

fn suggested(b: &mut Build<'_>) {
    let (numbers, for_page) = suggestions(b.state);
    if !numbers.is_empty() {
        let key = if for_page { Key::SUGGESTED } else { Key::START_HERE };
        part(b, key, &numbers);
    }
}

/// A heading and the articles below it.
pub(super) fn part(b: &mut Build<'_>, key: Key, numbers: &[usize]) {
    b.open("div", "part");
    let tag = b.heading_tag(1);
    b.put_key(tag, "label", key);
    articles(b, numbers);
    b.close();
}

fn articles(b: &mut Build<'_>, numbers: &[usize]) {
    let state = b.state;
    b.open("ul", "rows");
    for &number in numbers {
        let Some(head) = state.pack.head(number) else { continue };
        b.open("li", "");
        b.key(head.id);
        b.button("row", Action::Show(head.id.to_owned()));
        b.open("span", "");
        b.words_of_pack();
        b.text(head.title);
        b.close();
        b.put_key("span", "kind", kind(head.kind));
        b.close();
        b.close();
    }
    b.close();
}

fn topics(b: &mut Build<'_>) {
    let state = b.state;
    let counts = state.topic_counts();
    b.open("div", "part");
    let tag = b.heading_tag(1);
    b.put_key(tag, "label", Key::TOPICS);
    b.open("ul", "rows");
    for (n, topic) in state.pack.front().topics.iter().enumerate() {
        b.open("li", "");
        b.key(&topic.id);
        b.button("row", Action::Topic(n));
        b.open("span", "");
        b.words_of_pack();
        b.text(&topic.title);
        b.close();
        let words = match counts.get(n) {
            Some(1) => state.strings.get(Key::TOPIC_COUNT_ONE).to_owned(),
            count => state.strings.count(Key::TOPIC_COUNT, count.copied().unwrap_or(0)),
        };
        b.put("span", "count", &words);
        b.close();
        b.close();
    }
    b.close();
    b.close();
}

/// The articles of one topic.
pub(super) fn topic(b: &mut Build<'_>, n: usize) {
    let state = b.state;
    let Some(topic) = state.pack.front().topics.get(n) else { return };
    b.open("div", "screen");
    b.heading(0, "title", "title");
    b.text(&topic.title);
    b.close();
    if !topic.description.is_empty() {
        b.put("p", "quiet-text", &topic.description);
    }
    articles(b, &state.topic_articles(n));
    b.close();
}
