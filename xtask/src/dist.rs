//! `cargo xtask dist`: the files to embed, their compressed twins, and the table of their bytes.
//! Budgets are checked here. How the wasm, the packs and the small JavaScript come to be is told
//! in `wasm`, `kb` and `js`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::manifest::{self, File};
use crate::wasm::{self, Widget};
use crate::{compress, js, kb, locale, npm, say, squeeze, tree};

/// All that a page loads before someone wants help, in brotli.
const LOADER_BUDGET: usize = 3 * 1024;
/// What loader, glue, wasm with its styles, and the scopien pack may be in brotli.
const FIRST_OPEN_BAR: usize = 100 * 1024;
/// Above this the build fails: a ratchet just above what was measured last, well below the bar, so
/// that nothing grows unseen (docs/decisions/bytes.md).
const FIRST_OPEN_BUDGET: usize = 101_000;
/// The pack that the first open is measured with: the largest of the four, 73 articles.
const MEASURED_PACK: &str = "kb/scopien.en.kb";

/// What stands in the loader for the addresses of glue and wasm, and in what follows it for that
/// of depth, relative to their own.
const GLUE_PLACEHOLDER: &str = "__UNSTUCK_GLUE__";
const WASM_PLACEHOLDER: &str = "__UNSTUCK_WASM__";
const DEPTH_PLACEHOLDER: &str = "__UNSTUCK_DEPTH__";
/// What stands in the loader for the style sheet of the launcher.
const LAUNCHER_PLACEHOLDER: &str = "__UNSTUCK_LAUNCHER__";
/// What stands in the panel that is there first for the widget's style sheet and for its texts.
const STYLES_PLACEHOLDER: &str = "__UNSTUCK_STYLES__";
const WORDS_PLACEHOLDER: &str = "__UNSTUCK_WORDS__";
/// What stands there for the end of the names of the interface's texts.
const TEXTS_PLACEHOLDER: &str = "__UNSTUCK_TEXTS__";
/// What stands in the loader for the file of `integrity="strict"` and for that file's hash, and in
/// that file for the hashes of all others.
const STRICT_PLACEHOLDER: &str = "__UNSTUCK_STRICT__";
const PIN_PLACEHOLDER: &str = "__UNSTUCK_PIN__";
const SUMS_PLACEHOLDER: &str = "__UNSTUCK_SUMS__";
/// What the loader is called: the one name that stays.
pub(crate) const LOADER: &str = "unstuck.js";
/// How the name of the file begins that is fetched after the first open.
const DEPTH: &str = "unstuck-depth-";
/// How the name of the file begins that is fetched for `integrity="strict"` alone.
const STRICT: &str = "unstuck-strict-";

/// The options of `cargo xtask dist`.
#[derive(clap::Args, Default)]
pub(crate) struct Args {
    /// Also write the package of npm, into dist/npm/.
    #[arg(long)]
    npm: bool,
}

/// Builds `dist/`, prints the table, checks the budgets.
///
/// # Errors
/// When something cannot be built or a budget is exceeded.
pub(crate) fn run(args: &Args) -> Result<()> {
    let built = build()?;
    print!("{}", built.report.table());
    if args.npm {
        say::step(&format!("The package of npm lies in {}", npm::write()?.display()));
    }
    let broken = built.report.broken();
    if !built.sized {
        say::warn("not the size build: budgets are not checked");
    } else if !broken.is_empty() {
        bail!("over budget:\n{}", broken.join("\n"));
    }
    Ok(())
}

/// What a build of `dist/` gave.
pub(crate) struct Built {
    pub(crate) report: Report,
    pub(crate) sized: bool,
}

/// Builds all files into `dist/`, which is replaced as a whole once they are all there.
///
/// # Errors
/// When a part cannot be built; the old `dist/` stays then.
pub(crate) fn build() -> Result<Built> {
    let fresh = tree::target().join("dist-new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).with_context(|| format!("cannot empty {}", fresh.display()))?;
    }
    let packs = fresh.join("kb");
    kb::build_all(&packs)?;
    let widget = wasm::build()?;
    let sized = widget.sized;
    say::step("Compressing");
    let mut contents = scripts(widget)?;
    for path in files_below(&packs)? {
        let name = path.strip_prefix(&fresh)?.to_string_lossy().replace('\\', "/");
        contents.push((name, fs::read(&path)?));
    }
    let files = contents
        .into_iter()
        .map(|(path, bytes)| write_with_twins(&fresh, path, bytes))
        .collect::<Result<Vec<_>>>()?;
    fs::write(fresh.join("manifest.json"), manifest::json(&files))?;
    fs::write(fresh.join("_headers"), manifest::headers(&files))?;
    replace(&fresh, &tree::dist())?;
    Ok(Built { report: Report { files }, sized })
}

