//! A set of common words that the knowledge base does not hold and that look like typos of words
//! that it does: `zone` is no mistyped `gone`. Kept as hashes, ten bits or so a word.

use crate::wire::{Reader, Writer};

/// Hash values for each word of the set; one word in so many is taken for a member by chance.
const SPREAD: u32 = 251;

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

    /// Whether the set holds `word`: always true for its words, seldom for others.
    /// Costs a walk over the set; asked only for words that the dictionary does not hold.
    pub(crate) fn holds(&self, word: &str) -> bool {
        if self.range == 0 {
            return false;
        }
        let wanted = hash(word) % self.range;
        let mut reader = Reader::new(self.gaps);
        let mut value = 0u32;
        while let Ok(gap) = reader.varint() {
            value = value.saturating_add(gap);
            if value >= wanted {
                return value == wanted;
            }
        }
        false
    }
}

/// The bytes of a set of words.
pub(crate) fn write<'w>(words: impl Iterator<Item = &'w str> + Clone) -> Vec<u8> {
    let range = words.clone().count() as u32 * SPREAD;
    let mut hashes: Vec<u32> = words.map(|word| hash(word) % range.max(1)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    let mut out = Writer::new();
    out.varint(range);
    let mut before = 0;
    for hash in hashes {
        out.varint(hash - before);
        before = hash;
    }
    out.into_bytes()
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
        let bytes = write(words.iter().map(String::as_str));
        let set = Common::open(&bytes);
        assert!(words.iter().all(|word| set.holds(word)));
        let others = (0..2000).filter(|n| set.holds(&format!("other{n}"))).count();
        assert!(others < 2000 / 100, "{others} of 2000 others");
        assert!(bytes.len() < 2000 * 2, "{} bytes", bytes.len());
    }

    #[test]
    fn an_empty_set_holds_nothing() {
        assert!(!Common::open(&[]).holds("word"));
        assert!(!Common::open(&write([].into_iter())).holds("word"));
    }
}
