//! `cargo xtask bench search`: makes the corpora, our wasm and the peers' bundle, measures all of
//! them in one page, and writes the tables and the plot.
//! What the page measures stands in `bench/search/`, what the figures mean in
//! docs/bench-search.md.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{plot, results, site, table};
use crate::wasm_toolchain::{clean, env_cargo};
use crate::{browser, compress, node, run, say, tree, wasm};

/// The project's own knowledge bases, and how many queries of each kind are typed on them.
const OWN: [(&str, usize); 4] = [("cic", 0), ("dialler", 0), ("oxvo", 0), ("scopien", 2)];
/// The generated ones: fewer queries are typed where a keystroke takes longer.
const GENERATED: [(&str, usize); 3] = [("77", 2), ("1000", 1), ("10000", 1)];
/// Where the tables stand in the page, between two lines.
const DOCUMENT: &str = "docs/bench-search.md";
const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";
const PLOT: &str = "docs/images/bench-search.svg";

/// The options of `cargo xtask bench search`.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Few repetitions and no 10,000 articles; leaves docs/ as it is.
    #[arg(long)]
    quick: bool,
    /// Every keystroke 50 times on every engine, however long that takes.
    #[arg(long, conflicts_with = "quick")]
    patient: bool,
    /// Only ours and the peers whose names hold one of these; leaves docs/ as it is.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
}

/// Measures, prints the tables, writes them into docs/.
///
/// # Errors
/// When something cannot be built, installed or measured.
pub(crate) fn run(args: &Args) -> Result<()> {
    let corpora: Vec<(&str, usize)> = OWN
        .into_iter()
        .chain(GENERATED)
        .filter(|(name, _)| !args.quick || *name != "10000")
        .collect();
    let names: Vec<&str> = corpora.iter().map(|(name, _)| *name).collect();
    let site = tree::target().join("bench/site");
    if site.exists() {
        fs::remove_dir_all(&site).with_context(|| format!("cannot empty {}", site.display()))?;
    }
    fs::create_dir_all(&site).with_context(|| format!("cannot create {}", site.display()))?;
    make_corpora(&site, &GENERATED.map(|(name, _)| name))?;
    let engine = make_engine(&site)?;
    make_peers(&site, &names, args)?;
    fs::write(site.join("plan.json"), plan(args, &corpora).to_string())?;
    let chromium = browser::ensure()?;
    say::step("Measuring in Chromium; other work on this machine spoils the times");
    let minutes = if args.patient { 120 } else { 30 };
    let page = site::measure(&site, &chromium, Duration::from_secs(minutes * 60))?;
    fs::write(site.join("results.json"), &page)?;
    say::step("Compressing the peers' indexes");
    let measured = results::read(&page, &site, &names)?;
    let tables = format!("{}\n{}", table::tables(&measured), bytes_of_code(&engine)?);
    print!("{tables}");
    if args.quick || !args.only.is_empty() {
        return Ok(());
    }
    let document = tree::root().join(DOCUMENT);
    let text = fs::read_to_string(&document)
        .with_context(|| format!("cannot read {}", document.display()))?;
    fs::write(&document, between(&text, &tables, DOCUMENT)?)?;
    fs::write(tree::root().join(PLOT), plot::svg(&measured))?;
    say::step(&format!("Written: {DOCUMENT}, {PLOT}"));
    Ok(())
}

/// What the page is to do. Times are in milliseconds.
fn plan(args: &Args, corpora: &[(&str, usize)]) -> serde_json::Value {
    let corpora: Vec<_> =
        corpora.iter().map(|(name, each)| json!({ "name": name, "each": each })).collect();
    json!({
        "corpora": corpora,
        "times": if args.quick { 5 } else { 50 },
        "loads": if args.quick { 5 } else { 30 },
        "loadBudget": if args.quick { 1_000 } else { 5_000 },
        // An engine that would take longer for all queries is asked every second, third … one.
        "hitBudget": if args.quick { 5_000 } else { 20_000 },
        // How long an engine may type: those that the bars name have more patience.
        "typeBudget": if args.patient { 3_600_000 } else if args.quick { 3_000 } else { 10_000 },
        "barBudget": if args.patient { 3_600_000 } else if args.quick { 10_000 } else { 60_000 },
        "only": (!args.only.is_empty()).then_some(&args.only),
    })
}

