//! The benchmark's tables in Markdown: bars, hits, speed and bytes.
//! The figures come from `stats`, the drawing is in `plot`.

use super::results::{Measured, Run};
use super::stats::{self, percentile};
use crate::say;

/// Ours, and the peers that the bars name.
const OURS: &str = "Unstuck";
const MINI: &str = "MiniSearch";
const STEMMED: &str = "MiniSearch, stemmer and stop words";
/// The groups of corpora that hits are told for.
const GROUPS: [(&str, &[&str]); 4] = [
    ("The four knowledge bases", &["cic", "dialler", "oxvo", "scopien"]),
    ("77 generated articles", &["77"]),
    ("1,000 generated articles", &["1000"]),
    ("10,000 generated articles", &["10000"]),
];
/// The corpora that times and bytes are told for.
const TIMED: [(&str, &str); 4] = [
    ("scopien", "The scopien knowledge base"),
    ("77", "77 generated articles"),
    ("1000", "1,000 generated articles"),
    ("10000", "10,000 generated articles"),
];
const KINDS: [&str; 5] = ["paraphrase", "keyword", "typo", "prefix", "code"];

/// All tables of a run.
pub(crate) fn tables(run: &Run) -> String {
    let mut out = format!("In {}.\n\n### Bars\n\n", browser_of(&run.agent));
    out += &bars(run);
    for (title, corpora) in GROUPS {
        out += &hits(run, title, corpora);
    }
    for (corpus, title) in TIMED {
        out += &speed(run, corpus, title);
    }
    out + &sections(run)
}

/// `Chrome 148` out of what a browser calls itself.
fn browser_of(agent: &str) -> String {
    let part = agent.split(' ').find(|part| part.contains("Chrome/")).unwrap_or("a browser");
    part.replace('/', " ").replace(".0.0.0", "")
}

fn bars(run: &Run) -> String {
    let mut out = String::from("| bar | ours | against | ratio | |\n|---|---|---|---|---|\n");
    let mut row = |what: &str, ours: Option<f64>, other: Option<f64>, bar: f64, unit: &str| {
        let (Some(ours), Some(other)) = (ours, other) else { return };
        let ratio = ours / other;
        let verdict = if ratio <= bar { "met" } else { "NOT met" };
        out +=
            &format!("| {what} | {ours:.3}{unit} | {other:.3}{unit} | {ratio:.3} | {verdict} |\n");
    };
    let p95 = |engine, corpus| {
        let measured = run.of(engine, corpus).filter(|m| !m.keystrokes.is_empty())?;
        Some(percentile(&measured.keystrokes, 95.0))
    };
    for (corpus, size) in [("1000", "1,000"), ("10000", "10,000")] {
        let what = format!("keystroke p95 at most 0.1 of MiniSearch's, {size} articles");
        row(&what, p95(OURS, corpus), p95(MINI, corpus), 0.1, " ms");
    }
    let brotli = |engine, corpus| Some(run.of(engine, corpus)?.index.1? as f64 / 1024.0);
    let load = |engine, corpus| Some(percentile(&run.of(engine, corpus)?.load, 50.0));
    let what = "index brotli at most 0.6 of MiniSearch's with stemming, 1,000 articles";
    row(what, brotli(OURS, "1000"), brotli(STEMMED, "1000"), 0.6, " KB");
    for (corpus, size) in [("1000", "1,000"), ("10000", "10,000")] {
        let what = format!("load at most 0.1 of MiniSearch's, {size} articles");
        row(&what, load(OURS, corpus), load(MINI, corpus), 0.1, " ms");
    }
    for (title, corpora) in GROUPS {
        out += &better(run, title, corpora);
    }
    out
}

