//! The term dictionary: sorted words, front-coded in blocks, each with a value. Lengths, letters
//! and values lie in columns of their own, which brotli gains from.
//! It has never heard of articles: a value is the number of a group of words with one stem, or
//! words that stand in for it. Looking up lives here; the fuzzy walk is `fuzzy`'s matter.

use core::cmp::Ordering;

use crate::wire::{Reader, WireError, Writer};

/// Words in a block. Larger blocks save bytes of the block table and of first words, which are
/// stored whole; smaller ones save steps.
const BLOCK: usize = 64;

/// Bytes of a block in the table: where its letters and its values begin.
const ENTRY: usize = 8;

/// What the dictionary says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry<'a> {
    /// The knowledge base holds the word; the number of its group.
    Group(u32),
    /// The knowledge base does not hold the word, but knows what it may stand for.
    Alias(Alias<'a>),
}

/// A word that the knowledge base does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alias<'a> {
    /// How much the word says, as in [`Class`](super::words::Class).
    pub(crate) class: u8,
    targets: Targets<'a>,
}

impl<'a> Alias<'a> {
    /// The groups it may stand for.
    pub(crate) fn targets(&self) -> Targets<'a> {
        self.targets
    }
}

/// Groups that a word may stand for, each with a weight of 1 to 16 sixteenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Targets<'a> {
    bytes: &'a [u8],
    left: u32,
}

impl<'a> Targets<'a> {
    /// Reads a list that [`write_targets`] wrote.
    pub(crate) fn read(reader: &mut Reader<'a>, count: u32) -> Result<Targets<'a>, WireError> {
        let bytes = reader.rest();
        for _ in 0..count {
            reader.varint()?;
        }
        Ok(Targets { bytes, left: count })
    }
}

impl Iterator for Targets<'_> {
    type Item = (u32, f32);

    fn next(&mut self) -> Option<(u32, f32)> {
        self.left = self.left.checked_sub(1)?;
        let mut reader = Reader::new(self.bytes);
        let value = reader.varint().ok()?;
        self.bytes = reader.rest();
        Some((value >> 4, ((value & 15) + 1) as f32 / 16.0))
    }
}

/// Writes groups and weights (1 to 16).
pub(crate) fn write_targets(writer: &mut Writer, targets: &[(u32, u8)]) {
    for &(group, weight) in targets {
        writer.varint(group << 4 | u32::from(weight.clamp(1, 16) - 1));
    }
}

/// A view over the dictionary's bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dict<'a> {
    /// [`ENTRY`] bytes a block.
    table: &'a [u8],
    /// A byte a word: how many letters it shares with the word before, and how many follow.
    lengths: &'a [u8],
    letters: &'a [u8],
    values: &'a [u8],
}

