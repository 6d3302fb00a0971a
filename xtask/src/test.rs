//! `cargo xtask test`: every check of the project, step by step, with one count at the end.
//! A failing step does not stop the others: one run tells all. What the steps run is told here;
//! how their counts are read in `summary`.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;

use crate::journeys::{self, Engine};
use crate::run::Outcome;
use crate::summary::{self, Count};
use crate::wasm_toolchain::{Toolchain, clean, env_cargo};
use crate::{browser, dist, fuzz, run, say, tree};

/// The options of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The steps to run, in the project's order; without any, all of them.
    #[arg(value_enum)]
    steps: Vec<Step>,
}

/// One step of the tests, in the order in which they run: the quick ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Whether the code is formatted.
    Format,
    /// The lints, with warnings as errors.
    Lint,
    /// Unit, property and documentation tests on this machine.
    Native,
    /// The widget's tests in Chromium.
    Wasm,
    /// The files to embed, and their byte budgets.
    Dist,
    /// Each fuzz target for ten seconds.
    Fuzz,
    /// Whole journeys in Chromium, on the demo.
    Journeys,
    /// The journeys in Firefox: those of the main job, all when this step is named.
    Firefox,
    /// The journeys in WebKit, as in Firefox.
    Webkit,
}

impl Step {
    /// `named`: whether this step was asked for by its name.
    fn run(self, named: bool) -> Result<Count> {
        match self {
            Self::Format => format(),
            Self::Lint => lint(),
            Self::Native => native(),
            Self::Wasm => wasm(),
            Self::Dist => dist::run(&dist::Args::default()).map(|()| Count::default()),
            Self::Fuzz => fuzz::all(fuzz::TEST_SECONDS),
            Self::Journeys => journeys::walk(Engine::Chromium, false),
            Self::Firefox => journeys::walk(Engine::Firefox, !named),
            Self::Webkit => journeys::walk(Engine::Webkit, !named),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Dist => "dist",
            Self::Fuzz => "fuzz",
            Self::Journeys => "journeys",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }
}

/// How one step went.
struct Done {
    step: Step,
    count: Count,
    spent: Duration,
    failure: Option<String>,
}

/// Runs the chosen steps, prints the table and the closing line.
///
/// # Errors
/// When any step failed.
pub(crate) fn run(args: &Args) -> Result<()> {
    let chosen = |step: &Step| args.steps.is_empty() || args.steps.contains(step);
    let mut all = Vec::new();
    let mut built = false;
    for step in Step::value_variants().iter().copied().filter(chosen) {
        say::step(&format!("Test step {}", step.name()));
        let begun = Instant::now();
        // Without the step before them, the journeys would walk on files of some earlier day.
        let walks = matches!(step, Step::Journeys | Step::Firefox | Step::Webkit);
        let ready = if walks && !built { dist::build().map(drop) } else { Ok(()) };
        built |= step == Step::Dist || walks;
        let (count, failure) = match ready.and_then(|()| step.run(!args.steps.is_empty())) {
            Ok(count) if count.failed == 0 => (count, None),
            Ok(count) => (count, Some(format!("{} tests failed", count.failed))),
            Err(error) => {
                say::error(&error);
                // A step that fails as a whole must show in the closing line too.
                (Count { passed: 0, failed: 1 }, Some(error.to_string()))
            }
        };
        let spent = begun.elapsed();
        let verdict = if failure.is_some() { "FAILED" } else { "ok" };
        say::step(&format!("{} {verdict} in {}", step.name(), say::time(spent)));
        all.push(Done { step, count, spent, failure });
    }
    let sum = all.iter().fold(Count::default(), |sum, done| sum.and(done.count));
    print!("{}", table(&all));
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if all.iter().any(|done| done.failure.is_some()) {
        bail!("not everything passed");
    }
    Ok(())
}

fn table(all: &[Done]) -> String {
    let mut out = format!("\n{:<10} {:>7} {:>7} {:>13}\n", "step", "passed", "failed", "time");
    for Done { step, count, spent, failure } in all {
        out += &format!(
            "{:<10} {:>7} {:>7} {:>13}",
            step.name(),
            count.passed,
            count.failed,
            say::time(*spent)
        );
        if let Some(failure) = failure {
            out += &format!("  {}", failure.lines().next().unwrap_or_default());
        }
        out.push('\n');
    }
    out.push('\n');
    out
}

/// `cargo <args>` with the toolchain that runs this command, in the project's root.
fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(env_cargo());
    clean(&mut command);
    command.args(args).current_dir(tree::root());
    command
}