/// Packs, fields and queries of all corpora into `site/corpora/`, by a program of its own, which
/// is built for speed.
pub(super) fn make_corpora(site: &Path, generated: &[&str]) -> Result<()> {
    say::step("Making the corpora");
    let mut cargo = Command::new(env_cargo());
    clean(&mut cargo);
    cargo
        .args(["run", "--quiet", "--profile", "tools", "--package", "unstuck-bench-corpus", "--"])
        .arg(tree::root())
        .arg(site.join("corpora"))
        .args(generated)
        .current_dir(tree::root());
    run::succeed("corpora", &mut cargo).map(drop)
}

/// Our search as wasm, with its glue; gives the wasm's bytes.
fn make_engine(site: &Path) -> Result<Vec<u8>> {
    let built = wasm::build_program("unstuck-bench-engine", "search alone for the browser")?;
    if !built.sized {
        say::warn("not the size build: the wasm differs from what ships");
    }
    fs::write(site.join("engine.js"), &built.glue)?;
    fs::write(site.join("engine.wasm"), &built.wasm)?;
    Ok(built.wasm)
}

/// The peers and the measuring code in one module, and Pagefind's files.
fn make_peers(site: &Path, corpora: &[&str], args: &Args) -> Result<()> {
    let node = node::ensure("bench")?;
    let source = tree::root().join("bench/search");
    fs::copy(source.join("page.html"), site.join("index.html"))?;
    let mut bundle = Command::new(&node);
    bundle.arg(source.join("bundle.mjs")).arg(source.join("measure.mjs"));
    bundle.arg(site.join("measure.js")).current_dir(&source);
    run::succeed("bundle of the peers", &mut bundle)?;
    if !args.only.is_empty() && !args.only.iter().any(|name| "Pagefind".contains(name.as_str())) {
        return Ok(());
    }
    say::step("Making Pagefind's indexes");
    for corpus in corpora {
        let mut index = Command::new(&node);
        index.arg(source.join("pagefind.mjs"));
        index.arg(site.join("corpora").join(corpus).join("articles.json"));
        index.arg(site.join("pagefind").join(corpus)).current_dir(&source);
        run::succeed(&format!("pagefind {corpus}"), &mut index)?;
    }
    Ok(())
}

/// Runs one of the programs of `bench/` and gives what it printed.
pub(super) fn run_node(name: &str, command: &mut Command) -> Result<String> {
    run::succeed(name, command.current_dir(tree::root().join("bench")))
}

/// A paragraph on the bytes of code: search alone, and the widget that `dist/` holds.
fn bytes_of_code(engine: &[u8]) -> Result<String> {
    let kb = |bytes: usize| format!("{:.1} KB", bytes as f64 / 1024.0);
    let mut out = format!(
        "Our code: search alone is {} of wasm, {} in brotli",
        kb(engine.len()),
        kb(compress::brotli(engine)?.len())
    );
    match shipped_wasm()? {
        Some(size) => {
            out += &format!("; the whole widget's wasm in `dist/` is {} in brotli.\n", kb(size));
        }
        None => out += ". `dist/` was not built.\n",
    }
    Ok(out)
}

/// Brotli bytes of the widget's wasm in `dist/`, if it was built.
fn shipped_wasm() -> Result<Option<usize>> {
    let Ok(manifest) = fs::read(tree::dist().join("manifest.json")) else { return Ok(None) };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let files = manifest.get("files").and_then(|files| files.as_array());
    let wasm = files.into_iter().flatten().find(|file| {
        file.get("path").and_then(|path| path.as_str()).is_some_and(|path| path.ends_with(".wasm"))
    });
    Ok(wasm.and_then(|file| file.get("brotli")?.as_u64()).map(|size| size as usize))
}

/// `text` with what stands between the two lines replaced.
pub(super) fn between(text: &str, tables: &str, document: &str) -> Result<String> {
    let parts = text.split_once(BEGIN).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let Some((before, after)) = parts else {
        bail!(
            "expected the lines `{BEGIN}` and `{END}` in {document}; put them where the tables belong"
        );
    };
    Ok(format!("{before}{BEGIN}\n\n{tables}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_keeps_its_words_around_the_tables() {
        let text = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let new = between(&text, "| new |\n", DOCUMENT).unwrap();
        assert_eq!(new, format!("before\n{BEGIN}\n\n| new |\n\n{END}\nafter\n"));
        assert_eq!(between(&new, "| new |\n", DOCUMENT).unwrap(), new);
    }

    #[test]
    fn a_page_without_a_place_for_the_tables_says_so() {
        assert!(between("no lines", "", DOCUMENT).unwrap_err().to_string().contains(BEGIN));
    }

    #[test]
    fn the_document_of_this_project_has_a_place_for_the_tables() {
        let text = fs::read_to_string(tree::root().join(DOCUMENT)).unwrap();
        assert!(between(&text, "", DOCUMENT).is_ok());
    }
}
