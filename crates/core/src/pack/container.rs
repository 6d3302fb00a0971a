//! The outer form of a pack: magic, version, table of sections, bodies.
//! What the sections hold is `encode`'s and `mod`'s matter.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | magic |
//! | 1 | version of the format |
//! | varint | number of sections |
//! | each: 1, 1, varint, 4 | tag, flags, length, checksum |
//! | 4 | checksum of all bytes before |
//! | … | the sections, one after the other, in the table's order |

use super::PackError;
use crate::wire::{Reader, WireError, Writer};
use core::ops::Range;
use xxhash_rust::xxh32::xxh32;

/// What a pack begins with. The first byte is never part of text in UTF-8.
const MAGIC: [u8; 4] = [0xf5, b'U', b'K', b'B'];

/// The version that is written, and the newest that is read.
pub(super) const VERSION: u8 = 1;

/// A reader that does not know the section must not go on without it.
pub(super) const REQUIRED: u8 = 1;
/// The checksum is 0: parts of the section have checksums of their own, verified when read.
pub(super) const LAZY: u8 = 2;

/// A section's entry in the table.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) tag: u8,
    pub(super) flags: u8,
    pub(super) sum: u32,
    pub(super) range: Range<usize>,
}

/// Checksum of some bytes.
pub(crate) fn sum(bytes: &[u8]) -> u32 {
    xxh32(bytes, 0)
}

/// A whole file from its sections: tag, flags, bytes.
pub(super) fn write(sections: &[(u8, u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = Writer::new();
    out.raw(&MAGIC);
    out.byte(VERSION);
    out.varint(sections.len() as u32);
    for (tag, flags, bytes) in sections {
        out.byte(*tag);
        out.byte(*flags);
        out.varint(bytes.len() as u32);
        out.fixed32(if flags & LAZY != 0 { 0 } else { sum(bytes) });
    }
    let mut out = out.into_bytes();
    let head = sum(&out);
    out.extend_from_slice(&head.to_le_bytes());
    for (_, _, bytes) in sections {
        out.extend_from_slice(bytes);
    }
    out
}

/// The table of a file, its checksums verified. `known` tells which tags the reader knows.
pub(super) fn read(bytes: &[u8], known: impl Fn(u8) -> bool) -> Result<Vec<Section>, PackError> {
    let start = bytes.get(..MAGIC.len()).unwrap_or(bytes);
    if start.is_empty() || !MAGIC.starts_with(start) {
        return Err(PackError::NotAPack);
    }
    let mut reader = Reader::new(bytes.get(MAGIC.len()..).unwrap_or_default());
    let (mut sections, found) = table(&mut reader, bytes)?;
    let mut at = bytes.len() - reader.rest().len();
    for section in &mut sections {
        let end = at.checked_add(section.range.end).filter(|end| *end <= bytes.len());
        section.range = at..end.ok_or(PackError::Truncated)?;
        at = section.range.end;
    }
    if at != bytes.len() {
        return Err(PackError::Corrupt { section: 0 });
    }
    for section in &sections {
        if !known(section.tag) {
            if section.flags & REQUIRED != 0 {
                return Err(PackError::TooNew { found, supported: VERSION });
            }
            continue;
        }
        let body = bytes.get(section.range.clone()).unwrap_or_default();
        if section.flags & LAZY == 0 && sum(body) != section.sum {
            return Err(PackError::Corrupt { section: section.tag });
        }
    }
    Ok(sections)
}

/// The entries, with lengths in place of ranges, and the version.
fn table(reader: &mut Reader<'_>, bytes: &[u8]) -> Result<(Vec<Section>, u8), PackError> {
    let broken = |error: WireError| match error {
        WireError::Truncated => PackError::Truncated,
        _ => PackError::Corrupt { section: 0 },
    };
    let version = reader.byte().map_err(broken)?;
    if version > VERSION {
        return Err(PackError::TooNew { found: version, supported: VERSION });
    }
    let count = reader.varint().map_err(broken)?;
    let mut sections = Vec::new();
    for _ in 0..count {
        let tag = reader.byte().map_err(broken)?;
        let flags = reader.byte().map_err(broken)?;
        let length = reader.varint().map_err(broken)? as usize;
        let sum = reader.fixed32().map_err(broken)?;
        sections.push(Section { tag, flags, sum, range: 0..length });
    }
    let head = bytes.len() - reader.rest().len();
    let found = reader.fixed32().map_err(broken)?;
    if version == 0 || found != sum(bytes.get(..head).unwrap_or_default()) {
        return Err(PackError::Corrupt { section: 0 });
    }
    Ok((sections, version))
}

/// Puts all checksums of a file right, whatever they were: those of the header, of the sections and
/// of the texts. For tests that must reach what lies behind the checksums.
///
/// # Errors
/// When the header cannot be read.
pub fn reseal(bytes: &mut [u8]) -> Result<(), PackError> {
    let broken = |_| PackError::Truncated;
    let start = MAGIC.len() + 1;
    let mut reader = Reader::new(bytes.get(start..).ok_or(PackError::Truncated)?);
    let mut sections = Vec::new();
    let count = reader.varint().map_err(broken)?;
    for _ in 0..count {
        let tag = reader.byte().map_err(broken)?;
        let flags = reader.byte().map_err(broken)?;
        let length = reader.varint().map_err(broken)? as usize;
        sections.push((tag, flags, length, bytes.len() - reader.rest().len()));
        reader.fixed32().map_err(broken)?;
    }
    let head = bytes.len() - reader.rest().len();
    let mut at = head.saturating_add(4).min(bytes.len());
    let mut ranges = Vec::new();
    for (_, _, length, _) in &sections {
        let end = at.saturating_add(*length).min(bytes.len());
        ranges.push(at..end);
        at = end;
    }
    let of = |wanted: u8| {
        let place = sections.iter().position(|(tag, ..)| *tag == wanted);
        place.and_then(|n| ranges.get(n)).cloned().unwrap_or(0..0)
    };
    reseal_texts(bytes, of(super::tags::INDEX), of(super::tags::TEXTS));
    for ((_, flags, _, place), range) in sections.iter().zip(&ranges) {
        let body = bytes.get(range.clone()).unwrap_or_default();
        let found = if flags & LAZY == 0 { sum(body) } else { 0 };
        set(bytes, *place, found);
    }
    set(bytes, head, sum(bytes.get(..head).unwrap_or_default()));
    Ok(())
}

/// The same for the checksums of texts, which lie in a table of their own: one behind so many
/// lengths, and one at the end.
fn reseal_texts(bytes: &mut [u8], index: Range<usize>, texts: Range<usize>) {
    let (mut place, mut start) = (index.start, texts.start);
    while place < index.end {
        let mut end = start;
        for _ in 0..super::TEXTS_A_SUM {
            let mut reader = Reader::new(bytes.get(place..index.end).unwrap_or_default());
            if reader.rest().len() <= 4 {
                break;
            }
            let Ok(length) = reader.varint() else { return };
            place = index.end - reader.rest().len();
            end = end.saturating_add(length as usize).min(texts.end);
        }
        set(bytes, place, sum(bytes.get(start..end).unwrap_or_default()));
        (place, start) = (place + 4, end);
    }
}

fn set(bytes: &mut [u8], place: usize, value: u32) {
    if let Some(slot) = place.checked_add(4).and_then(|end| bytes.get_mut(place..end)) {
        slot.copy_from_slice(&value.to_le_bytes());
    }
}
