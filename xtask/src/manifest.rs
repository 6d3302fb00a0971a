//! `manifest.json` and `_headers` of the files to embed: bytes, hashes, MIME types, caching.
//! The server of the demo takes MIME types and caching from here, so the example is tested.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};

/// How many hex digits of a SHA-256 stand in a file's name.
const NAME_DIGITS: usize = 12;

/// One file of `dist/`.
pub(crate) struct File {
    /// Its path in `dist/`, with `/` between the parts.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) gzip: usize,
    pub(crate) brotli: usize,
}

/// The digits that mark a content in a file's name: 48 bits, so that two versions never meet by
/// chance. Against a forger they are too few: that is what `integrity` is for.
pub(crate) fn name_hash(bytes: &[u8]) -> String {
    let mut hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(NAME_DIGITS);
    hex
}

/// Whether `path` carries a hash of its build in its name, and so may be cached for ever.
pub(crate) fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, "js" | "wasm" | "txt")) = name.rsplit_once('.') else { return false };
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == NAME_DIGITS && hash.chars().all(|c| c.is_ascii_hexdigit())
    })
}

/// The `Cache-Control` a file should be served with.
pub(crate) fn caching(path: &str) -> &'static str {
    if is_hashed(path) {
        "public, max-age=31536000, immutable"
    } else {
        // Asked for each time, answered with 304 while nothing has changed.
        "no-cache"
    }
}

/// The `Content-Type` of a file, by the end of its name.
pub(crate) fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "ts" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The sub-resource integrity of `bytes`, as the attribute `integrity` takes it.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The same with the shorter SHA-256, for what the loader has to carry.
pub(crate) fn short_integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// The text of `manifest.json` for `files`.
pub(crate) fn json(files: &[File]) -> String {
    let entries: Vec<Value> = files
        .iter()
        .map(|file| {
            json!({
                "path": file.path,
                "bytes": file.bytes.len(),
                "gzip": file.gzip,
                "brotli": file.brotli,
                "integrity": integrity(&file.bytes),
            })
        })
        .collect();
    let all = json!({ "version": env!("CARGO_PKG_VERSION"), "files": entries });
    format!("{all:#}\n")
}

/// The text of `_headers`, in the form that static hosts read, for files served under `/unstuck/`.
pub(crate) fn headers(files: &[File]) -> String {
    let mut out = String::from(
        "# Headers for the widget's files, served under /unstuck/.\n\
         # Serve the .br or .gz twin of a file with Content-Encoding br or gzip where the browser takes it.\n\n\
         /unstuck/*\n  X-Content-Type-Options: nosniff\n  Access-Control-Allow-Origin: *\n",
    );
    for file in files {
        let (path, mime, caching) = (&file.path, mime(&file.path), caching(&file.path));
        out.push_str(&format!(
            "\n/unstuck/{path}\n  Content-Type: {mime}\n  Cache-Control: {caching}\n"
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_cached_for_ever() {
        assert!(is_hashed("unstuck-0123456789ab.js"));
        assert!(is_hashed("a/unstuck-0123456789ab.wasm"));
        assert!(is_hashed("unstuck-de-0123456789ab.txt"));
        for plain in ["unstuck.js", "unstuck-0123.js", "unstuck-0123456789ab.kb", "kb/cic.en.kb"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }

    #[test]
    fn the_integrity_of_nothing_is_the_known_one() {
        // The well-known SHA-384 of the empty message.
        assert_eq!(
            integrity(b""),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
    }

    #[test]
    fn the_short_integrity_of_nothing_is_the_known_one() {
        assert_eq!(short_integrity(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn a_name_hash_is_the_start_of_the_sha_256() {
        assert_eq!(name_hash(b""), "e3b0c44298fc");
        assert!(is_hashed(&format!("unstuck-{}.js", name_hash(b"anything"))));
    }

    #[test]
    fn the_manifest_is_json_with_an_entry_a_file() {
        let file = File { path: "unstuck.js".into(), bytes: vec![1, 2, 3], gzip: 2, brotli: 1 };
        let value: Value = serde_json::from_str(&json(&[file])).unwrap();
        assert_eq!(value["files"][0]["bytes"], 3);
        assert_eq!(value["files"][0]["path"], "unstuck.js");
    }
}
