//! Node and the packages of the browser journeys: found or installed, exactly as locked.
//! Nothing of this ships; the journeys themselves lie in `tests/`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{apt, manifest, run, say, tree};

/// The oldest Node whose test runner and packages the journeys use.
const LEAST: u32 = 20;
const REMEDY: &str = "Install Node 20 or newer with npm (https://nodejs.org).";

/// Node, with the journeys' packages installed.
///
/// # Errors
/// When Node or a package cannot be had, with the remedy.
pub(crate) fn ensure() -> Result<PathBuf> {
    let node = find_node()?;
    install_packages()?;
    Ok(node)
}

fn find_node() -> Result<PathBuf> {
    let found = || Some((run::find_program(&["node", "nodejs"])?, run::find_program(&["npm"])?));
    if found().is_none() {
        apt::install(&["nodejs", "npm"], "Node for the browser tests", REMEDY)?;
    }
    let (node, _) =
        found().with_context(|| format!("no `node` and `npm` on the PATH. {REMEDY}"))?;
    let version = run::answer(&node, &["--version"]).unwrap_or_default();
    match major(&version) {
        Some(number) if number >= LEAST => Ok(node),
        Some(_) => {
            // Debian 12 brings 18: most of what the journeys need is there.
            say::warn(&format!("Node {version} is older than {LEAST}. {REMEDY}"));
            Ok(node)
        }
        None => {
            bail!("`{} --version` says `{version}`, which is no version. {REMEDY}", node.display())
        }
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Runs `npm ci` unless what is installed comes from the lock file as it is now.
fn install_packages() -> Result<()> {
    let tests = tree::root().join("tests");
    let lock = tests.join("package-lock.json");
    let locked = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = tests.join("node_modules/.installed-from");
    let wanted = manifest::name_hash(&locked);
    if fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
        return Ok(());
    }
    say::step("Installing the journeys' node packages: npm ci");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&tests);
    run::succeed("npm ci", &mut npm)
        .context("the node packages of tests/package.json could not be installed.\n  Check the network and npm's registry setting, then run this command again")?;
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
