//! The project's knowledge bases: their folders, and their packs by way of the author's tool.
//! How Markdown becomes a pack is `unstuck-compiler`'s business.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{run, say, tree, wasm_toolchain};

/// The knowledge bases' names, in order: the folders of `kb/` that hold a `kb.toml`.
///
/// # Errors
/// When there are none.
pub(crate) fn names() -> Result<Vec<String>> {
    let folder = tree::root().join("kb");
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("kb.toml").is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    if names.is_empty() {
        bail!("no knowledge base in {}: a folder there with a kb.toml is one", folder.display());
    }
    names.sort();
    Ok(names)
}

/// Builds every knowledge base into `out`, one pack a locale; copies their images beside them,
/// into `<name>/images/`.
///
/// # Errors
/// When one has errors (its findings go to standard error).
pub(crate) fn build_all(out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    let names = names()?;
    say::step(&format!("Building the knowledge bases: {}", names.join(", ")));
    let tool = build_tool()?;
    for name in names {
        let source = tree::root().join("kb").join(&name);
        let mut command = Command::new(&tool);
        command.arg("build").arg(&source).arg("--out").arg(out);
        run::succeed(&format!("unstuck build kb/{name}"), &mut command)?;
    }
    Ok(())
}

/// The author's tool, built with the same settings as the tests, which need it anyway.
fn build_tool() -> Result<PathBuf> {
    let mut cargo = Command::new(wasm_toolchain::env_cargo());
    wasm_toolchain::clean(&mut cargo);
    cargo.args(["build", "--package", "unstuck-cli"]).current_dir(tree::root());
    run::succeed("build of the author's tool", &mut cargo)?;
    let tool = tree::target().join("debug").join("unstuck");
    if !tool.is_file() {
        bail!("the build of unstuck-cli left no {}", tool.display());
    }
    Ok(tool)
}
