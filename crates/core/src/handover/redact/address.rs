//! Words with an inner order: web addresses, query strings, connection strings, pasted JSON.
//! Each value is judged by its key and by its shape; what is clean stays as it is.

use super::REMOVED;
use super::names::{is_mail_name, is_secret_name, is_vague_name};
use super::shape::{is_random, is_token};

/// Marks that part a word. `%3D` and the like count as the mark they stand for.
const MARKS: &str = "&?#=/:,;\"'{}[]()<>|\\`";

/// Appends the word without its secrets.
pub(super) fn push_address(word: &str, out: &mut String) {
    let word = match login(word) {
        Some((before, after)) => {
            out.push_str(&[before, REMOVED].concat());
            after
        }
        None => word,
    };
    let located = word.contains("://") || word.starts_with("mailto:") || out.ends_with(REMOVED);
    let query = located || word.contains(['?', '&']) || word.contains('/');
    let mut name = "";
    let mut at = 0;
    while at < word.len() {
        let (end, mark) = next_mark(word, at);
        let part = word.get(at..end).unwrap_or("");
        let marks = word.get(end..end + mark).unwrap_or("");
        let sign = decoded(marks);
        let values = matches!(sign, '=' | ':');
        out.push_str(if judge(part, query) { REMOVED } else { part });
        out.push_str(marks);
        at = end + mark;
        if !part.is_empty() {
            name = part;
        }
        if !values {
            // Quotes stand between a JSON key, its colon and its value; they end neither.
            if !matches!(sign, '"' | '\'' | '\\') {
                name = "";
            }
            continue;
        }
        // Whatever opens the value: quotes, `\"` of JSON in JSON, one more colon or sign.
        let opened = skip_quotes(word, at);
        let value_end = value_end(word, opened, word.get(at..opened).unwrap_or(""));
        let value = word.get(opened..value_end).unwrap_or("");
        let secret = !value.is_empty()
            && !value.starts_with("//")
            && (is_secret_name(name) && !harmless(name, value)
                || is_vague_name(name) && is_random(value) && value.len() >= 16
                || query && is_mail_name(name) && !value.is_empty() && sign == '=');
        if secret {
            out.push_str(word.get(at..opened).unwrap_or(""));
            out.push_str(REMOVED);
            at = value_end;
        }
    }
}

fn judge(part: &str, query: bool) -> bool {
    is_token(part) || query && is_mail(part)
}

/// Values that a name of secrets may have and that are none: a session's UUID, words such as
/// `null`.
fn harmless(name: &str, value: &str) -> bool {
    let uuid = value.len() == 36
        && value.bytes().enumerate().all(|(n, byte)| match n {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    uuid && name.eq_ignore_ascii_case("session")
        || super::names::is_plain_word(value)
        || super::names::is_scheme(value)
        || value == REMOVED
}

/// Splits at the login of an address, `scheme://user:password@host`: what stands before the login,
/// and from the `@` on.
fn login(word: &str) -> Option<(&str, &str)> {
    let start = word.find("://")? + 3;
    let (before, rest) = word.split_at_checked(start)?;
    let web = before.ends_with("http://") || before.ends_with("https://");
    let authority = rest.find(['/', '"', '\'', '<', '>']).unwrap_or(rest.len());
    let login = |at: &usize| {
        let inside = rest.get(..*at).unwrap_or("");
        !inside.contains(['?', '#']) || inside.contains(':') && !inside.contains('=')
    };
    let at = match rest.get(..authority)?.rfind('@').filter(login) {
        Some(at) => at,
        // A password of a connection string may hold any mark.
        None if !web => {
            let at = rest.rfind('@')?;
            rest.get(..at).filter(|login| login.contains(':'))?;
            at
        }
        None => return None,
    };
    Some((before, rest.get(at..)?))
}

/// Where the next mark begins and how long it is; the end of the word with length 0.
fn next_mark(word: &str, from: usize) -> (usize, usize) {
    let rest = word.get(from..).unwrap_or("");
    for (n, c) in rest.char_indices() {
        if MARKS.contains(c) {
            return (from + n, c.len_utf8());
        }
        if c == '%' && rest.get(n..n + 3).is_some_and(|code| decoded(code) != ' ') {
            return (from + n, 3);
        }
    }
    (word.len(), 0)
}

/// The mark that `text` is, or that it stands for in percent-encoding; a blank for anything else.
fn decoded(text: &str) -> char {
    let code = match text.to_ascii_uppercase().as_str() {
        "%3D" => '=',
        "%26" => '&',
        "%3A" => ':',
        "%2F" => '/',
        "%3F" => '?',
        "%23" => '#',
        "%22" => '"',
        "%3B" => ';',
        "%2C" => ',',
        _ => ' ',
    };
    match text.chars().next() {
        Some(mark) if mark != '%' => mark,
        _ => code,
    }
}

fn skip_quotes(word: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let (next, len) = next_mark(word, at);
        let mark = decoded(word.get(next..next + len).unwrap_or(""));
        if len == 0 || next > at || !matches!(mark, '"' | '\'' | '\\' | '=' | '`') {
            return at;
        }
        at = next + len;
    }
}

/// Where a value ends that begins at `from` behind the quotes `opening`.
fn value_end(word: &str, from: usize, opening: &str) -> usize {
    let quote = opening.chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`'));
    let rest = word.get(from..).unwrap_or("");
    if let Some(quote) = quote {
        let mut escaped = false;
        for (n, c) in rest.char_indices() {
            if c == quote && !escaped || c == '\\' && opening.contains('\\') {
                return from + n;
            }
            escaped = c == '\\' && !escaped;
        }
        return word.len();
    }
    if rest.starts_with(REMOVED) {
        return from + REMOVED.len();
    }
    let mut at = from;
    loop {
        let (next, len) = next_mark(word, at);
        let mark = decoded(word.get(next..next + len).unwrap_or(""));
        if len == 0 || matches!(mark, '&' | ';' | '"' | '\'' | '`') {
            return next;
        }
        // Brackets and commas end a value only at the end of the word.
        let tail = word.get(next..).unwrap_or("");
        if tail.chars().all(|c| "{}[]()<>,;".contains(c)) || matches!(mark, '#' | '<') {
            return next;
        }
        at = next + len;
    }
}

/// Whether a part of an address is a person's mail address.
fn is_mail(part: &str) -> bool {
    let lower = part.to_ascii_lowercase();
    let at = lower.find('@').map(|at| (at, 1)).or_else(|| lower.find("%40").map(|at| (at, 3)));
    at.is_some_and(|(at, len)| {
        at > 0 && lower.get(at + len..).is_some_and(|host| host.contains('.'))
    })
}
