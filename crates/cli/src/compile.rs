//! Reading and compiling a folder with a progress bar, for all commands that need it.
//! The bar goes to standard error and only shows on a terminal.

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use unstuck_compiler::{Compiled, Folder, Severity, compile};

/// Pages from which a bar is worth showing.
const BAR_FROM: usize = 200;

/// Reads and compiles a folder.
pub(crate) fn folder(dir: &Path) -> Result<Compiled> {
    let spinner = busy(&format!("reading {}", dir.display()))
        .with_style(style("{spinner} {msg} ({pos} files)"));
    let folder = Folder::read(dir, &|| spinner.inc(1));
    spinner.finish_and_clear();
    let folder = folder?;
    let bar = if folder.pages.len() < BAR_FROM {
        ProgressBar::hidden()
    } else {
        ProgressBar::new(folder.pages.len() as u64)
            .with_style(style("{msg} [{bar:30}] {pos}/{len}"))
            .with_message("compiling")
    };
    let compiled = compile(&folder, &|_| bar.inc(1));
    bar.finish_and_clear();
    Ok(compiled)
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// A sign of life for work that cannot be counted; only on a terminal.
pub(crate) fn busy(what: &str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what.to_owned());
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

/// Writes the findings, a line each, and returns the numbers of errors and warnings.
pub(crate) fn print(
    compiled: &Compiled,
    dir: &Path,
    to: &mut impl Write,
) -> Result<(usize, usize)> {
    let mut counts = (0, 0);
    for finding in &compiled.findings {
        match finding.severity {
            Severity::Error => counts.0 += 1,
            Severity::Warning => counts.1 += 1,
        }
        writeln!(
            to,
            "{}:{}: {}: {}",
            dir.join(&finding.file).display(),
            finding.line,
            finding.severity.name(),
            finding.message
        )?;
    }
    Ok(counts)
}

/// "1 article", "2 articles".
pub(crate) fn count(number: usize, noun: &str) -> String {
    let mut text = format!("{number} {noun}");
    if number != 1 {
        text.push('s');
    }
    text
}
