//! The interface's texts in other languages than English, as files to embed.
//! What the texts are lies in `locales/`, how they are written in `src/ui/texts.rs`.

use std::fs;

use anyhow::{Context, Result};

use crate::tree;

#[path = "../../src/ui/texts.rs"]
mod texts;

/// The files of all languages but English.
pub(crate) struct Texts {
    /// Language and content.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// The English ones that are shown before the program is there, one a line.
    pub(crate) shell: String,
}

/// How many texts the panel takes that is there before the program (`src/element/shell.js`).
const SHELL: usize = 8;

/// Reads `locales/`.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn files() -> Result<Texts> {
    let folder = tree::root().join("locales");
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let english = read("en.txt")?;
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(language) = name.strip_suffix(".txt").filter(|language| *language != "en") {
            found.push((language.to_owned(), texts::ordered(&english, &read(&name)?)));
        }
    }
    found.sort();
    let files = found.into_iter().map(|(language, texts)| (language, texts.into_bytes())).collect();
    let shell =
        texts::lines(&english).take(SHELL).map(|line| line.text).collect::<Vec<_>>().join("\n");
    Ok(Texts { files, shell })
}
