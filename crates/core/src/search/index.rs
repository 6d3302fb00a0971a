//! A view over the sections that search stores, and the facts about articles that scoring needs.
//! What the sections hold is written by `build`; scoring is `score`'s matter.

use super::analysis::Language;
use super::common::Common;
use super::dict::Dict;
use super::meaning::Meaning;
use super::postings::{Groups, STRIDE};
use super::related::Related;
use crate::model::Kind;
use crate::wire::{Reader, WireError};

/// Tags of the sections.
pub(crate) mod tag {
    /// Language, number of articles, averages, facts of the articles in columns.
    pub(crate) const ARTICLES: u8 = 16;
    /// The term dictionary.
    pub(crate) const DICT: u8 = 17;
    /// Groups and postings.
    pub(crate) const GROUPS: u8 = 18;
    /// Numbers of phrasings, numbers of headings, and weights of all these units.
    pub(crate) const UNITS: u8 = 19;
    /// Sets of groups that stand in for one another.
    pub(crate) const RELATED: u8 = 20;
    /// Hashes of words that ask for something, where that tells anything.
    pub(crate) const REQUESTS: u8 = 21;
    /// In the file of meaning: checksum of the groups that it belongs to.
    pub(crate) const FITS: u8 = 24;
    /// In the file of meaning: codes of groups.
    pub(crate) const OWN_CODES: u8 = 25;
    /// In the file of meaning: hashes of the stems of other words.
    pub(crate) const WORDS: u8 = 26;
    /// In the file of meaning: their codes.
    pub(crate) const CODES: u8 = 27;
}

/// A view over the bytes that [`build`](super::build) made; they are used where they lie.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    pub(crate) language: Language,
    pub(crate) articles: u32,
    pub(crate) mean_checks: f32,
    pub(crate) mean_body: f32,
    facts: &'a [u8],
    pub(crate) dict: Dict<'a>,
    pub(crate) groups: Groups<'a>,
    unit_table: &'a [u8],
    units: &'a [u8],
    pub(crate) related: Related<'a>,
    requests: Common<'a>,
    pub(crate) meaning: Option<&'a Meaning>,
}

