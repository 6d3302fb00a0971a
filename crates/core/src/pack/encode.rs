//! A knowledge base to the bytes of a pack. Runs when a knowledge base is built.
//! Reading is `mod`'s matter; this module is not part of the widget.

use super::codec::{NameTable, Put, Wire};
use super::container::{LAZY, REQUIRED, sum, write};
use super::{TEXTS_A_SUM, swap_separators, tags};
use crate::model::{Article, KnowledgeBase};
use crate::search;
use crate::wire::Writer;

/// The bytes of a pack, the same for the same knowledge base.
///
/// What is written comes back from [`Pack`](super::Pack) as it was, but for two things: phrasings
/// and keywords are searched and never shown, so they live in the search sections alone; and NUL
/// characters in ids, names and titles are dropped.
///
/// ```
/// use unstuck_core::model::{Article, KnowledgeBase};
/// use unstuck_core::pack::{Pack, encode};
///
/// let mut kb = KnowledgeBase::default();
/// kb.articles.push(Article { id: "a/b/c".into(), title: "It beeps".into(), ..Article::default() });
/// let pack = Pack::open(encode(&kb))?;
/// assert_eq!(pack.find("a/b/c"), Some(0));
/// assert_eq!(pack.article(0)?, kb.articles[0]);
/// # Ok::<(), unstuck_core::pack::PackError>(())
/// ```
pub fn encode(kb: &KnowledgeBase) -> Vec<u8> {
    encode_with(kb, search::build(kb).pack)
}

/// The bytes of the file of meaning that belongs to a pack, of the sections that search built;
/// `None` when there are none.
pub fn encode_meaning(sections: Vec<(u8, Vec<u8>)>) -> Option<Vec<u8>> {
    let sections: Vec<_> = sections.into_iter().map(|(tag, bytes)| (tag, 0, bytes)).collect();
    (!sections.is_empty()).then(|| write(&sections))
}

/// The bytes of a pack with search sections that were made before, as pairs of tag and bytes; with
/// none at all it reads well, but [`Pack::index`](super::Pack::index) has nothing to open.
pub fn encode_with(kb: &KnowledgeBase, search: Vec<(u8, Vec<u8>)>) -> Vec<u8> {
    let mut names = NameTable::default();
    for article in &kb.articles {
        names.push(&article.id);
    }
    let mut product = Put::new(&mut names);
    kb.product.put(&mut product);
    let product = product.into_block();

    let mut heads = Put::new(&mut names);
    heads.numbers.varint(kb.articles.len() as u32);
    for article in &kb.articles {
        article.kind.put(&mut heads);
        heads.names(&article.topic);
        heads.numbers.varint(article.checks.len() as u32);
        heads.names(&article.services);
        heads.plain(&article.title);
    }
    let heads = heads.into_block();

    let mut index = Writer::new();
    let (mut texts, mut lengths) = (Vec::new(), Vec::new());
    for article in &kb.articles {
        let mut put = Put::new(&mut names);
        text(article, &mut put);
        let block = put.into_block();
        lengths.push(block.len());
        texts.extend_from_slice(&block);
    }
    let mut rest = texts.as_slice();
    for together in lengths.chunks(TEXTS_A_SUM) {
        for &length in together {
            index.varint(length as u32);
        }
        let (these, others) = rest.split_at(together.iter().sum());
        index.fixed32(sum(these));
        rest = others;
    }

    let mut table = Put::default();
    table.numbers.varint(names.names.len() as u32);
    for name in &names.names {
        table.plain(name);
    }
    let mut table = table.into_block();
    swap_separators(&mut table);
    let mut sections = vec![
        (tags::NAMES, REQUIRED, table),
        (tags::PRODUCT, REQUIRED, product),
        (tags::HEADS, REQUIRED, heads),
        (tags::INDEX, REQUIRED, index.into_bytes()),
    ];
    sections.extend(search.into_iter().map(|(tag, bytes)| (tag, 0, bytes)));
    sections.push((tags::TEXTS, REQUIRED | LAZY, texts));
    write(&sections)
}

/// What an article holds beyond its head, without the words that only search needs.
fn text(article: &Article, put: &mut Put<'_>) {
    article.codes.put(put);
    article.cause.put(put);
    article.body.put(put);
    article.checks.put(put);
    article.ending.put(put);
    put.names(&article.see);
    article.locale.put(put);
}
