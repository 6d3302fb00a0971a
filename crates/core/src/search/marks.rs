//! What a query matches in a text: marks for titles and excerpts, by the rules of the search.

use core::ops::Range;

use super::analysis::{self, Language};
use super::dict::Entry;
use super::index::Index;
use super::query::{Found, Query};
use super::words::Class;

/// Finds what a query matches in a text, for marks in titles and excerpts.
#[derive(Clone, Debug, Default)]
pub struct Marker {
    language: Language,
    /// Stems of the words that match, a few dozen.
    stems: Vec<String>,
    /// The unfinished last word, folded; empty when there is none.
    prefix: String,
}

/// Below this a stand-in is too far from the word to mark it.
const CLOSE: f32 = 0.5;

impl Marker {
    /// A marker for `query`, whose words and their stand-ins are looked up in `index`.
    ///
    /// Costs one walk over the dictionary: made once a query, not once a text.
    pub fn new(index: &Index<'_>, query: &str) -> Marker {
        let mut read = Query::default();
        read.read(index, query);
        // By number, whether the words of the group match.
        let mut groups = vec![false; index.groups.len() as usize];
        for slot in &read.slots {
            if slot.class == Class::Grammar {
                continue;
            }
            let close = if slot.found == Found::Typo { 0.3 } else { CLOSE };
            for variant in read.variants(slot).iter().filter(|v| v.weight >= close) {
                if let Some(matches) = groups.get_mut(variant.group as usize) {
                    *matches = true;
                }
            }
        }
        let mut marker = Marker { language: index.language, ..Marker::default() };
        index.dict.with_prefix(b"", &mut |word, entry| {
            if let Entry::Group(group) = entry
                && groups.get(group as usize).is_some_and(|&matches| matches)
                && let Ok(word) = core::str::from_utf8(word)
            {
                let stem = index.language.stem(word);
                if !marker.stems.contains(&stem) {
                    marker.stems.push(stem);
                }
            }
            true
        });
        analysis::words(query, |word, range| {
            marker.prefix.clear();
            if range.end == query.len() && word.len() >= 2 {
                marker.prefix.push_str(word);
            }
        });
        marker
    }

    /// Byte ranges of `text` that the query matches, in order and without overlap; each begins
    /// and ends on a character's border.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        analysis::words(text, |word, range| {
            let begun = !self.prefix.is_empty() && word.starts_with(&self.prefix);
            if begun || self.stems.contains(&self.language.stem(word)) {
                // Pairs of letters overlap: one mark runs through.
                match out.last_mut() {
                    Some(last) if last.end > range.start => last.end = range.end,
                    _ => out.push(range),
                }
            }
        });
        out
    }
}
