//! Takes secrets out of text before a person sees the report: tokens, keys, passwords, card
//! numbers, and e-mail addresses inside web addresses. Identifiers that support needs (UUIDs,
//! record and campaign ids, codes, IP ranges, times) stay. Only shapes are judged, nothing is sent.

/// What stands in a secret's place.
pub(super) const REMOVED: &str = "[removed]";

/// The text without secrets. Cost: linear in the text.
///
/// ```
/// use unstuck_core::handover::redact;
/// assert_eq!(redact("used Bearer abc123def"), "used Bearer [removed]");
/// assert_eq!(redact("campaign 7f9c2ba4-e88f-11d3-9a0c-0305e82c3301"), "campaign 7f9c2ba4-e88f-11d3-9a0c-0305e82c3301");
/// assert_eq!(redact("https://a.example/x?token=abc&page=2"), "https://a.example/x?token=[removed]&page=2");
/// ```
pub fn redact(text: &str) -> String {
    let text = cards(text);
    let mut out = String::with_capacity(text.len());
    // What the words before announced.
    let mut announced = Announced::Nothing;
    for (blank, word) in words(&text) {
        out.push_str(blank);
        let core = word.trim_matches(|c: char| "\"',;()<>{}".contains(c));
        let lower = core.to_ascii_lowercase();
        let joins = matches!(lower.as_str(), "is" | "was" | "=" | ":" | "->" | "bearer" | "basic");
        if announced != Announced::Nothing && joins {
            announced = Announced::Secret;
            out.push_str(word);
            continue;
        }
        // "password reset" is no secret, "password hunter2" is.
        let random = core.contains(|c: char| !c.is_alphabetic());
        let secret = !core.is_empty()
            && (announced == Announced::Secret || (announced == Announced::Name && random));
        announced = if secret { Announced::Nothing } else { announces(&lower) };
        if secret {
            push_replaced(word, core, &mut out);
        } else {
            push_word(word, core, &mut out);
        }
    }
    out
}

/// Splits into blanks and the word after them.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
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

/// What a word says of the one after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Announced {
    Nothing,
    /// The name of a secret: the next word is one if it looks random or "is" stands between.
    Name,
    /// The next word is a secret, whatever its shape.
    Secret,
}

fn announces(lower: &str) -> Announced {
    let name = lower.trim_end_matches([':', '=', '"', '\'']);
    let set_off = name.len() < lower.len();
    match name {
        "bearer" => Announced::Secret,
        _ if set_off && is_secret_name(name) => Announced::Secret,
        "password" | "passwd" | "passphrase" | "pwd" | "authorization" => Announced::Name,
        _ => Announced::Nothing,
    }
}

/// Whether a key of `key=value` names a secret.
fn is_secret_name(name: &str) -> bool {
    let name = name.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    [
        "password",
        "passwd",
        "pwd",
        "secret",
        "token",
        "apikey",
        "api_key",
        "api-key",
        "access_key",
        "accesskey",
        "auth",
        "session",
        "signature",
        "jwt",
        "credential",
        "passphrase",
        "otp",
    ]
    .iter()
    .any(|part| name.contains(part))
        || matches!(
            name,
            "key"
                | "sig"
                | "pass"
                | "sid"
                | "code"
                | "pin"
                | "cvc"
                | "cvv"
                | "email"
                | "mail"
                | "e-mail"
                | "user_email"
        )
}

fn push_replaced(word: &str, core: &str, out: &mut String) {
    match word.split_once(core) {
        Some((before, after)) => out.push_str(&[before, REMOVED, after].concat()),
        None => out.push_str(REMOVED),
    }
}

fn push_word(word: &str, core: &str, out: &mut String) {
    if is_token(core) {
        return push_replaced(word, core, out);
    }
    if word.contains("://") || word.contains('=') || word.contains("\":\"") {
        return push_pairs(word, out);
    }
    out.push_str(word);
}

/// A web address, a query string or pasted JSON: each value is judged by its key and its shape.
fn push_pairs(word: &str, out: &mut String) {
    let is_url = word.contains("://");
    let mut name = String::new();
    let mut start = 0;
    let mut separator = ' ';
    let ends = word
        .char_indices()
        .filter(|(_, c)| {
            matches!(c, '&' | '?' | '#' | '=' | '/' | ':' | ',' | ';' | '"' | '{' | '}')
        })
        .chain([(word.len(), ' ')]);
    for (end, c) in ends {
        let part = word.get(start..end).unwrap_or("");
        // "user:password@host" of an address.
        let in_authority = is_url
            && c == ':'
            && separator == '/'
            && word.get(end..).is_some_and(|rest| {
                rest.split(['/', '?', '#']).next().is_some_and(|authority| authority.contains('@'))
            });
        let userinfo = is_url && separator == ':' && part.contains('@');
        let valued = matches!(separator, '=' | ':') && is_secret_name(&name.to_ascii_lowercase());
        if userinfo {
            let host = part.rsplit_once('@').map_or("", |(_, host)| host);
            out.push_str(&[REMOVED, "@", host].concat());
        } else if !part.is_empty()
            && (in_authority || valued || is_token(part) || (is_url && is_mail(part)))
        {
            out.push_str(REMOVED);
        } else {
            out.push_str(part);
        }
        if c != ' ' {
            out.push(c);
        }
        // Quotes stand between a JSON key, its colon and its value; they end neither.
        if c != '"' {
            if !part.is_empty() && matches!(c, '=' | ':') {
                name = part.to_owned();
            } else if !matches!(c, '=' | ':') {
                name.clear();
            }
            separator = c;
        } else if !part.is_empty() {
            name = part.to_owned();
        }
        start = end + c.len_utf8();
    }
}

