//! The browsers of the tests: Chromium and its driver, Firefox, WebKit, found or installed, and the
//! wasm test runner that uses Chromium. The journeys' own library comes from `node`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{apt, run, tree};

const CHROMIUM: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const DRIVER: [&str; 2] = ["chromedriver", "chromium.chromedriver"];
const REMEDY: &str = "Install Chromium (or Chrome) with its chromedriver and put both on the PATH.";

/// How Chromium is started: without a window, without calls home, and without the sandbox, which
/// it refuses to start with as root (as in containers).
const ARGUMENTS: [&str; 6] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
];

/// A browser and the program that drives it.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Chromium and its driver, installed where they are missing.
///
/// # Errors
/// When they are missing and cannot be installed, with the remedy.
pub(crate) fn ensure() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    apt::install(&["chromium", "chromium-driver"], "Chromium for the browser tests", REMEDY)?;
    find().with_context(|| format!("Chromium was installed, but is not on the PATH. {REMEDY}"))
}

fn find() -> Option<Browser> {
    Some(Browser { chromium: run::find_program(&CHROMIUM)?, driver: run::find_program(&DRIVER)? })
}

/// Firefox, installed where it is missing.
///
/// # Errors
/// When it is missing and cannot be installed, with the remedy.
pub(crate) fn firefox() -> Result<PathBuf> {
    const REMEDY: &str = "Install Firefox (or Firefox ESR) and put it on the PATH.";
    let find = || run::find_program(&["firefox-esr", "firefox"]);
    if find().is_none() {
        apt::install(&["firefox-esr"], "Firefox for the journeys", REMEDY)?;
    }
    find().with_context(|| format!("Firefox was installed, but is not on the PATH. {REMEDY}"))
}

/// WebKitGTK's driver and a screen for it, installed where they are missing.
///
/// # Errors
/// When they are missing and cannot be installed, with the remedy.
pub(crate) fn webkit() -> Result<()> {
    const REMEDY: &str = "Install WebKitWebDriver (WebKitGTK) and Xvfb and put them on the PATH.";
    let there =
        || ["WebKitWebDriver", "Xvfb"].iter().all(|name| run::find_program(&[name]).is_some());
    if !there() {
        apt::install(&["webkit2gtk-driver", "xvfb"], "WebKit for the journeys", REMEDY)?;
    }
    if !there() {
        bail!("WebKit was installed, but is not on the PATH. {REMEDY}");
    }
    Ok(())
}

impl Browser {
    /// Writes the settings with which the wasm tests start Chromium; returns their path.
    ///
    /// # Errors
    /// When the build folder cannot be written.
    pub(crate) fn wasm_test_settings(&self) -> Result<PathBuf> {
        let settings = serde_json::json!({
            "goog:chromeOptions": { "args": ARGUMENTS, "binary": self.chromium },
        });
        let path = tree::target().join("webdriver.json");
        fs::write(&path, settings.to_string())
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}

impl Browser {
    /// Chromium on `address`, open until its process is ended, with a profile of its own in
    /// `profile`, which is emptied first.
    ///
    /// # Errors
    /// When the profile cannot be emptied.
    pub(crate) fn on(&self, address: &str, profile: &Path) -> Result<Command> {
        if profile.exists() {
            fs::remove_dir_all(profile)
                .with_context(|| format!("cannot empty {}", profile.display()))?;
        }
        let mut command = Command::new(&self.chromium);
        command
            .args(ARGUMENTS)
            // Without a port for a debugger it would leave once the page is loaded.
            .args(["--remote-debugging-port=0", "--no-first-run"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(address);
        Ok(command)
    }
}

/// Runs one wasm test binary, as `wasm-bindgen-test-runner` does: `args` are the binary and the
/// test harness's arguments.
///
/// # Errors
/// When a test fails or the browser cannot be driven.
pub(crate) fn run_wasm_test(args: Vec<OsString>) -> Result<()> {
    if args.is_empty() {
        bail!("cargo names the wasm test binary here; run `cargo xtask test wasm` instead");
    }
    let name = OsString::from("wasm-bindgen-test-runner");
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::iter::once(name).chain(args))
}
