//! The handover: what happened, what will be sent line by line, and the ways to reach someone.
//! What the report holds is decided in the core; the person may take out every line.

use unstuck_core::handover::{Line, Need, Offer, Open, Report, offers};
use unstuck_core::model::{Channel, ChannelKind};

use super::blocks::{copy_button, safe};
use super::build::Build;
use super::guide::radio;
use super::hear::Hear;
use crate::ui::state::{Action, Sending, outcome_words, sending_words};
use crate::ui::strings::Key;

/// Longest body of a mail link, in bytes once encoded; longer ones are copied instead.
const LONGEST_MAIL: usize = 1_800;

/// The handover as a screen of its own.
pub(super) fn handover(b: &mut Build<'_>) {
    b.open("div", "screen");
    b.heading(0, "title", "title");
    b.say(Key::CONTACT);
    b.close();
    form(b);
    b.close();
}

/// The form and the channels, also at the end of a guide.
pub(super) fn form(b: &mut Build<'_>) {
    let state = b.state;
    if let Sending::Sent(_) | Sending::HandedOver = state.sending {
        b.open("div", "end good");
        b.attr("id", "sending");
        b.attr("tabindex", "-1");
        b.icon("done");
        b.put("p", "strong", &sending_words(state));
        let email = match state.draft.email.as_str() {
            "" => state.context("user_email").unwrap_or(""),
            typed => typed,
        };
        b.put_key("p", "", Key::SENT_ALL);
        if !email.is_empty() {
            b.open("p", "");
            b.fill(Key::SENT_NEXT, &[("email", email)]);
            b.close();
        }
        b.close();
        return;
    }
    let report = state.report(b.env, "");
    // Made once: the copy button and every mail link carry it.
    let words = state.report_text(&report);
    b.open("div", "handover");
    fields(b);
    pictures(b);
    what_we_send(b, &report);
    trap(b);
    actions(b, &words);
    channels(b, &report, &words);
    b.close();
}

fn fields(b: &mut Build<'_>) {
    let state = b.state;
    let product = state.product();
    let topic = state.article.as_ref().map(|article| article.topic.as_str());
    let words = |key| state.strings.get(key);
    let note = Hear::Input(Action::Note);
    let hint = words(Key::WHAT_HAPPENED_HINT);
    entry(b, "note", "textarea", words(Key::WHAT_HAPPENED), hint, &state.draft.note, note);
    if state.context("user_email").is_none() {
        let email = Hear::Input(Action::Email);
        entry(b, "email", "email", words(Key::YOUR_EMAIL), "", &state.draft.email, email);
    }
    if !product.priorities.is_empty() {
        b.open("div", "choices");
        b.attr("role", "radiogroup");
        b.attr_key("aria-label", Key::HOW_BAD);
        b.put_key("p", "label", Key::HOW_BAD);
        for priority in &product.priorities {
            let checked = state.draft.priority.as_ref() == Some(&priority.id);
            radio(b, "priority", checked, Action::Priority(priority.id.clone()));
            b.text(&priority.question);
            b.open("span", "line");
            b.text(" ");
            let time = state.duration(priority.response_minutes);
            b.fill(Key::ANSWER_WITHIN, &[("time", &time)]);
            b.close();
            b.close();
            b.close();
        }
        b.close();
    }
    for include in &product.include {
        let asked = include.topics.is_empty()
            || topic.is_some_and(|topic| include.topics.iter().any(|other| other == topic));
        if asked {
            let value = state.draft.details.iter().find(|(key, _)| *key == include.id);
            let value = value.map_or("", |(_, value)| value);
            let kind = if include.multiline { "textarea" } else { "text" };
            let detail = Hear::Detail(include.id.clone());
            entry(b, &include.id, kind, &include.label, &include.hint, value, detail);
        }
    }
}

/// A labelled field; the hint may be empty.
pub(super) fn entry(
    b: &mut Build<'_>,
    id: &str,
    kind: &'static str,
    label: &str,
    hint: &str,
    value: &str,
    hear: Hear,
) {
    b.open("div", "entry");
    b.open("label", "label");
    b.attr_text("for", id);
    b.text(label);
    b.close();
    if kind == "textarea" {
        b.open("textarea", "");
        b.attr("rows", "3");
    } else {
        b.open("input", "");
        b.attr("type", kind);
        b.attr("autocomplete", if kind == "email" { "email" } else { "off" });
    }
    b.attr_text("id", id);
    let hint_id = [id, "-hint"].concat();
    if !hint.is_empty() {
        b.attr_text("aria-describedby", &hint_id);
    }
    b.value(value);
    b.on(hear);
    b.close();
    if !hint.is_empty() {
        b.open("p", "line");
        b.attr_text("id", &hint_id);
        b.text(hint);
        b.close();
    }
    b.close();
}

