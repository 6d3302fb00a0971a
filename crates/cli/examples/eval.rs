//! Measures search: right article first, among the first three, mean reciprocal rank, and how well
//! unanswerable queries are told apart, by kind of query.
//!
//! `cargo run -p unstuck-cli --profile tools --example eval -- kb tests/queries/dev-queries.tsv`
//! reads `kb/<product>` for every product that the table names; `--misses` lists what went wrong.
//! `… eval -- --titles DIR` takes any folder of Markdown and asks for its titles, mistyped, and for
//! its headings. `… eval -- --held-out DIR…` takes phrasings and articles away and asks for them.
//! `--evidence` prints what the confidence is made of, `--without` leaves the file of meaning away,
//! `--locale=de` takes the translations.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use unstuck_compiler::{Folder, compile};
use unstuck_core::model::{Block, KnowledgeBase, plain_inlines};
use unstuck_core::pack::{Pack, encode_meaning, encode_with};
use unstuck_core::search::{Options, Scratch, build, explain, search, slots};

/// One line of the table.
struct Line {
    kind: String,
    query: String,
    /// Ids that count as right; empty for a query that has no answer.
    right: Vec<String>,
}

/// What became of one line.
struct Outcome {
    kind: String,
    /// Rank of the first right article, from 1; `None` when it is not among the first ten.
    rank: Option<usize>,
    answerable: bool,
    confidence: f32,
    confident: bool,
    micros: f64,
}

/// What to print, and what to search with.
#[derive(Clone, Copy)]
struct Show {
    misses: bool,
    evidence: bool,
    without: bool,
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| args.iter().any(|arg| arg == flag);
    let show =
        Show { misses: has("--misses"), evidence: has("--evidence"), without: has("--without") };
    let plain: Vec<&str> =
        args.iter().filter(|arg| !arg.starts_with("--")).map(String::as_str).collect();
    let mut outcomes = Vec::new();
    match plain.as_slice() {
        [folder] if has("--titles") => {
            let base = load(Path::new(folder))?;
            let lines = from_titles(&base);
            evaluate(&base, &lines, show, &mut outcomes)?;
        }
        folders if has("--held-out") => {
            for folder in folders {
                let base = load(Path::new(folder))?;
                for fold in 0..FOLDS {
                    let (rest, lines) = hold_out(&base, fold);
                    evaluate(&rest, &lines, show, &mut outcomes)?;
                }
            }
        }
        [root, table] => {
            for (product, lines) in read(Path::new(table))? {
                let base = load(&Path::new(root).join(&product))?;
                evaluate(&base, &lines, show, &mut outcomes)?;
            }
        }
        _ => bail!("usage: eval ROOT QUERIES.tsv [--misses] | eval --titles DIR [--misses]"),
    }
    report(&outcomes);
    Ok(())
}

fn load(dir: &Path) -> Result<KnowledgeBase> {
    let folder = Folder::read(dir, &|| ()).with_context(|| format!("reading {}", dir.display()))?;
    let wanted = std::env::args().find_map(|arg| Some(arg.strip_prefix("--locale=")?.to_owned()));
    let mut bases = compile(&folder, &|_| ()).bases.into_iter();
    let base = bases.find(|base| wanted.as_ref().is_none_or(|tag| *tag == base.product.locale));
    base.with_context(|| format!("{} holds no such knowledge base", dir.display()))
}

/// Lines of the table (product, kind, query, right ids separated by `|`), by product.
fn read(table: &Path) -> Result<BTreeMap<String, Vec<Line>>> {
    let text = std::fs::read_to_string(table).context("reading the table of queries")?;
    let mut out: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for row in text.lines().skip(1) {
        let mut cells = row.split('\t');
        let (Some(product), Some(kind), Some(query)) = (cells.next(), cells.next(), cells.next())
        else {
            bail!("expected product, kind and query, found {row:?}");
        };
        let right = cells.next().unwrap_or("").split('|').filter(|id| !id.is_empty());
        out.entry(product.to_owned()).or_default().push(Line {
            kind: kind.to_owned(),
            query: query.to_owned(),
            right: right.map(str::to_owned).collect(),
        });
    }
    Ok(out)
}

