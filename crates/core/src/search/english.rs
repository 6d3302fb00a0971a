//! The stem of an English word, by Snowball's rules for English (Porter's second algorithm).
//! The rules are a few short tables here: the library has tables for all languages and costs every
//! first open 2 KB more. A test holds the two against each other. What a word is: `analysis`.

/// Words that have a stem of their own, and that stem.
const EXCEPTIONS: &str = "skis ski skies sky idly idl gently gentl ugly ugli early earli only onli \
singly singl andes andes atlas atlas bias bias cosmos cosmos howe howe news news sky sky";

/// Beginnings after which the first region starts.
const BEGINNINGS: &str = "arsen commun emerg gener inter later organ past univers";

/// Endings and what takes their place, for a word's first region; of two that fit the longer one
/// comes first. `-` is nothing.
const SECOND: &str = "ization ize iveness ive fulness ful ousness ous ational ate tional tion \
biliti ble lessli less ation ate alism al aliti al iviti ive ousli ous entli ent fulli ful \
ogist og anci ance enci ence abli able alli al izer ize ator ate bli ble ogi og li -";

/// The same after that; `ative` has to lie in the second region.
const THIRD: &str =
    "ational ate tional tion alize al icate ic ative - iciti ic ical ic ness - ful -";

/// Endings that the second region loses.
const FOURTH: &str = "ement - ment - ance - ence - able - ible - ant - ent - ate - ive - ize - \
iti - ism - ous - ion - ic - al - er -";

