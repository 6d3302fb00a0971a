//! Cuts the widget in two: what the first open needs, and the depth that is fetched after it.
//! Where the cut runs is said in the widget (`src/depth.rs`); what follows it is found by the
//! library from the linker's relocations. Glue and names come later, in `wasm`.

use std::fs;

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::tree;

/// The two programs. They share memory, stack and function table.
pub(crate) struct Parts {
    pub(crate) main: Vec<u8>,
    pub(crate) depth: Vec<u8>,
}

/// Rust flags of a build that can be cut.
pub(crate) const FLAGS: &str = "--cfg unstuck_split -Clink-arg=--emit-relocs";

/// Cuts a wasm that was linked with relocations.
///
/// # Errors
/// When the wasm has no relocations, or gives another number of files than two.
pub(crate) fn cut(wasm: &[u8]) -> Result<Parts> {
    let folder = tree::wasm_target().join("split");
    // A file left by an earlier build must not pass for one of this.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let main = folder.join("main.wasm");
    let mut options = Options::new(wasm);
    options.output_dir = &folder;
    options.main_out_path = &main;
    let split = transform(options).map_err(|error| {
        anyhow!("the widget cannot be cut in two: {error:#}. Was it linked with --emit-relocs?")
    })?;
    let [depth] = split.split_modules.as_slice() else {
        bail!(
            "the widget was cut into {} files beside the first, not one; every border in src/depth.rs must name `depth`",
            split.split_modules.len()
        );
    };
    let read = |path: &std::path::Path| {
        fs::read(path).with_context(|| format!("cannot read {}", path.display()))
    };
    Ok(Parts { main: read(&main)?, depth: read(depth)? })
}
