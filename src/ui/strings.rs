//! Strings of the interface, by key. The texts lie in `locales/`, the keys are made by `build.rs`.
//! Nothing on screen is written in the code, so a language is one file.

use std::rc::Rc;

/// Names a string of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u16);

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// Puts a number into the blank `{n}` of a text, in the form that the language of that tag has for
/// it. A function, because the browser knows the forms and this module does not.
pub type Count = fn(text: &str, tag: &str, n: usize) -> String;

/// The texts of one language.
#[derive(Clone, Debug)]
pub struct Strings {
    texts: Rc<[Box<str>]>,
    count: Count,
}

impl Default for Strings {
    /// English, as much of it as is there.
    fn default() -> Self {
        let mut strings = Strings { texts: list(ENGLISH), count: plain };
        if cfg!(not(unstuck_split)) {
            strings.deepen();
        }
        strings
    }
}

impl Strings {
    /// Takes all texts of another language, one a line, in the order of the keys. Texts that are
    /// not as many as the keys (an error page, a file of another version) change nothing.
    pub fn speak(&mut self, texts: &str) {
        let texts = list(texts);
        if texts.len() == COUNT {
            self.texts = texts;
        }
    }

    /// Adds the English texts that come with the second file; other languages are whole already.
    pub fn deepen(&mut self) {
        if self.texts.len() < COUNT {
            self.texts =
                self.texts.iter().cloned().chain(lines(ENGLISH_DEPTH).map(Box::from)).collect();
        }
    }

    /// Numbers take their form from `count`, from now on; before, all take the one of `other`.
    pub fn count_by(&mut self, count: Count) {
        self.count = count;
    }

    /// The text of a key.
    #[inline(never)]
    pub fn get(&self, key: Key) -> &str {
        self.texts.get(usize::from(key.0)).map_or("", |text| text)
    }

    /// The text of a key with its blanks filled: `{n}` takes the value of the pair named `n`.
    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The text of a key with one number in its blank `{n}`, in the form that the number asks for.
    #[inline(never)]
    pub fn count(&self, key: Key, n: usize) -> String {
        (self.count)(self.get(key), self.get(Key::LANG), n)
    }
}

fn list(texts: &str) -> Rc<[Box<str>]> {
    lines(texts).map(Box::from).collect()
}

/// The lines of a file of ours: each ends in a line feed. The standard library's look for carriage
/// returns too, in half a kilobyte.
fn lines(texts: &str) -> impl Iterator<Item = &str> {
    texts.strip_suffix('\n').unwrap_or(texts).split('\n')
}

/// The form that stands last, `other`, with plain digits.
fn plain(text: &str, _: &str, n: usize) -> String {
    // By letters: looking for a text in a text is a kilobyte that nothing else here needs.
    let last = text.split('|').fold(text, |_, form| form.trim_start());
    let other = last.strip_prefix("other: ").unwrap_or(last);
    fill(other, &[("n", &n.to_string())])
}

/// The form for a plural category: of `one: … | other: …` the one that is named so, else the
/// other; a text without forms is its own.
pub fn form<'t>(text: &'t str, category: &str) -> &'t str {
    let of =
        |name: &str| text.split(" | ").find_map(|form| form.strip_prefix(name)?.strip_prefix(": "));
    of(category).or_else(|| of("other")).unwrap_or(text)
}

/// A text with its blanks filled: `{n}` takes the value of the pair named `n`.
#[inline(never)]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_by_name() {
        let strings = Strings::default();
        let text = strings.fill(Key::PROGRESS, &[("total", "5"), ("n", "2")]);
        assert_eq!(text, "Check 2 of 5");
    }

    #[test]
    fn a_number_chooses_its_form_and_other_stands_for_the_rest() {
        let text = "one: {n} Artikel | few: wenige | other: {n} Artikel: viele";
        assert_eq!(form(text, "few"), "wenige");
        assert_eq!(form(text, "many"), "{n} Artikel: viele");
        assert_eq!(form("{n} results", "one"), "{n} results");
    }

    #[test]
    fn texts_that_are_not_as_many_as_the_keys_are_no_language() {
        let whole = "x\n".repeat(COUNT);
        let mut strings = Strings::default();
        for other in ["", "<!doctype html>", &whole[2..], &[&whole, "y\n"].concat()] {
            strings.speak(other);
            assert_eq!(strings.get(Key::HELP), "Help");
        }
        strings.speak(&whole);
        assert_eq!(strings.get(Key::HELP), "x");
    }
}