/// Every title with one typo and with two, its beginning, and every heading, as queries.
fn from_titles(base: &KnowledgeBase) -> Vec<Line> {
    let mut titles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut headings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for article in &base.articles {
        titles.entry(&article.title).or_default().push(article.id.clone());
        for block in &article.body {
            if let Block::Heading(_, inlines) = block {
                headings.entry(plain_inlines(inlines)).or_default().push(article.id.clone());
            }
        }
    }
    let mut lines = Vec::new();
    let mut seed = 1;
    for (title, right) in titles {
        let typed = mistype(title, &mut seed);
        let twice = mistype(&typed, &mut seed);
        let cut: String = title.chars().take(title.chars().count() * 2 / 3).collect();
        for (kind, query) in
            [("title", title.to_owned()), ("typo", typed), ("typo-2", twice), ("prefix", cut)]
        {
            lines.push(Line { kind: kind.to_owned(), query, right: right.clone() });
        }
    }
    for (query, right) in headings {
        if right.len() <= 3 {
            lines.push(Line { kind: "heading".to_owned(), query, right });
        }
    }
    lines
}

/// How many times [`hold_out`] can be asked, each time for another part.
const FOLDS: usize = 5;

/// The base without every fifth article, whose titles and phrasings have no answer then, and
/// without one phrasing (or heading) of every other article, which must still be answered.
fn hold_out(base: &KnowledgeBase, fold: usize) -> (KnowledgeBase, Vec<Line>) {
    let mut rest = base.clone();
    rest.articles.clear();
    let mut lines = Vec::new();
    let mut line = |kind: &str, query: String, right: &[&String]| {
        lines.push(Line {
            kind: kind.to_owned(),
            query,
            right: right.iter().map(|id| id.to_string()).collect(),
        });
    };
    for (n, article) in base.articles.iter().enumerate() {
        let mut article = article.clone();
        if n % FOLDS == fold {
            line("removed title", article.title.clone(), &[]);
            for phrasing in article.phrasings.iter().take(2) {
                line("removed phrasing", phrasing.clone(), &[]);
            }
            continue;
        }
        if article.phrasings.len() > 1 {
            let at = (n + fold) % article.phrasings.len();
            let phrasing = article.phrasings.remove(at);
            line("held-out phrasing", phrasing, &[&article.id]);
        } else {
            let headings: Vec<usize> = (0..article.body.len())
                .filter(|&at| matches!(article.body[at], Block::Heading(..)))
                .collect();
            if let Some(&at) = headings.get((n + fold) % headings.len().max(1))
                && let Block::Heading(_, words) = article.body.remove(at)
            {
                line("held-out heading", plain_inlines(&words), &[&article.id]);
            }
        }
        rest.articles.push(article);
    }
    (rest, lines)
}

/// The text with one letter swapped, dropped, doubled or replaced, in a word of four or more.
fn mistype(text: &str, seed: &mut u64) -> String {
    let mut next = |below: usize| {
        *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (*seed >> 33) as usize % below.max(1)
    };
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|&n| words[n].len() >= 4 && words[n].bytes().all(|b| b.is_ascii_alphabetic()))
        .collect();
    let Some(&word) = long.get(next(long.len())) else { return text.to_owned() };
    let mut letters: Vec<char> = words[word].chars().collect();
    let at = 1 + next(letters.len() - 2);
    match next(4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = char::from(b'a' + next(26) as u8),
    }
    words[word] = letters.into_iter().collect();
    words.join(" ")
}