/// Loader, glue, wasm and declarations under the names they ship with.
fn scripts(widget: Widget) -> Result<Vec<(String, Vec<u8>)>> {
    let element = tree::root().join("src/element");
    let depth_name = format!("{DEPTH}{}.wasm", manifest::name_hash(&widget.depth));
    let rest = put_name(&read(&element.join("rest.js"))?, DEPTH_PLACEHOLDER, &depth_name)?;
    let texts = locale::files()?;
    let shell = read(&element.join("shell.js"))?;
    let shell = put_string(&shell, WORDS_PLACEHOLDER, &texts.shell)?;
    let styles = squeeze::sheets(&tree::root().join("styles/widget"))?;
    let shell = put_string(&shell, STYLES_PLACEHOLDER, &styles)?;
    let glue = js::minify(
        "the glue with src/element/rest.js and shell.js",
        &[&without_loading(&widget.glue)?, &*rest, &shell].join("\n"),
    )?;
    let sums = json!({
        "glue": manifest::integrity(glue.as_bytes()),
        "wasm": manifest::integrity(&widget.wasm),
        "depth": manifest::integrity(&widget.depth),
        "texts": texts.files.iter().map(|(_, text)| manifest::integrity(text)).collect::<Vec<_>>(),
    })
    .to_string();
    // One hash of them all marks what the loader asks for: it names that once.
    let strict_source = read(&element.join("strict.js"))?;
    let hash = manifest::name_hash((sums.clone() + &strict_source).as_bytes());
    let [glue_name, wasm_name] = ["js", "wasm"].map(|ending| format!("unstuck-{hash}.{ending}"));
    let strict = put_name(&strict_source, GLUE_PLACEHOLDER, &format!("./{glue_name}"))?;
    let strict = js::minify("src/element/strict.js", &put_name(&strict, SUMS_PLACEHOLDER, &sums)?)?;
    let strict_name = format!("{STRICT}{hash}.js");
    let texts: Vec<(String, Vec<u8>)> = texts
        .files
        .into_iter()
        .map(|(language, text)| (format!("unstuck-{language}-{hash}.txt"), text))
        .collect();
    let mut names = vec![glue_name.as_str(), wasm_name.as_str(), strict_name.as_str()];
    names.extend(texts.iter().map(|(name, _)| name.as_str()));
    let pin = manifest::short_integrity(strict.as_bytes());
    let loader = loader(&names, &pin, |source| Ok(source.to_owned()))?;
    let mut files = vec![
        (LOADER.to_owned(), loader.into_bytes()),
        (glue_name, glue.into_bytes()),
        (wasm_name, widget.wasm),
        (depth_name, widget.depth),
        (strict_name, strict.into_bytes()),
        ("unstuck.d.ts".to_owned(), read(&element.join("unstuck.d.ts"))?.into_bytes()),
    ];
    files.extend(texts);
    Ok(files)
}

/// The glue without wasm-bindgen's own ways of loading, which the minifier drops once nothing exports
/// them: the one that is used stands in rest.js.
fn without_loading(glue: &str) -> Result<String> {
    const EXPORT: &str = "export { initSync, __wbg_init as default };";
    if !["__wbg_get_imports()", "__wbg_finalize_init(", EXPORT]
        .iter()
        .all(|part| glue.contains(part))
    {
        bail!(
            "wasm-bindgen's glue has other functions than `__wbg_get_imports` and `__wbg_finalize_init`, or another export than `{EXPORT}`; src/element/rest.js and this function name them"
        );
    }
    Ok(glue.replace(EXPORT, ""))
}

/// Whether the loader itself asks for that hashed file, by an address of its own.
pub(crate) fn is_loaders(name: &str) -> bool {
    !name.starts_with(DEPTH) && !name.ends_with(".js")
}

