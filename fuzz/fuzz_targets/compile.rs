//! Any text as a knowledge base: `kb.toml`, a topic, a translation, `kb.lock`, a plain folder.
//! Parts are separated by lines of `%%%`. What compiles must come through the pack unharmed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck_compiler::{Folder, compile};
use unstuck_core::pack::{Pack, encode_with};

const CONFIG: &str = include_str!("../seeds/kb.toml");

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let parts: Vec<&str> = text.split("\n%%%\n").collect();
    let part = |n: usize| parts.get(n).copied().unwrap_or_default();
    through(&Folder::from_texts(
        "x",
        [
            ("kb.toml", CONFIG),
            ("a.md", part(0)),
            ("b.md", part(1)),
            ("de/a.md", part(2)),
            ("kb.lock", part(3)),
            ("de/kb.toml", part(4)),
        ],
    ));
    through(&Folder::from_texts("x", [("kb.toml", part(0)), ("a.md", part(1))]));
    through(&Folder::from_texts("x", [("a.md", part(0)), ("sub/b.md", part(1))]));
});

fn through(folder: &Folder) {
    let compiled = compile(folder, &|_| ());
    for mut base in compiled.bases {
        let pack = Pack::open(encode_with(&base, Vec::new())).expect("what is written opens");
        assert_eq!(pack.len(), base.articles.len());
        for (n, article) in base.articles.iter_mut().enumerate() {
            // They are searched, never shown, and stay out of the pack's text.
            article.phrasings.clear();
            article.keywords.clear();
            let read = pack.article(n).expect("what is written reads back");
            if !article.id.contains('\0') && !article.title.contains('\0') {
                assert_eq!(read.body, article.body);
                assert_eq!(read.checks, article.checks);
            }
        }
    }
}
