//! A JSON writer of a few lines: the report is the only JSON that the widget writes.
//! Reading JSON is the browser's matter.

/// Builds one JSON object. Keys are trusted names; values are escaped.
#[derive(Clone, Debug)]
pub struct Json {
    out: String,
    first: bool,
}

impl Default for Json {
    fn default() -> Self {
        Json::new()
    }
}

impl Json {
    /// An object without members.
    ///
    /// ```
    /// use unstuck_core::handover::Json;
    /// let mut json = Json::new();
    /// json.text("note", "say \"hi\"");
    /// json.raw("v", "1");
    /// assert_eq!(json.finish(), r#"{"note":"say \"hi\"","v":1}"#);
    /// ```
    pub fn new() -> Json {
        Json { out: "{".to_owned(), first: true }
    }

    fn key(&mut self, key: &str) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        push_text(key, &mut self.out);
        self.out.push(':');
    }

    /// A member that is text.
    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        push_text(value, &mut self.out);
    }

    /// A member that is JSON already: a number, a boolean, a nested object.
    pub fn raw(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.push_str(value);
    }

    /// A member that is an array of JSON values.
    pub fn array(&mut self, key: &str, values: impl Iterator<Item = String>) {
        self.key(key);
        self.out.push('[');
        for (n, value) in values.enumerate() {
            if n > 0 {
                self.out.push(',');
            }
            self.out.push_str(&value);
        }
        self.out.push(']');
    }

    /// The finished object.
    pub fn finish(mut self) -> String {
        self.out.push('}');
        self.out
    }
}

/// Text as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_text(text, &mut out);
    out
}

fn push_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Control characters must be escaped; U+2028 and U+2029 are, so that the text may
            // stand in a script as well.
            c if (c as u32) < 0x20 || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    let digit = (c as u32 >> shift) & 0xf;
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(quoted("a\u{1}b\u{2028}c\\\t"), r#""a\u0001b\u2028c\\\t""#);
    }
}
