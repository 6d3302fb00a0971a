//! The file of meaning: fetched later, fits one pack, finds what is said in other words.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use unstuck_core::model::{Article, Block, Inline, KnowledgeBase, Product};
use unstuck_core::pack::{Pack, PackError, encode_meaning, encode_with, reseal};
use unstuck_core::search::{Answer, Options, Scratch, build, search};

fn base(titles: &[&str]) -> KnowledgeBase {
    let articles = titles.iter().map(|&title| Article {
        id: title.to_lowercase().replace(' ', "-"),
        title: title.to_owned(),
        body: vec![Block::Paragraph(vec![Inline::Text(format!("{title}, step by step."))])],
        ..Article::default()
    });
    KnowledgeBase {
        product: Product { id: "p".into(), locale: "en".into(), ..Product::default() },
        articles: articles.collect(),
    }
}

const TITLES: [&str; 4] =
    ["Planting tomatoes", "Repairing a bicycle", "Baking bread", "Visiting the doctor"];

fn built(base: &KnowledgeBase) -> (Pack, Vec<u8>) {
    let built = build(base);
    let pack = Pack::open(encode_with(base, built.pack)).unwrap();
    (pack, encode_meaning(built.meaning).unwrap())
}

fn ask(pack: &Pack, later: Option<&[u8]>, query: &str) -> Answer {
    let meaning = later.map(|bytes| pack.meaning(bytes).unwrap());
    let mut index = pack.index().unwrap();
    if let Some(meaning) = &meaning {
        index = index.with(meaning);
    }
    search(&index, query, &Options::default(), &mut Scratch::default())
}

#[test]
fn words_that_no_article_holds_find_what_they_mean() {
    let (pack, later) = built(&base(&TITLES));
    for (query, title) in [
        ("garden vegetables", 0),
        ("my wheel is broken", 1),
        ("cooking pastry", 2),
        ("physician appointment", 3),
    ] {
        let first = |answer: Answer| answer.hits.first().map(|hit| hit.article);
        assert_ne!(first(ask(&pack, None, query)), Some(title), "{query}");
        assert_eq!(first(ask(&pack, Some(&later), query)), Some(title), "{query}");
    }
}

#[test]
fn words_that_mean_nothing_here_still_find_nothing() {
    let (pack, later) = built(&base(&TITLES));
    for query in ["xqzt wvvkp", "4711", "?!", ""] {
        assert!(ask(&pack, Some(&later), query).hits.is_empty(), "{query}");
    }
}

/// The section of the pack with the words that ask for something.
const REQUESTS: u8 = 21;

#[test]
fn a_request_lowers_confidence_and_what_fails_is_no_request() {
    let mut base = base(&["Campaign stopped calling", "Campaign calls the wrong people"]);
    base.articles[0].phrasings = vec!["my campaign stands still".into()];
    let built = build(&base);
    let later = encode_meaning(built.meaning).unwrap();
    let pack = |with: &dyn Fn(u8) -> bool| {
        let sections = built.pack.iter().filter(|(tag, _)| with(*tag)).cloned();
        Pack::open(encode_with(&base, sections.collect())).unwrap()
    };
    // A pack of an earlier Unstuck lacks the section: it is searched, and knows no requests.
    let (aware, unaware) = (pack(&|_| true), pack(&|tag| tag != REQUESTS));
    for file in [None, Some(later.as_slice())] {
        let lowers = |query: &str| {
            let sure = |pack: &Pack| ask(pack, file, query).confidence;
            sure(&aware) < sure(&unaware)
        };
        assert!(lowers("rename my campaign"));
        assert!(lowers("how do I export the people"));
        assert!(!lowers("cannot rename my campaign"));
        assert!(!lowers("my campaign calls people twice"));
    }
}

#[test]
fn requests_tell_nothing_where_no_article_has_phrasings() {
    assert!(build(&base(&TITLES)).pack.iter().all(|&(tag, _)| tag != REQUESTS));
}

#[test]
fn a_file_of_another_build_is_refused() {
    let (pack, later) = built(&base(&TITLES));
    let (other, _) = built(&base(&TITLES[1..]));
    assert!(pack.meaning(&later).is_ok());
    assert_eq!(other.meaning(&later).err(), Some(PackError::OtherPack));
    assert_eq!(pack.meaning(b"<!doctype html>").err(), Some(PackError::NotAPack));
}

#[test]
fn bytes_turned_or_cut_anywhere_are_refused_or_searched_and_never_panic() {
    let (pack, later) = built(&base(&TITLES));
    let try_one = |mut bytes: Vec<u8>| {
        if reseal(&mut bytes).is_ok()
            && let Ok(meaning) = pack.meaning(&bytes)
        {
            let index = pack.index().unwrap().with(&meaning);
            search(&index, "garden wheel", &Options::default(), &mut Scratch::default());
        }
    };
    for at in (0..later.len()).step_by(later.len() / 500 + 1).chain(0..80) {
        let mut turned = later.clone();
        turned[at] ^= 0x55;
        try_one(turned);
        try_one(later[..at].to_vec());
    }
}

#[test]
fn other_languages_have_no_such_file() {
    let mut german = base(&TITLES);
    german.product.locale = "de".into();
    assert_eq!(encode_meaning(build(&german).meaning), None);
}

#[test]
fn what_the_fuzz_target_begins_with_is_of_this_format() {
    let pack = Pack::open(include_bytes!("../../../fuzz/seeds/meaning.kb").to_vec());
    let seed = include_bytes!("../../../fuzz/seeds/meaning/small.more");
    let fits = pack.map(|pack| pack.meaning(seed).is_ok());
    assert_eq!(fits, Ok(true), "write them anew: the command stands below");
}

/// Writes the pack and the seed that the fuzz target begins with:
/// `cargo test -p unstuck-core --test meaning -- --ignored seeds`.
#[test]
#[ignore = "writes fuzz/seeds"]
fn seeds() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds"));
    let small = base(&["The kettle", "The gadget beeps"]);
    let built = build(&small);
    std::fs::write(folder.join("meaning.kb"), encode_with(&small, built.pack)).unwrap();
    // Few words of other knowledge bases, so that a run spends its time on the format.
    let mut meaning = built.meaning;
    meaning.truncate(2);
    std::fs::write(folder.join("meaning/small.more"), encode_meaning(meaning).unwrap()).unwrap();
}
