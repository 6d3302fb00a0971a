//! Which articles hold a group of words, and where in them: group records and their postings.
//! Groups lie in blocks, a block in columns: what is alike lies together, which brotli gains from.
//! One list is read where it lies; reaching it skips the lists before it in its block.

use crate::wire::{Reader, WireError, Writer};

/// Articles between two entries of the table of units.
pub(crate) const STRIDE: usize = 32;

/// Groups in a block. Larger blocks save bytes of tables and beginnings, smaller ones save steps
/// of skipping.
const BLOCK: usize = 64;

/// A part of an article, as a bit of [`Posting::fields`].
pub(crate) mod field {
    /// The title.
    pub(crate) const TITLE: u8 = 1;
    /// Other words for the problem.
    pub(crate) const PHRASING: u8 = 2;
    /// Codes and keywords.
    pub(crate) const CODE: u8 = 4;
    /// The likely cause, or what a code means.
    pub(crate) const CAUSE: u8 = 8;
    /// Checks, their details and choices.
    pub(crate) const CHECKS: u8 = 16;
    /// Headings inside the text.
    pub(crate) const HEADING: u8 = 32;
    /// The text itself.
    pub(crate) const BODY: u8 = 64;
    /// Checks or text hold the word more than once: both counts lie in a column of their own.
    pub(crate) const COUNTS: u8 = 128;
}

/// A group's occurrences in one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Posting {
    /// Number of the article.
    pub(crate) article: u32,
    /// Which parts hold the group, as bits of [`field`].
    pub(crate) fields: u8,
    /// Occurrences in checks, 0 to 15.
    pub(crate) checks: u8,
    /// Occurrences in the text, 0 to 15.
    pub(crate) body: u8,
    /// Which units hold the group: bit 0 the title, then phrasings, then headings.
    pub(crate) units: u64,
}

/// Most phrasings and headings of an article that count as units of their own.
pub(crate) const MAX_UNITS: usize = 31;

/// What the index knows of a group.
#[derive(Clone, Debug)]
pub(crate) struct Group<'a> {
    /// How much its words say.
    pub(crate) class: u8,
    /// How many articles hold it.
    pub(crate) articles: u32,
    /// How many occurrences are kept; fewer than `articles` where some are not worth their bytes.
    pub(crate) kept: usize,
    /// Occurrences of the groups before it in its block.
    before: usize,
    /// Groups before it in its block that have any.
    before_lists: usize,
    block: Block<'a>,
}

/// A block behind the head of one of its groups.
#[derive(Clone, Debug)]
struct Block<'a> {
    reader: Reader<'a>,
    /// Heads that are left.
    left: usize,
    /// Bytes of counts.
    counts: usize,
    /// Bytes of first articles and gaps.
    articles: usize,
}

impl<'a> Group<'a> {
    /// The occurrences that are kept, in the order of articles; none where bytes make no sense.
    pub(crate) fn postings(&self) -> Postings<'a> {
        self.try_postings().unwrap_or_default()
    }

    fn try_postings(&self) -> Option<Postings<'a>> {
        let mut reader = self.block.reader.clone();
        let mut all = self.before.checked_add(self.kept)?;
        let mut later = usize::from(self.kept > 0);
        for _ in 0..self.block.left {
            let (_, kept) = head(&mut reader)?;
            all = all.checked_add(kept)?;
            later += usize::from(kept > 0);
        }
        // A byte each; then counts of those with `COUNTS`, a byte each; the first article of each
        // list; the gaps of all lists; the units of those with phrasings or headings.
        let (before, fields) = reader.take(all).ok()?.split_at_checked(self.before)?;
        let counts = reader.take(self.block.counts).ok()?;
        let first = skip(reader.take(self.block.articles).ok()?, self.before_lists);
        let gaps = skip(first, later + (self.before - self.before_lists));
        let having = |bits: u8| before.iter().filter(|fields| *fields & bits != 0).count();
        Some(Postings {
            fields: fields.get(..self.kept)?.iter(),
            counts: counts.get(having(field::COUNTS)..)?.iter(),
            first: Some(Reader::new(first)),
            gaps: Reader::new(gaps),
            units: Reader::new(skip(reader.rest(), having(field::PHRASING | field::HEADING))),
            article: 0,
        })
    }
}

