//! The queries that tune search must not stand in the knowledge bases they are asked of: a
//! phrasing copied from one would measure the copy.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use unstuck_compiler::{Folder, compile};

/// Share of a query's stems from which a phrasing counts as taken from it.
const SHARED: f64 = 0.8;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The stems of a text's words, each once.
fn stems(text: &str) -> BTreeSet<String> {
    let stemmer = frostem::Stemmer::new(frostem::Algorithm::English);
    text.to_lowercase()
        .replace(['\'', '\u{2019}'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| stemmer.stem(word).into_owned())
        .collect()
}

/// Whether one is the other in all but a few words.
fn taken(phrasing: &BTreeSet<String>, query: &BTreeSet<String>) -> bool {
    let shared = phrasing.intersection(query).count() as f64;
    shared >= SHARED * phrasing.len().min(query.len()) as f64
}

#[test]
fn no_phrasing_is_taken_from_a_query_that_tunes_search() {
    let table = std::fs::read_to_string(root().join("tests/queries/dev-queries.tsv")).unwrap();
    let mut offenders = Vec::new();
    for product in ["cic", "dialler", "oxvo", "scopien"] {
        let queries: Vec<(&str, BTreeSet<String>)> = table
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (_, kind, query) = (cells.next()?, cells.next()?, cells.next()?);
                let asked = matches!(kind, "paraphrase" | "typo" | "oos");
                (asked && query.split_whitespace().count() >= 4).then(|| (query, stems(query)))
            })
            .collect();
        assert!(queries.len() > 100, "the table of queries holds {}", queries.len());
        let folder = Folder::read(&root().join("kb").join(product), &|| ()).unwrap();
        let compiled = compile(&folder, &|_| ());
        for article in compiled.bases.iter().flat_map(|base| &base.articles) {
            for phrasing in &article.phrasings {
                let of_phrasing = stems(phrasing);
                for (query, of_query) in &queries {
                    if taken(&of_phrasing, of_query) {
                        offenders.push(format!("{}: {phrasing:?} is {query:?}", article.id));
                    }
                }
            }
        }
    }
    assert!(offenders.is_empty(), "reword from the problem:\n{}", offenders.join("\n"));
}

#[test]
fn a_phrasing_that_copies_a_query_is_seen() {
    let query = stems("the im not a robot thing never loads");
    assert!(taken(&stems("The \"I'm not a robot\" thing never loads"), &query));
    assert!(taken(&stems("im not a robot thing loads never ever"), &query));
    assert!(!taken(&stems("the captcha does not show up"), &query));
}