/// The loader, minified, for the hashed files of these names, and the hash of the one that checks the
/// others; `change` sees its source first.
///
/// # Errors
/// When a file is missing among `names`, or the source lacks the place for one.
pub(crate) fn loader(
    names: &[&str],
    pin: &str,
    change: impl FnOnce(&str) -> Result<String>,
) -> Result<String> {
    let named = |ending: &str| {
        let of_first_open = |name: &str| !name.starts_with(DEPTH) && !name.starts_with(STRICT);
        let found = names.iter().find(|name| of_first_open(name) && name.ends_with(ending));
        found.with_context(|| {
            format!("expected a file whose name ends in {ending}, among {names:?}")
        })
    };
    let source = change(&read(&tree::root().join("src/element/loader.js"))?)?;
    let loader = put_name(&source, GLUE_PLACEHOLDER, &format!("./{}", named(".js")?))?;
    let loader = put_name(&loader, WASM_PLACEHOLDER, named(".wasm")?)?;
    let strict = names.iter().find(|name| name.starts_with(STRICT));
    let strict = strict.with_context(|| {
        format!("expected a file whose name begins with {STRICT}, among {names:?}")
    })?;
    let loader = put_name(&loader, STRICT_PLACEHOLDER, &format!("./{strict}"))?;
    let loader = put_name(&loader, PIN_PLACEHOLDER, pin)?;
    let texts = named(".txt")?;
    let ending = texts.rfind('-').and_then(|at| texts.get(at..)).unwrap_or(texts);
    let loader = put_name(&loader, TEXTS_PLACEHOLDER, ending)?;
    let sheet = squeeze::squeeze(&read(&tree::root().join("styles/launcher.css"))?);
    js::minify("src/element/loader.js", &put_sheet(&loader, &sheet)?)
}

fn put_name(script: &str, placeholder: &str, name: &str) -> Result<String> {
    if !script.contains(placeholder) {
        bail!(
            "none of src/element/loader.js, rest.js, shell.js and strict.js may go without `{placeholder}`, which stands for a file that is loaded ({name})"
        );
    }
    Ok(script.replace(placeholder, name))
}

/// Puts a text into a script, where a string in double quotes stands for it.
fn put_string(script: &str, placeholder: &str, text: &str) -> Result<String> {
    put_name(script, &format!("\"{placeholder}\""), &json!(text).to_string())
}

/// Puts the style sheet of the launcher where the loader has a string for it.
fn put_sheet(loader: &str, sheet: &str) -> Result<String> {
    if !loader.contains(LAUNCHER_PLACEHOLDER) {
        bail!(
            "src/element/loader.js never names `{LAUNCHER_PLACEHOLDER}`, which stands for styles/launcher.css"
        );
    }
    if sheet.contains(['"', '\\', '\n']) {
        bail!(
            "styles/launcher.css holds a double quote or a backslash, which the loader's string cannot; write it without"
        );
    }
    Ok(loader.replace(LAUNCHER_PLACEHOLDER, sheet))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// All files below `folder`, in order, so that two builds list them alike.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

/// Writes a file with its `.br` and `.gz`.
fn write_with_twins(folder: &Path, path: String, bytes: Vec<u8>) -> Result<File> {
    let brotli = compress::brotli(&bytes)?;
    let gzip = compress::gzip(&bytes)?;
    let target = folder.join(&path);
    fs::write(&target, &bytes).with_context(|| format!("cannot write {}", target.display()))?;
    fs::write(folder.join(format!("{path}.br")), &brotli)?;
    fs::write(folder.join(format!("{path}.gz")), &gzip)?;
    Ok(File { path, bytes, gzip: gzip.len(), brotli: brotli.len() })
}

/// Puts `fresh` in the place of `target`. The build folder may be on another disk, where a
/// rename is refused: then file by file.
fn replace(fresh: &Path, target: &Path) -> Result<()> {
    if target.exists() {
        fs::remove_dir_all(target)
            .with_context(|| format!("cannot replace {}", target.display()))?;
    }
    if fs::rename(fresh, target).is_ok() {
        return Ok(());
    }
    for path in files_below(fresh)? {
        let to = target.join(path.strip_prefix(fresh)?);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&path, &to).with_context(|| format!("cannot write {}", to.display()))?;
    }
    Ok(())
}

