//! Other forms of the report than our own JSON: mail, Zendesk, a message to a colleague.
//! What the report holds, and which lines are in it, is `report`'s matter.

use super::json::Json;
use super::report::{Headings, Line, Report};
use crate::guide::Outcome;

/// Longest mail link, in bytes: what mail programs and systems take for certain.
const LONGEST_MAIL: usize = 1_800;
/// Longest subject made of what the person wrote, in characters.
const LONGEST_SUBJECT: usize = 80;

/// A mail link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The `mailto:` address with subject and body (RFC 6068).
    pub href: String,
    /// Whether it carries the whole body. If not, the body has to be copied and pasted.
    pub whole: bool,
}

/// A mail link with subject and body. A body that is too long for a link is left out, and
/// `instead` stands in its place, such as "Please paste the report here."
///
/// ```
/// use unstuck_core::handover::mail_link;
/// let mail = mail_link("help@a.example", "Silent call", "1 & 2\n", "");
/// assert_eq!(mail.href, "mailto:help@a.example?subject=Silent%20call&body=1%20%26%202%0D%0A");
/// assert!(!mail_link("help@a.example", "Long", &"x".repeat(5_000), "Paste it").whole);
/// ```
pub fn mail_link(address: &str, subject: &str, body: &str, instead: &str) -> Mail {
    let mut href = String::from("mailto:");
    // An address of the knowledge base: only what would end it is encoded.
    href.extend(address.chars().filter(|c| !c.is_whitespace() && !matches!(c, '?' | '&' | '#')));
    href.push_str("?subject=");
    push_encoded(subject, &mut href);
    href.push_str("&body=");
    let start = href.len();
    push_encoded(body, &mut href);
    let whole = href.len() <= LONGEST_MAIL;
    if !whole {
        href.truncate(start);
        push_encoded(instead, &mut href);
    }
    Mail { href, whole }
}

/// Percent-encodes everything but unreserved characters (RFC 3986); line ends become CRLF.
fn push_encoded(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
            continue;
        }
        let mut push = |byte: u8| {
            out.push('%');
            for digit in [byte >> 4, byte & 0xf] {
                let digit = char::from_digit(u32::from(digit), 16).unwrap_or('0');
                out.push(digit.to_ascii_uppercase());
            }
        };
        match byte {
            b'\r' => {}
            b'\n' => {
                push(b'\r');
                push(b'\n');
            }
            byte => push(byte),
        }
    }
}

impl Report {
    /// One line that says what it is about: the product's name, then the article's title or the
    /// beginning of the note, as far as these are sent.
    pub fn subject(&self, product: &str) -> String {
        let title = self.article.as_ref().filter(|_| !self.is_removed(Line::Article));
        let about = match title {
            Some((_, title)) => title.clone(),
            None if self.is_removed(Line::Note) => String::new(),
            None => {
                let note = self.clean_note();
                let line = note.lines().next().unwrap_or("");
                let mut about: String = line.chars().take(LONGEST_SUBJECT).collect();
                if about.len() < line.len() {
                    about.push('…');
                }
                about
            }
        };
        if about.is_empty() { product.to_owned() } else { [product, ": ", &about].concat() }
    }

    /// The body that Zendesk's Requests API takes from end users who are not signed in there. Its
    /// requester needs a name, so the address stands in for a missing one; without an address
    /// Zendesk refuses it: ask for one first. Everything else is the comment's text; pictures are
    /// named only, because they would need an upload of their own.
    pub fn zendesk(
        &self,
        product: &str,
        words: &Headings<'_>,
        outcome: &dyn Fn(Outcome) -> String,
    ) -> String {
        let email = if self.is_removed(Line::Email) { "" } else { self.email.trim() };
        let name = if self.is_removed(Line::Name) { "" } else { self.name.trim() };
        let mut requester = Json::new();
        requester.text("name", if name.is_empty() { email } else { name });
        if !email.is_empty() {
            requester.text("email", email);
        }
        let mut comment = Json::new();
        comment.text("body", &self.text(words, outcome));
        let mut request = Json::new();
        request.raw("requester", &requester.finish());
        request.text("subject", &self.subject(product));
        request.raw("comment", &comment.finish());
        let mut json = Json::new();
        json.raw("request", &request.finish());
        json.finish()
    }

    /// A message to copy for someone of the person's own house, such as the admin: what it is
    /// about, what happened, and what was tried. `please` opens it, in the widget's language.
    pub fn message(&self, please: &str, outcome: &dyn Fn(Outcome) -> String) -> String {
        let mut out = String::from(please);
        let mut push = |text: &str| {
            if !text.is_empty() {
                out.push_str(if out.is_empty() { "" } else { "\n\n" });
                out.push_str(text);
            }
        };
        if let Some((_, title)) = self.article.as_ref().filter(|_| !self.is_removed(Line::Article))
        {
            push(title);
        }
        if !self.is_removed(Line::Note) {
            push(&self.clean_note());
        }
        let mut tried = String::new();
        for line in self.lines() {
            if let Line::Tried(_) | Line::Detail(_) = line {
                tried.push_str(if tried.is_empty() { "- " } else { "\n- " });
                tried.push_str(&self.line_text(line, outcome));
            }
        }
        push(&tried);
        out
    }
}
