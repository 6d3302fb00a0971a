//! The four knowledge bases of the repository against the list of articles they must hold.
//! How they read is the lint's and the reader's matter.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unstuck_compiler::{Compiled, Folder, compile};
use unstuck_core::pack::{Pack, encode_with};

const OUTLINE: &str = include_str!("../../../tests/fixtures/outline-articles.tsv");
const PRODUCTS: [&str; 4] = ["cic", "scopien", "oxvo", "dialler"];

fn folder(product: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb").join(product)
}

fn compiled(product: &str) -> Compiled {
    let folder = Folder::read(&folder(product), &|| ()).unwrap();
    compile(&folder, &|_| ())
}

#[test]
fn the_packs_hold_exactly_the_articles_of_the_outline() {
    let expected: BTreeMap<String, String> = OUTLINE
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(id, kind)| (id.to_owned(), kind.to_owned()))
        .collect();
    assert_eq!(expected.len(), 175);
    let mut found = BTreeMap::new();
    for product in PRODUCTS {
        let base = compiled(product).bases.remove(0);
        let pack = Pack::open(encode_with(&base, Vec::new())).unwrap();
        assert_eq!(pack.product().id, product);
        for n in 0..pack.len() {
            let head = pack.head(n).unwrap();
            let before = found.insert(head.id.to_owned(), head.kind.name().to_owned());
            assert_eq!(before, None, "{} stands twice", head.id);
            assert!(pack.article(n).is_ok(), "{}", head.id);
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn the_lint_finds_nothing_in_the_four_knowledge_bases() {
    for product in PRODUCTS {
        let findings = compiled(product).findings;
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{product}:\n{}", lines.join("\n"));
    }
}

#[test]
fn every_check_names_its_id_so_that_no_wording_decides_it() {
    for product in PRODUCTS {
        assert_eq!(compiled(product).lock, "", "{product}");
    }
}
