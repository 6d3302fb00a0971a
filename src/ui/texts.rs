//! The form of `locales/*.txt`: a key and a text, one line each. Read by the build script, by
//! `cargo xtask dist` and by the lint; it is no part of the widget, which gets texts in the order
//! of their keys. What the texts are for is the matter of `strings`.

/// One text of a language file.
pub(crate) struct Line<'a> {
    /// Where it stands, from 1.
    #[allow(dead_code, reason = "only the lint tells where a text stands")]
    pub(crate) number: usize,
    /// What it is known by.
    pub(crate) key: &'a str,
    /// The text itself.
    pub(crate) text: &'a str,
}

/// The texts of a file in their order; comments and blank lines are left out.
pub(crate) fn lines(source: &str) -> impl Iterator<Item = Line<'_>> {
    source.lines().zip(1..).filter_map(|(line, number)| {
        if line.starts_with('#') || line.trim().is_empty() {
            return None;
        }
        let (key, text) = line.split_once(" = ").unwrap_or((line, ""));
        Some(Line { number, key: key.trim(), text: text.trim() })
    })
}

/// What the widget fetches for a language: its texts in the order of the English keys, one a line.
/// English stands in for what is missing.
#[allow(dead_code, reason = "the build script needs the lines alone")]
pub(crate) fn ordered(english: &str, other: &str) -> String {
    let mut out = String::new();
    for line in lines(english) {
        let found = lines(other).find(|one| one.key == line.key && !one.text.is_empty());
        out.push_str(found.map_or(line.text, |one| one.text));
        out.push('\n');
    }
    out
}
