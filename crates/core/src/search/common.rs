//! A set of words as hashes, ten bits or so a word: common words that the knowledge base does not
//! hold, so that `zone` is not taken for a mistyped `gone`, and words that ask for something. What belongs to a word lies elsewhere,
//! under its place in the set.

use crate::wire::{Reader, Writer};

/// Hash values for each word of the set; one word in so many is taken for a member by chance.
const SPREAD: u32 = 251;

/// Hash values at the least: a small set may err more seldom, at two bytes a word.
const LEAST: u32 = 1 << 18;

/// A view over a set that [`write`] made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Common<'a> {
    range: u32,
    gaps: &'a [u8],
}

impl<'a> Common<'a> {
    /// Opens the bytes; no bytes are an empty set.
    pub(crate) fn open(bytes: &'a [u8]) -> Common<'a> {
        let mut reader = Reader::new(bytes);
        let range = reader.varint().unwrap_or(0);
        Common { range, gaps: reader.rest() }
    }

    /// The place of `word` in the set: always there for its words, seldom for others.
    /// Costs a walk over the set; asked only for words that the dictionary does not hold.
    pub(crate) fn place(&self, word: &str) -> Option<usize> {
        let wanted = hash(word).checked_rem(self.range)?;
        let mut reader = Reader::new(self.gaps);
        let mut value = 0u32;
        let mut place = 0;
        while let Ok(gap) = reader.varint() {
            value = value.saturating_add(gap);
            if value >= wanted {
                return (value == wanted).then_some(place);
            }
            place += 1;
        }
        None
    }
}

/// The bytes of a set of words, and which of them lies at each place; of two words with one hash
/// the first stays.
pub(crate) fn write(words: &[&str]) -> (Vec<u8>, Vec<usize>) {
    let range = (words.len() as u32 * SPREAD).max(LEAST);
    let mut hashes: Vec<(u32, usize)> = Vec::new();
    for (n, word) in words.iter().enumerate() {
        hashes.push((hash(word) % range, n));
    }
    hashes.sort_unstable();
    hashes.dedup_by_key(|&mut (hash, _)| hash);
    let mut out = Writer::new();
    out.varint(range);
    let mut before = 0;
    for &(hash, _) in &hashes {
        out.varint(hash - before);
        before = hash;
    }
    (out.into_bytes(), hashes.into_iter().map(|(_, n)| n).collect())
}

/// FNV-1a, its halves folded.
fn hash(word: &str) -> u32 {
    let long = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (long >> 32) as u32 ^ long as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_holds_its_words_and_few_others() {
        let words: Vec<String> = (0..2000).map(|n| format!("word{n}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (bytes, order) = write(&words);
        let set = Common::open(&bytes);
        assert!(words.iter().all(|word| set.place(word).is_some()));
        for (place, &n) in order.iter().enumerate() {
            assert_eq!(set.place(words[n]), Some(place));
        }
        let others = (0..2000).filter(|n| set.place(&format!("other{n}")).is_some()).count();
        assert!(others < 2000 / 100, "{others} of 2000 others");
        assert!(bytes.len() < 2000 * 2, "{} bytes", bytes.len());
    }

    #[test]
    fn a_small_set_errs_more_seldom() {
        let (bytes, _) = write(&["delete", "rename", "export"]);
        let set = Common::open(&bytes);
        let others = (0..20_000).filter(|n| set.place(&format!("other{n}")).is_some()).count();
        assert!(others < 10, "{others} of 20000 others");
    }

    #[test]
    fn an_empty_set_holds_nothing() {
        assert_eq!(Common::open(&[]).place("word"), None);
        assert_eq!(Common::open(&write(&[]).0).place("word"), None);
    }
}
