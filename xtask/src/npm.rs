//! `cargo xtask dist --npm`: the package of npm, from the files of `dist/`.
//! A loader that bundlers understand, and what tells npm of the files. The files themselves come
//! from `dist`; how an application installs them is tested by tests/journeys/npm.test.mjs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{dist, manifest, tree};

/// What the package is called, and the folder of `dist/` that it lies in.
const NAME: &str = "unstuck-help";
const FOLDER: &str = "npm";
/// The loader for bundlers; `unstuck.js` is the one for script tags.
const INDEX: &str = "index.js";
const DECLARATIONS: &str = "unstuck.d.ts";
/// The line of the loader that makes an address of a name.
const BESIDE: &str = "const beside = (name) => new URL(name, import.meta.url);";
/// How what the loader does for `integrity="strict"` begins and ends.
const STRICT: [&str; 2] = ["const strict = () =>", "import(STRICT));"];
/// What stands there for bundlers: they write the scripts anew, so that no hash of ours holds, and
/// who asks for hashes gets nothing unchecked.
const NO_STRICT: &str = r#"const strict = () => Promise.reject('integrity="strict" is for unstuck.js, not for a bundle');"#;

/// Writes `dist/npm/` anew from the other files of `dist/`; returns the folder.
///
/// # Errors
/// When `dist/` has not been built, or the loader's source no longer has the line that is replaced.
pub(crate) fn write() -> Result<PathBuf> {
    let from = tree::dist();
    let to = from.join(FOLDER);
    if to.exists() {
        fs::remove_dir_all(&to).with_context(|| format!("cannot empty {}", to.display()))?;
    }
    let names = shipped(&from)?;
    fs::create_dir_all(&to).with_context(|| format!("cannot create {}", to.display()))?;
    let copy = |from: PathBuf, name: &str| {
        fs::copy(&from, to.join(name)).with_context(|| format!("cannot copy {}", from.display()))
    };
    for name in &names {
        copy(from.join(name), name)?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(tree::root().join(name), name)?;
    }
    let put = |name: &str, text: String| {
        let path = to.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    let hashed: Vec<&str> =
        names.iter().map(String::as_str).filter(|name| manifest::is_hashed(name)).collect();
    put(INDEX, dist::loader(&hashed, "", |source| literal(source, &hashed))?)?;
    put("package.json", package(&names)?)?;
    put("README.md", README.to_owned())?;
    Ok(to)
}

/// The files of `dist/` that go along: loader, hashed files and declarations, in order. Knowledge
/// bases are each product's own, and servers compress a bundler's files themselves.
fn shipped(from: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(from)
        .with_context(|| format!("cannot read {}; run `cargo xtask dist`", from.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if manifest::is_hashed(&name) || name == dist::LOADER || name == DECLARATIONS {
            names.push(name);
        }
    }
    names.sort();
    if !names.iter().any(|name| name == dist::LOADER) {
        bail!("{} holds no {}; run `cargo xtask dist`", from.display(), dist::LOADER);
    }
    Ok(names)
}

/// The loader's source with an address in full for each file that it may want: bundlers move what
/// stands as a literal in `new URL("…", import.meta.url)`, and nothing else.
fn literal(source: &str, names: &[&str]) -> Result<String> {
    if !source.contains(BESIDE) {
        bail!(
            "src/element/loader.js never says `{BESIDE}`, which the loader for bundlers replaces; put the new form into xtask/src/npm.rs"
        );
    }
    let mut list = String::from("const beside = (name) => ({\n");
    for name in names.iter().filter(|name| dist::is_loaders(name)) {
        list += &format!("  \"{name}\": new URL(\"./{name}\", import.meta.url),\n");
    }
    list += "})[name];";
    let [begin, end] = STRICT;
    let strict = source.split_once(begin).and_then(|(_, after)| after.split_once(end));
    let Some((strict, _)) = strict else {
        bail!(
            "src/element/loader.js has nothing from `{begin}` to `{end}`, which the loader for bundlers replaces; put the new form into xtask/src/npm.rs"
        );
    };
    let strict = [begin, strict, end].concat();
    Ok(source.replace(BESIDE, &list).replace(&strict, NO_STRICT))
}

/// The text of `package.json`. In `exports` order counts: what looks for types takes the first that
/// fits.
fn package(names: &[String]) -> Result<String> {
    let mut files: Vec<&str> = names.iter().map(String::as_str).collect();
    files.extend([INDEX, "LICENSE-MIT", "LICENSE-APACHE"]);
    files.sort_unstable();
    let files = serde_json::to_string(&files).context("cannot write the names of the files")?;
    let (version, license) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_LICENSE"));
    Ok(format!(
        r#"{{
  "name": "{NAME}",
  "version": "{version}",
  "description": "A help widget that searches in the browser, leads through checks and hands over to support.",
  "license": "{license}",
  "type": "module",
  "main": "./{INDEX}",
  "types": "./{DECLARATIONS}",
  "exports": {{
    ".": {{ "types": "./{DECLARATIONS}", "default": "./{INDEX}" }},
    "./types": {{ "types": "./{DECLARATIONS}" }},
    "./*": "./*"
  }},
  "sideEffects": true,
  "files": {files}
}}
"#
    ))
}