/// The bytes of all files, and what they may be.
pub(crate) struct Report {
    files: Vec<File>,
}

impl Report {
    fn size(&self, wanted: impl Fn(&str) -> bool, of: impl Fn(&File) -> usize) -> usize {
        self.files.iter().filter(|file| wanted(&file.path)).map(of).sum()
    }

    fn first_open(&self, of: impl Fn(&File) -> usize) -> usize {
        self.size(
            |path| {
                let code = manifest::is_hashed(path)
                    && !path.starts_with(DEPTH)
                    && !path.starts_with(STRICT)
                    // English is inside the wasm.
                    && !path.ends_with(".txt");
                path == "unstuck.js" || code || path == MEASURED_PACK
            },
            of,
        )
    }

    /// Raw, gzip and brotli bytes of each file, then the sums with their budgets.
    pub(crate) fn table(&self) -> String {
        let row = |name: &str, sizes: [usize; 3], note: &str| {
            let [raw, gzip, brotli] = sizes.map(|size| say::count(size as u64));
            format!("{name:<42} {raw:>11} {gzip:>11} {brotli:>11}  {note}").trim_end().to_owned()
                + "\n"
        };
        let mut out = format!("{:<42} {:>11} {:>11} {:>11}\n", "file", "raw", "gzip", "brotli");
        for file in &self.files {
            out += &row(&file.path, [file.bytes.len(), file.gzip, file.brotli], "");
        }
        out.push('\n');
        let open = [
            self.first_open(|f| f.bytes.len()),
            self.first_open(|f| f.gzip),
            self.first_open(|f| f.brotli),
        ];
        let is_pack = |f: &File| f.path == MEASURED_PACK;
        let uncompressed = [
            open[0],
            self.first_open(|f| if is_pack(f) { f.bytes.len() } else { f.gzip }),
            self.first_open(|f| if is_pack(f) { f.bytes.len() } else { f.brotli }),
        ];
        out += &row("first open with scopien", open, &of_budget(open[2], FIRST_OPEN_BUDGET));
        out += &row("  where .kb is served uncompressed", uncompressed, "");
        // The budget above may be a ratchet: the table says how far the bar itself is.
        let bar = say::count(FIRST_OPEN_BAR as u64);
        out += &match open[2].checked_sub(FIRST_OPEN_BAR) {
            None | Some(0) => format!("  the bar of {bar} bytes: met\n"),
            Some(over) => {
                format!("  the bar of {bar} bytes: NOT met, {} over\n", say::count(over as u64))
            }
        };
        let loader = self.size(|path| path == "unstuck.js", |f| f.brotli);
        out += &format!("loader: {}\n", of_budget(loader, LOADER_BUDGET));
        out
    }

    /// One line for each budget that is exceeded, or whose file is not there.
    pub(crate) fn broken(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let loader = self.size(|path| path == "unstuck.js", |f| f.brotli);
        let open = self.first_open(|f| f.brotli);
        for (what, size, budget) in
            [("loader", loader, LOADER_BUDGET), ("first open", open, FIRST_OPEN_BUDGET)]
        {
            if size > budget {
                lines.push(format!("{what}: {}", of_budget(size, budget)));
            }
        }
        if !self.files.iter().any(|file| file.path == MEASURED_PACK) {
            lines.push(format!("{MEASURED_PACK} was not built, so the first open is unknown"));
        }
        lines
    }
}

