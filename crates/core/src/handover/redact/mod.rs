//! Takes secrets out of text before a person sees the report: tokens, keys, passwords, card
//! numbers, cookies, and e-mail addresses inside web addresses. Identifiers that support needs
//! (UUIDs, record and campaign ids, codes, IP ranges, times) stay. Nothing is sent.

mod address;
mod card;
mod names;
mod shape;

use address::push_address;
use card::cards;
use names::{Said, is_cookie, is_plain_word, is_secret_name, said};
use shape::{is_random, is_token};

/// What stands in a secret's place.
const REMOVED: &str = "[removed]";

/// Marks that may stand around a word.
const AROUND: &str = "\"'`´‘’“”,;()<>{}|";

/// Words of a quoted secret at the most: a stray quote must not swallow the text.
const QUOTED_WORDS: usize = 12;

/// The text without secrets. What is clean stays as it is, letter by letter. Cost: linear in the
/// text, save for words of unusual length.
///
/// ```
/// use unstuck_core::handover::redact;
/// assert_eq!(redact("used Bearer abc123def"), "used Bearer [removed]");
/// assert_eq!(redact("campaign 7f9c2ba4-e88f-11d3-9a0c-0305e82c3301"), "campaign 7f9c2ba4-e88f-11d3-9a0c-0305e82c3301");
/// assert_eq!(redact("https://a.example/x?token=abc&page=2"), "https://a.example/x?token=[removed]&page=2");
/// ```
pub fn redact(text: &str) -> String {
    let text = cards(&private_keys(text));
    let mut out = String::with_capacity(text.len());
    let mut said_before = Said::Nothing;
    let mut in_cookie = false;
    let mut last = "";
    let mut words = words(&text).peekable();
    while let Some((blank, word)) = words.next() {
        if blank.contains('\n') {
            in_cookie = false;
            // "Password:" at the end of a line speaks of the next one; a mere name does not.
            if said_before != Said::Value {
                said_before = Said::Nothing;
            }
        }
        out.push_str(blank);
        if in_cookie || is_cookie(word) {
            in_cookie = true;
            push_cookie(word, &mut out);
            continue;
        }
        let core = word.trim_matches(|c: char| AROUND.contains(c) || matches!(c, '.' | ':' | '='));
        match said_before {
            Said::Nothing => {}
            _ if core.is_empty() || names::joins(core) => {
                out.push_str(word);
                if names::insists(word, core) {
                    said_before = Said::Value;
                }
                continue;
            }
            // "password reset" is no secret, "password hunter2" is; "token: expired" is none.
            Said::Password | Said::Value if is_plain_word(core) && !quoted(word) => {}
            Said::Login => {
                said_before = Said::Nothing;
                push_login(word, &mut out);
                continue;
            }
            said if said == Said::Value
                || said == Said::Password && core.contains(|c: char| !c.is_alphabetic())
                || said == Said::Key && is_random(core) =>
            {
                // A name with its value in one word, such as `token: key=abc`.
                if said_before_name(core) {
                    said_before = said_of(word);
                    push_word(word, &mut out);
                    continue;
                }
                said_before = Said::Nothing;
                push_secret(word, &mut words, &mut out);
                continue;
            }
            _ => {}
        }
        said_before = said_of(word);
        // "API key", "access key": two words, one name.
        if said_before == Said::Nothing
            && ends_with_key(word)
            && is_secret_name(&[last, core].concat())
        {
            said_before = if word.contains([':', '=']) { Said::Value } else { Said::Key };
        }
        last = core;
        push_word(word, &mut out);
    }
    out
}

fn quoted(word: &str) -> bool {
    word.starts_with(['"', '\'', '`'])
}

fn ends_with_key(word: &str) -> bool {
    let core = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    core.get(core.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("key"))
}

/// The value of a key without secrets: all of it goes when the key names a secret.
///
/// ```
/// use unstuck_core::handover::redact_value;
/// assert_eq!(redact_value("api_key", "4711"), "[removed]");
/// assert_eq!(redact_value("campaign_id", "4711"), "4711");
/// ```
pub fn redact_value(key: &str, value: &str) -> String {
    if is_secret_name(key) && !value.trim().is_empty() && !is_plain_word(value.trim()) {
        return REMOVED.to_owned();
    }
    redact(value)
}

fn said_of(word: &str) -> Said {
    said(word.trim_start_matches(|c: char| AROUND.contains(c)))
}

/// Whether a word is itself the name of a secret with a value, so that the value is taken there.
fn said_before_name(core: &str) -> bool {
    core.split_once(['=', ':']).is_some_and(|(name, value)| {
        is_secret_name(name.trim_end_matches(['"', '\''])) && !value.is_empty()
    })
}

