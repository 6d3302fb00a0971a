//! What the search saw in a query, for tools that tune and explain. Never called by the widget.

use super::dict::Entry;
use super::{Index, Options, Scratch, search};

/// What a search weighed for its best hit, by name; for tools that tune and explain, never called
/// by the widget.
pub fn explain(index: &Index<'_>, text: &str, scratch: &mut Scratch) -> Vec<(&'static str, f32)> {
    search(index, text, &Options::default(), scratch);
    scratch.evidence.named().to_vec()
}

/// How each word of the last query was understood: for tools that tune and explain.
pub fn slots(index: &Index<'_>, scratch: &Scratch) -> Vec<String> {
    let query = &scratch.query;
    let name = |group: u32| {
        let mut out = String::new();
        index.dict.with_prefix(b"", &mut |word, entry| {
            if entry == Entry::Group(group) {
                out.push_str(&String::from_utf8_lossy(word));
            }
            out.is_empty()
        });
        out
    };
    query
        .slots
        .iter()
        .map(|slot| {
            let variants: Vec<String> = query
                .variants(slot)
                .iter()
                .take(6)
                .map(|v| format!("{} {:.2}", name(v.group), v.weight))
                .collect();
            format!("{:?} {:.2}: {}", slot.found, slot.importance, variants.join(", "))
        })
        .collect()
}
