//! Packs as their users see them: what goes in comes out, and bad bytes are told apart.

mod arbitrary;
mod sample;

use proptest::prelude::*;
use std::sync::LazyLock;
use unstuck_core::model::{Article, KnowledgeBase};
use unstuck_core::pack::{Pack, PackError, encode, encode_with};

/// The sample's pack: building its index is the slow part, so it is built once.
fn packed() -> Vec<u8> {
    static PACK: LazyLock<Vec<u8>> = LazyLock::new(|| encode(&sample::kb()));
    PACK.clone()
}

/// Everything that a pack gives back.
fn read(bytes: Vec<u8>) -> Result<KnowledgeBase, PackError> {
    let pack = Pack::open(bytes)?;
    let articles = (0..pack.len()).map(|n| pack.article(n)).collect::<Result<_, _>>()?;
    Ok(KnowledgeBase { product: pack.product().clone(), articles })
}

/// Reads everything and searches, for bytes that may be damaged.
fn use_all(bytes: Vec<u8>) -> Result<KnowledgeBase, PackError> {
    let kb = read(bytes.clone())?;
    let pack = Pack::open(bytes)?;
    for n in 0..=pack.len() {
        pack.head(n);
    }
    let index = pack.index()?;
    let mut scratch = unstuck_core::search::Scratch::default();
    unstuck_core::search::search(&index, "pasword refused", &Default::default(), &mut scratch);
    Ok(kb)
}

/// Pieces of a file that starts with the format's header: everything before the section bodies,
/// then the bodies. The test knows the outer form to make files that `encode` never makes.
mod by_hand {
    use xxhash_rust::xxh32::xxh32;

    /// A file of the given version and sections: tag, flags, bytes.
    pub(crate) fn file(version: u8, sections: &[(u8, u8, &[u8])]) -> Vec<u8> {
        let mut out = vec![0xf5, b'U', b'K', b'B', version, sections.len() as u8];
        for (tag, flags, bytes) in sections {
            assert!(bytes.len() < 128, "one byte of length is enough for tests");
            out.extend([*tag, *flags, bytes.len() as u8]);
            out.extend(xxh32(bytes, 0).to_le_bytes());
        }
        out.extend(xxh32(&out, 0).to_le_bytes());
        sections.iter().for_each(|(_, _, bytes)| out.extend(*bytes));
        out
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_encoded_comes_back(kb in arbitrary::knowledge_base()) {
        prop_assert_eq!(read(encode_with(&kb, Vec::new())), Ok(kb));
    }

    #[test]
    fn heads_say_what_the_articles_say(kb in arbitrary::knowledge_base()) {
        let pack = Pack::open(encode_with(&kb, Vec::new())).unwrap();
        prop_assert_eq!(pack.len(), kb.articles.len());
        prop_assert!(pack.head(pack.len()).is_none());
        for (n, article) in kb.articles.iter().enumerate() {
            let head = pack.head(n).unwrap();
            let topic = kb.product.topics.iter().position(|topic| topic.id == article.topic);
            prop_assert_eq!(head.id, &article.id);
            prop_assert_eq!(head.title, &article.title);
            prop_assert_eq!(head.kind, article.kind);
            prop_assert_eq!(head.topic, topic);
            prop_assert_eq!(head.checks, article.checks.len());
            prop_assert_eq!(head.services, article.services.iter().collect::<Vec<_>>());
            let first = kb.articles.iter().position(|other| other.id == article.id);
            prop_assert_eq!(pack.find(&article.id), first);
        }
    }

    #[test]
    fn any_bytes_give_an_error_or_a_pack(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = use_all(bytes.clone());
        let sections: Vec<(u8, u8, &[u8])> =
            bytes.chunks(30).enumerate().map(|(n, body)| (n as u8 + 1, 0, body)).collect();
        let _ = use_all(by_hand::file(1, &sections));
    }
}

#[test]
fn the_same_knowledge_base_gives_the_same_bytes() {
    assert_eq!(packed(), encode(&sample::kb()));
}

#[test]
fn phrasings_and_keywords_stay_out_of_the_text() {
    let kb = sample::kb();
    assert!(!kb.articles[0].phrasings.is_empty() && !kb.articles[0].keywords.is_empty());
    let article = read(packed()).unwrap().articles.remove(0);
    assert!(article.phrasings.is_empty() && article.keywords.is_empty());
}

#[test]
fn a_pack_cut_at_any_byte_is_refused() {
    let bytes = packed();
    for end in 0..bytes.len() {
        let error = use_all(bytes[..end].to_vec()).unwrap_err();
        let expected = if end == 0 { PackError::NotAPack } else { PackError::Truncated };
        assert_eq!(error, expected, "cut at {end} of {}", bytes.len());
    }
}

#[test]
fn a_pack_with_any_byte_changed_is_refused_or_unchanged() {
    let bytes = packed();
    let whole = use_all(bytes.clone()).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        if let Ok(kb) = use_all(changed) {
            assert_eq!(kb, whole, "byte {at}");
        }
    }
}

