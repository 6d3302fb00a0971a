//! Where things lie: the project's root, the build folder, the output folder.
//! Nothing here creates or reads them.

use std::env;
use std::path::{Path, PathBuf};

/// The project's root, the folder that holds `xtask/`.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Cargo's build folder: `CARGO_TARGET_DIR` where it is set, else `target/`.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The build folder for wasm. Its own, because the standard library is built along with the
/// widget, and in a shared folder each native build would throw that away.
pub(crate) fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// Where `cargo xtask dist` puts the files to embed.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}
