//! Strings of the interface, by key. The texts lie in `locales/`, the keys are made by `build.rs`.
//! Nothing on screen is written in the code, so a language is one file.

use std::rc::Rc;

/// Names a string of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u16);

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// The texts of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strings {
    texts: Rc<[Box<str>]>,
}

impl Default for Strings {
    /// English, as much of it as is there.
    fn default() -> Self {
        let mut strings = Strings::new(ENGLISH);
        if cfg!(not(unstuck_split)) {
            strings.deepen();
        }
        strings
    }
}

impl Strings {
    /// Texts, one a line, in the order of the keys. Missing ones read as empty.
    pub fn new(texts: &str) -> Strings {
        Strings { texts: texts.lines().map(Box::from).collect() }
    }

    /// Adds the texts that come with the second file.
    pub fn deepen(&mut self) {
        self.texts =
            self.texts.iter().cloned().chain(ENGLISH_DEPTH.lines().map(Box::from)).collect();
    }

    /// The text of a key.
    #[inline(never)]
    pub fn get(&self, key: Key) -> &str {
        self.texts.get(usize::from(key.0)).map_or("", |text| text)
    }

    /// The text of a key with its blanks filled: `{n}` takes the value of the pair named `n`.
    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            let value = values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value);
            out.push_str(value);
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// The text of a key with one number in its blank `{n}`.
    #[inline(never)]
    pub fn count(&self, key: Key, n: usize) -> String {
        self.fill(key, &[("n", &n.to_string())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_by_name() {
        let strings = Strings::default();
        let text = strings.fill(Key::PROGRESS, &[("total", "5"), ("n", "2")]);
        assert_eq!(text, "Check 2 of 5");
    }
}
