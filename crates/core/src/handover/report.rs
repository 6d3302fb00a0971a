//! The report: everything that goes to support, line by line.
//! A person sees the very lines that are sent and may remove each of them; nothing else is added
//! between their look and the sending.

mod write;

pub use write::Headings;

use super::redact::{redact, redact_value};
use crate::guide::Outcome;
use crate::model::Recipient;

/// One check of the transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Id of the article it belongs to.
    pub article: String,
    /// Id of the check.
    pub check: String,
    /// Its instruction.
    pub label: String,
    /// How it turned out.
    pub outcome: Outcome,
    /// The words of the choice; empty without one.
    pub choice: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// More in words; may be empty.
    pub detail: String,
}

/// What the browser says of itself. Empty text is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Address of the page.
    pub url: String,
    /// Browser and version.
    pub browser: String,
    /// Operating system.
    pub os: String,
    /// Size of the window, such as "390×844".
    pub viewport: String,
    /// Language of the browser.
    pub language: String,
    /// Time zone.
    pub time_zone: String,
    /// Whether the browser says it is online.
    pub online: Option<bool>,
}

/// A picture, re-encoded by the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// File name.
    pub name: String,
    /// MIME type.
    pub mime: String,
    /// Base64 of the bytes.
    pub data: String,
}

/// The most that all pictures of a report take together, in bytes before base64: 2 MB.
pub const PICTURES: usize = 2 << 20;

/// Whether a further picture of `bytes` bytes goes along with those that are there.
///
/// ```
/// use unstuck_core::handover::{Attachment, PICTURES, picture_fits};
/// let mut shot = Attachment { name: "a.png".into(), mime: "image/png".into(), data: "AAAA".into() };
/// assert!(picture_fits(&[shot.clone()], PICTURES - 3));
/// assert!(!picture_fits(&[shot], PICTURES - 2));
/// ```
pub fn picture_fits(pictures: &[Attachment], bytes: usize) -> bool {
    let there: usize = pictures.iter().map(|picture| picture.data.len() / 4 * 3).sum();
    there.saturating_add(bytes) <= PICTURES
}

/// Which part of the report a line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// What happened, in the person's words.
    Note,
    /// The address for the answer.
    Email,
    /// The chosen priority.
    Priority,
    /// The n-th thing that the product asks for.
    Detail(usize),
    /// The article at hand.
    Article,
    /// The name that the host gave.
    Name,
    /// The n-th check of the transcript.
    Tried(usize),
    /// The n-th search.
    Search(usize),
    /// The n-th service state.
    Status(usize),
    /// The n-th value of the host's context.
    Context(usize),
    /// The n-th of [`Report::environment`]'s values.
    Environment(usize),
}

/// A report in the making. Fill it, show [`lines`](Report::lines), then write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// UUID of this report; a receiver counts it once.
    pub id: String,
    /// Id of the product.
    pub product: String,
    /// Locale of the widget.
    pub locale: String,
    /// Version of the knowledge base.
    pub kb_version: String,
    /// Id and title of the article at hand.
    pub article: Option<(String, String)>,
    /// What happened, in the person's words.
    pub note: String,
    /// Name, as the host gave it.
    pub name: String,
    /// E-mail address for the answer.
    pub email: String,
    /// Id of the channel.
    pub channel: String,
    /// To whom it goes.
    pub to: Recipient,
    /// Id of the priority.
    pub priority: Option<String>,
    /// What the product asks to include: key and text.
    pub details: Vec<(String, String)>,
    /// Pictures.
    pub attachments: Vec<Attachment>,
    /// The transcript.
    pub tried: Vec<Tried>,
    /// What the person searched for.
    pub searches: Vec<String>,
    /// Service and state.
    pub status: Vec<(String, String)>,
    /// The host's context.
    pub context: Vec<(String, String)>,
    /// What the browser says of itself.
    pub environment: Environment,
    /// When it was made, in milliseconds since 1970.
    pub created_at: u64,
    /// Names of lines that the person removed, as [`Report::line_name`] gives them.
    pub removed: Vec<String>,
}

impl Report {
    /// Removes secrets from everything that can hold one, names of pictures and values of the
    /// host among them; the address for the answer stays. Call it before a person sees the report.
    /// Cleaning twice changes nothing.
    pub fn clean(&mut self) {
        let title = self.article.iter_mut().map(|(_, title)| title);
        let environment = &mut self.environment;
        let texts = (self.tried.iter_mut())
            .flat_map(|tried| [&mut tried.label, &mut tried.choice, &mut tried.detail])
            .chain(self.searches.iter_mut())
            .chain(self.attachments.iter_mut().map(|attachment| &mut attachment.name))
            .chain(self.status.iter_mut().flat_map(|(service, state)| [service, state]))
            .chain(title)
            .chain([&mut self.note, &mut self.name, &mut environment.url])
            .chain([&mut environment.browser, &mut environment.os]);
        for text in texts {
            *text = redact(text);
        }
        for (key, value) in self.context.iter_mut().chain(&mut self.details) {
            *value = redact_value(key, value);
            *key = redact(key);
        }
    }

