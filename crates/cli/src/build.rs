//! `unstuck build`: writes one pack a locale, prints counts and sizes.
//! The pack's format is the core's matter.

use crate::compile::{busy, count, folder, print};
use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Write, stderr, stdout};
use std::path::Path;
use std::process::ExitCode;
use unstuck_core::model::{Kind, KnowledgeBase};
use unstuck_core::pack::{Pack, encode_meaning, encode_with};
use unstuck_core::search;

/// Packs over this size are not compressed to tell their brotli size: it would take a minute.
const MEASURE_UP_TO: usize = 8 << 20;

/// Ending of the file beside a pack that search can do without: word vectors.
pub(crate) const MORE: &str = "more";

/// What was written.
#[derive(Serialize)]
struct Built {
    file: String,
    product: String,
    locale: String,
    version: String,
    articles: usize,
    guides: usize,
    faqs: usize,
    codes: usize,
    references: usize,
    checks: usize,
    /// Articles that fall back to another locale.
    untranslated: usize,
    bytes: usize,
    /// Bytes after brotli at quality 11; null for packs that are too large to measure.
    brotli: Option<usize>,
    /// Bytes of the file that search fetches later; null when there is none.
    more_bytes: Option<usize>,
    /// The same after brotli.
    more_brotli: Option<usize>,
}

/// Runs the command; exit code 1 when the knowledge base has errors, and nothing is written.
pub(crate) fn run(dir: &Path, out: &Path, json: bool) -> Result<ExitCode> {
    let compiled = folder(dir)?;
    if compiled.has_errors() {
        print(&compiled, dir, &mut stderr())?;
        writeln!(stderr(), "nothing written: mend the errors first")?;
        return Ok(ExitCode::FAILURE);
    }
    if !compiled.findings.is_empty() {
        let warnings = count(compiled.findings.len(), "warning");
        writeln!(stderr(), "{warnings}; `unstuck check {}` shows them", dir.display())?;
    }
    fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    let mut built = Vec::new();
    for base in &compiled.bases {
        let bar = busy(&format!("indexing {}.{}", base.product.id, base.product.locale));
        built.push(write(base, out)?);
        bar.finish_and_clear();
    }
    if let Some(base) = compiled.bases.first() {
        copy(&compiled.pictures, dir, &out.join(&base.product.id))?;
    }
    let mut to = stdout().lock();
    if json {
        serde_json::to_writer(&mut to, &serde_json::json!({ "packs": built }))
            .map_err(std::io::Error::from)?;
        writeln!(to)?;
    } else {
        table(&built, &mut to)?;
    }
    to.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write(base: &KnowledgeBase, out: &Path) -> Result<Built> {
    let sections = search::build(base);
    let bytes = encode_with(base, sections.pack);
    let file = format!("{}.{}.kb", base.product.id, base.product.locale);
    let path = out.join(&file);
    fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    let brotli = (bytes.len() <= MEASURE_UP_TO).then(|| compressed(&bytes)).transpose()?;
    let size = bytes.len();
    let pack = Pack::open(bytes).with_context(|| format!("{file} does not read back"))?;
    let more = path.with_extension(MORE);
    let later = encode_meaning(sections.meaning);
    match &later {
        Some(bytes) => {
            fs::write(&more, bytes).with_context(|| format!("cannot write {}", more.display()))?;
            pack.meaning(bytes).with_context(|| format!("{} does not fit", more.display()))?;
        }
        // One of an earlier build would not fit this pack.
        None if more.exists() => {
            fs::remove_file(&more).with_context(|| format!("cannot remove {}", more.display()))?;
        }
        None => {}
    }
    let kinds = |kind: Kind| base.articles.iter().filter(|article| article.kind == kind).count();
    Ok(Built {
        file,
        product: base.product.id.clone(),
        locale: base.product.locale.clone(),
        version: pack.version().into(),
        articles: base.articles.len(),
        guides: kinds(Kind::Guide),
        faqs: kinds(Kind::Faq),
        codes: kinds(Kind::Code),
        references: kinds(Kind::Reference),
        checks: base.articles.iter().map(|article| article.checks.len()).sum(),
        untranslated: base.articles.iter().filter(|article| article.locale.is_some()).count(),
        bytes: size,
        brotli,
        more_bytes: later.as_ref().map(Vec::len),
        more_brotli: later.as_deref().map(compressed).transpose()?,
    })
}

/// Copies the pictures that articles show to where the packs say they lie.
fn copy(pictures: &BTreeSet<String>, from: &Path, to: &Path) -> Result<()> {
    for picture in pictures {
        let target = to.join(picture);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        fs::copy(from.join(picture), &target)
            .with_context(|| format!("cannot copy {picture} to {}", target.display()))?;
    }
    Ok(())
}

fn compressed(bytes: &[u8]) -> Result<usize> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut { bytes }, &mut out, &parameters)?;
    Ok(out.len())
}

fn table(built: &[Built], to: &mut impl Write) -> Result<()> {
    for pack in built {
        writeln!(
            to,
            "{}: {} ({}, {}, {}, {}), {}",
            pack.file,
            count(pack.articles, "article"),
            count(pack.guides, "guide"),
            count(pack.faqs, "answer"),
            count(pack.codes, "code"),
            count(pack.references, "reference"),
            count(pack.checks, "check"),
        )?;
        if pack.untranslated > 0 {
            writeln!(to, "  {} not translated", count(pack.untranslated, "article"))?;
        }
        match pack.brotli {
            Some(brotli) => writeln!(to, "  {} bytes, {brotli} after brotli", pack.bytes)?,
            None => writeln!(to, "  {} bytes", pack.bytes)?,
        }
        if let (Some(bytes), Some(brotli)) = (pack.more_bytes, pack.more_brotli) {
            writeln!(to, "  for later: {bytes} bytes, {brotli} after brotli")?;
        }
    }
    Ok(())
}
