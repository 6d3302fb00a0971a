//! Search: from the words of a stuck person to articles, with an honest confidence.
//! Lives here: analysis, the term dictionary, scoring, marks. Not here: the articles' text (the
//! pack keeps it), reading Markdown, drawing results.

mod analysis;
mod build;
mod common;
mod confidence;
mod dict;
mod english;
mod explain;
mod foreign;
mod fuzzy;
mod index;
mod marks;
mod meaning;
#[cfg(test)]
mod naive;
mod postings;
mod prune;
mod query;
mod related;
mod score;
mod thesaurus;
mod vectors;
mod weights;
mod words;

pub use build::{Built, build};
pub use explain::{explain, slots};
pub use index::Index;
pub(crate) use index::tag;
pub use marks::Marker;
pub use meaning::Meaning;
pub use score::{Scratch, search};

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
