//! JavaScript made small: whitespace, dead code, and names that no one outside can see.
//! Property names stay, because the wasm and the host page use them. Style sheets: the
//! widget's build script.

use anyhow::{Result, bail};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// `source`, an ES module called `name` in errors, minified.
///
/// # Errors
/// When it does not parse: the parser's findings with their lines.
pub(crate) fn minify(name: &str, source: &str) -> Result<String> {
    let memory = Allocator::default();
    let mut parsed = Parser::new(&memory, source, SourceType::mjs()).parse();
    if !parsed.diagnostics.is_empty() {
        let findings: Vec<String> = parsed
            .diagnostics
            .iter()
            .map(|d| format!("{:?}", d.clone().with_source_code(source.to_owned())))
            .collect();
        bail!("{name} is not valid JavaScript:\n{}", findings.join("\n"));
    }
    // What a module declares at its top is its own; exported names are kept by the mangler.
    let mangle = MangleOptions { top_level: Some(true), ..MangleOptions::default() };
    let options = MinifierOptions {
        mangle: Some(mangle),
        mangle_properties: None,
        compress: Some(CompressOptions::smallest()),
    };
    let minified = Minifier::new(options).minify(&memory, &mut parsed.program);
    let code = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .build(&parsed.program)
        .code;
    Ok(shorten_private_names(&code))
}

/// Gives the private members of classes short names: they are seen by nobody outside, and the
/// minifier leaves them. What is renamed stands behind `this.` somewhere; colours in strings do not.
fn shorten_private_names(code: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let word = |text: &str| text.split(|c| !is_word(c)).next().unwrap_or_default().to_owned();
    let mut names: Vec<String> = Vec::new();
    for (at, _) in code.match_indices("this.#") {
        let name = word(&code[at + "this.#".len()..]);
        // A name of hex digits alone could be a colour elsewhere.
        let odd = name.is_empty() || name.chars().all(|c| c.is_ascii_hexdigit());
        if !odd && !names.contains(&name) {
            names.push(name);
        }
    }
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, after)) = rest.split_once('#') {
        let name = word(after);
        out.push_str(before);
        out.push('#');
        match names.iter().position(|known| *known == name) {
            // From `g` on, so that no short name is a hex digit.
            Some(n) if n < 20 => out.push(char::from(b'g' + n as u8)),
            _ => out.push_str(&name),
        }
        rest = &after[name.len()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locals_shrink_and_exports_and_properties_keep_their_names() {
        let source = "const helperWithALongName = (argument) => argument.keepMe + 1;\n\
                      // a comment\n\
                      export function open(value) { return helperWithALongName(value) * 2; }\n";
        let small = minify("test.js", source).unwrap();
        assert!(!small.contains("helperWithALongName"), "{small}");
        assert!(!small.contains("a comment"), "{small}");
        assert!(small.contains("open") && small.contains("keepMe"), "{small}");
        assert!(small.len() < source.len() / 2, "{small}");
    }

    #[test]
    fn private_members_get_short_names_and_colours_stay() {
        let source = "class A { #member = 1; #other() { return this.#member + '#3a4ed5#member2'; } \
                      go() { return this.#other() } }\nexport default new A();\n";
        let small = minify("test.js", source).unwrap();
        assert!(!small.contains("#member=") && !small.contains("#other"), "{small}");
        assert!(small.contains("#3a4ed5#member2"), "{small}");
        assert!(small.contains("this.#g") && small.contains("#g=1"), "{small}");
    }

    #[test]
    fn the_wasm_address_survives() {
        let small = minify(
            "glue.js",
            "export default (u) => u ?? new URL('unstuck_bg.wasm', import.meta.url);",
        );
        assert!(small.unwrap().contains("unstuck_bg.wasm"));
    }

    #[test]
    fn broken_source_names_the_file() {
        let error = minify("loader.js", "export const = 3").unwrap_err().to_string();
        assert!(error.starts_with("loader.js is not valid JavaScript"), "{error}");
    }
}
