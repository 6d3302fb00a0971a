//! Node and the packages of the browser journeys and the benchmarks: found or installed, exactly
//! as locked. Nothing of this ships; the journeys lie in `tests/`, the benchmarks in `bench/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{apt, manifest, run, say, tree};

/// The oldest Node that the journeys' library accepts.
const LEAST: u32 = 20;
/// What is fetched from npm where the system's Node is older, as Debian 12's is.
const FETCHED: &str = "22.23.3";
const REMEDY: &str = "Install Node 20 or newer with npm (https://nodejs.org).";

/// Node, with the packages installed that the lock file in `folder` of the project names.
///
/// # Errors
/// When Node or a package cannot be had, with the remedy.
pub(crate) fn ensure(folder: &str) -> Result<PathBuf> {
    let node = find_node()?;
    install_packages(folder)?;
    Ok(node)
}

fn find_node() -> Result<PathBuf> {
    let found = || Some((run::find_program(&["node", "nodejs"])?, run::find_program(&["npm"])?));
    if found().is_none() {
        apt::install(&["nodejs", "npm"], "Node for the browser tests", REMEDY)?;
    }
    let (node, _) =
        found().with_context(|| format!("no `node` and `npm` on the PATH. {REMEDY}"))?;
    if is_new_enough(&node) { Ok(node) } else { newer_node() }
}

fn is_new_enough(node: &Path) -> bool {
    let version = run::answer(node, &["--version"]).unwrap_or_default();
    major(&version).is_some_and(|number| number >= LEAST)
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// A Node of our own in the build folder, from npm's package of the plain program.
fn newer_node() -> Result<PathBuf> {
    let machine = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("linux", "aarch64") => "linux-arm64",
        _ => bail!("the system's Node is older than {LEAST}. {REMEDY}"),
    };
    let tools = tree::target().join("tools");
    let package = format!("node-{machine}");
    let node = tools.join("node_modules").join(&package).join("bin/node");
    if is_new_enough(&node) {
        return Ok(node);
    }
    say::step(&format!("Fetching Node {FETCHED}: the system's is older than {LEAST}"));
    fs::create_dir_all(&tools).with_context(|| format!("cannot create {}", tools.display()))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
        .arg(&tools)
        .arg(format!("{package}@{FETCHED}"));
    run::succeed("npm install node", &mut npm).context(REMEDY)?;
    if !is_new_enough(&node) {
        bail!("npm's {package} {FETCHED} does not run here. {REMEDY}");
    }
    Ok(node)
}

/// Runs `npm ci` unless what is installed comes from the lock file as it is now.
fn install_packages(name: &str) -> Result<()> {
    let folder = tree::root().join(name);
    let lock = folder.join("package-lock.json");
    let locked = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = folder.join("node_modules/.installed-from");
    let wanted = manifest::name_hash(&locked);
    if fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(());
    }
    say::step(&format!("Installing the node packages of {name}/: npm ci"));
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder);
    run::succeed("npm ci", &mut npm)
        .with_context(|| format!("the node packages of {name}/package.json could not be installed.\n  Check the network and npm's registry setting, then run this command again"))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("command not found"), None);
    }
}