fn format() -> Result<Count> {
    run::succeed("cargo fmt", &mut cargo(&["fmt", "--all", "--check"]))
        .context("run `cargo fmt --all`")?;
    Ok(Count::default())
}

/// The workspace in two parts. Cargo unites what the chosen packages ask of a dependency, so
/// together with the others this package's many dependencies would be built a second time, beside
/// those that run this command.
const PARTS: [&[&str]; 2] = [&["--workspace", "--exclude", "xtask"], &["--package", "xtask"]];

fn lint() -> Result<Count> {
    let parts = PARTS.map(|part| {
        let mut clippy = cargo(&["clippy", "--all-targets"]);
        clippy.args(part).args(["--", "-D", "warnings"]);
        run::succeed("cargo clippy", &mut clippy)
    });
    // Both have run by now, so that one run shows all findings.
    parts.into_iter().collect::<Result<Vec<_>>>()?;
    Ok(Count::default())
}

fn native() -> Result<Count> {
    let mut sum = Count::default();
    for part in PARTS {
        let outcome = run::watch("cargo test", cargo(&["test", "--no-fail-fast"]).args(part))?;
        sum = sum.and(counted(&outcome, summary::cargo(&outcome.log))?);
    }
    Ok(sum)
}

fn wasm() -> Result<Count> {
    let toolchain = Toolchain::ensure()?;
    let browser = browser::ensure()?;
    say::step("Building the widget's tests and running them in Chromium");
    let runner = runner()?;
    let runner = format!(
        "target.wasm32-unknown-unknown.runner=[{:?},\"wasm-test-runner\"]",
        runner.to_string_lossy()
    );
    let mut command = toolchain.cargo("test");
    command
        // Unit tests of the widget run natively: only `tests/*.rs` needs the browser.
        .args(["--package", "unstuck", "--test", "*", "--no-fail-fast"])
        .args(["--config", &runner])
        .current_dir(tree::root())
        .env("CARGO_TARGET_DIR", tree::wasm_target())
        // Names are enough for a stack trace; line tables of everything take a third of the time.
        .env("CARGO_PROFILE_DEV_DEBUG", "none")
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", browser.wasm_test_settings()?)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    let outcome = run::watch("cargo test wasm", &mut command)?;
    counted(&outcome, summary::cargo(&outcome.log))
}

/// This program under a second name: cargo may replace the first one while the tests are built.
fn runner() -> Result<PathBuf> {
    let own = std::env::current_exe().context("this program does not know its own path")?;
    let second = tree::target().join("wasm-test-runner");
    match fs::remove_file(&second) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error)?,
        _ => {}
    }
    if fs::hard_link(&own, &second).is_err() {
        fs::copy(&own, &second).with_context(|| format!("cannot write {}", second.display()))?;
    }
    Ok(second)
}

/// The count of a run whose runner prints one; its whole output on failure.
pub(crate) fn counted(outcome: &Outcome, count: Count) -> Result<Count> {
    if !outcome.status.success() {
        eprintln!("{}", outcome.log.trim_end());
        if count.failed == 0 {
            return Err(anyhow!("it ended with {} and named no failed test", outcome.status));
        }
    }
    if outcome.status.success() && count.passed == 0 {
        bail!("no test ran: a step that tests nothing does not pass");
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(script: &str) -> Outcome {
        run::watch("outcome", Command::new("sh").args(["-c", script])).unwrap()
    }

    #[test]
    fn a_step_that_tests_nothing_does_not_pass() {
        assert!(counted(&outcome("true"), Count::default()).is_err());
    }

    #[test]
    fn a_crash_without_a_failed_test_is_a_failure() {
        let count = Count { passed: 3, failed: 0 };
        assert!(counted(&outcome("exit 101"), count).is_err());
        assert_eq!(counted(&outcome("exit 0"), count).unwrap(), count);
    }

    #[test]
    fn failed_tests_are_counted_and_not_hidden_by_an_error() {
        let count = Count { passed: 3, failed: 2 };
        assert_eq!(counted(&outcome("exit 101"), count).unwrap(), count);
    }
}
