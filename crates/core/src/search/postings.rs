//! Which articles hold a group of words, and where in them: group records and their postings.
//! One record a group; lists are delta-coded and read front to back where they lie.

use crate::wire::{Reader, WireError, Writer};

/// Groups, or articles, between two entries of an offset table.
pub(crate) const STRIDE: usize = 32;

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
    /// Checks or text hold the word more than once: a byte with both counts follows.
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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group<'a> {
    /// How much its words say.
    pub(crate) class: u8,
    /// How many articles hold it.
    pub(crate) articles: u32,
    reader: Lists<'a>,
}

#[derive(Clone, Copy, Debug)]
struct Lists<'a>(&'a [u8]);

impl<'a> Group<'a> {
    /// Its occurrences, in the order of articles.
    pub(crate) fn postings(&self) -> Postings<'a> {
        Postings { reader: Reader::new(self.reader.0), left: self.articles, article: 0 }
    }
}

/// Reads postings front to back; ends early where bytes make no sense.
pub(crate) struct Postings<'a> {
    reader: Reader<'a>,
    left: u32,
    article: u32,
}

impl Iterator for Postings<'_> {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        self.left = self.left.checked_sub(1)?;
        self.article = self.article.checked_add(self.reader.varint().ok()?)?;
        let fields = self.reader.byte().ok()?;
        let counts = if fields & field::COUNTS == 0 { 0 } else { self.reader.byte().ok()? };
        let units = if fields & (field::PHRASING | field::HEADING) == 0 {
            0
        } else {
            u64::from(self.reader.varint().ok()?)
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
    records: &'a [u8],
}

impl<'a> Groups<'a> {
    /// Opens bytes that [`write`] made; reads the header only.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Groups<'a>, WireError> {
        let mut reader = Reader::new(bytes);
        let len = reader.count()?;
        let table = reader.take(len.div_ceil(STRIDE) * 4)?;
        Ok(Groups { len: len as u32, table, records: reader.rest() })
    }

    /// How many groups there are.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// What the index knows of a group; `None` where there is no such group or its bytes make no
    /// sense.
    pub(crate) fn get(&self, group: u32) -> Option<Group<'a>> {
        if group >= self.len {
            return None;
        }
        let stride = group as usize / STRIDE;
        let at = Reader::new(self.table.get(stride * 4..)?).fixed32().ok()?;
        let mut reader = Reader::new(self.records.get(at as usize..)?);
        for _ in 0..group as usize % STRIDE {
            let len = reader.varint().ok()?;
            reader.take(len as usize).ok()?;
        }
        let len = reader.varint().ok()?;
        let mut reader = Reader::new(reader.take(len as usize).ok()?);
        let head = reader.varint().ok()?;
        Some(Group { class: (head & 3) as u8, articles: head >> 2, reader: Lists(reader.rest()) })
    }
}

/// What [`write`] is told of a group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// How much its words say.
    pub(crate) class: u8,
    /// How many articles hold it.
    pub(crate) articles: u32,
    /// Its occurrences, in the order of articles; none where they are not worth their bytes.
    pub(crate) postings: Vec<Posting>,
}

/// The bytes of all group records.
pub(crate) fn write(groups: &[Record]) -> Vec<u8> {
    let mut table = Writer::new();
    let mut records = Writer::new();
    for (n, group) in groups.iter().enumerate() {
        if n % STRIDE == 0 {
            table.fixed32(records.len() as u32);
        }
        let mut record = Writer::new();
        record.varint(group.articles << 2 | u32::from(group.class & 3));
        let mut before = 0;
        for posting in &group.postings {
            record.varint(posting.article - before);
            before = posting.article;
            let (checks, body) = (posting.checks.saturating_sub(1), posting.body.saturating_sub(1));
            let counts = if checks == 0 && body == 0 { 0 } else { field::COUNTS };
            record.byte(posting.fields | counts);
            if counts != 0 {
                record.byte(checks << 4 | body.min(15));
            }
            if posting.fields & (field::PHRASING | field::HEADING) != 0 {
                record.varint((posting.units >> 1) as u32);
            }
        }
        let record = record.into_bytes();
        records.varint(record.len() as u32);
        records.raw(&record);
    }
    let mut out = Writer::new();
    out.varint(groups.len() as u32);
    out.raw(&table.into_bytes());
    out.raw(&records.into_bytes());
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<Record> {
        (0..40u32)
            .map(|n| Record {
                class: (n % 3) as u8,
                articles: n % 9,
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
        let records = sample();
        let bytes = write(&records);
        let groups = Groups::open(&bytes).unwrap();
        assert_eq!(groups.len() as usize, records.len());
        for (n, record) in records.iter().enumerate() {
            let group = groups.get(n as u32).unwrap();
            assert_eq!(group.class, record.class);
            assert_eq!(group.articles as usize, record.postings.len());
            assert_eq!(group.postings().collect::<Vec<_>>(), record.postings);
        }
        assert!(groups.get(records.len() as u32).is_none());
    }

    #[test]
    fn records_cut_anywhere_are_refused_or_read_in_part() {
        let bytes = write(&sample());
        for end in 0..bytes.len() {
            if let Ok(groups) = Groups::open(&bytes[..end]) {
                for n in 0..groups.len() {
                    if let Some(group) = groups.get(n) {
                        assert!(group.postings().count() <= group.articles as usize);
                    }
                }
            }
        }
    }
}