/// Reads a group's head, and how many of its occurrences are kept.
fn head(reader: &mut Reader<'_>) -> Option<(u32, usize)> {
    let head = reader.varint().ok()?;
    let kept = if head & PRUNED == 0 { head >> 3 } else { reader.varint().ok()? };
    Some((head, kept as usize))
}

/// What follows the first `count` varints.
fn skip(bytes: &[u8], count: usize) -> &[u8] {
    let mut left = count;
    let mut at = 0;
    while left > 0
        && let Some(byte) = bytes.get(at)
    {
        left -= usize::from(*byte < 0x80);
        at += 1;
    }
    bytes.get(at..).unwrap_or_default()
}

/// Reads postings front to back; ends early where bytes make no sense.
#[derive(Default)]
pub(crate) struct Postings<'a> {
    fields: core::slice::Iter<'a, u8>,
    counts: core::slice::Iter<'a, u8>,
    /// Where the first article stands, until it is read.
    first: Option<Reader<'a>>,
    gaps: Reader<'a>,
    units: Reader<'a>,
    article: u32,
}

impl Iterator for Postings<'_> {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        let fields = *self.fields.next()?;
        let gap = match self.first.take() {
            Some(mut first) => first.varint(),
            None => self.gaps.varint(),
        };
        self.article = self.article.checked_add(gap.ok()?)?;
        let counts = if fields & field::COUNTS == 0 { 0 } else { *self.counts.next()? };
        let units = if fields & (field::PHRASING | field::HEADING) == 0 {
            0
        } else {
            u64::from(self.units.varint().ok()?)
        };
        Some(Posting {
            article: self.article,
            fields: fields & !field::COUNTS,
            checks: (counts >> 4) + u8::from(fields & field::CHECKS != 0),
            body: (counts & 15) + u8::from(fields & field::BODY != 0),
            units: units << 1 | u64::from(fields & field::TITLE),
        })
    }
}

/// A view over all group records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Groups<'a> {
    len: u32,
    table: &'a [u8],
    blocks: &'a [u8],
}

/// Beside the class in a group's head: not all occurrences are kept, so their number follows.
const PRUNED: u32 = 4;

impl<'a> Groups<'a> {
    /// Opens bytes that [`write`] made; reads the header only.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Groups<'a>, WireError> {
        let mut reader = Reader::new(bytes);
        let len = reader.count()?;
        let table = reader.take(len.div_ceil(BLOCK) * 4)?;
        Ok(Groups { len: len as u32, table, blocks: reader.rest() })
    }

    /// How many groups there are.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// What the index knows of a group; `None` where there is no such group or its bytes make no
    /// sense. Costs a walk over the heads before it in its block; [`Group::postings`] costs one
    /// over the others and over the lists before its own.
    pub(crate) fn get(&self, group: u32) -> Option<Group<'a>> {
        if group >= self.len {
            return None;
        }
        let (block, place) = (group as usize / BLOCK, group as usize % BLOCK);
        let at = Reader::new(self.table.get(block * 4..)?).fixed32().ok()?;
        let mut reader = Reader::new(self.blocks.get(at as usize..)?);
        let [counts, articles] = [reader.varint().ok()?, reader.varint().ok()?];
        let (mut before, mut before_lists) = (0usize, 0);
        for _ in 0..place {
            let (_, kept) = head(&mut reader)?;
            before = before.checked_add(kept)?;
            before_lists += usize::from(kept > 0);
        }
        let (head, kept) = head(&mut reader)?;
        Some(Group {
            class: (head & 3) as u8,
            articles: head >> 3,
            kept,
            before,
            before_lists,
            block: Block {
                reader,
                left: (self.len as usize - block * BLOCK).min(BLOCK) - place - 1,
                counts: counts as usize,
                articles: articles as usize,
            },
        })
    }
}

