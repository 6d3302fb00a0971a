//! `unstuck check`: findings on standard output, a summary on standard error.
//! What is found is the compiler's matter.

use crate::compile::{count, folder, print};
use anyhow::{Context, Result};
use std::io::{Write, stderr, stdout};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command; exit code 1 when any finding is an error.
pub(crate) fn run(dir: &Path, pin: bool) -> Result<ExitCode> {
    let compiled = folder(dir)?;
    let mut out = stdout().lock();
    let (errors, warnings) = print(&compiled, dir, &mut out)?;
    out.flush()?;
    if pin && errors == 0 {
        write_lock(dir, &compiled.lock)?;
    } else if pin {
        writeln!(stderr(), "kb.lock is left as it was: mend the errors first")?;
    }
    let articles = compiled.bases.first().map_or(0, |base| base.articles.len());
    writeln!(
        stderr(),
        "{}, {}, {}",
        count(articles, "article"),
        count(errors, "error"),
        count(warnings, "warning")
    )?;
    Ok(if errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn write_lock(dir: &Path, lock: &str) -> Result<()> {
    let path = dir.join("kb.lock");
    if lock.is_empty() {
        // Every check names its id: a lock would be stale.
        if path.exists() {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
        return Ok(());
    }
    std::fs::write(&path, lock).with_context(|| format!("cannot write {}", path.display()))
}
