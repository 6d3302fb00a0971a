//! Build step of the widget: the interface's strings become numbered keys, and the style sheets
//! become one small text that the widget carries. No network, no tools beside this file.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    fs::write(out.join("keys.rs"), keys(&fs::read_to_string("locales/en.txt")?))?;
    let mut sheets: Vec<_> = fs::read_dir("styles/widget")?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect();
    sheets.sort();
    let mut css = String::new();
    for sheet in sheets {
        css.push_str(&fs::read_to_string(sheet)?);
    }
    fs::write(out.join("widget.css"), squeeze(&css))?;
    for input in ["build.rs", "locales", "styles/widget"] {
        println!("cargo::rerun-if-changed={input}");
    }
    Ok(())
}

/// One constant a string, and the English texts in the order of their numbers.
fn keys(source: &str) -> String {
    let mut code = String::new();
    let mut texts = String::new();
    let lines = source.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    for (n, line) in lines.enumerate() {
        let (key, text) = line.split_once(" = ").unwrap_or((line, ""));
        let _ = writeln!(
            code,
            "    /// {text:?}\n    pub const {}: Key = Key({n});",
            key.to_uppercase()
        );
        texts.push_str(text);
        texts.push('\n');
    }
    format!(
        "impl Key {{\n{code}}}\n\n/// English, one text a line.\npub(crate) const ENGLISH: &str = {texts:?};\n"
    )
}

/// Takes comments and blanks out of a style sheet. Strings in our sheets hold neither `/*` nor
/// double blanks, so no parser is needed.
fn squeeze(css: &str) -> String {
    let mut plain = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut out = String::new();
    for word in plain.split_whitespace() {
        let glued = |c: char| matches!(c, '{' | '}' | ';' | ',' | '>');
        if !out.is_empty() && !out.ends_with(|c| glued(c) || c == ':') && !word.starts_with(glued) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace(";}", "}")
}