/// One line: whether our hits are better than those of every peer.
fn better(run: &Run, title: &str, corpora: &[&str]) -> String {
    let of = |engine: &str| stats::hits(&run.outcomes(engine, corpora), None);
    let Some(ours) = of(OURS) else { return String::new() };
    // A peer that was asked a part of the queries only does not compare.
    let peers = run.engines.iter().filter(|engine| *engine != OURS);
    let best = peers
        .filter_map(|engine| Some((engine, of(engine)?)))
        .filter(|(_, hits)| hits.queries == ours.queries)
        .max_by(|(_, a), (_, b)| (a.first + a.three).total_cmp(&(b.first + b.three)));
    let Some((peer, best)) = best else { return String::new() };
    let met = ours.first > best.first && ours.three > best.three;
    format!(
        "| better hits than the best peer, {} | {:.1} / {:.1} | {peer}: {:.1} / {:.1} | | {} |\n",
        title.to_lowercase(),
        ours.first,
        ours.three,
        best.first,
        best.three,
        if met { "met" } else { "NOT met" }
    )
}

fn hits(run: &Run, title: &str, corpora: &[&str]) -> String {
    let ours = run.outcomes(OURS, corpora);
    let kinds: Vec<&str> =
        KINDS.into_iter().filter(|kind| stats::hits(&ours, Some(kind)).is_some()).collect();
    if kinds.is_empty() {
        return String::new();
    }
    let mut out = format!("\n### Hits: {}\n\n", title.to_lowercase());
    out += "Right article first / among the first three, in percent.\n\n| engine |";
    for kind in &kinds {
        let count = stats::hits(&ours, Some(kind)).map_or(0, |hits| hits.queries);
        out += &format!(" {kind} ({count}) |");
    }
    out += " all | MRR | nothing found | AUROC |\n|---|";
    out += &"---|".repeat(kinds.len() + 4);
    out.push('\n');
    for engine in &run.engines {
        let outcomes = run.outcomes(engine, corpora);
        let Some(all) = stats::hits(&outcomes, None) else { continue };
        let part = outcomes.len() * 100 / ours.len().max(1);
        let note = if part < 100 { format!(" ({part} % of the queries)") } else { String::new() };
        out += &format!("| {engine}{note} |");
        for kind in &kinds {
            match stats::hits(&outcomes, Some(kind)) {
                Some(hits) => out += &format!(" {:.0} / {:.0} |", hits.first, hits.three),
                None => out += " – |",
            }
        }
        let auroc = stats::told_apart(&outcomes).map_or("–".to_owned(), |a| format!("{a:.3}"));
        out += &format!(
            " {:.1} / {:.1} | {:.3} | {:.1} % | {auroc} |\n",
            all.first, all.three, all.mrr, all.zero
        );
    }
    out
}

fn speed(run: &Run, corpus: &str, title: &str) -> String {
    let of: Vec<&Measured> = run.measured.iter().filter(|m| m.corpus == corpus).collect();
    let Some(facts) = run.facts.get(corpus).filter(|_| !of.is_empty()) else {
        return String::new();
    };
    let count = |number: usize| say::count(number as u64);
    let mut out = format!(
        "\n### Speed and bytes: {}\n\n{} articles, {} words, {} different ones. Milliseconds; the index in bytes.\n\n",
        title.to_lowercase(),
        count(facts.articles),
        count(facts.words),
        count(facts.different_words)
    );
    out += "| engine | keystroke p50 | p95 | max | p95 of medians | keystrokes × times | load | index | brotli |\n|---|---|---|---|---|---|---|---|---|\n";
    for m in of {
        let at = |percent| ms(percentile(&m.keystrokes, percent));
        let texts = m.keystrokes.len() / m.times.max(1);
        let steady = ms(percentile(&stats::medians(&m.keystrokes, texts), 95.0));
        let brotli = m.index.1.map_or("–".to_owned(), count);
        out += &format!(
            "| {} | {} | {} | {} | {steady} | {texts} × {} | {} | {} | {brotli} |\n",
            m.engine,
            at(50.0),
            at(95.0),
            at(100.0),
            m.times,
            ms(percentile(&m.load, 50.0)),
            count(m.index.0)
        );
    }
    out
}