impl<'a> Dict<'a> {
    /// Opens bytes that [`write`] made; reads the header only.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Dict<'a>, WireError> {
        let mut reader = Reader::new(bytes);
        let len = reader.count()?;
        let letters = reader.count()?;
        Ok(Dict {
            table: reader.take(len.div_ceil(BLOCK) * ENTRY)?,
            lengths: reader.take(len)?,
            letters: reader.take(letters)?,
            values: reader.rest(),
        })
    }

    /// How many blocks there are.
    pub(crate) fn blocks(&self) -> usize {
        self.table.len() / ENTRY
    }

    /// The words of a block, in order; none when there is no such block.
    pub(crate) fn block(&self, block: usize) -> Block<'a> {
        self.try_block(block).unwrap_or(Block {
            lengths: [].iter(),
            letters: Reader::new(&[]),
            values: Reader::new(&[]),
            next_group: 0,
        })
    }

    fn try_block(&self, block: usize) -> Option<Block<'a>> {
        let mut entry = Reader::new(self.table.get(block * ENTRY..)?);
        let letters = self.letters.get(entry.fixed32().ok()? as usize..)?;
        let mut values = Reader::new(self.values.get(entry.fixed32().ok()? as usize..)?);
        let lengths = self.lengths.chunks(BLOCK).nth(block)?.iter();
        let next_group = values.varint().ok()?;
        Some(Block { lengths, letters: Reader::new(letters), values, next_group })
    }

    /// The first word of a block; empty when there is no such block.
    pub(crate) fn head(&self, block: usize) -> &'a [u8] {
        self.try_block(block)
            .and_then(|mut block| block.lengths.next().and_then(|lengths| block.suffix(*lengths)))
            .unwrap_or(&[])
    }

    /// The number of the block that holds `word` if any does.
    pub(crate) fn block_of(&self, word: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.blocks());
        while low < high {
            let middle = low.midpoint(high);
            if self.head(middle) <= word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.saturating_sub(1)
    }

    /// What the dictionary says of exactly this word. Most words that are asked for are not there
    /// (halves of others, two joined), so values are read only of the one that is.
    pub(crate) fn get(&self, word: &[u8]) -> Option<Entry<'a>> {
        let number = self.block_of(word);
        let mut block = self.try_block(number)?;
        // How many letters `word` shares with the entry before, which comes before it in order.
        let mut matched = 0;
        let mut place = 0;
        while let Some(&lengths) = block.lengths.next() {
            let shared = usize::from(lengths >> 4);
            let suffix = block.suffix(lengths)?;
            // Otherwise it differs from `word` where the entry before does.
            if shared <= matched {
                let rest = word.get(shared..)?;
                let same = suffix.iter().zip(rest).take_while(|(a, b)| a == b).count();
                match suffix.get(same..).cmp(&rest.get(same..)) {
                    Ordering::Less => matched = shared + same,
                    Ordering::Equal => {
                        let mut block = self.try_block(number)?;
                        return (0..=place).filter_map(|_| block.step()).last().map(|s| s.entry);
                    }
                    Ordering::Greater => return None,
                }
            }
            place += 1;
        }
        None
    }

    /// Calls `each` with the words that begin with `prefix`, in order, until it returns `false`.
    pub(crate) fn with_prefix(
        &self,
        prefix: &[u8],
        each: &mut dyn FnMut(&[u8], Entry<'a>) -> bool,
    ) {
        let mut buffer = Vec::with_capacity(48);
        for number in self.block_of(prefix)..self.blocks() {
            let mut block = self.block(number);
            while let Some(entry) = block.next(&mut buffer) {
                if buffer.starts_with(prefix) {
                    if !each(&buffer, entry) {
                        return;
                    }
                } else if buffer.as_slice() > prefix {
                    return;
                }
            }
        }
    }
}

/// One entry as it lies in a block: what it shares with its predecessor, and the rest.
pub(crate) struct Step<'a> {
    /// Bytes shared with the word before.
    pub(crate) shared: usize,
    /// The bytes that follow.
    pub(crate) suffix: &'a [u8],
    /// What the dictionary says of the word.
    pub(crate) entry: Entry<'a>,
}

/// Reads a block front to back.
pub(crate) struct Block<'a> {
    lengths: core::slice::Iter<'a, u8>,
    letters: Reader<'a>,
    values: Reader<'a>,
    next_group: u32,
}

impl<'a> Block<'a> {
    /// The letters of an entry of these lengths.
    fn suffix(&mut self, lengths: u8) -> Option<&'a [u8]> {
        let mut rest = usize::from(lengths & 15);
        if rest == 15 {
            rest += usize::from(self.letters.byte().ok()?);
        }
        self.letters.take(rest).ok()
    }

    /// The next entry; `None` at the end, and where the bytes make no sense.
    pub(crate) fn step(&mut self) -> Option<Step<'a>> {
        let lengths = *self.lengths.next()?;
        let suffix = self.suffix(lengths)?;
        let value = self.values.varint().ok()?;
        let entry = if value & 1 == 0 {
            let back = value >> 1;
            let group = self.next_group.checked_sub(back)?;
            if back == 0 {
                self.next_group = self.next_group.checked_add(1)?;
            }
            Entry::Group(group)
        } else {
            let targets = Targets::read(&mut self.values, value >> 3).ok()?;
            Entry::Alias(Alias { class: (value >> 1 & 3) as u8, targets })
        };
        Some(Step { shared: usize::from(lengths >> 4), suffix, entry })
    }

    /// The next entry, with its whole word in `word`, which must be left as it was between calls.
    fn next(&mut self, word: &mut Vec<u8>) -> Option<Entry<'a>> {
        let step = self.step()?;
        word.truncate(step.shared);
        word.extend_from_slice(step.suffix);
        Some(step.entry)
    }
}

/// What [`write`] is told of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// The word belongs to a group; groups are numbered by their first word.
    Group(u32),
    /// The word stands in for others: class, and groups with weights of 1 to 16.
    Alias(u8, Vec<(u32, u8)>),
}

