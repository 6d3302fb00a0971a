//! From the state to the report: what was tried, searched and written, ready to be shown and sent.

use unstuck_core::guide::{Outcome, transcript};
use unstuck_core::handover::{Headings, Report, Tried};

use super::{Env, State};
use crate::ui::strings::{Key, Strings};

impl State {
    /// The report as it stands now, cleaned of secrets. `channel` is the one it goes through.
    pub fn report(&self, env: &dyn Env, channel: &str) -> Report {
        let product = self.product();
        let named = |key: &str| self.context(key).unwrap_or("").to_owned();
        let mut report = Report {
            id: self.draft.id.clone(),
            product: product.id.clone(),
            locale: product.locale.clone(),
            kb_version: self.pack.version().to_owned(),
            article: self
                .article
                .as_ref()
                .map(|article| (article.id.clone(), article.title.clone())),
            note: self.draft.note.clone(),
            name: named("user_name"),
            email: match self.draft.email.as_str() {
                "" => named("user_email"),
                typed => typed.to_owned(),
            },
            channel: channel.to_owned(),
            to: self.recipient(),
            priority: self.draft.priority.clone(),
            details: self
                .draft
                .details
                .iter()
                .filter(|(_, value)| !value.trim().is_empty())
                .cloned()
                .collect(),
            attachments: self.draft.pictures.clone(),
            tried: self.tried(),
            searches: self.searches.clone(),
            status: self.reported(),
            context: self
                .context
                .iter()
                .filter(|(key, _)| {
                    !matches!(key.as_str(), "user_name" | "user_email" | "user" | "route")
                })
                .cloned()
                .collect(),
            environment: env.environment(),
            created_at: env.now(),
            removed: self.draft.removed.clone(),
        };
        report.clean();
        report
    }

    /// Every answer of every guide, in the order it was given.
    pub fn tried(&self) -> Vec<Tried> {
        let mut tried: Vec<Tried> = Vec::new();
        for session in &self.sessions {
            let Some(article) =
                self.pack.find(&session.article).and_then(|number| self.pack.article(number).ok())
            else {
                continue;
            };
            tried.append(&mut transcript(&article, session, self.reader()));
        }
        tried.sort_by_key(|tried| tried.at);
        tried
    }

    /// The report as readable text.
    pub fn report_text(&self, report: &Report) -> String {
        let strings = &self.strings;
        report.text(&self.headings(), &|outcome| outcome_words(strings, outcome))
    }

    /// The report as Zendesk's Requests API takes it.
    pub fn zendesk(&self, report: &Report) -> String {
        let strings = &self.strings;
        let outcome = |outcome| outcome_words(strings, outcome);
        report.zendesk(&self.product().name, &self.headings(), &outcome)
    }

    fn headings(&self) -> Headings<'_> {
        let strings = &self.strings;
        Headings {
            note: strings.get(Key::PART_NOTE),
            email: strings.get(Key::PART_EMAIL),
            priority: strings.get(Key::PART_PRIORITY),
            article: strings.get(Key::PART_ARTICLE),
            name: strings.get(Key::PART_NAME),
            tried: strings.get(Key::PART_TRIED),
            searches: strings.get(Key::PART_SEARCHES),
            status: strings.get(Key::PART_STATUS),
            environment: strings.get(Key::PART_ENVIRONMENT),
        }
    }
}

/// An outcome in words.
pub fn outcome_words(strings: &Strings, outcome: Outcome) -> String {
    let key = match outcome {
        Outcome::StillStuck => Key::OUTCOME_STILL_STUCK,
        Outcome::Fixed => Key::OUTCOME_FIXED,
        Outcome::Skipped => Key::OUTCOME_SKIPPED,
        Outcome::Passed => Key::OUTCOME_PASSED,
        Outcome::Failed => Key::OUTCOME_FAILED,
        Outcome::CouldNotRun => Key::OUTCOME_COULD_NOT_RUN,
        Outcome::Waited => Key::OUTCOME_WAITED,
        Outcome::Chose => Key::OUTCOME_CHOSE,
        Outcome::Asked => Key::OUTCOME_ASKED,
    };
    strings.get(key).to_owned()
}
