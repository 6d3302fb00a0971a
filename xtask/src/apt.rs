//! Debian packages: the one way in which the commands install programs on the machine.
//! Only called when a program was looked for and not found, so a second run installs nothing.
//! Which package a program comes from is known by the modules that need it.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{run, say};

/// Installs `packages`, which are needed for `purpose` (as in "Chromium for the browser tests").
///
/// # Errors
/// Off Debian, without root, or when apt fails; the error holds the command or the `elsewhere`
/// hint that repairs it.
pub(crate) fn install(packages: &[&str], purpose: &str, elsewhere: &str) -> Result<()> {
    if !is_debian() {
        bail!("{purpose} is missing. {elsewhere}");
    }
    let list = packages.join(" ");
    if !is_root() {
        bail!(
            "{purpose} is missing, and installing it needs root.\n  Run: sudo apt-get update && sudo apt-get install -y {list}"
        );
    }
    say::step(&format!("Installing {purpose}: apt-get install {list}"));
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(packages);
    // Twice: mirrors change between the update and the install, and networks stumble.
    for last in [false, true] {
        // A failing update may leave lists that are good enough: the install decides.
        let update = run::watch("apt-get update", &mut apt_get(&["update"]))?;
        if !update.status.success() {
            say::warn("apt-get update failed; trying with the package lists that are there");
        }
        let install = run::watch("apt-get install", &mut apt_get(&args))?;
        if install.status.success() {
            return Ok(());
        }
        if last {
            eprintln!("{}", install.log.trim_end());
        } else {
            say::warn("apt-get install failed; trying once more");
        }
    }
    bail!(
        "apt-get could not install {list}; its output stands above.\n  Check the network and /etc/apt, then run this command again. {elsewhere}"
    );
}

/// Whether packages could be installed here at all.
pub(crate) fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && run::find_program(&["apt-get"]).is_some()
}

/// Whether this process runs as root.
pub(crate) fn is_root() -> bool {
    run::answer("id", &["-u"]).as_deref() == Some("0")
}

fn apt_get(args: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        // Another apt may be at work, as on a machine that has just started: wait for it.
        .args(["-o", "DPkg::Lock::Timeout=300"])
        .args(args);
    command
}
