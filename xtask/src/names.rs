//! Short names for what glue and wasm call each other by: wasm-bindgen's end in 16 random digits,
//! which no compressor can shrink, in both files. Names that pages see are not touched.
//! The glue's own variables are shortened in `js`.

use std::collections::{HashMap, HashSet};

/// Old names to new ones.
pub(crate) type Renames = HashMap<String, String>;

/// Whether wasm-bindgen made up this export's name for its own use.
pub(crate) fn is_internal(export: &str) -> bool {
    export.starts_with("__wb") || export.starts_with("wasm_bindgen_")
}

/// A short name for each of `names`, in order, none of which `glue` uses for something else.
pub(crate) fn short(glue: &str, names: impl Iterator<Item = String>) -> Renames {
    let taken: HashSet<&str> =
        words(glue).filter(|(is_word, _)| *is_word).map(|(_, w)| w).collect();
    let mut free = (0_u32..).map(|n| format!("${n}")).filter(|name| !taken.contains(name.as_str()));
    let mut renames = Renames::new();
    for name in names {
        if !renames.contains_key(&name)
            && let Some(new) = free.next()
        {
            renames.insert(name, new);
        }
    }
    renames
}

/// `glue` with each whole word replaced that has a new name.
pub(crate) fn replace(glue: &str, renames: &Renames) -> String {
    let rename = |word| renames.get(word).map_or(word, String::as_str);
    words(glue).map(|(is_word, text)| if is_word { rename(text) } else { text }).collect()
}

/// `text` cut into words and what stands between them; put together they are the text again.
fn words(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = rest.starts_with(in_word);
        let end = rest.find(|c| in_word(c) != is_word).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some((is_word, part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_renamed_and_parts_of_words_are_not() {
        let renames = Renames::from([("__wbg_a_01".to_owned(), "$0".to_owned())]);
        let glue = "x.__wbg_a_01(__wbg_a_012, '__wbg_a_01')";
        assert_eq!(replace(glue, &renames), "x.$0(__wbg_a_012, '$0')");
    }

    #[test]
    fn a_name_that_the_glue_uses_is_not_given_away() {
        let names = ["a", "b", "a"].map(str::to_owned);
        let renames = short("let $0 = a + b;", names.into_iter());
        assert_eq!(renames.get("a").map(String::as_str), Some("$1"));
        assert_eq!(renames.get("b").map(String::as_str), Some("$2"));
    }

    #[test]
    fn text_without_renames_stays_as_it_is() {
        for text in ["", " ", "a", "größe = `${x}`; // é", "\"\\u{1}\" + $a"] {
            assert_eq!(replace(text, &Renames::new()), text);
        }
    }

    #[test]
    fn only_made_up_exports_are_internal() {
        assert!(is_internal("__wbindgen_malloc"));
        assert!(is_internal("wasm_bindgen_4c85c1087826b864___convert__closures_____invoke___x"));
        assert!(!is_internal("mount") && !is_internal("memory"));
    }
}
