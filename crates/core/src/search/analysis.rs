//! From text to words: folding, word borders, stems, the shape of numbers and codes.
//! Shared by index, query and marks, so that all three see the same words. Looking words up is
//! `dict`'s matter, weighing them `score`'s.

use core::ops::Range;

/// Longest word, in bytes, that is indexed or looked up; longer ones are blobs.
pub(crate) const MAX_WORD: usize = 40;

/// Calls `each` with every word of `text`, folded, and its byte range.
///
/// A word is a run of letters and digits of any script; apostrophes inside it vanish
/// (`doesn't` is `doesnt`), an `e-` in front of a word joins it (`e-mail` is `email`).
pub(crate) fn words(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut word = String::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_word(c) {
            if word.is_empty() {
                start = at;
            }
            fold(c, &mut word);
            continue;
        }
        let next_is_word = chars.peek().is_some_and(|&(_, next)| is_word(next));
        let joins = matches!(c, '\'' | '\u{2019}') || matches!(c, '-' | '\u{2011}') && word == "e";
        if joins && next_is_word && !word.is_empty() {
            continue;
        }
        if !word.is_empty() {
            each(&word, start..at);
            word.clear();
        }
    }
    if !word.is_empty() {
        each(&word, start..text.len());
    }
}

/// Whether a character is part of a word. Beyond ASCII everything is, but for the blocks of
/// punctuation, arrows, symbols and pictures: a table of all letters would cost kilobytes.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !matches!(c as u32,
        0x80..=0xa9 | 0xab..=0xb4 | 0xb6..=0xb9 | 0xbb..=0xbf | 0xd7 | 0xf7
        | 0x2000..=0x2bff | 0x2e00..=0x2e7f | 0x3000..=0x3004 | 0x3008..=0x3020
        | 0xfe00..=0xfe0f | 0xfe30..=0xfe4f | 0xff00..=0xff0f | 0xff1a..=0xff20
        | 0x1f000..=0x1faff)
}

/// Base letters of U+00C0 to U+017F; `*` marks those that become two letters.
const LATIN: &[u8; 192] = b"aaaaaa*ceeeeiiiidnooooo.ouuuuy**aaaaaa*ceeeeiiiidnooooo.ouuuuy*y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll\
lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Appends `c` in lower case and without diacritics.
fn fold(c: char, out: &mut String) {
    let code = c as u32;
    match code {
        0..=0x7f => out.push(c.to_ascii_lowercase()),
        0xc0..=0x17f => match LATIN.get(code as usize - 0xc0) {
            Some(b'*') => out.push_str(match code {
                0xc6 | 0xe6 => "ae",
                0xde | 0xfe => "th",
                0xdf => "ss",
                0x132 | 0x133 => "ij",
                _ => "oe",
            }),
            Some(&base) => out.push(char::from(base)),
            None => {}
        },
        // Marks that follow their letter, and invisible joiners.
        0x300..=0x36f | 0xfe00..=0xfe0f => {}
        // Greek and Cyrillic capitals lie a fixed distance below the small letters.
        0x391..=0x3a9 | 0x410..=0x42f => push(code + 0x20, c, out),
        0x400..=0x40f => push(code + 0x50, c, out),
        // Full-width letters and digits.
        0xff10..=0xff19 | 0xff41..=0xff5a => push(code - 0xfee0, c, out),
        0xff21..=0xff3a => push(code - 0xfec0, c, out),
        _ => out.push(c),
    }
}

fn push(code: u32, or: char, out: &mut String) {
    out.push(char::from_u32(code).unwrap_or(or));
}

/// How words of a language are reduced to stems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// Words stay as they are.
    #[default]
    None,
    /// English, by the Snowball stemmer.
    English,
}

impl Language {
    /// The language of a BCP 47 locale; those without a stemmer keep their words whole.
    pub(crate) fn of_locale(locale: &str) -> Language {
        let primary = locale.split(['-', '_']).next().unwrap_or("");
        if primary.is_empty() || primary.eq_ignore_ascii_case("en") {
            Language::English
        } else {
            Language::None
        }
    }

    /// The language of that number in a pack; unknown ones keep their words whole.
    pub(crate) fn from_byte(byte: u8) -> Language {
        if byte == 1 { Language::English } else { Language::None }
    }

    /// The number in a pack.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Language::None => 0,
            Language::English => 1,
        }
    }

    /// The stem of a folded word. Words with digits keep their shape; English contractions of
    /// "not" all become `not`, for a symptom is mostly something that does *not* happen.
    pub(crate) fn stem(self, word: &str) -> String {
        if self == Language::None || word.bytes().any(|b| b.is_ascii_digit()) {
            return word.to_owned();
        }
        if is_negation(word) {
            return "not".to_owned();
        }
        frostem::Stemmer::new(frostem::Algorithm::English).stem(word).into_owned()
    }
}