/// The stem of a folded word. Words with letters beyond ASCII are no English and stay.
pub(super) fn stem(word: &str) -> String {
    let mut exceptions = EXCEPTIONS.split(' ');
    while let (Some(exception), Some(stem)) = (exceptions.next(), exceptions.next()) {
        if exception == word {
            return stem.to_owned();
        }
    }
    if word.len() < 3 || !word.is_ascii() {
        return word.to_owned();
    }
    let mut letters = word.as_bytes().to_vec();
    // A `y` that is a consonant is written `Y` meanwhile.
    let mut after_vowel = true;
    for letter in &mut letters {
        if *letter == b'y' && after_vowel {
            *letter = b'Y';
        }
        after_vowel = is_vowel(*letter);
    }
    let begins = BEGINNINGS.split(' ').find(|beginning| word.starts_with(beginning));
    let first = begins.map_or_else(|| region(&letters, 0), str::len);
    let second = region(&letters, first);
    plural(&mut letters);
    past(&mut letters, first);
    if let [_, .., before, last @ (b'y' | b'Y')] = letters.as_mut_slice()
        && !is_vowel(*before)
    {
        *last = b'i';
    }
    swap(&mut letters, SECOND, first, second);
    swap(&mut letters, THIRD, first, second);
    swap(&mut letters, FOURTH, second, second);
    last(&mut letters, first, second);
    letters.iter().map(|letter| char::from(letter.to_ascii_lowercase())).collect()
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn has_vowel(letters: &[u8]) -> bool {
    letters.iter().any(|&letter| is_vowel(letter))
}

/// Where the region begins that follows the first consonant after a vowel, from `from` on.
fn region(letters: &[u8], from: usize) -> usize {
    let mut after_vowel = false;
    for (at, &letter) in letters.iter().enumerate().skip(from) {
        if after_vowel && !is_vowel(letter) {
            return at + 1;
        }
        after_vowel = is_vowel(letter);
    }
    letters.len()
}

/// Whether the letters end in a short syllable.
fn is_short(letters: &[u8]) -> bool {
    match letters {
        [.., before, vowel, last]
            if !is_vowel(*before)
                && is_vowel(*vowel)
                && !is_vowel(*last)
                && !matches!(last, b'w' | b'x' | b'Y') =>
        {
            true
        }
        [vowel, last] => is_vowel(*vowel) && !is_vowel(*last),
        _ => letters.ends_with(b"past"),
    }
}

/// Puts `new` in the place of the last `count` letters.
fn end_in(letters: &mut Vec<u8>, count: usize, new: &str) {
    letters.truncate(letters.len().saturating_sub(count));
    letters.extend_from_slice(new.as_bytes());
}

fn plural(letters: &mut Vec<u8>) {
    let n = letters.len();
    if letters.ends_with(b"sses") {
        letters.truncate(n - 2);
    } else if letters.ends_with(b"ied") || letters.ends_with(b"ies") {
        letters.truncate(if n > 4 { n - 2 } else { n - 1 });
    } else if let [stem @ .., before, b's'] = letters.as_slice()
        && !matches!(before, b's' | b'u')
        && has_vowel(stem)
    {
        letters.truncate(n - 1);
    }
}

/// Takes off `ed`, `ing` and the like.
fn past(letters: &mut Vec<u8>, first: usize) {
    let adverb = if letters.ends_with(b"ly") { 2 } else { 0 };
    let n = letters.len() - adverb;
    let stem = letters.get(..n).unwrap_or_default();
    if let Some(rest) = stem.strip_suffix(b"eed") {
        if rest.len() >= first && !matches!(rest, b"succ" | b"proc" | b"exc") {
            letters.truncate(n - 1);
        }
        return;
    }
    let (rest, ing) = match (stem.strip_suffix(b"ed"), stem.strip_suffix(b"ing")) {
        (Some(rest), _) => (rest, false),
        (_, Some(rest)) => (rest, adverb == 0),
        _ => return,
    };
    match rest {
        // `dying`, whose stem is that of `die`.
        [consonant, b'y'] if ing && !is_vowel(*consonant) => {
            return end_in(letters, 4, "ie");
        }
        b"even" | b"cann" | b"inn" | b"earr" | b"herr" | b"out" if ing => return,
        rest if !has_vowel(rest) => return,
        _ => {}
    }
    let n = rest.len();
    letters.truncate(n);
    match letters.as_slice() {
        [.., b'a', b't'] | [.., b'b', b'l'] | [.., b'i', b'z'] => letters.push(b'e'),
        [b'a' | b'e' | b'o', one, two] if is_double(*one, *two) => {}
        [.., one, two] if is_double(*one, *two) => letters.truncate(n - 1),
        short if n == first && is_short(short) => letters.push(b'e'),
        _ => {}
    }
}

fn is_double(one: u8, two: u8) -> bool {
    one == two && matches!(one, b'b' | b'd' | b'f' | b'g' | b'm' | b'n' | b'p' | b'r' | b't')
}

/// Finds the longest ending of a table; where it begins at `least` or later, what stands for it
/// takes its place.
fn swap(letters: &mut Vec<u8>, table: &str, least: usize, second: usize) {
    let mut entries = table.split(' ');
    while let (Some(ending), Some(new)) = (entries.next(), entries.next()) {
        let Some(rest) = letters.strip_suffix(ending.as_bytes()) else { continue };
        let before = rest.last().copied().unwrap_or(0);
        let fits = match ending {
            "ogi" => before == b'l',
            "li" => b"cdeghkmnrt".contains(&before),
            "ion" => matches!(before, b's' | b't'),
            "ative" => rest.len() >= second,
            _ => true,
        };
        if fits && rest.len() >= least {
            end_in(letters, ending.len(), if new == "-" { "" } else { new });
        }
        return;
    }
}

/// A last `e` or double `l`.
fn last(letters: &mut Vec<u8>, first: usize, second: usize) {
    let goes = match letters.as_slice() {
        [rest @ .., b'e'] => rest.len() >= second || (rest.len() >= first && !is_short(rest)),
        [rest @ .., b'l'] => rest.len() >= second && rest.ends_with(b"l"),
        _ => false,
    };
    if goes {
        letters.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snowball(word: &str) -> String {
        frostem::Stemmer::new(frostem::Algorithm::English).stem(word).into_owned()
    }

    #[test]
    fn every_ending_on_every_sort_of_stem_is_treated_as_snowball_does() {
        let tables = [EXCEPTIONS, BEGINNINGS, SECOND, THIRD, FOURTH].join(" ");
        let more = "s ss us sses ies ied eed eedly ed edly ing ingly y ly e l le ll ily ization's a \
                    bb dd ff gg mm nn pp rr tt cc ss at bl iz even cann inn earr herr out past";
        let endings: Vec<&str> = tables.split(' ').chain(more.split_whitespace()).collect();
        let starts = "x a b y by ay ya yay th str hop hopp succ proc exc commun gener ski d l \
                      vow box bow pay say tray add egg off ebb ov os us past pasted ol anal io";
        for start in starts.split_whitespace().chain([""]) {
            for one in &endings {
                for two in ["", "s", "ed", "ing", "ly", "ness", "e", "ment", "ation"] {
                    let word: String = [start, one, two].concat();
                    let word = word.replace(['-', '\''], "");
                    assert_eq!(stem(&word), snowball(&word), "{word}");
                }
            }
        }
    }

    #[test]
    fn short_words_of_the_letters_that_rules_are_about_are_treated_as_snowball_does() {
        let letters = b"aeiyusdtlgnx";
        let mut words: Vec<String> = vec![String::new()];
        for _ in 0..4 {
            let longer = words.iter().flat_map(|word| {
                letters.iter().map(move |&letter| format!("{word}{}", char::from(letter)))
            });
            words = longer.collect();
            for word in &words {
                assert_eq!(stem(word), snowball(word), "{word}");
            }
        }
    }

    #[test]
    fn words_of_other_scripts_stay() {
        for word in ["москва", "привет", "ni\u{4e00}s", "", "a", "as"] {
            assert_eq!(stem(word), word);
        }
    }
}
