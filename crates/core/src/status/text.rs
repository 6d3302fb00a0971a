//! What may be shown of a feed: plain text and http(s) addresses.
//! Everything in a feed was written by others; nothing of it is ever markup here.

/// The words of a text that may hold markup, at most `max` characters: tags are taken out, the
/// content of scripts and styles with them, character references are decoded, runs of blanks
/// become one, control characters and those that turn the writing direction are dropped.
///
/// ```
/// use unstuck_core::status::plain_text;
/// assert_eq!(plain_text("<p>R&amp;D is <b>down</b>.<br>We look.</p>", 80), "R&D is down. We look.");
/// assert_eq!(plain_text("load < 5 &amp; rising", 80), "load < 5 & rising");
/// ```
pub fn plain_text(text: &str, max: usize) -> String {
    let mut out = String::new();
    let mut left = max;
    let mut blank = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let shown = match c {
            '<' if opens_tag(rest) => {
                blank |= skip_tag(&mut rest);
                continue;
            }
            '&' => reference(&mut rest),
            other => other,
        };
        if shown.is_whitespace() {
            blank = true;
            continue;
        }
        if is_hidden(shown) {
            continue;
        }
        let blank_before = core::mem::take(&mut blank) && !out.is_empty();
        if left <= usize::from(blank_before) {
            out.push('…');
            break;
        }
        if blank_before {
            out.push(' ');
            left -= 1;
        }
        out.push(shown);
        left -= 1;
    }
    out
}

/// Characters that show nothing and may mislead: controls, and marks of writing direction.
fn is_hidden(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn opens_tag(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// Goes behind a tag or a comment; true where the tag parts words.
fn skip_tag(rest: &mut &str) -> bool {
    let whole = *rest;
    let after = |mark: &str| whole.split_once(mark).map_or("", |(_, after)| after);
    if whole.starts_with("!--") {
        *rest = after("-->");
        return false;
    }
    *rest = after(">");
    let name = whole.split(|c: char| !c.is_ascii_alphanumeric() && c != '/').next().unwrap_or("");
    let is = |names: &[&str]| {
        names.iter().any(|other| name.trim_matches('/').eq_ignore_ascii_case(other))
    };
    for hidden in ["script", "style"] {
        if name.eq_ignore_ascii_case(hidden) {
            // Its content ends at the next closing tag, whatever it is called.
            *rest = rest
                .split_once("</")
                .map_or("", |(_, tail)| tail.split_once('>').map_or("", |(_, tail)| tail));
        }
    }
    !is(&["b", "i", "a", "em", "strong", "code", "span", "u", "small", "sup", "sub"])
}

/// The character of a reference behind `&`; the `&` itself where it is none.
fn reference(rest: &mut &str) -> char {
    let Some((name, after)) = rest.split_once(';').filter(|(name, _)| name.len() < 9) else {
        return '&';
    };
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        _ => name.strip_prefix('#').and_then(|number| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }),
    };
    if found.is_some() {
        *rest = after;
    }
    found.unwrap_or('&')
}

/// An address that may become a link: `http://` or `https://`, of at most 2,000 characters,
/// without blanks or control characters.
///
/// ```
/// use unstuck_core::status::web_address;
/// assert_eq!(web_address(" https://status.example/i/1 ").as_deref(), Some("https://status.example/i/1"));
/// assert_eq!(web_address("javascript:alert(1)"), None);
/// ```
pub fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let web = ["https://", "http://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
            && text.len() > scheme.len()
    });
    let clean = !text.chars().any(|c| c.is_whitespace() || is_hidden(c) || c == '"' || c == '<');
    (web && clean && text.len() <= 2_000).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_leaves_only_its_words() {
        for (text, expected) in [
            ("<p>One</p><p>Two</p>", "One Two"),
            ("a<script>alert(1)</script>b", "a b"),
            ("<!-- no -->yes", "yes"),
            ("cut <b", "cut"),
            ("&lt;img src=x&gt;", "<img src=x>"),
            ("&#8217;&#x41;&#0;&nothing; &", "’A&nothing; &"),
            ("abc\u{202e}def", "abcdef"),
            ("1 < 2 > 0", "1 < 2 > 0"),
        ] {
            assert_eq!(plain_text(text, 100), expected, "{text}");
        }
        assert_eq!(plain_text("one two three", 7), "one two…");
        assert_eq!(plain_text("one two", 7), "one two");
    }

    #[test]
    fn only_web_addresses_become_links() {
        for text in [
            "javascript:x",
            "//host/x",
            "/x",
            "data:text/html,x",
            "https://",
            "http://a b",
            "ftp://x",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
        assert!(web_address("HTTPS://X.example/?q=1#a").is_some());
    }

    proptest! {
        #[test]
        fn text_stays_within_its_limit(text in any::<String>(), max in 1usize..50) {
            let shown = plain_text(&text, max);
            prop_assert!(shown.chars().count() <= max + 1);
            prop_assert!(!shown.chars().any(char::is_control));
        }
    }
}