fn of_budget(size: usize, budget: usize) -> String {
    let percent = size * 100 / budget;
    format!(
        "{} of {} bytes brotli ({percent} %)",
        say::count(size as u64),
        say::count(budget as u64)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(sizes: &[(&str, usize)]) -> Report {
        let files = sizes
            .iter()
            .map(|&(path, brotli)| File {
                path: path.to_owned(),
                bytes: vec![0; brotli * 3],
                gzip: brotli + 1,
                brotli,
            })
            .collect();
        Report { files }
    }

    #[test]
    fn the_first_open_counts_loader_glue_wasm_and_one_pack() {
        let report = report(&[
            ("unstuck.js", 1),
            ("unstuck-0123456789ab.js", 10),
            ("unstuck-0123456789ab.wasm", 100),
            ("unstuck-strict-0123456789ab.js", 9_000),
            ("unstuck.d.ts", 5_000),
            ("kb/cic.en.kb", 7_000),
            (MEASURED_PACK, 1_000),
        ]);
        assert_eq!(report.first_open(|f| f.brotli), 1_111);
        assert_eq!(report.broken(), Vec::<String>::new());
        assert!(report.table().contains("1,111 of "), "{}", report.table());
        assert!(report.table().contains("the bar of 102,400 bytes: met"), "{}", report.table());
    }

    #[test]
    fn one_byte_over_a_budget_is_over() {
        let at = [("unstuck.js", LOADER_BUDGET), (MEASURED_PACK, 1)];
        assert!(report(&at).broken().is_empty());
        let over = [("unstuck.js", LOADER_BUDGET + 1), (MEASURED_PACK, 1)];
        assert_eq!(report(&over).broken().len(), 1);
        let both = [("unstuck.js", LOADER_BUDGET + 1), (MEASURED_PACK, FIRST_OPEN_BUDGET)];
        assert_eq!(report(&both).broken().len(), 2);
    }

    #[test]
    fn a_missing_pack_does_not_pass_for_a_small_one() {
        assert!(report(&[("unstuck.js", 1)]).broken()[0].contains("was not built"));
    }

    #[test]
    fn glue_that_loads_otherwise_is_refused() {
        let glue = "__wbg_get_imports(); __wbg_finalize_init(1);\nexport { initSync, __wbg_init as default };";
        assert_eq!(
            without_loading(glue).unwrap(),
            "__wbg_get_imports(); __wbg_finalize_init(1);\n"
        );
        assert!(without_loading("export { init as default };").is_err());
    }

    #[test]
    fn a_loader_without_the_placeholder_is_refused() {
        let error = put_name("import('./x.js')", GLUE_PLACEHOLDER, "u.js").unwrap_err();
        assert!(error.to_string().contains(GLUE_PLACEHOLDER));
        assert!(put_sheet("import('./x.js')", "a{}").is_err());
    }

    #[test]
    fn a_text_keeps_its_quotes_and_lines_in_a_script() {
        let script = put_string("x(\"__T__\")", "__T__", "a \"b\"\nc").unwrap();
        assert_eq!(script, r#"x("a \"b\"\nc")"#);
        assert!(put_string("x(1)", "__T__", "a").is_err());
    }

    /// Told here too, because the wasm takes minutes to build. `LOADER_FILE` measures another file.
    #[test]
    fn the_loader_keeps_its_budget() {
        let path = std::env::var("LOADER_FILE")
            .map_or_else(|_| tree::root().join("src/element/loader.js"), PathBuf::from);
        let mut loader = read(&path).unwrap();
        let hash = manifest::name_hash(b"");
        for (placeholder, name) in [
            (GLUE_PLACEHOLDER, format!("./unstuck-{hash}.js")),
            (WASM_PLACEHOLDER, format!("unstuck-{hash}.wasm")),
            (STRICT_PLACEHOLDER, format!("./{STRICT}{hash}.js")),
            (TEXTS_PLACEHOLDER, format!("-{hash}.txt")),
            (PIN_PLACEHOLDER, manifest::short_integrity(b"")),
        ] {
            loader = loader.replace(placeholder, &name);
        }
        let sheet = squeeze::squeeze(&read(&tree::root().join("styles/launcher.css")).unwrap());
        let small = js::minify("loader.js", &put_sheet(&loader, &sheet).unwrap_or(loader)).unwrap();
        let size = compress::brotli(small.as_bytes()).unwrap().len();
        println!("{size} bytes brotli");
        // Real hashes compress by a few bytes more or less.
        assert!(size + 4 <= LOADER_BUDGET, "{}", of_budget(size, LOADER_BUDGET));
    }

    #[test]
    fn a_sheet_that_would_end_the_loaders_string_is_refused() {
        let loader = format!("sheet(\"{LAUNCHER_PLACEHOLDER}\")");
        assert_eq!(put_sheet(&loader, "a{top:0}").unwrap(), "sheet(\"a{top:0}\")");
        assert!(put_sheet(&loader, "a::after{content:\"x\"}").is_err());
    }
}
