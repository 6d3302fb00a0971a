//! The journeys of `tests/journeys/`, walked in one engine on the demo's server.
//! What a journey does stands there; here is only how it is started, and with which programs.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::server::Server;
use crate::summary::{self, Count};
use crate::test::counted;
use crate::{browser, node, npm, run, say, serve, tree};

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium: every journey, every screen in all four looks.
    Chromium,
    /// Firefox: the same journeys, every screen in two looks.
    Firefox,
    /// WebKitGTK, by WebDriver: as Firefox, without what WebDriver cannot do.
    Webkit,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The variables that tell the journeys where the engine is; what is missing is installed.
    fn variables(self) -> Result<Vec<(&'static str, PathBuf)>> {
        Ok(match self {
            Self::Chromium => vec![("UNSTUCK_CHROMIUM", browser::ensure()?.chromium)],
            Self::Firefox => vec![("UNSTUCK_FIREFOX", browser::firefox()?)],
            Self::Webkit => {
                browser::webkit()?;
                Vec::new()
            }
        })
    }
}

/// What Firefox and WebKit walk in a run of everything, so that it stays below 25 minutes: the whole
/// job in each product. Chromium always walks all; so does an engine whose step is asked for by name.
const MAIN: [&str; 1] = ["guides"];

/// Walks the journeys in that engine: all, or with `main` those of the main job. Skipped ones are
/// named, and count neither as passed nor as failed.
///
/// # Errors
/// When a program is missing and cannot be installed, or the journeys cannot be started.
pub(crate) fn walk(engine: Engine, main: bool) -> Result<Count> {
    let folder = tree::root().join("tests/journeys");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let name = name.unwrap_or_default();
            let journey = name.strip_suffix(".test.mjs");
            journey.is_some_and(|journey| !main || MAIN.contains(&journey))
        })
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("no journey in {}: its files end in .test.mjs", folder.display());
    }
    let node = node::ensure("tests")?;
    // For the journey that installs the package into an application.
    node::ensure("tests/npm")?;
    npm::write()?;
    let variables = engine.variables()?;
    let server = Server::start(serve::site(), 0)?;
    let name = engine.name();
    say::step(&format!("Walking the journeys in {name} on http://{}", server.address));
    let mut command = Command::new(node);
    command
        // A hanging page must end as a failed test, not as a hanging run. It holds for files, too;
        // each journey has a limit of its own.
        .args(["--test", "--test-reporter=spec", "--test-timeout=1200000"])
        // Two files at a time: journeys mostly wait. WebKit has one window and one pointer.
        .arg(if engine == Engine::Webkit { "--test-concurrency=1" } else { "--test-concurrency=2" })
        .args(files)
        .current_dir(tree::root().join("tests"))
        .env("UNSTUCK_URL", format!("http://{}", server.address))
        .env("UNSTUCK_ENGINE", name)
        .envs(variables);
    let outcome = run::watch(&format!("journeys {name}"), &mut command)?;
    for line in outcome.log.lines() {
        if let Some(skipped) = line.strip_prefix("﹣ ") {
            say::step(&format!("Skipped in {name}: {skipped}"));
        } else if let Some(again) = line.strip_prefix("ℹ walked again: ") {
            say::warn(&format!("walked a second time in {name}: {again}"));
        }
    }
    counted(&outcome, summary::node(&outcome.log))
}
