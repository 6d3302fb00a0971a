//! `cargo xtask fuzz`: builds the fuzz targets with coverage and runs them against libFuzzer.
//! The targets and their corpora lie in `fuzz/`, a workspace of its own; what they found is kept
//! there under `artifacts/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::summary::Count;
use crate::wasm_toolchain::{clean, env_cargo};
use crate::{apt, run, say, tree};

/// How long `cargo xtask test` runs each target.
pub(crate) const TEST_SECONDS: u32 = 10;

/// What libFuzzer needs to see which branches an input took. `sancov-module` is LLVM's pass for
/// it; the rest is what cargo-fuzz sets, without a sanitizer: the fuzzed crates hold no `unsafe`.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Cdebug-assertions -Ccodegen-units=1";

/// The options of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The target to run; without it, all of them, one after the other.
    target: Option<String>,
    /// How long each target runs.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// Runs the chosen targets.
///
/// # Errors
/// When a target is unknown, does not build, or finds something.
pub(crate) fn run(args: &Args) -> Result<()> {
    let known = targets()?;
    let chosen = match &args.target {
        None => known,
        Some(name) if known.contains(name) => vec![name.clone()],
        Some(name) => bail!("no fuzz target `{name}`; there are: {}", known.join(", ")),
    };
    let count = run_all(&chosen, args.seconds)?;
    println!("{} passed, {} failed", count.passed, count.failed);
    if count.failed > 0 {
        bail!("{} fuzz targets found something; the inputs lie in fuzz/artifacts/", count.failed);
    }
    Ok(())
}

/// Runs every target for `seconds`; a target that finds nothing has passed.
///
/// # Errors
/// When there are no targets or they do not build.
pub(crate) fn all(seconds: u32) -> Result<Count> {
    run_all(&targets()?, seconds)
}

/// The targets' names: the files of `fuzz/fuzz_targets/`, in order.
fn targets() -> Result<Vec<String>> {
    let folder = folder().join("fuzz_targets");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .collect();
    if names.is_empty() {
        bail!("no fuzz target in {}", folder.display());
    }
    names.sort();
    Ok(names)
}

fn run_all(names: &[String], seconds: u32) -> Result<Count> {
    build()?;
    let mut count = Count::default();
    for name in names {
        say::step(&format!("Fuzzing {name} for {seconds} s"));
        if fuzz(name, seconds)? {
            count.passed += 1;
        } else {
            count.failed += 1;
        }
    }
    Ok(count)
}

fn build() -> Result<()> {
    if run::find_program(&["c++", "g++", "clang++"]).is_none() {
        apt::install(&["g++"], "a C++ compiler for libFuzzer", "Install a C++ compiler.")?;
    }
    say::step("Building the fuzz targets");
    let mut cargo = Command::new(env_cargo());
    clean(&mut cargo);
    cargo
        .args(["build", "--release", "--bins"])
        // The triple keeps the coverage flags away from build scripts and macros.
        .args(["--target", &host()?])
        .current_dir(folder())
        .env("CARGO_TARGET_DIR", build_folder())
        .env("RUSTFLAGS", COVERAGE)
        // Debian's and rustup's stable compilers refuse a pass by name without it.
        .env("RUSTC_BOOTSTRAP", "1");
    run::succeed("build of the fuzz targets", &mut cargo).map(drop)
}

/// Runs one target; false when it found something.
fn fuzz(name: &str, seconds: u32) -> Result<bool> {
    // New inputs go to the build folder, so that a test run leaves the work tree as it was; the
    // committed seeds are read along.
    let corpus = build_folder().join("corpus").join(name);
    let artifacts = folder().join("artifacts").join(name);
    for path in [&corpus, &artifacts] {
        fs::create_dir_all(path).with_context(|| format!("cannot create {}", path.display()))?;
    }
    let mut command = Command::new(build_folder().join(host()?).join("release").join(name));
    command.arg(&corpus);
    let seeds = folder().join("seeds").join(name);
    if seeds.is_dir() {
        command.arg(seeds);
    }
    command
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(format!("-max_total_time={seconds}"))
        // An input that takes this long is a finding too.
        .args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"])
        .current_dir(folder());
    let outcome = run::watch(&format!("fuzz {name}"), &mut command)?;
    if !outcome.status.success() {
        eprintln!("{}", outcome.log.trim_end());
        return Ok(false);
    }
    if let Some(runs) = executed(&outcome.log) {
        say::step(&format!("{name}: nothing found in {} inputs", say::count(runs)));
    }
    Ok(true)
}

/// The number of inputs tried, from libFuzzer's closing statistics.
fn executed(log: &str) -> Option<u64> {
    log.lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
        .and_then(|number| number.trim().parse().ok())
}

fn folder() -> PathBuf {
    tree::root().join("fuzz")
}

fn build_folder() -> PathBuf {
    tree::target().join("fuzz")
}

fn host() -> Result<String> {
    let printed = run::answer(Path::new("rustc"), &["-vV"]).unwrap_or_default();
    let host = printed.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.context("`rustc -vV` names no host; is rustc on the PATH?")
}

#[cfg(test)]
mod tests {
    use super::executed;

    #[test]
    fn the_number_of_inputs_is_read_from_the_statistics() {
        let log = "Done 5\nstat::number_of_executed_units: 123456\nstat::average_exec_per_sec: 1\n";
        assert_eq!(executed(log), Some(123_456));
        assert_eq!(executed(""), None);
    }
}
