//! Writes what `cargo xtask bench search` measures with: for each corpus a pack, the same articles
//! as plain fields, the queries, and the bytes of the pack's sections.
//! Measuring itself happens in the browser (`bench/search/`), the table in `xtask`.

mod articles;
mod fields;
mod queries;
mod random;
mod words;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use queries::Query;
use serde::Serialize;
use unstuck_compiler::{Folder, compile};
use unstuck_core::model::KnowledgeBase;
use unstuck_core::pack::{Pack, encode};
use unstuck_core::wire::Reader;

/// Sections of a pack that count as its index, and what they hold: all but the articles' texts.
const SECTIONS: [(u8, &str); 9] = [
    (1, "names"),
    (2, "product"),
    (3, "heads"),
    (4, "index of the texts"),
    (16, "facts of articles"),
    (17, "dictionary"),
    (18, "postings"),
    (19, "units"),
    (20, "common words"),
];
/// The section that is no index.
const TEXTS: u8 = 5;

/// Bytes of something, plain and in brotli, quality 11.
#[derive(Serialize)]
struct Size {
    name: String,
    raw: usize,
    brotli: usize,
}

/// What the table says of a corpus before any engine has run.
#[derive(Serialize)]
struct Facts {
    articles: usize,
    words: usize,
    different_words: usize,
    /// All sections but the texts, in one.
    index: Size,
    sections: Vec<Size>,
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [root, out, sizes @ ..] = args.as_slice() else {
        bail!("usage: unstuck-bench-corpus PROJECT OUT [SIZE …]: a folder OUT/<corpus> each");
    };
    let (root, out) = (Path::new(root), Path::new(out));
    let table = root.join("tests/queries/dev-queries.tsv");
    let table =
        fs::read_to_string(&table).with_context(|| format!("reading {}", table.display()))?;
    for (product, queries) in queries::read(&table)? {
        let folder = root.join("kb").join(&product);
        let folder = Folder::read(&folder, &|| ())
            .with_context(|| format!("reading {}", folder.display()))?;
        write(&out.join(&product), &base(&folder)?, &queries)?;
    }
    let words = words::Words::new();
    for size in sizes {
        let count = size.parse().with_context(|| format!("expected a number, found {size:?}"))?;
        let made = articles::generate(&words, count);
        let texts = made.iter().map(|made| (made.path.as_str(), made.markdown.as_str()));
        let base = base(&Folder::from_texts("generated", texts))?;
        write(&out.join(size), &base, &queries::ask(&words, &made))?;
    }
    Ok(())
}

fn base(folder: &Folder) -> Result<KnowledgeBase> {
    let compiled = compile(folder, &|_| ());
    if compiled.has_errors() {
        bail!("{} has errors: `unstuck check` tells them", folder.name);
    }
    compiled.bases.into_iter().next().context("the folder holds no knowledge base")
}

fn write(folder: &Path, base: &KnowledgeBase, queries: &[Query]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let put = |name: &str, bytes: &[u8]| -> Result<()> {
        let path = folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
    };
    let bytes = encode(base);
    put("pack.kb", &bytes)?;
    let fields: Vec<fields::Fields<'_>> =
        base.articles.iter().map(|article| fields::of(article, &base.product)).collect();
    let articles = serde_json::to_vec(&fields)?;
    put("articles.json", &articles)?;
    put("queries.json", &serde_json::to_vec(queries)?)?;
    put("facts.json", &serde_json::to_vec(&facts(&bytes, &articles)?)?)
}

fn facts(pack: &[u8], articles: &[u8]) -> Result<Facts> {
    let mut sections = Vec::new();
    let mut index = Vec::new();
    for (tag, bytes) in stored(pack)? {
        if tag == TEXTS {
            continue;
        }
        let known = SECTIONS.iter().find(|(known, _)| *known == tag);
        let name = known.map_or_else(|| format!("section {tag}"), |(_, name)| (*name).to_owned());
        sections.push(size(&name, bytes)?);
        index.extend_from_slice(bytes);
    }
    let pack = Pack::open(pack.to_vec())?;
    let text = String::from_utf8_lossy(articles).to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let different: std::collections::BTreeSet<&&str> = words.iter().collect();
    Ok(Facts {
        articles: pack.len(),
        words: words.len(),
        different_words: different.len(),
        index: size("index", &index)?,
        sections,
    })
}

/// The sections as the file holds them, by tag: an open pack has changed some for reading.
fn stored(file: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    /// Magic and version.
    const START: usize = 5;
    let mut reader = Reader::new(file.get(START..).context("no pack")?);
    let mut table = Vec::new();
    for _ in 0..reader.varint()? {
        let (tag, _flags, length) = (reader.byte()?, reader.byte()?, reader.varint()?);
        reader.fixed32()?;
        table.push((tag, length as usize));
    }
    reader.fixed32()?;
    table.into_iter().map(|(tag, length)| Ok((tag, reader.take(length)?))).collect()
}

fn size(name: &str, bytes: &[u8]) -> Result<Size> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
    Ok(Size { name: name.to_owned(), raw: bytes.len(), brotli: packed.len() })
}