/// A field that nobody sees, hears or reaches: who fills it in is a program.
fn trap(b: &mut Build<'_>) {
    b.open("div", "hidden");
    b.attr("aria-hidden", "true");
    b.open("input", "");
    b.attr("type", "text");
    b.attr("name", "website");
    b.attr("autocomplete", "off");
    b.attr("tabindex", "-1");
    b.on(Hear::Input(Action::Trap));
    b.close();
    b.close();
}

/// The button for pictures. The field behind it is hidden: the button presses it.
fn pictures(b: &mut Build<'_>) {
    b.open("div", "entry");
    b.button("secondary small attach", Action::ChoosePicture);
    b.attr("aria-describedby", "picture-hint");
    b.icon("picture");
    b.say(Key::ATTACH);
    b.close();
    b.open("input", "");
    for (name, value) in [
        ("id", "picture"),
        ("type", "file"),
        ("accept", "image/*"),
        ("multiple", ""),
        ("hidden", ""),
    ] {
        b.attr(name, value);
    }
    b.close();
    b.open("p", "line");
    b.attr("id", "picture-hint");
    b.say(Key::PICTURE_HINT);
    b.close();
    if let Some(fault) = &b.state.picture_fault {
        b.put("p", "result bad", fault);
    }
    b.close();
}

/// Everything that goes along, each line with a button that takes it out.
fn what_we_send(b: &mut Build<'_>, report: &Report) {
    let lines = report.lines();
    let aside =
        |line: &Line| matches!(line, Line::Environment(_) | Line::Context(_) | Line::Status(_));
    b.open("section", "sent-lines");
    b.attr_key("aria-label", Key::WILL_SEND);
    b.attr("id", "sending");
    b.attr("tabindex", "-1");
    b.put_key("p", "label", Key::WILL_SEND);
    b.open("ul", "");
    for line in lines.iter().filter(|line| !aside(line)) {
        sent_line(b, report, *line);
    }
    for (n, picture) in b.state.draft.pictures.iter().enumerate() {
        let text = b.state.strings.fill(Key::IMAGE_OF, &[("alt", &picture.name)]);
        removable(b, &["picture ", &n.to_string()].concat(), &text, Action::RemovePicture(n));
    }
    b.close();
    if lines.iter().any(aside) {
        b.open("details", "");
        b.put_key("summary", "", Key::WILL_SEND_MORE);
        b.open("ul", "");
        for line in lines.iter().filter(|line| aside(line)) {
            sent_line(b, report, *line);
        }
        b.close();
        b.close();
    }
    b.close();
}

fn sent_line(b: &mut Build<'_>, report: &Report, line: Line) {
    let strings = &b.state.strings;
    let text = report.line_text(line, &|outcome| outcome_words(strings, outcome));
    let name = report.line_name(line);
    removable(b, &name, &text, Action::Remove(name.clone()));
}

/// A line with the button that takes it out.
fn removable(b: &mut Build<'_>, key: &str, text: &str, action: Action) {
    let strings = &b.state.strings;
    b.open("li", "");
    b.key(key);
    b.put("span", "", text);
    b.button("quiet square", action);
    b.attr_text("aria-label", &[strings.get(Key::REMOVE), " ", text].concat());
    b.icon("close");
    b.close();
    b.close();
}

fn actions(b: &mut Build<'_>, text: &str) {
    let state = b.state;
    let words = sending_words(state);
    if !words.is_empty() {
        let refused = matches!(state.sending, Sending::Refused(_));
        b.open("p", if refused { "result bad" } else { "result" });
        b.icon(if refused { "warn" } else { "clock" });
        b.put("span", "", &words);
        b.close();
    }
    b.open("div", "answers");
    b.button("primary", Action::Send);
    if matches!(state.sending, Sending::Sending | Sending::Queued | Sending::MayHaveArrived(_)) {
        b.attr("disabled", "");
    }
    b.say(Key::SEND);
    b.close();
    if let Sending::MayHaveArrived(id) = &state.sending {
        b.put_button("secondary", Key::SEND_AGAIN, Action::Again(id.clone()));
    }
    let copied = state.copied.as_deref() == Some("report");
    let action = Action::Copy("report".to_owned(), text.to_owned());
    copy_button(b, Key::COPY_REPORT, copied, action);
    b.close();
}