/// Milliseconds with as many places as are worth reading.
fn ms(value: f64) -> String {
    match value {
        v if v < 1.0 => format!("{v:.3}"),
        v if v < 100.0 => format!("{v:.1}"),
        v => format!("{v:.0}"),
    }
}

/// Our index, section by section.
fn sections(run: &Run) -> String {
    let of: Vec<_> =
        TIMED.iter().filter_map(|(name, _)| Some((name, run.facts.get(*name)?))).collect();
    let Some((_, first)) = of.first() else { return String::new() };
    let mut out =
        String::from("\n### Our index by section, bytes raw and in brotli\n\n| section |");
    for (name, facts) in &of {
        let name = if name.starts_with(|c: char| c.is_ascii_digit()) {
            say::count(facts.articles as u64)
        } else {
            (*name).to_string()
        };
        out += &format!(" {name} | brotli |");
    }
    out += &format!("\n|---|{}\n", "---|---|".repeat(of.len()));
    for section in &first.sections {
        out += &format!("| {} |", section.name);
        for (_, facts) in &of {
            match facts.sections.iter().find(|other| other.name == section.name) {
                Some(size) => {
                    let pair = [size.raw, size.brotli].map(|n| say::count(n as u64));
                    out += &format!(" {} | {} |", pair[0], pair[1]);
                }
                None => out += " – | – |",
            }
        }
        out.push('\n');
    }
    out += "| all in one |";
    for (_, facts) in &of {
        let pair = [facts.index.raw, facts.index.brotli].map(|n| say::count(n as u64));
        out += &format!(" {} | {} |", pair[0], pair[1]);
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::super::stats::Outcome;
    use super::*;

    fn measured(engine: &str, times: &[f64], load: f64, brotli: usize, rank: u32) -> Measured {
        let outcome = |kind: &str, rank, score| Outcome {
            kind: kind.to_owned(),
            answerable: kind != "oos",
            rank,
            hits: 3,
            score: Some(score),
        };
        Measured {
            corpus: "1000".to_owned(),
            engine: engine.to_owned(),
            outcomes: vec![outcome("typo", Some(rank), 0.9), outcome("oos", None, 0.1)],
            keystrokes: times.to_vec(),
            times: 2,
            load: vec![load],
            index: (brotli * 3, Some(brotli)),
        }
    }

    fn run(ours: &[f64], load: f64, brotli: usize, rank: u32) -> Run {
        Run {
            agent: "Mozilla/5.0 Chrome/148.0.0.0 Safari/537.36".to_owned(),
            engines: [OURS, MINI, STEMMED].map(str::to_owned).to_vec(),
            measured: vec![
                measured(OURS, ours, load, brotli, rank),
                measured(MINI, &[10.0, 20.0], 100.0, 2048, 5),
                measured(STEMMED, &[5.0, 5.0], 50.0, 1024, 5),
            ],
            ..Run::default()
        }
    }

    #[test]
    fn bars_are_met_at_the_bar_and_not_above() {
        let met = bars(&run(&[1.0, 2.0], 10.0, 614, 1));
        assert_eq!(met.matches("| met |").count(), 4, "{met}");
        let not = bars(&run(&[1.0, 2.1], 11.0, 615, 5));
        assert_eq!(not.matches("| NOT met |").count(), 4, "{not}");
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_head() {
        let text = tables(&run(&[1.0, 2.0], 10.0, 614, 1));
        for table in text.split("\n\n").filter(|part| part.starts_with('|')) {
            let cells: Vec<usize> = table.lines().map(|line| line.matches('|').count()).collect();
            assert!(cells.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
        }
        assert!(text.starts_with("In Chrome 148."), "{text}");
        assert!(text.contains("| Unstuck | 100 / 100 | 100.0 / 100.0 | 1.000 | 0.0 % | 1.000 |"));
    }
}
