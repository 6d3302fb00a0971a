//! Addresses as texts: scheme, relative paths, percent signs.
//! Where an address leads in this knowledge base is `resolve`'s matter.

/// The scheme of an address as a browser reads it: blanks in front and control characters inside
/// do not count, so `java\nscript:` is `javascript`.
pub(crate) fn scheme(dest: &str) -> Option<String> {
    let mut found = String::new();
    for c in dest.chars().filter(|c| !c.is_control() && !c.is_whitespace()) {
        match c {
            ':' if !found.is_empty() => return Some(found),
            c if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => {
                found.push(c.to_ascii_lowercase());
            }
            _ => return None,
        }
    }
    None
}

/// Whether a path names a Markdown file.
pub(crate) fn is_markdown(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}

/// `path` seen from the folder of `file`; a path with `/` in front is seen from the top.
pub(crate) fn join(file: &str, path: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Percent-decoding; what does not decode stays as written.
pub(crate) fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
        match (first, tail) {
            (b'%', [high, low, after @ ..]) => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => {
                    bytes.push(first);
                    rest = tail;
                }
            },
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.into())
}

/// A path as part of an address: what would end or change the path is percent-encoded.
pub(crate) fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' => out.push_str("%25"),
            '#' => out.push_str("%23"),
            '?' => out.push_str("%3F"),
            ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_read_as_browsers_read_them() {
        for (dest, expected) in [
            ("https://a.b", Some("https")),
            (" java\nscript:alert(1)", Some("javascript")),
            ("JAVASCRIPT:x", Some("javascript")),
            ("a/b:c", None),
            ("#a:b", None),
            ("12:30", Some("12")),
            (":x", None),
        ] {
            assert_eq!(scheme(dest).as_deref(), expected, "{dest:?}");
        }
    }

    #[test]
    fn paths_are_joined_inside_the_folder() {
        assert_eq!(join("a/b.md", "../c.md"), "c.md");
        assert_eq!(join("a/b.md", "./c/d.md"), "a/c/d.md");
        assert_eq!(join("a/b.md", "/c.md"), "c.md");
        assert_eq!(join("b.md", "../../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn percent_signs_are_decoded_or_left_alone() {
        assert_eq!(decode("my%20file.md"), "my file.md");
        assert_eq!(decode("50%.md"), "50%.md");
        assert_eq!(decode("%ff"), "%ff");
    }

    #[test]
    fn what_is_encoded_decodes() {
        for path in ["a b.png", "100%.png", "a#b?c.png", "ü.png"] {
            assert_eq!(decode(&encode(path)), path);
        }
    }
}