const README: &str = r#"# Unstuck

A help widget for product and status pages: it searches in the browser, leads through the checks of a guide, and hands over to support with what was tried.

```js
import "unstuck-help"; // defines <unstuck-help>
```

```html
<unstuck-help kb="/kb/product.en.kb" contact-endpoint="/api/reports">
  <a href="/support">Contact support</a>
</unstuck-help>
```

- The knowledge base is your own file (`unstuck build`); put it, and its `.more`, where your static files lie.
- Types: `import type { UnstuckHelpElement } from "unstuck-help"`.
- Without a bundler, serve the files of this package and load `unstuck.js` by `<script type="module">`.
- Serve `.wasm` as `application/wasm`; a content security policy needs `'wasm-unsafe-eval'` in `script-src`.

MIT or Apache-2.0, as you prefer.
"#;

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = [
        "unstuck-0123456789ab.js",
        "unstuck-0123456789ab.wasm",
        "unstuck-de-0123456789ab.txt",
        "unstuck-depth-0123456789ab.wasm",
        "unstuck-ja-0123456789ab.txt",
        "unstuck-strict-0123456789ab.js",
    ];

    #[test]
    fn the_loader_for_bundlers_names_each_file_it_fetches_in_full() {
        let made = dist::loader(&NAMES, "", |source| literal(source, &NAMES)).unwrap();
        for name in ["0123456789ab.wasm", "de-0123456789ab.txt", "ja-0123456789ab.txt"] {
            let url = format!("new URL(`./unstuck-{name}`,import.meta.url)");
            assert!(made.contains(&url), "no {url} in {made}");
        }
        assert!(made.contains("import(`./unstuck-0123456789ab.js`)"), "{made}");
        assert_eq!(made.matches("import.meta.url").count(), 3, "{made}");
        assert!(!made.contains("__UNSTUCK_"), "{made}");
        assert!(!made.contains("unstuck-strict") && made.contains("not for a bundle"), "{made}");
    }

    #[test]
    fn a_loader_that_makes_addresses_in_another_way_is_refused() {
        let error = literal("const beside = 1;", &NAMES).unwrap_err().to_string();
        assert!(error.contains("xtask/src/npm.rs"), "{error}");
    }

    #[test]
    fn the_package_lists_all_that_it_ships_and_hides_nothing_from_bundlers() {
        let names = ["unstuck-0123456789ab.js", "unstuck.d.ts", "unstuck.js"].map(str::to_owned);
        let text = package(&names).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let files: Vec<&str> =
            value["files"].as_array().unwrap().iter().filter_map(|file| file.as_str()).collect();
        assert!(names.iter().all(|name| files.contains(&name.as_str())), "{text}");
        assert_eq!(value["exports"]["."]["default"], "./index.js");
        assert_eq!(value["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(text, package(&names).unwrap(), "the same files give the same text");
        assert!(text.contains(r#"".": { "types""#), "types come first: {text}");
    }
}
