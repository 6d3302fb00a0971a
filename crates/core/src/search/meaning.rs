//! Words near in meaning, by word vectors: what a person says where the knowledge base says
//! something else. Used when an index is built; the pack carries the outcome, the browser no
//! vectors. The data and its recipe are in `data/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::analysis::Language;
use super::weights::meaning;
use super::words::{FILLER, GRAMMAR};

/// Numbers of a vector.
const WIDTH: usize = 48;
const WORDS: &str = include_str!("../../data/words-en.txt");
const VECTORS: &[u8] = include_bytes!("../../data/words-en.48.i8");

/// A word and its direction, scaled to a length of 127 so that products stay whole numbers.
struct Row {
    word: &'static str,
    stem: String,
    direction: [i8; WIDTH],
}

/// The words that may name a topic, most frequent first; read once a process.
fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let other: BTreeSet<&str> = GRAMMAR.split(' ').chain(FILLER.split(' ')).collect();
        WORDS
            .lines()
            .zip(VECTORS.chunks_exact(WIDTH))
            .filter(|(word, _)| !other.contains(word))
            .map(|(word, bytes)| {
                let stem = Language::English.stem(word);
                Row { word, stem, direction: direction(bytes) }
            })
            .filter(|row| !other.contains(row.stem.as_str()))
            .collect()
    })
}

/// For common English words the groups nearest in meaning, with weights of 1 to 16; `groups`
/// numbers the groups by their stem. Words without a near group are left out.
///
/// Costs a product of vectors for each pair of a common word and a group.
pub(crate) fn near(
    language: Language,
    groups: &BTreeMap<&str, u32>,
) -> Vec<(&'static str, Vec<(u32, u8)>)> {
    if language != Language::English {
        return Vec::new();
    }
    let rows = rows();
    // A group is represented by its most frequent word.
    let mut representatives: BTreeMap<u32, &Row> = BTreeMap::new();
    for row in rows {
        if let Some(&number) = groups.get(row.stem.as_str()) {
            representatives.entry(number).or_insert(row);
        }
    }
    let mut out = Vec::new();
    for (n, row) in rows.iter().enumerate().take(meaning::OWN_WORDS) {
        let own = groups.get(row.stem.as_str());
        if own.is_none() && n >= meaning::WORDS {
            continue;
        }
        let mut best: Vec<(f32, u32)> = representatives
            .iter()
            .filter(|(number, _)| own != Some(number))
            .map(|(&number, other)| (cosine(&row.direction, &other.direction), number))
            .filter(|&(cosine, _)| cosine >= meaning::NEAREST)
            .collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.truncate(meaning::GROUPS);
        if !best.is_empty() {
            let weigh = |cosine: f32| ((cosine * meaning::WEIGHT * 16.0) as u8).clamp(1, 16);
            let targets = best.into_iter().map(|(cosine, number)| (number, weigh(cosine)));
            out.push((row.word, targets.collect()));
        }
    }
    out
}

/// Common English words that the typo search would take for one of `words`, which they are not:
/// known to the pack, `zone` stays an unknown word and does not become `gone`. Each with its stem.
///
/// Finds words whose neighbourhoods of deleted letters meet (as SymSpell does): one letter, two
/// from eight letters on.
pub(crate) fn look_alikes<'w>(
    words: impl Iterator<Item = &'w str>,
) -> Vec<(&'static str, &'static str)> {
    let mut near: Vec<u64> = Vec::new();
    for word in words.filter(|word| !word.contains(' ')) {
        deletions(word.as_bytes(), edits(word), &mut |hash| near.push(hash));
    }
    near.sort_unstable();
    near.dedup();
    let alike = |row: &&Row| {
        let mut met = false;
        deletions(row.word.as_bytes(), edits(row.word), &mut |hash| {
            met |= near.binary_search(&hash).is_ok();
        });
        met
    };
    let common = rows().iter().take(meaning::LOOK_ALIKES);
    common.filter(alike).map(|row| (row.word, row.stem.as_str())).collect()
}

fn edits(word: &str) -> usize {
    if word.len() < 8 { 1 } else { 2 }
}

/// Hashes of the word and of what is left of it after up to `left` deletions.
fn deletions(word: &[u8], left: usize, each: &mut dyn FnMut(u64)) {
    const SEED: u64 = 0xcbf2_9ce4_8422_2325;
    let hash = |from: u64, bytes: &[u8]| {
        bytes.iter().fold(from, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
    };
    each(hash(SEED, word));
    let mut head = SEED;
    for (n, &letter) in word.iter().enumerate() {
        let tail = word.get(n + 1..).unwrap_or(&[]);
        each(hash(head, tail));
        if left > 1 {
            let mut middle = head;
            for (m, &letter) in tail.iter().enumerate() {
                each(hash(middle, tail.get(m + 1..).unwrap_or(&[])));
                middle = hash(middle, &[letter]);
            }
        }
        head = hash(head, &[letter]);
    }
}

fn direction(bytes: &[u8]) -> [i8; WIDTH] {
    let numbers = bytes.iter().map(|&byte| f32::from(byte as i8));
    let length = numbers.clone().map(|x| x * x).sum::<f32>().sqrt().max(1.0);
    let mut out = [0; WIDTH];
    for (slot, x) in out.iter_mut().zip(numbers) {
        *slot = (x / length * 127.0) as i8;
    }
    out
}

fn cosine(a: &[i8; WIDTH], b: &[i8; WIDTH]) -> f32 {
    let product: i32 = a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
    product as f32 / (127.0 * 127.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_vectors_belong_together() {
        assert_eq!(WORDS.lines().count() * WIDTH, VECTORS.len());
    }

    #[test]
    fn a_word_is_led_to_the_group_that_means_the_same() {
        let groups = BTreeMap::from([("purchas", 0), ("password", 1), ("mistak", 2)]);
        let near = near(Language::English, &groups);
        let of = |word: &str| near.iter().find(|(w, _)| *w == word).map(|(_, t)| t.clone());
        assert_eq!(of("mistakes"), None, "the group's own words need no stand-in");
        assert!(of("wrong").is_some_and(|targets| targets[0].0 == 2));
        assert_eq!(of("elephant"), None);
    }

    #[test]
    fn other_languages_have_no_vectors() {
        assert!(near(Language::None, &BTreeMap::from([("invoice", 0)])).is_empty());
    }
}
