//! Search: from the words of a stuck person to articles, with an honest confidence.
//! Lives here: analysis, the term dictionary, scoring, marks. Not here: the articles' text (the
//! pack keeps it), reading Markdown, drawing results.

use core::ops::Range;

use crate::model::KnowledgeBase;
use crate::wire::WireError;

/// The sections that a pack stores for search, as tag and bytes; tags 16 to 31 are search's own.
/// Runs when a knowledge base is built, never in the browser.
pub fn build(_kb: &KnowledgeBase) -> Vec<(u8, Vec<u8>)> {
    Vec::new()
}

/// A view over the bytes that [`build`] made; they are used where they lie.
#[derive(Clone, Debug)]
pub struct Index<'a> {
    _bytes: &'a [u8],
}

impl<'a> Index<'a> {
    /// Opens the sections of a pack. `section` gives the bytes of a tag, if the pack has it.
    ///
    /// Costs the same for every size of knowledge base: only headers are read.
    ///
    /// # Errors
    /// When a section that search needs is missing, cut short or contradicts another one.
    pub fn open(section: impl Fn(u8) -> Option<&'a [u8]>) -> Result<Index<'a>, WireError> {
        Ok(Index { _bytes: section(16).unwrap_or(&[]) })
    }
}

/// Buffers that one search leaves for the next, so that a keystroke allocates little.
#[derive(Default)]
pub struct Scratch {}

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    /// The most hits to return.
    pub limit: usize,
    /// Articles that the host's context favours: article number and a gentle push, 0 to 1.
    pub boosts: &'o [(u32, f32)],
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { limit: 10, boosts: &[] }
    }
}

/// An article that answers a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Number of the article in the knowledge base.
    pub article: u32,
    /// How well it matches, 0 to 1; hits come best first.
    pub score: f32,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The hits, best first; ties by article number.
    pub hits: Vec<Hit>,
    /// How sure the engine is that the knowledge base answers the query, 0 to 1; comparable
    /// across queries and there even without hits.
    pub confidence: f32,
    /// Whether the confidence reaches the shipped threshold.
    pub confident: bool,
}

/// Searches `index` for `text`, as typed so far: the last word may be unfinished.
pub fn search(
    _index: &Index<'_>,
    _text: &str,
    _options: &Options<'_>,
    _scratch: &mut Scratch,
) -> Answer {
    Answer::default()
}

/// Finds what a query matches in a text, for marks in titles and excerpts.
#[derive(Clone, Debug, Default)]
pub struct Marker {}

impl Marker {
    /// A marker for `query`, whose words and their stand-ins are looked up in `index`.
    pub fn new(_index: &Index<'_>, _query: &str) -> Marker {
        Marker {}
    }

    /// Byte ranges of `text` that the query matches, in order and without overlap; each begins
    /// and ends on a character's border.
    pub fn marks(&self, _text: &str) -> Vec<Range<usize>> {
        Vec::new()
    }
}
