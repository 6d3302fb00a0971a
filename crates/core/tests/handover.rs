//! The report in its forms: every line can be seen and removed, and what is removed is nowhere.
//! Secrets in it are tested in `redaction`, keeping and sending in `queue`.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use unstuck_core::guide::Outcome;
use unstuck_core::handover::{Attachment, Environment, Headings, Line, Report, Tried};
use unstuck_core::model::Recipient;

const WORDS: Headings<'_> = Headings {
    note: "What happened",
    email: "E-mail",
    priority: "Priority",
    article: "Article",
    name: "Name",
    tried: "Tried",
    searches: "Searched for",
    status: "Service status",
    environment: "Environment",
};

fn outcome(outcome: Outcome) -> String {
    outcome.name().to_owned()
}

fn report() -> Report {
    Report {
        id: "5f2c1c52-0000-4000-8000-000000000001".into(),
        product: "scopien".into(),
        locale: "en".into(),
        kb_version: "7".into(),
        article: Some(("scopien/api/401".into(), "The title".into())),
        note: "The note\nwith a second line".into(),
        name: "The name".into(),
        email: "the@mail.example".into(),
        channel: String::new(),
        to: Recipient::Support,
        priority: Some("the-priority".into()),
        details: vec![("steps".into(), "The steps".into()), ("empty".into(), " ".into())],
        attachments: vec![Attachment {
            name: "the-picture.png".into(),
            mime: "image/png".into(),
            data: "QUJD".into(),
        }],
        tried: vec![Tried {
            article: "scopien/api/401".into(),
            check: "look".into(),
            label: "The check.".into(),
            outcome: Outcome::Chose,
            choice: "The choice".into(),
            at: 1_795_132_800_000,
            detail: "The detail".into(),
        }],
        searches: vec!["the search".into()],
        status: vec![("the-service".into(), "degraded".into())],
        context: vec![("the-key".into(), "the value".into())],
        environment: Environment { browser: "Chrome 120".into(), ..Environment::default() },
        created_at: 1_795_132_800_000,
        removed: Vec::new(),
    }
}

#[test]
fn every_line_is_shown_as_it_is_sent_and_a_removed_one_is_nowhere() {
    let whole = report();
    let lines = whole.lines();
    assert_eq!(lines.len(), 11);
    for line in lines {
        let text = whole.line_text(line, &outcome);
        let mut less = whole.clone();
        less.removed.push(whole.line_name(line));
        assert!(!less.lines().contains(&line), "{text}");
        // The words of the line that stand nowhere else.
        let word = match line {
            Line::Note => "The note",
            Line::Priority => "the-priority",
            Line::Detail(_) => "The steps",
            Line::Tried(_) => "The choice",
            Line::Status(_) => "the-service",
            Line::Context(_) => "the value",
            _ => &text,
        };
        let zendesk = whole.zendesk("Scopien", &WORDS, &outcome);
        for form in [whole.json(), whole.text(&WORDS, &outcome), zendesk] {
            assert!(form.contains(word), "{word} in {form}");
        }
        let zendesk = less.zendesk("Scopien", &WORDS, &outcome);
        for form in [less.json(), less.text(&WORDS, &outcome), zendesk] {
            assert!(!form.contains(word), "{word} in {form}");
        }
    }
}

#[test]
fn what_must_stay_stays_when_everything_is_removed() {
    let mut report = report();
    report.attachments.clear();
    report.removed = report.lines().into_iter().map(|line| report.line_name(line)).collect();
    assert_eq!(report.lines(), []);
    assert_eq!(
        report.json(),
        concat!(
            r#"{"v":1,"id":"5f2c1c52-0000-4000-8000-000000000001","product":"scopien","#,
            r#""locale":"en","kb_version":"7","from":{},"to":"support","details":{"empty":" "},"#,
            r#""attachments":[],"tried":[],"searches":[],"status":[],"context":{},"#,
            r#""environment":{},"created_at":"2026-11-20T00:00:00Z"}"#
        )
    );
    assert_eq!(report.subject("Scopien"), "Scopien");
}

#[test]
fn zendesk_gets_a_requester_a_subject_and_a_comment_and_nothing_else() {
    let mut report = report();
    let json = report.zendesk("Scopien AI", &WORDS, &outcome);
    let head = r#"{"request":{"requester":{"name":"The name","email":"the@mail.example"},"subject":"Scopien AI: The title","comment":{"body":"What happened:\nThe note\nwith a second line\n"#;
    assert!(json.starts_with(head), "{json}");
    assert!(json.ends_with("\"}}}"));
    for part in ["- The check. — The choice (The detail)", "+: the-picture.png", "steps: The steps"]
    {
        assert!(json.contains(part), "{part} in {json}");
    }
    report.name.clear();
    assert!(report.zendesk("S", &WORDS, &outcome).contains(r#"{"name":"the@mail.example","#));
}

#[test]
fn without_an_article_the_subject_is_the_beginning_of_the_note() {
    let note = |note: &str| Report { article: None, note: note.into(), ..report() };
    assert_eq!(note("It stops.\nEvery day.").subject("CIC"), "CIC: It stops.");
    assert_eq!(note("").subject("CIC"), "CIC");
    let long = note(&"ü".repeat(100)).subject("CIC");
    assert_eq!(long.chars().count(), "CIC: ".len() + 81);
}

#[test]
fn a_message_for_the_admin_says_what_it_is_about_and_what_was_tried() {
    let text = report().message("Could you please help me with this?", &outcome);
    assert_eq!(
        text,
        "Could you please help me with this?\n\nThe title\n\nThe note\nwith a second line\n\n\
         - steps: The steps\n- The check. — The choice (The detail)"
    );
}