/// Folded contractions of "not", and "cannot".
fn is_negation(word: &str) -> bool {
    word == "cannot"
        || word.strip_suffix("nt").is_some_and(|verb| {
            matches!(
                verb,
                "do" | "does"
                    | "did"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "wo"
                    | "would"
                    | "ca"
                    | "could"
                    | "should"
                    | "have"
                    | "has"
                    | "had"
                    | "ai"
            )
        })
}

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters only.
    Word,
    /// Digits only.
    Number,
    /// Letters and digits.
    Mixed,
}

/// The shape of a folded word.
pub(crate) fn shape(word: &str) -> Shape {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        Shape::Word
    } else if digits == word.len() {
        Shape::Number
    } else {
        Shape::Mixed
    }
}

/// Splits `sync001`, `err408` or `429s` where letters meet digits, if that happens exactly once.
pub(crate) fn split_code(word: &str) -> Option<(&str, &str)> {
    let first_digit = word.as_bytes().first()?.is_ascii_digit();
    let border = word.bytes().position(|b| b.is_ascii_digit() != first_digit)?;
    let (head, tail) = word.split_at_checked(border)?;
    tail.bytes().all(|b| b.is_ascii_digit() != first_digit).then_some((head, tail))
}

/// The range that a status code belongs to: `502` gives `5xx`.
pub(crate) fn range_of(number: &str) -> Option<[u8; 3]> {
    match number.as_bytes() {
        [first @ b'1'..=b'6', _, _] => Some([*first, b'x', b'x']),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        words(text, |word, range| {
            assert!(text.get(range).is_some(), "ranges lie on borders of characters");
            out.push(word.to_owned());
        });
        out
    }

    #[test]
    fn words_are_folded_and_punctuation_is_left_out() {
        assert_eq!(list("Über-Größe: NAÏVE café!"), ["uber", "grosse", "naive", "cafe"]);
        assert_eq!(list("Settings → Billing (“Card”)"), ["settings", "billing", "card"]);
        assert_eq!(
            list("ŁÓDŹ Œuvre Ｆｕｌｌ１ ΑΘΗΝΑ Москва"),
            ["lodz", "oeuvre", "full1", "αθηνα", "москва"]
        );
    }

    #[test]
    fn every_latin_letter_of_the_table_folds_to_what_it_looks_like() {
        assert_eq!(list("ÀÇÈÌÑÒØÙÝàçèìñòøùýÿ"), ["aceinoouyaceinoouyy"]);
        assert_eq!(list("ĀĆĎĒĜĤĪĴĶĹŃŌŔŚŢŪŴŶŹŽžſ"), ["acdeghijklnorstuwyzzzs"]);
        assert_eq!(list("ĲĳŉŊŋŒœŁłĽ"), ["ijijnnnoeoelll"]);
    }

    #[test]
    fn an_apostrophe_inside_a_word_vanishes() {
        assert_eq!(list("It doesn't, won’t 'quote'"), ["it", "doesnt", "wont", "quote"]);
    }

    #[test]
    fn an_e_in_front_joins_its_word() {
        assert_eq!(list("e-mail E-Mail re-send"), ["email", "email", "re", "send"]);
    }

    #[test]
    fn codes_come_apart_where_letters_meet_digits() {
        assert_eq!(list("SYNC_001 err408"), ["sync", "001", "err408"]);
        assert_eq!(split_code("err408"), Some(("err", "408")));
        assert_eq!(split_code("429s"), Some(("429", "s")));
        assert_eq!(split_code("a1b2"), None);
        assert_eq!(range_of("502"), Some(*b"5xx"));
        assert_eq!(range_of("5020"), None);
    }

    #[test]
    fn stems_bring_inflections_together() {
        let stem = |word| Language::English.stem(word);
        assert_eq!(stem("recordings"), stem("recording"));
        assert_eq!(stem("doesnt"), stem("cannot"));
        assert_eq!(stem("sync001"), "sync001");
        assert_eq!(Language::None.stem("recordings"), "recordings");
    }

    #[test]
    fn a_locale_without_a_stemmer_keeps_its_words() {
        assert_eq!(Language::of_locale("en-GB"), Language::English);
        assert_eq!(Language::of_locale("de"), Language::None);
        assert_eq!(Language::from_byte(Language::English.byte()), Language::English);
    }
}
