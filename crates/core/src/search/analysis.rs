//! From text to words: folding, word borders, stems, the shape of numbers and codes.
//! Shared by index, query and marks, so that all three see the same words. Looking words up is
//! `dict`'s matter, weighing them `score`'s.

use core::ops::Range;

use super::english;

/// Longest word, in bytes, that is indexed or looked up; longer ones are blobs.
pub(crate) const MAX_WORD: usize = 40;

/// Calls `each` with every word of `text`, folded, and its byte range.
///
/// A word is a run of letters and digits of any script; apostrophes inside it vanish
/// (`doesn't` is `doesnt`), an `e-` in front of a word joins it (`e-mail` is `email`). Japanese and
/// Chinese have no borders of words: there every two neighbours are one, so ranges overlap by one.
pub(crate) fn words(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    walk(text, &mut each);
}

/// [`words`], once for all callers.
fn walk(text: &str, each: &mut dyn FnMut(&str, Range<usize>)) {
    let mut word = String::new();
    let mut start = 0;
    let mut paired = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_unspaced(c) {
            if !word.is_empty() {
                each(&word, start..at);
                word.clear();
            }
            let next = chars.peek().filter(|&&(_, next)| is_unspaced(next));
            if next.is_some() || !paired {
                word.push(c);
                word.extend(next.map(|&(_, next)| next));
                each(&word, at..at + word.len());
                word.clear();
            }
            paired = next.is_some();
            continue;
        }
        paired = false;
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

/// Whether a letter belongs to a script that puts no blanks between words: kana and ideographs.
fn is_unspaced(c: char) -> bool {
    matches!(c as u32, 0x3005 | 0x3041..=0x30fa | 0x30fc..=0x9fff)
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
        0x300..=0x36f | 0x640 | 0x64b..=0x652 | 0xfe00..=0xfe0f => {}
        // Arabic letters that people write in more than one way.
        0x622 | 0x623 | 0x625 => out.push('\u{627}'),
        0x629 => out.push('\u{647}'),
        0x649 => out.push('\u{64a}'),
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
    /// English, by Snowball's rules.
    English,
    /// Another one: its number, from 2, whose [`ENDINGS`] are taken off.
    Light(u8),
}

/// Shortest word that an ending leaves, in bytes.
const LEAST: usize = 4;

/// The letters that endings of German, French and Spanish are made of. A table of endings would be
/// more exact by less than it costs in every first open.
const ENDINGS: [&[u8]; 3] = [b"enstrm", b"esxrz", b"aeos"];

impl Language {
    /// The language of a BCP 47 locale; those without a stemmer keep their words whole.
    pub(crate) fn of_locale(locale: &str) -> Language {
        match locale.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase().as_str() {
            "" | "en" => Language::English,
            "de" => Language::Light(2),
            "fr" => Language::Light(3),
            "es" => Language::Light(4),
            _ => Language::None,
        }
    }

    /// The language of that number in a pack; unknown ones keep their words whole.
    pub(crate) fn from_byte(byte: u8) -> Language {
        match byte {
            0 => Language::None,
            1 => Language::English,
            _ => Language::Light(byte),
        }
    }

    /// The number in a pack.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Language::None => 0,
            Language::English => 1,
            Language::Light(byte) => byte,
        }
    }

    /// The stem of a folded word. Words with digits keep their shape; English contractions of
    /// "not" all become `not`, for a symptom is mostly something that does *not* happen.
    pub(crate) fn stem(self, word: &str) -> String {
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return word.to_owned();
        }
        match self {
            Language::English if is_negation(word) => "not".to_owned(),
            Language::English => english::stem(word),
            _ => {
                let of = usize::from(self.byte()).wrapping_sub(2);
                let endings = ENDINGS.get(of).copied().unwrap_or(b"");
                let mut stem = word;
                while let Some((last, rest)) = stem.as_bytes().split_last()
                    && rest.len() >= LEAST
                    && endings.contains(last)
                {
                    stem = stem.get(..rest.len()).unwrap_or("");
                }
                stem.to_owned()
            }
        }
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
    fn light_stems_bring_inflections_together_in_german_french_and_spanish() {
        for (locale, groups) in [
            (
                "de",
                &["passworter passwort passwortes", "rechnung rechnungen", "anrufe anrufer"][..],
            ),
            ("fr", &["connecte connecter connectees", "erreur erreurs"]),
            ("es", &["contrasena contrasenas", "error errores"]),
        ] {
            let language = Language::of_locale(locale);
            for group in groups {
                let mut stems: Vec<_> = group.split(' ').map(|word| language.stem(word)).collect();
                stems.dedup();
                assert_eq!(stems.len(), 1, "{locale}: {stems:?}");
            }
        }
        assert_eq!(Language::Light(2).stem("err408"), "err408");
        assert_eq!(Language::Light(2).stem("gerä"), "gerä");
        assert_eq!(Language::Light(255).stem("daten"), "daten");
    }

    #[test]
    fn japanese_is_cut_into_pairs_of_letters() {
        assert_eq!(
            list("録音が再生できない"),
            ["録音", "音が", "が再", "再生", "生で", "でき", "きな", "ない"]
        );
        assert_eq!(
            list("CSVの書き出し、失敗 5回"),
            ["csv", "の書", "書き", "き出", "出し", "失敗", "5", "回"]
        );
    }

    #[test]
    fn arabic_letters_of_two_spellings_are_one() {
        assert_eq!(list("أُرسِلَت الفاتورة إلى"), ["ارسلت", "الفاتوره", "الي"]);
    }

    #[test]
    fn a_locale_without_a_stemmer_keeps_its_words() {
        assert_eq!(Language::of_locale("en-GB"), Language::English);
        assert_eq!(Language::of_locale("ja"), Language::None);
        for language in ["en", "de", "fr-CA", "es_MX", "ja"].map(Language::of_locale) {
            assert_eq!(Language::from_byte(language.byte()), language);
        }
    }
}
