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
pub(super) fn sum(bytes: &[u8]) -> u32 {
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
