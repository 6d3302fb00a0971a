//! Likeness in meaning between a query and the articles, from a file that is fetched later.
//! Here are its reader and the vectors that it gives articles and queries; `vectors` writes it,
//! what likeness counts for is `score`'s matter.

use core::ops::Range;

use super::build::class_weight;
use super::common::Common;
use super::index::{Index, tag};
use super::postings::field;
use super::words::Class;
use crate::wire::{Reader, WireError};

/// Numbers of a vector: one for each bit of a word's code.
pub(crate) const WIDTH: usize = 64;

/// A direction, its length scaled to [`LENGTH`].
pub(crate) type Vector = [i8; WIDTH];

/// Length of a vector: no number of one comes near the limits of a byte.
const LENGTH: f32 = 256.0;

/// Vectors of a knowledge base's words and articles, and of common words that it does not hold.
///
/// Without it search finds words, with it also what is said in other words. It belongs to one
/// pack: [`Pack::meaning`](crate::pack::Pack::meaning) opens it, [`Index::with`] puts it to use.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// Code of each group of the index; 0 where it has none.
    groups: Vec<u64>,
    /// Hashes of the stems of other words, as [`Common`] reads them.
    words: Vec<u8>,
    /// Their codes.
    codes: Vec<u8>,
    /// Where each article's vectors begin: the whole, the title, then its phrasings.
    starts: Vec<usize>,
    vectors: Vec<Vector>,
    /// What all articles have in common.
    middle: Vector,
}

impl Meaning {
    /// Reads the sections of the file, which `part` gives by their tags, and adds up the vectors
    /// of the index's articles. Costs a walk over all postings: milliseconds for a hundred articles.
    ///
    /// # Errors
    /// When the bytes are cut short.
    pub(crate) fn open<'b>(
        index: &Index<'_>,
        part: impl Fn(u8) -> &'b [u8],
    ) -> Result<Meaning, WireError> {
        let count = index.groups.len() as usize;
        let mut reader = Reader::new(part(tag::OWN_CODES));
        let present = reader.take(count.div_ceil(8))?;
        let mut groups = Vec::with_capacity(count);
        for group in 0..count {
            let has = present.get(group / 8).is_some_and(|byte| byte >> (group % 8) & 1 == 1);
            groups.push(if has { reader.fixed64()? } else { 0 });
        }
        let mut starts = Vec::new();
        let mut end = 0;
        for article in 0..index.articles {
            starts.push(end);
            end += 2 + index.units(article).0;
        }
        starts.push(end);
        let vectors = Vec::new();
        let [words, codes] = [tag::WORDS, tag::CODES].map(|tag| part(tag).to_vec());
        let middle = [0; WIDTH];
        let mut out = Meaning { groups, words, codes, starts, vectors, middle };
        out.add_up(index);
        Ok(out)
    }

    fn add_up(&mut self, index: &Index<'_>) {
        let mut sums = vec![[0.0; WIDTH]; self.starts.last().copied().unwrap_or(0)];
        for (number, &code) in self.groups.iter().enumerate() {
            let Some(group) = index.groups.get(number as u32) else { continue };
            let class = Class::from_number(group.class);
            if code == 0 || class == Class::Grammar {
                continue;
            }
            let weight = index.rarity(group.articles) * class_weight(class);
            for posting in group.postings() {
                let has = |bit: u8| u8::from(posting.fields & bit != 0);
                let whole = has(field::TITLE) + has(field::CAUSE) + posting.checks + posting.body;
                let Some(units) = sums.get_mut(self.range(posting.article)) else { break };
                for (unit, sum) in units.iter_mut().enumerate() {
                    let count = match unit.checked_sub(1) {
                        None => f32::from(whole),
                        Some(bit) => (posting.units >> bit & 1) as f32,
                    };
                    if count > 0.0 {
                        add(sum, code, weight * count);
                    }
                }
            }
        }
        self.vectors = sums.iter().map(direction).collect();
        let mut middle = [0.0; WIDTH];
        for whole in self.starts.iter().filter_map(|&at| self.vectors.get(at)) {
            for (sum, &number) in middle.iter_mut().zip(whole) {
                *sum += f32::from(number);
            }
        }
        self.middle = direction(&middle);
    }

    fn range(&self, article: u32) -> Range<usize> {
        let at = |n: usize| self.starts.get(n).copied().unwrap_or(0);
        at(article as usize)..at(article as usize + 1)
    }

    /// The code of a group; 0 where it has none.
    pub(crate) fn of_group(&self, group: u32) -> u64 {
        self.groups.get(group as usize).copied().unwrap_or(0)
    }

    /// The code of a word's stem that the knowledge base does not hold; 0 for rare words.
    pub(crate) fn of_stem(&self, stem: &str) -> u64 {
        let place = Common::open(&self.words).place(stem);
        let code = place.and_then(|at| self.codes.get(at * 8..));
        code.and_then(|bytes| Reader::new(bytes).fixed64().ok()).unwrap_or(0)
    }

    /// How like the whole of an article is to a direction, −1 to 1.
    pub(crate) fn whole(&self, article: u32, aim: &Vector) -> f32 {
        let whole = self.starts.get(article as usize).and_then(|&at| self.vectors.get(at));
        whole.map_or(0.0, |whole| cosine(whole, aim))
    }

    /// How like all articles together are to a direction, −1 to 1.
    pub(crate) fn all(&self, aim: &Vector) -> f32 {
        cosine(&self.middle, aim)
    }

    /// How like the best part of an article is to a direction, −1 to 1.
    pub(crate) fn best(&self, article: u32, aim: &Vector) -> f32 {
        let parts = self.vectors.get(self.range(article)).unwrap_or(&[]);
        parts.iter().map(|part| cosine(part, aim)).fold(-1.0, f32::max)
    }
}

/// Adds a word's code to a sum.
pub(crate) fn add(sum: &mut [f32; WIDTH], code: u64, weight: f32) {
    for (bit, slot) in sum.iter_mut().enumerate() {
        *slot += if code >> bit & 1 == 1 { weight } else { -weight };
    }
}

/// The direction of a sum; all zero for a sum of nothing.
pub(crate) fn direction(sum: &[f32; WIDTH]) -> Vector {
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
    sum.map(|x| (x / length * LENGTH) as i8)
}

fn cosine(a: &Vector, b: &Vector) -> f32 {
    let product: i32 = a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
    product as f32 / (LENGTH * LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_is_like_itself_and_unlike_its_opposite() {
        let mut sum = [0.0; WIDTH];
        add(&mut sum, 0x0123_4567_89ab_cdef, 3.0);
        let one = direction(&sum);
        let other = direction(&sum.map(|x| -x));
        assert!(cosine(&one, &one) > 0.95);
        assert!(cosine(&one, &other) < -0.95);
        assert_eq!(cosine(&one, &[0; WIDTH]), 0.0);
        assert_eq!(direction(&[0.0; WIDTH]), [0; WIDTH]);
    }
}
