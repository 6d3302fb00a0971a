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
    Ok(code)
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