/// The bytes of a dictionary of `words`, which must be sorted, without repetition, and shorter
/// than 256 bytes. Groups must be numbered in the order of their first word.
pub(crate) fn write(words: &[(String, Value)]) -> Vec<u8> {
    let [mut table, mut lengths, mut letters, mut values] = core::array::from_fn(|_| Writer::new());
    let mut next_group = 0;
    let mut before: &[u8] = &[];
    for (n, (word, value)) in words.iter().enumerate() {
        if n % BLOCK == 0 {
            table.fixed32(letters.len() as u32);
            table.fixed32(values.len() as u32);
            values.varint(next_group);
            before = &[];
        }
        let word = word.as_bytes();
        let shared = word.iter().zip(before).take(15).take_while(|(a, b)| a == b).count();
        let suffix = word.get(shared..).unwrap_or(&[]);
        lengths.byte((shared << 4 | suffix.len().min(15)) as u8);
        if suffix.len() >= 15 {
            letters.byte((suffix.len() - 15) as u8);
        }
        letters.raw(suffix);
        match value {
            Value::Group(group) => {
                let back = next_group - group.min(&next_group);
                values.varint(back << 1);
                if back == 0 {
                    next_group += 1;
                }
            }
            Value::Alias(class, targets) => {
                let count = targets.len() as u32;
                values.varint(count << 3 | u32::from(class & 3) << 1 | 1);
                write_targets(&mut values, targets);
            }
        }
        before = word;
    }
    let mut out = Writer::new();
    out.varint(words.len() as u32);
    out.varint(letters.len() as u32);
    for column in [table, lengths, letters, values] {
        out.raw(&column.into_bytes());
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<(String, Value)> {
        let mut words: Vec<String> = (0..200).map(|n| format!("w{:x}", n * n * 7919)).collect();
        words.push("a".repeat(39));
        // Sharing more letters than a byte of lengths can tell.
        let long = "abcdefghijklmnopqrstuvwxyz";
        words.extend(
            (14..26).flat_map(|end| ["", "0", "1"].map(|last| [&long[..end], last].concat())),
        );
        words.sort();
        words.dedup();
        let mut next = 0;
        words
            .into_iter()
            .enumerate()
            .map(|(n, word)| {
                let value = match n % 5 {
                    4 => Value::Alias(2, vec![(3, 16), (900, 1)]),
                    3 => Value::Group(next / 2),
                    _ => {
                        next += 1;
                        Value::Group(next - 1)
                    }
                };
                (word, value)
            })
            .collect()
    }

    #[test]
    fn every_word_is_found_with_its_value() {
        let words = sample();
        let bytes = write(&words);
        let dict = Dict::open(&bytes).unwrap();
        for (word, value) in &words {
            match (dict.get(word.as_bytes()), value) {
                (Some(Entry::Group(found)), Value::Group(group)) => assert_eq!(found, *group),
                (Some(Entry::Alias(alias)), Value::Alias(class, _)) => {
                    assert_eq!(alias.class, *class);
                    let targets: Vec<_> = alias.targets().collect();
                    assert_eq!(targets, [(3, 1.0), (900, 1.0 / 16.0)]);
                }
                other => panic!("{word}: {other:?}"),
            }
        }
        let held = |word: &str| words.iter().any(|(other, _)| other == word);
        for (word, _) in &words {
            for end in 0..=word.len() {
                for last in ["", "-", "0", "5", "m", "z"] {
                    let other = [&word[..end], last].concat();
                    assert_eq!(dict.get(other.as_bytes()).is_some(), held(&other), "{other}");
                }
            }
        }
        assert_eq!(dict.get(b"w"), None);
        assert_eq!(dict.get(b"zz"), None);
        assert_eq!(dict.get(b""), None);
    }

    #[test]
    fn a_prefix_gives_the_words_that_begin_with_it_in_order() {
        let words = sample();
        let bytes = write(&words);
        let dict = Dict::open(&bytes).unwrap();
        for prefix in ["", "w", "w1", "w1c", "aaa", "x", "0"] {
            let mut found = Vec::new();
            dict.with_prefix(prefix.as_bytes(), &mut |word, _| {
                found.push(String::from_utf8(word.to_vec()).unwrap());
                true
            });
            let expected: Vec<_> =
                words.iter().map(|(w, _)| w.clone()).filter(|w| w.starts_with(prefix)).collect();
            assert_eq!(found, expected, "{prefix}");
        }
    }

    #[test]
    fn bytes_cut_anywhere_are_refused_or_read_in_part() {
        let bytes = write(&sample());
        for end in 0..bytes.len() {
            if let Ok(dict) = Dict::open(&bytes[..end]) {
                dict.with_prefix(b"", &mut |_, _| true);
                dict.get(b"w1");
            }
        }
    }
}
