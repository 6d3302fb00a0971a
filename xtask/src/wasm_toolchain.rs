//! The compiler for wasm: finds one that can build the standard library, or installs it.
//! The size build needs that source, because a prebuilt standard library brings unwinding and
//! formatting code that no page should pay for. What is built with it stands in `wasm`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{apt, run, say};

/// The target triple of the widget.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const LINKERS: [&str; 5] = ["wasm-ld-22", "wasm-ld-21", "wasm-ld-20", "wasm-ld-19", "wasm-ld"];
const REMEDY: &str = "Run `rustup target add wasm32-unknown-unknown && rustup component add rust-src`, then this command again.";

/// A compiler that can build for wasm.
pub(crate) struct Toolchain {
    origin: Origin,
    /// Whether the standard library's source is there; without it there is no size build.
    pub(crate) builds_std: bool,
}

enum Origin {
    /// The toolchain that runs this command.
    Current,
    /// Debian's own compiler, beside the toolchain that runs this command.
    Debian { linker: PathBuf },
}

impl Toolchain {
    /// The first that serves: the current toolchain with the standard library's source, Debian's
    /// compiler, what rustup fetches (unless `RUSTUP_AUTO_INSTALL=0` turns downloads off), what
    /// apt fetches, and last the current toolchain with a prebuilt wasm target.
    ///
    /// # Errors
    /// When none can be had, with the command that repairs it.
    pub(crate) fn ensure() -> Result<Self> {
        let current = Sysroot::of("rustc");
        if current.as_ref().is_some_and(Sysroot::has_std_source) {
            return Ok(Self { origin: Origin::Current, builds_std: true });
        }
        if let Some(debian) = debian() {
            return Ok(debian);
        }
        if rustup_may_download() && add_by_rustup(&mut rustup_add) {
            return Ok(Self { origin: Origin::Current, builds_std: true });
        }
        let installed = install_debian();
        if let Ok(debian) = installed {
            return Ok(debian);
        }
        if current.as_ref().is_some_and(Sysroot::has_wasm_target) {
            say::warn(&format!(
                "no source of the standard library here: the wasm is larger than what ships, and byte budgets are not checked. {REMEDY}"
            ));
            return Ok(Self { origin: Origin::Current, builds_std: false });
        }
        installed.context("no Rust compiler for WebAssembly on this machine")
    }

    /// `cargo <subcommand>` of this toolchain, for the wasm target, with the standard library
    /// built along where its source is there.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = match &self.origin {
            Origin::Current => Command::new(env_cargo()),
            Origin::Debian { linker } => {
                let mut command = Command::new(DEBIAN_CARGO);
                command
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("RUSTDOC", "/usr/bin/rustdoc")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    .env_remove("RUSTUP_TOOLCHAIN")
                    .env_remove("CARGO")
                    .env_remove("LD_LIBRARY_PATH");
                command
            }
        };
        clean(&mut command);
        command.args([subcommand, "--target", TARGET]);
        if self.builds_std {
            // `-Z build-std` is all that is asked of the unstable compiler.
            command.env("RUSTC_BOOTSTRAP", "1").args(["-Z", "build-std=std,panic_abort"]);
        }
        command
    }
}

/// Forgets what cargo told this program about itself, so that build scripts of the started
/// cargo do not see it and run again.
pub(crate) fn clean(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let own = name.to_string_lossy();
        if own.starts_with("CARGO_PKG_") || own.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
}

/// The cargo that runs this command.
pub(crate) fn env_cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

struct Sysroot(PathBuf);

impl Sysroot {
    fn of(rustc: &str) -> Option<Self> {
        run::answer(rustc, &["--print", "sysroot"]).map(|path| Self(PathBuf::from(path)))
    }

    fn has_std_source(&self) -> bool {
        self.0.join("lib/rustlib/src/rust/library/std/Cargo.toml").exists()
    }

    fn has_wasm_target(&self) -> bool {
        self.0.join("lib/rustlib").join(TARGET).join("lib").exists()
    }
}

fn debian() -> Option<Toolchain> {
    let version = run::answer(DEBIAN_RUSTC, &["--version"])?;
    let new_enough = is_at_least(&version, env!("CARGO_PKG_RUST_VERSION"));
    let sysroot = Sysroot::of(DEBIAN_RUSTC)?;
    let linker = run::find_program(&LINKERS)?;
    let usable = new_enough && sysroot.has_std_source() && Path::new(DEBIAN_CARGO).exists();
    usable.then_some(Toolchain { origin: Origin::Debian { linker }, builds_std: true })
}

fn install_debian() -> Result<Toolchain> {
    apt::install(&DEBIAN_PACKAGES, "the Rust compiler for WebAssembly", REMEDY)?;
    match debian() {
        Some(toolchain) => Ok(toolchain),
        None => bail!(
            "Debian's {} are installed, but give no Rust {} or newer with its source. {REMEDY}",
            DEBIAN_PACKAGES.join(", "),
            env!("CARGO_PKG_RUST_VERSION"),
        ),
    }
}

fn rustup_may_download() -> bool {
    std::env::var("RUSTUP_AUTO_INSTALL").map_or(true, |value| value != "0")
        && run::find_program(&["rustup"]).is_some()
}

/// Adds target and source; false when one of them cannot be had.
fn add_by_rustup(add: &mut dyn FnMut(&[&str]) -> bool) -> bool {
    say::step("Adding the wasm target and the standard library's source with rustup");
    add(&["target", "add", TARGET]) && add(&["component", "add", "rust-src"])
}

fn rustup_add(args: &[&str]) -> bool {
    let outcome = run::watch("rustup", Command::new("rustup").args(args));
    outcome.is_ok_and(|outcome| outcome.status.success())
}

/// Whether `rustc 1.96.0 (…)` is at least version `1.95`.
fn is_at_least(printed: &str, least: &str) -> bool {
    let parts = |text: &str| -> Option<(u32, u32)> {
        let mut numbers = text.split('.').map(|part| part.parse().ok());
        Some((numbers.next()??, numbers.next()??))
    };
    let found = printed.split_whitespace().nth(1).and_then(parts);
    matches!((found, parts(least)), (Some(found), Some(least)) if found >= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number_and_not_by_letter() {
        assert!(is_at_least("rustc 1.96.0 (ac68faa20 2026-05-25)", "1.95"));
        assert!(is_at_least("rustc 1.95.0", "1.95"));
        assert!(!is_at_least("rustc 1.63.0 (Debian)", "1.95"));
        assert!(is_at_least("rustc 2.0.0", "1.95"));
        assert!(!is_at_least("something else", "1.95"));
    }

    #[test]
    fn rustup_stops_at_the_first_part_that_cannot_be_had() {
        let mut asked = Vec::new();
        let had = add_by_rustup(&mut |args| {
            asked.push(args.join(" "));
            false
        });
        assert!(!had);
        assert_eq!(asked, ["target add wasm32-unknown-unknown"]);
    }
}