/// What [`write`] is told of a group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// How much its words say.
    pub(crate) class: u8,
    /// How many articles hold it.
    pub(crate) articles: u32,
    /// Its occurrences, in the order of articles, without those that are not worth their bytes.
    pub(crate) postings: Vec<Posting>,
}

/// The bytes of all group records.
pub(crate) fn write(groups: &[Record]) -> Vec<u8> {
    let mut table = Writer::new();
    let mut blocks = Writer::new();
    for block in groups.chunks(BLOCK) {
        table.fixed32(blocks.len() as u32);
        write_block(&mut blocks, block);
    }
    let mut out = Writer::new();
    out.varint(groups.len() as u32);
    out.raw(&table.into_bytes());
    out.raw(&blocks.into_bytes());
    out.into_bytes()
}

fn write_block(out: &mut Writer, groups: &[Record]) {
    let [mut heads, mut fields, mut counts, mut firsts, mut gaps, mut units] =
        core::array::from_fn(|_| Writer::new());
    for group in groups {
        let kept = group.postings.len() as u32;
        let head = group.articles << 3 | u32::from(group.class & 3);
        if kept == group.articles {
            heads.varint(head);
        } else {
            heads.varint(head | PRUNED);
            heads.varint(kept);
        }
        let mut before = None;
        for posting in &group.postings {
            match before {
                None => firsts.varint(posting.article),
                Some(before) => gaps.varint(posting.article - before),
            }
            before = Some(posting.article);
            let (checks, body) = (posting.checks.saturating_sub(1), posting.body.saturating_sub(1));
            if checks == 0 && body == 0 {
                fields.byte(posting.fields);
            } else {
                fields.byte(posting.fields | field::COUNTS);
                counts.byte(checks << 4 | body.min(15));
            }
            if posting.fields & (field::PHRASING | field::HEADING) != 0 {
                units.varint((posting.units >> 1) as u32);
            }
        }
    }
    out.varint(counts.len() as u32);
    out.varint((firsts.len() + gaps.len()) as u32);
    for column in [heads, fields, counts, firsts, gaps, units] {
        out.raw(&column.into_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(groups: u32) -> Vec<Record> {
        (0..groups)
            .map(|n| Record {
                class: (n % 3) as u8,
                // Every seventh keeps fewer than hold it.
                articles: n % 9 + u32::from(n % 7 == 0),
                postings: (0..n % 9)
                    .map(|m| {
                        let fields = ((n * 37 + m * 11) % 127 + 1) as u8;
                        let units = if fields & (field::PHRASING | field::HEADING) != 0 {
                            u64::from(n * 3 + m) << 1
                        } else {
                            0
                        };
                        let has = |bit: u8| fields & bit != 0;
                        Posting {
                            article: m * 130 + n,
                            fields,
                            checks: if has(field::CHECKS) { (m % 15 + 1) as u8 } else { 0 },
                            body: if has(field::BODY) { (n % 15 + 1) as u8 } else { 0 },
                            units: units | u64::from(has(field::TITLE)),
                        }
                    })
                    .collect(),
            })
            .collect()
    }

    #[test]
    fn groups_come_back_as_they_were_written() {
        let records = sample(200);
        let bytes = write(&records);
        let groups = Groups::open(&bytes).unwrap();
        assert_eq!(groups.len() as usize, records.len());
        for (n, record) in records.iter().enumerate() {
            let group = groups.get(n as u32).unwrap();
            assert_eq!(group.class, record.class);
            assert_eq!(group.articles, record.articles);
            assert_eq!(group.kept, record.postings.len());
            assert_eq!(group.postings().collect::<Vec<_>>(), record.postings);
        }
        assert!(groups.get(records.len() as u32).is_none());
    }

    #[test]
    fn records_cut_anywhere_are_refused_or_read_in_part() {
        let bytes = write(&sample(70));
        for end in 0..bytes.len() {
            if let Ok(groups) = Groups::open(&bytes[..end]) {
                for n in 0..groups.len() {
                    if let Some(group) = groups.get(n) {
                        assert!(group.postings().count() <= group.kept);
                    }
                }
            }
        }
    }
}
