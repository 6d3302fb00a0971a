//! `cargo xtask bench page`: what the widget costs a page, beside DocSearch and Pagefind.
//! What is measured and how stands in `bench/page/` and docs/bench-page.md; here are only the
//! files that it is measured on.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::search::{between, make_corpora, run_node};
use crate::{browser, dist, node, say, tree};

/// Where the tables stand in the page, between two lines.
const DOCUMENT: &str = "docs/bench-page.md";

/// The options of `cargo xtask bench page`.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Two visits of each instead of nine; leaves docs/ as it is.
    #[arg(long)]
    quick: bool,
}

/// Measures, prints the tables, writes them into docs/.
///
/// # Errors
/// When something cannot be built, installed or measured.
pub(crate) fn run(args: &Args) -> Result<()> {
    dist::build()?;
    let site = tree::target().join("bench/page");
    fs::create_dir_all(&site).with_context(|| format!("cannot create {}", site.display()))?;
    make_corpora(&site, &[])?;
    let articles = site.join("corpora/scopien/articles.json");
    let node = node::ensure("bench")?;
    let source = tree::root().join("bench");
    let pagefind = site.join("pagefind");
    let mut index = Command::new(&node);
    index.arg(source.join("search/pagefind.mjs")).arg(&articles).arg(&pagefind);
    run_node("pagefind", &mut index)?;
    let chromium = browser::ensure()?.chromium;
    say::step("Measuring the page in Chromium; other work on this machine spoils the times");
    let mut tables = String::new();
    for script in ["measure", "lighthouse"] {
        let mut measure = Command::new(&node);
        measure.arg(source.join(format!("page/{script}.mjs"))).arg(tree::dist());
        measure.arg(&pagefind).arg(&articles).arg(if args.quick { "2" } else { "9" });
        let log = run_node(script, measure.arg(&chromium))?;
        // What goes before is the count of visits.
        tables += log.find("### ").and_then(|at| log.get(at..)).unwrap_or(&log);
        tables.push('\n');
    }
    print!("{tables}");
    if !args.quick {
        let document = tree::root().join(DOCUMENT);
        let text = fs::read_to_string(&document)
            .with_context(|| format!("cannot read {}", document.display()))?;
        fs::write(&document, between(&text, &tables, DOCUMENT)?)?;
        say::step(&format!("Written: {DOCUMENT}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_a_place_for_the_tables() {
        let text = fs::read_to_string(tree::root().join(DOCUMENT)).unwrap();
        assert!(between(&text, "", DOCUMENT).is_ok());
    }
}
