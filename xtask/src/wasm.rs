//! The widget as wasm: compiled for size, bound to JavaScript, freed of sections no browser reads.
//! The benchmark's engine is built the same way. The compiler comes from `wasm_toolchain`; names, hashes and compression from `dist`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::wasm_toolchain::{TARGET, Toolchain};
use crate::{names, run, say, snip, split, tree};

/// The widget's files, as they come from the compiler.
pub(crate) struct Widget {
    /// The module that loads the wasm and talks to the browser, not yet minified.
    pub(crate) glue: String,
    pub(crate) wasm: Vec<u8>,
    /// What is fetched after the first open.
    pub(crate) depth: Vec<u8>,
    /// Whether this is the size build, for which the byte budgets bind.
    pub(crate) sized: bool,
}

/// Builds the widget as it ships.
///
/// # Errors
/// When no compiler can be had, the widget does not compile, or it needs files beside the glue.
pub(crate) fn build() -> Result<Widget> {
    let linked = link("unstuck", "the widget")?;
    let parts = split::cut(&linked.wasm)?;
    let (glue, wasm) = bind("unstuck", snip::snip(&parts.main, snip::NEVER)?)?;
    let depth = without_custom_sections(&parts.depth);
    Ok(Widget { glue, wasm, depth, sized: linked.sized })
}

/// A small program for the browser, bound and freed like the widget, but in one piece.
pub(crate) struct Program {
    /// The module that loads the wasm.
    pub(crate) glue: String,
    pub(crate) wasm: Vec<u8>,
    /// Whether this is the size build.
    pub(crate) sized: bool,
}

/// Builds a package of the workspace with the settings of the widget; `what` names it in messages.
///
/// # Errors
/// When no compiler can be had or it does not compile.
pub(crate) fn build_program(package: &str, what: &str) -> Result<Program> {
    let linked = link(package, what)?;
    let (glue, wasm) = bind(&library(package), linked.wasm)?;
    Ok(Program { glue, wasm, sized: linked.sized })
}

/// What the linker left.
struct Linked {
    wasm: Vec<u8>,
    /// Whether the standard library was built along.
    sized: bool,
}

/// Compiles and links one package for size, with what it takes to cut it afterwards.
fn link(package: &str, what: &str) -> Result<Linked> {
    let toolchain = Toolchain::ensure()?;
    say::step(&format!("Building {what} (the first time takes a few minutes)"));
    let mut cargo = toolchain.cargo("rustc");
    cargo
        // Only with this one crate type does cargo optimise across crates, which saves a third of the bytes.
        .args(["--release", "--package", package, "--lib", "--crate-type", "cdylib"])
        .current_dir(tree::root())
        .env("CARGO_TARGET_DIR", tree::wasm_target());
    let mut flags = split::FLAGS.to_owned();
    if toolchain.builds_std {
        // A panic becomes a trap without a message: the loader says what happened in words.
        cargo.args(["-Z", "build-std-features=optimize_for_size"]);
        flags += " -Cpanic=immediate-abort -Zunstable-options -Zlocation-detail=none";
    }
    cargo.env("RUSTFLAGS", flags);
    // Stripping takes the list of wasm features too, by which the glue is chosen; names and the
    // like go below, after that.
    cargo.env("CARGO_PROFILE_RELEASE_STRIP", "none");
    run::succeed(&format!("build of {what}"), &mut cargo)?;
    let path = compiled("release", package);
    let wasm = fs::read(&path).with_context(|| {
        format!("the build of {what} left no {}; does its Cargo.toml say `cdylib`?", path.display())
    })?;
    Ok(Linked { wasm, sized: toolchain.builds_std })
}

/// The name of a package's library.
fn library(package: &str) -> String {
    package.replace('-', "_")
}

fn compiled(profile: &str, package: &str) -> PathBuf {
    tree::wasm_target().join(TARGET).join(profile).join(library(package) + ".wasm")
}

/// Writes the JavaScript beside the wasm and takes out what only tools read.
fn bind(name: &str, bytes: Vec<u8>) -> Result<(String, Vec<u8>)> {
    let mut output = Bindgen::new()
        .input_bytes(name, bytes)
        .out_name(name)
        .web(true)?
        .typescript(false)
        // The loader names the wasm, so that it can fetch both at the same time.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The second file is bound to the table by its name.
        .keep_lld_exports(true)
        .generate_output()?;
    // Every crate has an entry of snippets; most are empty.
    let inline =
        output.snippets().iter().filter(|(_, list)| !list.is_empty()).map(|(name, _)| name);
    let extra: Vec<&str> =
        inline.chain(output.local_modules().keys()).map(String::as_str).collect();
    if !extra.is_empty() {
        bail!(
            "{name} uses JavaScript snippets (`inline_js` or `module = …` of wasm_bindgen) in {}; each would be one more file to load. Say it with web-sys or js-sys instead",
            extra.join(", ")
        );
    }
    let glue = output.js().to_owned();
    let module = output.wasm_mut();
    let imports = module.imports.iter().map(|import| import.name.clone());
    let exports = module.exports.iter().map(|export| export.name.clone());
    let inner = imports.chain(exports.filter(|name| names::is_internal(name)));
    let renames = names::short(&glue, inner);
    let rename = |name: &mut String| {
        if let Some(new) = renames.get(name) {
            name.clone_from(new);
        }
    };
    module.imports.iter_mut().for_each(|import| rename(&mut import.name));
    module.exports.iter_mut().for_each(|export| rename(&mut export.name));
    let glue = names::replace(&glue, &renames);
    let wasm = without_custom_sections(&module.emit_wasm());
    Ok((glue, wasm))
}

/// The module without its custom sections (names, producers, target features): a browser reads
/// none of them. A module that is not one comes back as it is.
fn without_custom_sections(wasm: &[u8]) -> Vec<u8> {
    const HEADER: usize = 8;
    let Some(header) = wasm.get(..HEADER) else { return wasm.to_vec() };
    let mut out = header.to_vec();
    let mut at = HEADER;
    while let Some(&id) = wasm.get(at) {
        let Some((length, digits)) = wasm.get(at + 1..).and_then(leb128) else {
            return wasm.to_vec();
        };
        let end = at + 1 + digits + length;
        let Some(section) = wasm.get(at..end) else { return wasm.to_vec() };
        if id != 0 {
            out.extend_from_slice(section);
        }
        at = end;
    }
    out
}

/// A number in LEB128, and how many bytes it took.
fn leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_usize;
    for (at, &byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: [u8; 8] = *b"\0asm\x01\0\0\0";

    #[test]
    fn custom_sections_go_and_all_others_stay() {
        let mut module = EMPTY.to_vec();
        module.extend([0, 3, 1, b'x', 9]); // custom "x"
        module.extend([1, 1, 0]); // types, none
        module.extend([0, 2, 1, b'y']); // custom "y"
        let mut expected = EMPTY.to_vec();
        expected.extend([1, 1, 0]);
        assert_eq!(without_custom_sections(&module), expected);
    }

    #[test]
    fn a_cut_module_comes_back_unchanged() {
        let mut module = EMPTY.to_vec();
        module.extend([1, 200, 1, 0]);
        assert_eq!(without_custom_sections(&module), module);
        assert_eq!(without_custom_sections(b"\0as"), b"\0as");
    }

    #[test]
    fn lengths_of_more_than_one_byte_are_read() {
        assert_eq!(leb128(&[0xe5, 0x8e, 0x26]), Some((624_485, 3)));
        assert_eq!(leb128(&[0x80]), None);
    }
}
