//! What the page and the corpora's maker wrote, read and brought together by engine.
//! Figures are made in `stats`, their presentation in `table` and `plot`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::stats::Outcome;
use crate::compress;

/// Indexes above are not compressed: brotli would take longer than the measuring.
const COMPRESS_UP_TO: usize = 16 * 1024 * 1024;

/// What one engine did on one corpus.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    pub(crate) corpus: String,
    pub(crate) engine: String,
    pub(crate) outcomes: Vec<Outcome>,
    /// Milliseconds of each keystroke.
    pub(crate) keystrokes: Vec<f64>,
    /// How many times each was typed.
    pub(crate) times: usize,
    /// Milliseconds from bytes to the first answer, each time.
    pub(crate) load: Vec<f64>,
    /// Bytes of the index: as it is and in brotli.
    pub(crate) index: Sizes,
}

/// Bytes of one section of our pack.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Size {
    pub(crate) name: String,
    pub(crate) raw: usize,
    pub(crate) brotli: usize,
}

/// What a corpus is like.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Facts {
    pub(crate) articles: usize,
    pub(crate) words: usize,
    pub(crate) different_words: usize,
    pub(crate) index: Size,
    pub(crate) sections: Vec<Size>,
}

/// One run of the benchmark.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    /// What the browser calls itself.
    pub(crate) agent: String,
    /// Names of the engines, ours first.
    pub(crate) engines: Vec<String>,
    pub(crate) measured: Vec<Measured>,
    /// Of each corpus, by name.
    pub(crate) facts: BTreeMap<String, Facts>,
}

impl Run {
    /// What an engine did on a corpus.
    pub(crate) fn of(&self, engine: &str, corpus: &str) -> Option<&Measured> {
        self.measured.iter().find(|m| m.engine == engine && m.corpus == corpus)
    }

    /// An engine's outcomes on several corpora, in one list.
    pub(crate) fn outcomes(&self, engine: &str, corpora: &[&str]) -> Vec<Outcome> {
        let of = corpora.iter().filter_map(|corpus| self.of(engine, corpus));
        of.flat_map(|measured| measured.outcomes.iter().cloned()).collect()
    }
}

#[derive(Deserialize)]
struct Page {
    agent: String,
    engines: Vec<String>,
    results: Vec<PageResult>,
}

#[derive(Deserialize)]
struct PageResult {
    corpus: String,
    engine: String,
    load: Vec<f64>,
    times: usize,
    /// Microseconds.
    keystrokes: Vec<u32>,
    outcomes: Vec<PageOutcome>,
}

/// Kind, whether answerable, rank, number of hits, score.
type PageOutcome = (String, bool, Option<u32>, u32, Option<f64>);

/// Raw and brotli bytes; the latter are unknown for very large files.
pub(crate) type Sizes = (usize, Option<usize>);

/// Reads what the page sent; the indexes lie in `site`, the facts in its folder `corpora`.
///
/// # Errors
/// When something is missing or of another form.
pub(crate) fn read(page: &[u8], site: &Path, corpora: &[&str]) -> Result<Run> {
    let page: Page = serde_json::from_slice(page).context("reading what the page measured")?;
    let mut facts = BTreeMap::new();
    for corpus in corpora {
        let path = site.join("corpora").join(corpus).join("facts.json");
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let found: Facts = serde_json::from_slice(&bytes)?;
        facts.insert((*corpus).to_owned(), found);
    }
    let paths: Vec<Option<PathBuf>> =
        page.results.iter().map(|result| index_path(site, &page.engines, result)).collect();
    let sizes = sizes(&paths)?;
    let measured = page.results.into_iter().zip(sizes).map(|(result, size)| {
        let ours = facts.get(&result.corpus).map(|f: &Facts| (f.index.raw, Some(f.index.brotli)));
        Measured {
            index: size.or(ours).unwrap_or_default(),
            corpus: result.corpus,
            engine: result.engine,
            load: result.load,
            times: result.times,
            keystrokes: result.keystrokes.iter().map(|&us| f64::from(us) / 1000.0).collect(),
            outcomes: result
                .outcomes
                .into_iter()
                .map(|(kind, answerable, rank, hits, score)| Outcome {
                    kind,
                    answerable,
                    rank,
                    hits,
                    score,
                })
                .collect(),
        }
    });
    let measured = measured.collect();
    Ok(Run { agent: page.agent, engines: page.engines, measured, facts })
}

/// Where a peer's index lies; ours is in the facts.
fn index_path(site: &Path, engines: &[String], result: &PageResult) -> Option<PathBuf> {
    if result.engine == "Pagefind" {
        return Some(site.join("pagefind").join(&result.corpus).join("index.bin"));
    }
    let number = engines.iter().position(|engine| *engine == result.engine)?;
    Some(site.join("indexes").join(&result.corpus).join(number.to_string()))
        .filter(|path| path.is_file())
}

/// Raw and brotli bytes of some files, two at a time.
fn sizes(paths: &[Option<PathBuf>]) -> Result<Vec<Option<Sizes>>> {
    let size = |path: &Path| -> Result<Sizes> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let small = bytes.len() <= COMPRESS_UP_TO;
        let brotli = small.then(|| compress::brotli(&bytes)).transpose()?.map(|b| b.len());
        Ok((bytes.len(), brotli))
    };
    let half = |parity: usize| -> Result<Vec<_>> {
        let mine = paths.iter().enumerate().filter(|(n, _)| n % 2 == parity);
        mine.map(|(n, path)| Ok((n, path.as_deref().map(size).transpose()?))).collect()
    };
    let mut all = thread::scope(|scope| -> Result<Vec<_>> {
        let other = scope.spawn(|| half(1));
        let mut mine = half(0)?;
        match other.join() {
            Ok(others) => mine.extend(others?),
            Err(_) => anyhow::bail!("compressing the indexes failed"),
        }
        Ok(mine)
    })?;
    all.sort_by_key(|(n, _)| *n);
    Ok(all.into_iter().map(|(_, size)| size).collect())
}
