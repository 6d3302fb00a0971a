//! `unstuck search` and `unstuck list`: what a pack answers and what it holds, as JSON lines.
//! The shapes are part of the public interface; searching itself is the core's matter.

use crate::build::MORE;
use anyhow::{Context, Result};
use serde::Serialize;
use std::io::{BufRead, Write, stdin, stdout};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use unstuck_core::pack::Pack;
use unstuck_core::search::{Meaning, Options, Scratch, search};

#[derive(Serialize)]
struct Answered<'a> {
    query: &'a str,
    ms: f64,
    confident: bool,
    confidence: f64,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    id: &'a str,
    title: &'a str,
    score: f64,
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    kind: &'a str,
    title: &'a str,
    checks: usize,
}

/// Answers every line of standard input with one line, at once.
pub(crate) fn queries(path: &Path, limit: usize) -> Result<ExitCode> {
    let pack = open(path)?;
    let meaning = meaning(&pack, &path.with_extension(MORE))?;
    let mut index = pack.index()?;
    if let Some(meaning) = &meaning {
        index = index.with(meaning);
    }
    let options = Options { limit, ..Options::default() };
    let mut scratch = Scratch::default();
    let mut input = stdin().lock();
    let mut out = stdout().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let query = text.trim_end_matches(['\n', '\r']);
        let start = Instant::now();
        let answer = search(&index, query, &options, &mut scratch);
        let elapsed = start.elapsed();
        let results = answer
            .hits
            .iter()
            .filter_map(|hit| {
                let head = pack.head(hit.article as usize)?;
                Some(Found { id: head.id, title: head.title, score: rounded(hit.score.into()) })
            })
            .collect();
        let answered = Answered {
            query,
            ms: rounded(elapsed.as_secs_f64() * 1000.0),
            confident: answer.confident,
            confidence: rounded(answer.confidence.into()),
            results,
        };
        json_line(&answered, &mut out)?;
        out.flush()?;
        line.clear();
    }
    Ok(ExitCode::SUCCESS)
}

/// One line an article.
pub(crate) fn list(path: &Path) -> Result<ExitCode> {
    let pack = open(path)?;
    let mut out = std::io::BufWriter::new(stdout().lock());
    for head in (0..pack.len()).filter_map(|n| pack.head(n)) {
        let listed =
            Listed { id: head.id, kind: head.kind.name(), title: head.title, checks: head.checks };
        json_line(&listed, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn open(path: &Path) -> Result<Pack> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Pack::open(bytes).with_context(|| format!("cannot open {}", path.display()))
}

/// The file of meaning beside a pack, if there is one. One that does not fit is said and left out.
fn meaning(pack: &Pack, path: &Path) -> Result<Option<Meaning>> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read {}", path.display()));
        }
    };
    match pack.meaning(&bytes) {
        Ok(meaning) => Ok(Some(meaning)),
        Err(error) => {
            let said = format!("searching without {}: {error}", path.display());
            writeln!(std::io::stderr(), "{said}; build both anew")?;
            Ok(None)
        }
    }
}

fn json_line(value: &impl Serialize, to: &mut impl Write) -> Result<()> {
    serde_json::to_writer(&mut *to, value).map_err(std::io::Error::from)?;
    writeln!(to)?;
    Ok(())
}

/// To four places, which is what the figures are good for.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
