//! The widget's search without the widget: the same core code, built with the same settings, with
//! a border that is as thin as can be. For the benchmark alone.
//! What is measured with it stands in `bench/search/`.

use js_sys::Array;
use unstuck_core::pack::Pack;
use unstuck_core::search::{Options, Scratch, search};
use wasm_bindgen::prelude::*;

/// An open pack, and what one search leaves for the next.
#[wasm_bindgen]
pub struct Engine {
    pack: Pack,
    scratch: Scratch,
}

#[wasm_bindgen]
impl Engine {
    /// Opens the bytes of a pack, as the widget does.
    ///
    /// # Errors
    /// When they are no pack, with the words that the widget shows.
    #[wasm_bindgen(constructor)]
    pub fn open(bytes: Vec<u8>) -> Result<Engine, JsError> {
        let pack = Pack::open(bytes).map_err(|error| JsError::new(&error.to_string()))?;
        Ok(Engine { pack, scratch: Scratch::default() })
    }

    /// The ten best hits for a text as typed so far, as JavaScript values: the confidence, then id
    /// and score of each hit in turn.
    pub fn search(&mut self, text: &str) -> Array {
        let out = Array::new();
        let Ok(index) = self.pack.index() else { return out };
        let answer = search(&index, text, &Options::default(), &mut self.scratch);
        out.push(&f64::from(answer.confidence).into());
        for hit in &answer.hits {
            if let Some(head) = self.pack.head(hit.article as usize) {
                out.push(&head.id.into());
                out.push(&f64::from(hit.score).into());
            }
        }
        out
    }
}