#[test]
fn opening_does_not_look_at_the_texts() {
    let mut kb = sample::kb();
    // Texts share a checksum with their neighbours, not with those far off.
    kb.articles.extend((0..30).map(|n| Article { id: format!("more/{n}"), ..Article::default() }));
    let mut bytes = encode(&kb);
    let last = bytes.len() - 1;
    bytes[last] ^= 0xff;
    let pack = Pack::open(bytes).unwrap();
    assert_eq!(pack.article(pack.len() - 1), Err(PackError::Corrupt { section: 5 }));
    assert_eq!(pack.article(0).unwrap().id, kb.articles[0].id);
}

#[test]
fn the_version_names_the_content() {
    let version =
        |kb: &KnowledgeBase| Pack::open(encode_with(kb, Vec::new())).unwrap().version().to_owned();
    let mut kb = sample::kb();
    let before = version(&kb);
    assert_eq!(before, version(&kb));
    assert!(before.len() == 8 && before.chars().all(|c| c.is_ascii_hexdigit()), "{before}");
    kb.articles[1].body.clear();
    assert_ne!(before, version(&kb));
}

#[test]
fn damage_behind_right_checksums_is_an_error_or_other_content_never_a_panic() {
    let bytes = packed();
    for at in 0..bytes.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut changed = bytes.clone();
            changed[at] = value;
            if unstuck_core::pack::reseal(&mut changed).is_ok() {
                let _ = read(changed);
            }
        }
    }
}

#[test]
fn resealing_a_sound_pack_changes_nothing() {
    let bytes = packed();
    let mut sealed = bytes.clone();
    unstuck_core::pack::reseal(&mut sealed).unwrap();
    assert_eq!(sealed, bytes);
}

#[test]
fn other_files_are_told_apart() {
    for bytes in [&b""[..], b"<!doctype html>", b"PK\x03\x04", b"\xf5UKA\x01"] {
        assert_eq!(Pack::open(bytes.to_vec()).unwrap_err(), PackError::NotAPack);
    }
}

#[test]
fn a_newer_format_is_named() {
    let mut bytes = packed();
    bytes[4] = 9;
    let error = Pack::open(bytes).unwrap_err();
    assert_eq!(error, PackError::TooNew { found: 9, supported: 1 });
    assert_eq!(
        error.to_string(),
        "the knowledge base needs a newer Unstuck: its format is 9, this one reads up to 1"
    );
}

#[test]
fn unknown_sections_are_skipped_unless_they_are_required() {
    let optional = by_hand::file(1, &[(77, 0, b"new")]);
    // Without its own sections the pack is unusable, but not because of the unknown one.
    assert_eq!(Pack::open(optional).unwrap_err(), PackError::Corrupt { section: 1 });
    let required = by_hand::file(1, &[(77, 1, b"new")]);
    assert_eq!(Pack::open(required).unwrap_err(), PackError::TooNew { found: 1, supported: 1 });
}

#[test]
fn bytes_after_the_last_section_are_refused() {
    let mut bytes = packed();
    bytes.push(0);
    assert_eq!(Pack::open(bytes).unwrap_err(), PackError::Corrupt { section: 0 });
}

#[test]
fn nesting_beyond_reason_is_refused_not_followed() {
    use unstuck_core::model::{Article, Block, Inline};
    let mut kb = KnowledgeBase::default();
    let mut block = Block::Rule;
    let mut inline = Inline::Break;
    for _ in 0..2000 {
        block = Block::Quote(vec![block]);
        inline = Inline::Strong(vec![inline]);
    }
    kb.articles.push(Article { body: vec![block], ..Article::default() });
    kb.articles.push(Article { cause: vec![inline], ..Article::default() });
    let pack = Pack::open(encode_with(&kb, Vec::new())).unwrap();
    assert_eq!(pack.article(0), Err(PackError::Corrupt { section: 5 }));
    assert_eq!(pack.article(1), Err(PackError::Corrupt { section: 5 }));
}

/// Packs of every format since the first release stay readable. When the format gets a new
/// version, a new file joins this one; the file itself never changes after the release.
#[test]
fn the_frozen_pack_of_format_1_still_loads() {
    let bytes = include_bytes!("../../../../tests/fixtures/pack-v1.kb");
    let mut expected = sample::kb();
    for article in &mut expected.articles {
        article.phrasings.clear();
        article.keywords.clear();
    }
    assert_eq!(use_all(bytes.to_vec()), Ok(expected));
    // The fuzz target begins with it.
    assert_eq!(bytes, include_bytes!("../../../../fuzz/seeds/pack/v1.kb"));
    let pack = Pack::open(bytes.to_vec()).unwrap();
    let index = pack.index().unwrap();
    let mut scratch = unstuck_core::search::Scratch::default();
    let answer =
        unstuck_core::search::search(&index, "it beeps", &Default::default(), &mut scratch);
    assert_eq!(answer.hits.first().map(|hit| hit.article), Some(0));
}

/// Writes the frozen pack anew: `cargo test -p unstuck-core --test pack -- --ignored freeze`.
/// Only before the first release, or for the file of a new format.
#[test]
#[ignore = "writes tests/fixtures/pack-v1.kb and its copy in fuzz/seeds"]
fn freeze() {
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    for path in ["tests/fixtures/pack-v1.kb", "fuzz/seeds/pack/v1.kb"] {
        std::fs::write(root.join(path), encode(&sample::kb())).unwrap();
    }
}
