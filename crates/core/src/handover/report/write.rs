//! The report written out: as the JSON that is sent, and as text for a mail or the clipboard.
//! Lines that the person removed are in neither. Which lines there are is `report`'s matter.

use super::{Line, Report, Tried};
use crate::guide::Outcome;
use crate::handover::json::{Json, quoted};
use crate::handover::redact::redact_value;
use crate::handover::time::rfc3339;

impl Report {
    /// The JSON body of the report, format 1, as `docs/embedding.md` describes it.
    pub fn json(&self) -> String {
        let keeps = |line: Line| !self.is_removed(line);
        let mut json = Json::new();
        json.raw("v", "1");
        json.text("id", &self.id);
        json.text("product", &self.product);
        json.text("locale", &self.locale);
        json.text("kb_version", &self.kb_version);
        if let Some((id, title)) = self.article.as_ref().filter(|_| keeps(Line::Article)) {
            json.text("article", id);
            json.text("title", title);
        }
        if keeps(Line::Note) {
            json.text("note", &self.clean_note());
        }
        let mut from = Json::new();
        if !self.name.is_empty() && keeps(Line::Name) {
            from.text("name", &self.name);
        }
        if !self.email.is_empty() && keeps(Line::Email) {
            from.text("email", self.email.trim());
        }
        json.raw("from", &from.finish());
        if !self.channel.is_empty() {
            json.text("channel", &self.channel);
        }
        json.text("to", self.to.name());
        if let Some(priority) = self.priority.as_ref().filter(|_| keeps(Line::Priority)) {
            json.text("priority", priority);
        }
        json.raw(
            "details",
            &object(
                self.kept(&self.details, Line::Detail)
                    .map(|(key, value)| (key.as_str(), quoted(&redact_value(key, value)))),
            ),
        );
        json.array(
            "attachments",
            self.attachments.iter().map(|attachment| {
                let mut json = Json::new();
                json.text("name", &attachment.name);
                json.text("type", &attachment.mime);
                json.text("data", &attachment.data);
                json.finish()
            }),
        );
        json.array("tried", self.kept(&self.tried, Line::Tried).map(tried_json));
        json.array("searches", self.kept(&self.searches, Line::Search).map(|text| quoted(text)));
        json.array(
            "status",
            self.kept(&self.status, Line::Status).map(|(service, state)| {
                let mut json = Json::new();
                json.text("service", service);
                json.text("state", state);
                json.finish()
            }),
        );
        json.raw(
            "context",
            &object(
                self.kept(&self.context, Line::Context)
                    .map(|(key, value)| (key.as_str(), quoted(value))),
            ),
        );
        let values = self.environment_values();
        json.raw(
            "environment",
            &object(
                values
                    .iter()
                    .enumerate()
                    .filter(|(n, (_, value))| !value.is_empty() && keeps(Line::Environment(*n)))
                    .map(|(_, (key, value))| {
                        (
                            *key,
                            match (*key, *value) {
                                ("online", value) => {
                                    (if value == "online" { "true" } else { "false" }).to_owned()
                                }
                                (_, value) => quoted(value),
                            },
                        )
                    }),
            ),
        );
        json.text("created_at", &rfc3339(self.created_at));
        json.finish()
    }

    fn kept<'r, T>(
        &'r self,
        items: &'r [T],
        line: impl Fn(usize) -> Line + 'r,
    ) -> impl Iterator<Item = &'r T> {
        items
            .iter()
            .enumerate()
            .filter(move |(n, _)| !self.is_removed(line(*n)))
            .map(|(_, item)| item)
    }

    /// The report as readable text for a mail or the clipboard. `words` gives the heading of each
    /// part, `outcome` an outcome's words. Pictures are named only.
    pub fn text(&self, words: &Headings<'_>, outcome: &dyn Fn(Outcome) -> String) -> String {
        let mut out = String::new();
        let mut push = |heading: &str, text: &str| {
            if !text.is_empty() {
                out.push_str(heading);
                out.push_str(if text.contains('\n') { ":\n" } else { ": " });
                out.push_str(text);
                out.push('\n');
            }
        };
        let keeps = |line: Line| !self.is_removed(line);
        if keeps(Line::Note) {
            push(words.note, &self.clean_note());
        }
        if keeps(Line::Email) {
            push(words.email, self.email.trim());
        }
        for (key, value) in self.kept(&self.details, Line::Detail) {
            push(key, &redact_value(key, value));
        }
        if let Some(priority) = self.priority.as_ref().filter(|_| keeps(Line::Priority)) {
            push(words.priority, priority);
        }
        for picture in &self.attachments {
            push("+", &picture.name);
        }
        let mut last = "";
        for line in self.lines() {
            let heading = match line {
                Line::Note | Line::Email | Line::Priority | Line::Detail(_) => continue,
                Line::Article => words.article,
                Line::Name => words.name,
                Line::Tried(_) => words.tried,
                Line::Search(_) => words.searches,
                Line::Status(_) => words.status,
                Line::Context(_) | Line::Environment(_) => words.environment,
            };
            if heading != last {
                out.push_str(if last.is_empty() { "" } else { "\n" });
                out.push_str(heading);
                out.push_str(":\n");
                last = heading;
            }
            out.push_str("- ");
            out.push_str(&self.line_text(line, outcome));
            out.push('\n');
        }
        out.push('\n');
        out.push_str(&[&self.product, " ", &self.kb_version, " ", &self.id, "\n"].concat());
        out
    }
}

/// Headings of the readable text, in the widget's language.
#[derive(Clone, Copy, Debug)]
pub struct Headings<'w> {
    /// "What happened".
    pub note: &'w str,
    /// "E-mail".
    pub email: &'w str,
    /// "Priority".
    pub priority: &'w str,
    /// "Article".
    pub article: &'w str,
    /// "Name".
    pub name: &'w str,
    /// "Tried".
    pub tried: &'w str,
    /// "Searched for".
    pub searches: &'w str,
    /// "Service status".
    pub status: &'w str,
    /// "Environment".
    pub environment: &'w str,
}

fn object<'k>(members: impl Iterator<Item = (&'k str, String)>) -> String {
    let mut json = Json::new();
    for (key, value) in members {
        json.raw(key, &value);
    }
    json.finish()
}

fn tried_json(tried: &Tried) -> String {
    let mut json = Json::new();
    json.text("check", &tried.check);
    json.text("label", &tried.label);
    json.text("outcome", tried.outcome.name());
    if !tried.choice.is_empty() {
        json.text("choice", &tried.choice);
    }
    json.text("at", &rfc3339(tried.at));
    if !tried.detail.is_empty() {
        json.text("detail", &tried.detail);
    }
    json.finish()
}