/// A secret, up to the closing quote when it opens with one.
fn push_secret<'t>(
    word: &'t str,
    words: &mut core::iter::Peekable<impl Iterator<Item = (&'t str, &'t str)> + Clone>,
    out: &mut String,
) {
    let quote = word.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let closed = |word: &str, from: usize| {
        quote.is_some_and(|quote| word.get(from..).is_some_and(|rest| rest.contains(quote)))
    };
    if quote.is_some() && !closed(word, 1) {
        let mut ahead = words.clone().take(QUOTED_WORDS).take_while(|(b, _)| !b.contains('\n'));
        if let Some(count) = ahead.position(|(_, word)| closed(word, 0)) {
            let mut last = word;
            for _ in 0..=count {
                last = words.next().map_or(last, |(_, word)| word);
            }
            let at = quote.and_then(|quote| last.find(quote)).unwrap_or(0);
            out.extend(quote);
            out.push_str(REMOVED);
            out.push_str(last.get(at..).unwrap_or(""));
            return;
        }
    }
    // What was taken out before stays as it is.
    if word.contains(REMOVED) && word.len() < REMOVED.len() + 5 {
        return out.push_str(word);
    }
    let before = word.len() - word.trim_start_matches(|c| AROUND.contains(c)).len();
    let after = word.trim_end_matches(|c: char| AROUND.contains(c)).len().max(before);
    out.push_str(word.get(..before).unwrap_or(""));
    out.push_str(REMOVED);
    out.push_str(word.get(after..).unwrap_or(""));
}

/// `user:password` as command-line tools take it.
fn push_login(word: &str, out: &mut String) {
    match word.split_once(':') {
        Some((user, _)) if !word.contains("://") => out.push_str(&[user, ":", REMOVED].concat()),
        _ => push_word(word, out),
    }
}

/// A word that nothing announced: judged by its shape, and by the names inside it.
fn push_word(word: &str, out: &mut String) {
    let core = word.trim_matches(|c: char| AROUND.contains(c));
    if is_token(core) {
        let (before, after) = word.split_once(core).unwrap_or(("", ""));
        out.push_str(&[before, REMOVED, after].concat());
    } else if word.contains(['=', ':', '/', '@', '%', '"']) {
        push_address(word, out);
    } else {
        push_parts(word, out);
    }
}

/// Tokens between marks, such as `[sk_live_…]` or `key|sk_live_…`.
fn push_parts(word: &str, out: &mut String) {
    let mut rest = word;
    while !rest.is_empty() {
        let end = rest.find(|c| "[]<>|(),;{}\"'`".contains(c)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        out.push_str(if is_token(part) { REMOVED } else { part });
        let mark = after.chars().next().map_or(0, char::len_utf8);
        let (mark, after) = after.split_at(mark);
        out.push_str(mark);
        rest = after;
    }
}

/// A word of a cookie header: values go, names and the cookie's properties stay.
fn push_cookie(word: &str, out: &mut String) {
    let Some((name, value)) = word.rsplit_once(": ").or_else(|| word.split_once('=')) else {
        return out.push_str(word);
    };
    let property = ["path", "domain", "expires", "max-age", "samesite", "document.cookie"];
    if property.iter().any(|property| name.eq_ignore_ascii_case(property)) {
        return out.push_str(word);
    }
    let end = value.find([';', '"', '\'']).unwrap_or(value.len());
    let (value, after) = value.split_at(end);
    let removed = if value.is_empty() { "" } else { REMOVED };
    out.push_str(&[name, "=", removed].concat());
    // `a=1;b=2` without blanks.
    match after.split_at_checked(1) {
        Some((mark, more)) if more.contains('=') => {
            out.push_str(mark);
            push_cookie(more, out);
        }
        _ => out.push_str(after),
    }
}

/// Splits into blanks and the word after them.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> + Clone {
    let mut rest = text;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let start = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let (blank, after) = rest.split_at(start);
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        rest = after;
        Some((blank, word))
    })
}

/// Takes the body out of PEM blocks of private keys (RFC 7468).
fn private_keys(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("PRIVATE KEY-----") {
        let (head, body) = rest.split_at(at + "PRIVATE KEY-----".len());
        out.push_str(head);
        let begins = head.rfind("-----").is_some()
            && head.rsplit("-----BEGIN").next().is_some_and(|label| label.len() < 40);
        let end = body.find("-----END").unwrap_or(body.len());
        let (body, after) = if begins { body.split_at(end) } else { ("", body) };
        if !body.trim().is_empty() {
            out.push_str(&["\n", REMOVED, "\n"].concat());
        }
        rest = after;
        if !begins {
            continue;
        }
        // Past the end mark, whose label is a private key's, too.
        let mark = rest.find("KEY-----").map_or(rest.len(), |at| at + "KEY-----".len());
        let (mark, after) = rest.split_at(mark);
        out.push_str(mark);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
