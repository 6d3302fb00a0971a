//! Style sheets made small, for the widget's build step and for the loader that xtask writes.
//! Blanks and comments go; nothing is renamed, reordered or understood. Scripts: `xtask/src/js.rs`.

use std::path::Path;
use std::{fs, io};

/// The style sheets of a folder in the order of their names, as one, made small.
///
/// # Errors
/// When the folder or one of the files cannot be read.
pub(crate) fn sheets(folder: &Path) -> io::Result<String> {
    let mut sheets: Vec<_> = fs::read_dir(folder)?
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
    Ok(squeeze(&css))
}

/// Takes comments and blanks out of a style sheet. Strings in our sheets hold neither `/*` nor
/// double blanks, so no parser is needed.
pub(crate) fn squeeze(css: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn comments_and_blanks_go_and_the_rules_stay() {
        let sheet = "/* why */\n.a,\n.b > p {\n  margin: 0 8px;\n  width: calc(1px + 2%);\n}\n";
        assert_eq!(squeeze(sheet), ".a,.b>p{margin:0 8px;width:calc(1px + 2%)}");
    }

    #[test]
    fn a_descendant_keeps_the_blank_that_makes_it_one() {
        assert_eq!(squeeze(":host(.x) .y :hover { top: 0 }"), ":host(.x) .y :hover{top:0}");
    }
}
