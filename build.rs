//! Build step of the widget: the interface's strings become numbered keys, and the style sheets
//! become one small text that the widget carries. No network, no tools beside this file.

#[path = "build/squeeze.rs"]
mod squeeze;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

#[path = "src/ui/texts.rs"]
mod texts;

fn main() -> io::Result<()> {
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    fs::write(out.join("keys.rs"), keys(&fs::read_to_string("locales/en.txt")?))?;
    fs::write(out.join("widget.css"), squeeze::sheets(Path::new("styles/widget"))?)?;
    fs::write(out.join("depth.css"), squeeze::sheets(Path::new("styles/widget/depth"))?)?;
    fs::write(
        out.join("launcher.css"),
        squeeze::squeeze(&fs::read_to_string("styles/launcher.css")?),
    )?;
    for input in ["build.rs", "build", "src/ui/texts.rs", "locales", "styles"] {
        println!("cargo::rerun-if-changed={input}");
    }
    Ok(())
}

/// One constant a string, and the English texts in the order of their numbers: those of every
/// open, and those below the line `## depth`.
fn keys(source: &str) -> String {
    let mut code = String::new();
    let mut n = 0;
    let (first, depth) = source.split_once("\n## depth\n").unwrap_or((source, ""));
    let [first, depth] = [first, depth].map(|part| {
        let mut texts = String::new();
        for texts::Line { key, text, .. } in texts::lines(part) {
            let name = key.to_uppercase();
            let _ = writeln!(code, "    /// {text:?}\n    pub const {name}: Key = Key({n});");
            texts.push_str(text);
            texts.push('\n');
            n += 1;
        }
        texts
    });
    format!(
        "impl Key {{\n{code}}}\n\n/// English, one text a line: what every open needs.\npub(crate) const ENGLISH: &str = {first:?};\n/// The rest of it.\npub(crate) const ENGLISH_DEPTH: &str = {depth:?};\n/// How many texts a language has.\npub(crate) const COUNT: usize = {n};\n"
    )
}