fn evaluate(
    base: &KnowledgeBase,
    lines: &[Line],
    show: Show,
    outcomes: &mut Vec<Outcome>,
) -> Result<()> {
    let sections = build(base);
    let sizes: Vec<String> =
        sections.pack.iter().map(|(tag, bytes)| format!("{tag}: {}", bytes.len())).collect();
    let all: Vec<u8> = sections.pack.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
    let later = encode_meaning(sections.meaning).filter(|_| !show.without);
    println!(
        "{}: {} articles, index bytes {} (all {}, brotli {}; for later {}, brotli {})",
        base.product.id,
        base.articles.len(),
        sizes.join(", "),
        all.len(),
        compressed(&all)?,
        later.as_ref().map_or(0, Vec::len),
        later.as_deref().map_or(Ok(0), compressed)?,
    );
    let pack = Pack::open(encode_with(base, sections.pack))?;
    let meaning = later.map(|bytes| pack.meaning(&bytes)).transpose()?;
    let mut index = pack.index()?;
    if let Some(meaning) = &meaning {
        index = index.with(meaning);
    }
    let mut scratch = Scratch::default();
    for line in lines {
        let start = Instant::now();
        let answer = search(&index, &line.query, &Options::default(), &mut scratch);
        let micros = start.elapsed().as_secs_f64() * 1e6;
        if show.evidence {
            let evidence: Vec<String> = explain(&index, &line.query, &mut scratch)
                .iter()
                .map(|(name, value)| format!("{name}={value:.4}"))
                .collect();
            let answerable = u8::from(!line.right.is_empty());
            println!("#\t{answerable}\t{}\t{}\t{}", line.kind, line.query, evidence.join("\t"));
        }
        let id = |article: u32| base.articles[article as usize].id.as_str();
        let rank = answer
            .hits
            .iter()
            .position(|hit| line.right.iter().any(|right| right == id(hit.article)))
            .map(|at| at + 1);
        let answerable = !line.right.is_empty();
        let bad = if answerable { rank != Some(1) || !answer.confident } else { answer.confident };
        if show.misses && bad {
            println!(
                "  {:10} {:.2} rank {rank:?}  {}  [{}]",
                line.kind,
                answer.confidence,
                line.query,
                line.right.join(" ")
            );
            for slot in slots(&index, &scratch) {
                println!("          {slot}");
            }
            for hit in answer.hits.iter().take(3) {
                println!("      {:.3} {}", hit.score, id(hit.article));
            }
        }
        outcomes.push(Outcome {
            kind: line.kind.clone(),
            rank,
            answerable,
            confidence: answer.confidence,
            confident: answer.confident,
            micros,
        });
    }
    Ok(())
}

fn compressed(bytes: &[u8]) -> Result<usize> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut { bytes }, &mut packed, &params)?;
    Ok(packed.len())
}

fn report(outcomes: &[Outcome]) {
    let mut kinds: Vec<&str> = outcomes.iter().map(|outcome| outcome.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    println!(
        "\n| kind | queries | first | first three | MRR | refused |\n|---|---|---|---|---|---|"
    );
    for kind in kinds.into_iter().map(Some).chain([None]) {
        let rows: Vec<&Outcome> =
            outcomes.iter().filter(|o| kind.map_or(o.answerable, |kind| o.kind == kind)).collect();
        let share = |count: usize| 100.0 * count as f64 / rows.len().max(1) as f64;
        let within =
            |limit| share(rows.iter().filter(|o| o.rank.is_some_and(|r| r <= limit)).count());
        let refused = share(rows.iter().filter(|o| !o.confident).count());
        let reciprocal: f64 = rows.iter().filter_map(|o| Some(1.0 / o.rank? as f64)).sum();
        println!(
            "| {} | {} | {:.1} | {:.1} | {:.3} | {refused:.1} |",
            kind.unwrap_or("all answerable"),
            rows.len(),
            within(1),
            within(3),
            reciprocal / rows.len().max(1) as f64
        );
    }
    let side = |answerable: bool| -> Vec<f32> {
        outcomes.iter().filter(|o| o.answerable == answerable).map(|o| o.confidence).collect()
    };
    let (yes, no) = (side(true), side(false));
    if !no.is_empty() {
        let mut wins = 0.0;
        for y in &yes {
            for n in &no {
                wins += if y > n { 1.0 } else { f64::from(u8::from(y == n)) * 0.5 };
            }
        }
        println!("\nAUROC of confidence: {:.3}", wins / (yes.len() * no.len()).max(1) as f64);
    }
    let mut times: Vec<f64> = outcomes.iter().map(|o| o.micros).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0.0);
    println!("microseconds a query: median {:.0}, 95 of 100 within {:.0}", at(50), at(95));
}
