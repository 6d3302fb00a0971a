//! The browser's storage, which may be denied, full or gone at any time.

use super::window;

fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

/// The key of the one small record that the loader reads alone, for a product: what must survive.
/// The loader forms it, too.
pub fn pending(product: &str) -> String {
    ["unstuck-pending:", product].concat()
}

/// The key of the time until which a product's launcher is hidden. The loader forms it, too.
pub fn hidden(product: &str) -> String {
    pending(product) + ":off"
}

/// What is kept under a key.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a text; `false` when the browser refuses.
pub fn write(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets a key.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Whether something can be kept at all: tried, not guessed.
pub fn works() -> bool {
    let key = "unstuck-probe";
    let kept = write(key, "1");
    remove(key);
    kept
}