    /// The lines that are sent, in their order, without removed ones. Pictures stand beside them:
    /// who does not want to send one takes it out of `attachments`.
    pub fn lines(&self) -> Vec<Line> {
        let environment = self.environment_values();
        let mut lines = Vec::new();
        let filled = |line: Line, text: &str| (!text.trim().is_empty()).then_some(line);
        lines.extend(filled(Line::Note, &self.note));
        lines.extend(filled(Line::Email, &self.email));
        lines.extend(self.priority.as_ref().map(|_| Line::Priority));
        let details = self.details.iter().enumerate();
        lines.extend(details.filter_map(|(n, (_, value))| filled(Line::Detail(n), value)));
        if self.article.is_some() {
            lines.push(Line::Article);
        }
        if !self.name.is_empty() {
            lines.push(Line::Name);
        }
        lines.extend((0..self.tried.len()).map(Line::Tried));
        lines.extend((0..self.searches.len()).map(Line::Search));
        lines.extend((0..self.status.len()).map(Line::Status));
        lines.extend((0..self.context.len()).map(Line::Context));
        lines.extend(
            environment
                .iter()
                .enumerate()
                .filter(|(_, (_, value))| !value.is_empty())
                .map(|(n, _)| Line::Environment(n)),
        );
        lines.retain(|line| !self.is_removed(*line));
        lines
    }

    /// A name for a line that stays the same while the report grows.
    pub fn line_name(&self, line: Line) -> String {
        match line {
            // What a person enters is removed as it stands: entered anew it is there again.
            Line::Note => ["note ", &self.note].concat(),
            Line::Email => ["email ", &self.email].concat(),
            Line::Priority => ["priority ", self.priority.as_deref().unwrap_or("")].concat(),
            Line::Detail(n) => self
                .details
                .get(n)
                .map_or_else(String::new, |(key, value)| ["detail ", key, " ", value].concat()),
            Line::Article => "article".to_owned(),
            Line::Name => "name".to_owned(),
            Line::Tried(n) => match self.tried.get(n) {
                Some(tried) => {
                    ["tried ", &tried.article, " ", &tried.check, " ", tried.outcome.name()]
                        .concat()
                }
                None => String::new(),
            },
            Line::Search(n) => ["search ", self.searches.get(n).map_or("", |text| text)].concat(),
            Line::Status(n) => ["status ", self.status.get(n).map_or("", |(id, _)| id)].concat(),
            Line::Context(n) => {
                ["context ", self.context.get(n).map_or("", |(key, _)| key)].concat()
            }
            Line::Environment(n) => {
                ["environment ", self.environment_values().get(n).map_or("", |(key, _)| key)]
                    .concat()
            }
        }
    }

    /// The text of a line, exactly as it is sent. `outcome` gives an outcome's words.
    pub fn line_text(&self, line: Line, outcome: &dyn Fn(Outcome) -> String) -> String {
        let pair = |key: &str, value: &str| [key, ": ", value].concat();
        match line {
            Line::Note => self.clean_note(),
            Line::Email => self.email.trim().to_owned(),
            Line::Priority => pair("priority", self.priority.as_deref().unwrap_or("")),
            Line::Detail(n) => self
                .details
                .get(n)
                .map_or_else(String::new, |(key, value)| pair(key, &redact_value(key, value))),
            Line::Article => {
                self.article.as_ref().map_or_else(String::new, |(_, title)| title.clone())
            }
            Line::Name => self.name.clone(),
            Line::Tried(n) => self.tried.get(n).map_or_else(String::new, |tried| {
                let result = match tried.choice.as_str() {
                    "" => outcome(tried.outcome),
                    choice => choice.to_owned(),
                };
                let mut text = [&tried.label, " — ", &result].concat();
                if !tried.detail.is_empty() {
                    text = [&text, " (", &tried.detail, ")"].concat();
                }
                text
            }),
            Line::Search(n) => self.searches.get(n).cloned().unwrap_or_default(),
            Line::Status(n) => {
                self.status.get(n).map_or_else(String::new, |(id, state)| pair(id, state))
            }
            Line::Context(n) => {
                self.context.get(n).map_or_else(String::new, |(key, value)| pair(key, value))
            }
            Line::Environment(n) => self
                .environment_values()
                .get(n)
                .map_or_else(String::new, |(_, value)| value.to_string()),
        }
    }

    /// Whether the person removed that line.
    pub fn is_removed(&self, line: Line) -> bool {
        let name = self.line_name(line);
        self.removed.contains(&name)
    }

    /// The note without secrets, as it is sent.
    pub fn clean_note(&self) -> String {
        redact(self.note.trim())
    }

    fn environment_values(&self) -> [(&'static str, &str); 7] {
        let environment = &self.environment;
        [
            ("url", &environment.url),
            ("browser", &environment.browser),
            ("os", &environment.os),
            ("viewport", &environment.viewport),
            ("language", &environment.language),
            ("time_zone", &environment.time_zone),
            (
                "online",
                match environment.online {
                    Some(true) => "online",
                    Some(false) => "offline",
                    None => "",
                },
            ),
        ]
    }
}