impl<'a> Index<'a> {
    /// Opens the sections of a pack. `section` gives the bytes of a tag, if the pack has it.
    ///
    /// Costs the same for every size of knowledge base: only headers are read.
    ///
    /// # Errors
    /// When a section that search needs is missing, cut short or contradicts another one.
    pub fn open(section: impl Fn(u8) -> Option<&'a [u8]>) -> Result<Index<'a>, WireError> {
        let bytes = |tag| section(tag).ok_or(WireError::Truncated);
        let mut reader = Reader::new(bytes(tag::ARTICLES)?);
        let language = Language::from_byte(reader.byte()?);
        let mean_checks = reader.varint()? as f32;
        let mean_body = reader.varint()? as f32;
        let articles = reader.varint()?;
        let size = (articles as usize).checked_mul(FACTS).ok_or(WireError::Overlong)?;
        let facts = reader.take(size)?;
        let mut units = Reader::new(bytes(tag::UNITS)?);
        let unit_table = units.take((articles as usize).div_ceil(STRIDE) * 4)?;
        Ok(Index {
            language,
            articles,
            mean_checks,
            mean_body,
            facts,
            dict: Dict::open(bytes(tag::DICT)?)?,
            groups: Groups::open(bytes(tag::GROUPS)?)?,
            unit_table,
            units: units.rest(),
            related: Related(section(tag::RELATED).unwrap_or(&[])),
            requests: Common::open(section(tag::REQUESTS).unwrap_or(&[])),
            meaning: None,
        })
    }

    /// The same index, searched with what was fetched later.
    pub fn with(self, meaning: &'a Meaning) -> Index<'a> {
        Index { meaning: Some(meaning), ..self }
    }

    /// Whether a word that the dictionary does not hold is a common one, not a typo.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.meaning.is_some_and(|meaning| meaning.of_stem(&self.language.stem(word)) != 0)
    }

    /// Whether the word, in this form, asks for something: `delete`.
    pub(crate) fn requests(&self, word: &str) -> bool {
        self.requests.place(word).is_some()
    }

    /// What scoring knows of an article.
    pub(crate) fn facts(&self, article: u32) -> Facts {
        let at = |column: u32| {
            let place = column as usize * self.articles as usize + article as usize;
            self.facts.get(place).copied().unwrap_or(0)
        };
        if article >= self.articles {
            return Facts::default();
        }
        Facts { kind: at(0), title: at(1), checks: long(at(2)), body: long(at(3)) }
    }

    /// Whether any article explains codes, so that a code without one means something.
    pub(crate) fn explains_codes(&self) -> bool {
        let kinds = self.facts.get(..self.articles as usize).unwrap_or_default();
        kinds.contains(&(Kind::Code as u8))
    }

    /// Number of phrasings among the units, and the weights of the units after the title.
    pub(crate) fn units(&self, article: u32) -> (usize, &'a [u8]) {
        self.try_units(article as usize).unwrap_or((0, &[]))
    }

    fn try_units(&self, article: usize) -> Option<(usize, &'a [u8])> {
        let (phrasings, rest) = self.units.split_at_checked(self.articles as usize)?;
        let (headings, weights) = rest.split_at_checked(self.articles as usize)?;
        let both =
            |n: usize| Some((usize::from(*phrasings.get(n)?), usize::from(*headings.get(n)?)));
        let stride = article / STRIDE;
        let at = Reader::new(self.unit_table.get(stride * 4..)?).fixed32().ok()?;
        let mut start = at as usize;
        for before in stride * STRIDE..article {
            let (phrasings, headings) = both(before)?;
            start = start.checked_add(phrasings + headings)?;
        }
        let (phrasings, headings) = both(article)?;
        Some((phrasings, weights.get(start..)?.get(..phrasings + headings)?))
    }

    /// How rare a group is: 1 when no article holds it, towards 0 when all do.
    /// Robertson and Spärck Jones' weight as in BM25, divided by its largest value.
    pub(crate) fn rarity(&self, articles_with: u32) -> f32 {
        rarity(self.articles, articles_with)
    }
}

/// See [`Index::rarity`].
pub(crate) fn rarity(articles: u32, articles_with: u32) -> f32 {
    let n = articles as f32;
    let with = (articles_with as f32).min(n);
    let weight = |with: f32| (1.0 + (n - with + 0.5) / (with + 0.5)).ln();
    weight(with) / weight(0.0)
}

/// Bytes of one article's facts, each in a column of its own.
pub(crate) const FACTS: usize = 4;

/// What scoring knows of an article without touching its text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Facts {
    /// Its kind, by the order in [`Kind`](crate::model::Kind).
    pub(crate) kind: u8,
    /// Weight of its title in sixteenths; see [`unit_weight`].
    pub(crate) title: u8,
    /// Words in its checks.
    pub(crate) checks: f32,
    /// Words in its text.
    pub(crate) body: f32,
}

/// One article's bytes of the columns that [`Index::facts`] reads.
pub(crate) fn facts_bytes(kind: u8, title: u8, checks: u32, body: u32) -> [u8; FACTS] {
    [kind, title, short(checks), short(body)]
}

/// A length in a byte: exact up to 127, in steps of 16 up to 2,160.
fn short(length: u32) -> u8 {
    if length < 128 { length as u8 } else { (128 + (length - 128) / 16).min(255) as u8 }
}

fn long(byte: u8) -> f32 {
    if byte < 128 { f32::from(byte) } else { 128.0 + (f32::from(byte) - 128.0) * 16.0 }
}

/// A unit's weight in a byte: sum over its words of rarity times class weight, in sixteenths.
pub(crate) fn unit_weight(sum: f32) -> u8 {
    (sum * 16.0 + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarity_falls_from_one_and_stays_positive() {
        for articles in [1, 10, 175, 10_000] {
            assert!((rarity(articles, 0) - 1.0).abs() < 1e-6);
            let all: Vec<f32> = (0..=articles).map(|with| rarity(articles, with)).collect();
            assert!(all.windows(2).all(|w| w[0] > w[1]), "{articles}");
            assert!(all.iter().all(|r| *r > 0.0));
        }
        assert_eq!(rarity(3, 9), rarity(3, 3));
    }

    #[test]
    fn lengths_lose_less_than_a_sixteenth() {
        for length in [0, 1, 127, 128, 1000, 2160] {
            let back = long(short(length));
            assert!(back <= length as f32 && length as f32 - back < 16.0, "{length} {back}");
        }
        assert_eq!(short(1_000_000), 255);
    }
}