fn is_mail(part: &str) -> bool {
    let at = part.find('@').or_else(|| part.to_ascii_lowercase().find("%40"));
    at.is_some_and(|at| at > 0 && part.get(at..).is_some_and(|rest| rest.contains('.')))
}

/// Whether a word has the shape of a token: a known prefix, a JWT, or long and random.
fn is_token(word: &str) -> bool {
    const PREFIXES: [&str; 17] = [
        "sk_",
        "pk_",
        "rk_",
        "sk-",
        "ghp_",
        "gho_",
        "ghs_",
        "ghu_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "xoxa-",
        "AKIA",
        "AIza",
        "ya29.",
        "whsec_",
    ];
    let tokenish =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '/' | '=' | '~');
    if !word.chars().all(tokenish) {
        return false;
    }
    if PREFIXES.iter().any(|prefix| word.len() >= prefix.len() + 6 && word.starts_with(prefix)) {
        return true;
    }
    if word.starts_with("eyJ") && word.matches('.').count() == 2 {
        return true;
    }
    // Long and random: upper case, lower case and digits in one run of 32 or more. Record ids,
    // UUIDs and hashes are shorter or of one case.
    let run = word.split(['-', '.', '/', '=']).map(str::len).max().unwrap_or(0);
    run >= 32
        && word.contains(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase())
        && word.matches(|c: char| c.is_ascii_digit()).count() >= 3
}

/// Replaces card numbers: 13 to 19 digits, in one run or in the groups printed on cards, with a
/// right check digit (Luhn, ISO/IEC 7812-1).
fn cards(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let glued = before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let end = digit_run(after);
        let (run, tail) = after.split_at(end);
        let glued = glued
            || tail.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        out.push_str(if !glued && is_card(run) { REMOVED } else { run });
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Length of a run of digits, single blanks or dashes between them included.
fn digit_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |n: usize| bytes.get(n).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (matches!(bytes.get(end), Some(b' ' | b'-')) && digit(end + 1)) {
        end += 1;
    }
    end
}

fn is_card(run: &str) -> bool {
    let digits: Vec<u32> = run.chars().filter_map(|c| c.to_digit(10)).collect();
    let groups: Vec<usize> = run.split([' ', '-']).map(str::len).collect();
    let printed =
        matches!(groups.as_slice(), [_] | [4, 4, 4, 1..=7] | [4, 6, 4 | 5] | [4, 4, 4, 4, 3]);
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(n, &digit)| match (n % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    (13..=19).contains(&digits.len())
        && printed
        && matches!(digits.first(), Some(2..=6))
        && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn secrets_go() {
        for (text, clean) in [
            ("my password is hunter2 and it fails", "my password is [removed] and it fails"),
            ("password: hunter2", "password: [removed]"),
            ("pwd=hunter2", "pwd=[removed]"),
            ("key sk_live_51Habcdef", "key [removed]"),
            ("Authorization: Bearer abc.def", "Authorization: Bearer [removed]"),
            ("eyJhbGciOi.eyJzdWIi.SflKxw", "[removed]"),
            ("card 4111 1111 1111 1111 refused", "card [removed] refused"),
            ("4111111111111111", "[removed]"),
            ("https://u:pw@h.example/a", "https://[removed]:[removed]@h.example/a"),
            (
                "https://h.example/a?email=jo@x.example&id=7",
                "https://h.example/a?email=[removed]&id=7",
            ),
            ("https://h.example/users/jo@x.example/edit", "https://h.example/users/[removed]/edit"),
            (r#"{"token":"abc","id":"7"}"#, r#"{"token":"[removed]","id":"7"}"#),
        ] {
            assert_eq!(redact(text), clean);
        }
    }

    #[test]
    fn what_support_needs_stays() {
        for text in [
            "SIP/2.0 486 Busy Here",
            "SYNC_001 and RATE_001",
            "opportunity 0065g00000QkNzGAAV",
            "7f9c2ba4-e88f-11d3-9a0c-0305e82c3301",
            "52.91.14.224/32 at 2026-01-22T11:00:00Z",
            "call at 10:15, campaign 4711-0815",
            "write to jo@x.example please",
            "https://app.example/settings/billing?page=2",
            "password reset does not arrive",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