fn channels(b: &mut Build<'_>, report: &Report, text: &str) {
    let state = b.state;
    let need = Need {
        to: report.to,
        plan: state.context("plan"),
        topic: state.article.as_ref().map(|article| article.topic.as_str()),
        priority: state.draft.priority.as_deref(),
        now: b.env.now(),
    };
    let found = offers(state.product(), need, b.env);
    if found.is_empty() {
        return;
    }
    b.open("div", "part");
    let tag = b.heading_tag(1);
    b.put_key(tag, "label", Key::OTHER_WAYS);
    b.open("ul", "rows channels");
    for offer in &found {
        channel(b, offer, report, text);
    }
    b.close();
    b.close();
}

fn channel(b: &mut Build<'_>, offer: &Offer<'_>, report: &Report, text: &str) {
    let state = b.state;
    let channel = offer.channel;
    let unknown_plan = state.context("plan").is_none();
    let href = if offer.had || unknown_plan { address(b, channel, report, text) } else { None };
    b.open("li", "");
    b.key(&channel.id);
    match href {
        Some(href) => {
            b.open("a", "row");
            b.attr_text("href", &href);
        }
        None => b.open("div", "row words"),
    }
    b.icon(match channel.kind {
        ChannelKind::Email => "mail",
        ChannelKind::Chat => "chat",
        ChannelKind::Phone => "phone",
        ChannelKind::Link => "out",
        ChannelKind::Team => "person",
    });
    b.open("span", "what");
    b.put("span", "strong", &channel.name);
    if let Some(address) = channel.address.as_deref().filter(|text| !text.starts_with("link:")) {
        b.text(" ");
        b.put("span", "address", address);
    }
    let facts = facts(b, offer);
    for line in [&channel.why, &facts, &channel.note] {
        if !line.is_empty() {
            b.text(" ");
            b.put("span", "line", line);
        }
    }
    b.close();
    b.close();
    b.close();
}

/// Plan, hours and time to an answer, in one line.
fn facts(b: &Build<'_>, offer: &Offer<'_>) -> String {
    let state = b.state;
    let channel = offer.channel;
    let mut facts: Vec<String> = Vec::new();
    if !offer.had {
        facts.push(state.strings.fill(Key::NEEDS_PLAN, &[("plan", &channel.plans.join(" / "))]));
    }
    let hours = match offer.open {
        Open::Always => Some(Key::OPEN_ALWAYS),
        Open::Now => Some(Key::OPEN_NOW),
        Open::Closed => Some(Key::OPEN_CLOSED),
        Open::Unknown => None,
    };
    if let Some(key) = hours {
        facts.push(state.strings.get(key).to_owned());
    }
    match channel.response_minutes {
        _ if !channel.response.is_empty() => facts.push(channel.response.clone()),
        Some(minutes) => {
            let time = state.duration(minutes);
            facts.push(state.strings.fill(Key::ANSWER_WITHIN, &[("time", &time)]));
        }
        None => {}
    }
    facts.join(" · ")
}

/// Where a channel's row leads: mail with subject and report, a call, a page.
fn address(b: &Build<'_>, channel: &Channel, report: &Report, text: &str) -> Option<String> {
    let address = channel.address.as_deref()?;
    if let Some(name) = address.strip_prefix("link:") {
        return b.state.href(name);
    }
    match channel.kind {
        ChannelKind::Email => {
            let title = report.article.as_ref().map_or("", |(_, title)| title);
            let product = &b.state.product().name;
            let subject = encode(&[product, ": ", title].concat());
            let body = encode(text);
            let body = if body.len() > LONGEST_MAIL { "" } else { &body };
            Some(["mailto:", address, "?subject=", &subject, "&body=", body].concat())
        }
        ChannelKind::Phone => {
            let mut number = String::from("tel:");
            number.extend(address.chars().filter_map(keypad));
            Some(number)
        }
        _ => safe(address).map(str::to_owned),
    }
}

/// A dialled character; letters of a word number are digits of the keypad (ITU-T E.161).
fn keypad(c: char) -> Option<char> {
    match c.to_ascii_uppercase() {
        'A'..='C' => Some('2'),
        'D'..='F' => Some('3'),
        'G'..='I' => Some('4'),
        'J'..='L' => Some('5'),
        'M'..='O' => Some('6'),
        'P'..='S' => Some('7'),
        'T'..='V' => Some('8'),
        'W'..='Z' => Some('9'),
        other => (other.is_ascii_digit() || other == '+').then_some(other),
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986).
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
                out.push(digit.to_ascii_uppercase());
            }
        }
    }
    out
}
