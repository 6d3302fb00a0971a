//! The file of meaning, written: codes of the words that a knowledge base holds, and of the most
//! frequent others. Runs in the author's tools only; `meaning` reads it. The data is in `data/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::analysis::Language;
use super::common;
use super::weights::meaning;
use super::words::GRAMMAR;
use crate::wire::Writer;

const WORDS: &str = include_str!("../../data/words-en.txt");
const CODES: &[u8] = include_bytes!("../../data/words-en.64.bits");

/// A stem and the code of its most frequent word.
struct Row {
    stem: String,
    code: &'static [u8],
}

/// Stems, most frequent first; read once a process.
fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let grammar: BTreeSet<&str> = GRAMMAR.split(' ').collect();
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        for (word, code) in WORDS.lines().zip(CODES.chunks_exact(8)) {
            let stem = Language::English.stem(word);
            if !grammar.contains(word) && seen.insert(stem.clone()) {
                out.push(Row { stem, code });
            }
        }
        out
    })
}

/// Three parts: codes of the groups (numbered by their stem), hashes of other stems, their codes.
/// Other stems are the fewer the more groups there are; `None` where there are no vectors, as for
/// languages other than English, or where the file would grow too large.
pub(crate) fn write(
    language: Language,
    articles: usize,
    groups: &BTreeMap<&str, u32>,
) -> Option<[Vec<u8>; 3]> {
    if language != Language::English || articles == 0 || articles > meaning::ARTICLES {
        return None;
    }
    let mut own: BTreeMap<u32, &[u8]> = BTreeMap::new();
    let mut others: Vec<&Row> = Vec::new();
    for row in rows() {
        match groups.get(row.stem.as_str()) {
            Some(&number) => _ = own.insert(number, row.code),
            None => others.push(row),
        }
    }
    others.truncate(meaning::WORDS.saturating_sub(own.len()).min(meaning::OTHERS));
    let mut present = vec![0_u8; groups.len().div_ceil(8)];
    let mut codes = Writer::new();
    for (&number, code) in own.iter().take(meaning::WORDS) {
        if let Some(byte) = present.get_mut(number as usize / 8) {
            *byte |= 1 << (number % 8);
        }
        codes.raw(code);
    }
    present.extend(codes.into_bytes());
    let stems: Vec<&str> = others.iter().map(|row| row.stem.as_str()).collect();
    let (hashes, order) = common::write(&stems);
    let codes = order.iter().filter_map(|&n| Some(others.get(n)?.code)).flatten().copied();
    Some([present, hashes, codes.collect()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_belong_together() {
        assert_eq!(WORDS.lines().count() * 8, CODES.len());
    }

    #[test]
    fn only_english_has_vectors() {
        let groups = BTreeMap::from([("invoic", 0)]);
        assert!(write(Language::None, 1, &groups).is_none());
        assert!(write(Language::English, 1, &groups).is_some());
    }

    #[test]
    fn the_file_stays_within_what_may_be_fetched_later() {
        let stems: Vec<String> = rows().iter().map(|row| row.stem.clone()).collect();
        for held in [1, 1_000, 5_000, stems.len()] {
            let groups = (0..).zip(&stems).take(held).map(|(n, stem)| (stem.as_str(), n)).collect();
            let parts = write(Language::English, 100, &groups).unwrap();
            let bytes: usize = parts.iter().map(Vec::len).sum();
            assert!(bytes < 64 * 1024, "{held} stems: {bytes}");
        }
    }
}
