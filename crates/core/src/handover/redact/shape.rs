//! Secrets by their shape alone: known prefixes, JWTs, and what is long and random.
//! Identifiers that support needs are shorter, of one case, or cut by hyphens.

/// Beginnings of keys that their makers document.
const PREFIXES: [&str; 37] = [
    "sk_",
    "pk_",
    "rk_",
    "sk-",
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xoxs-",
    "xoxr-",
    "xapp-",
    "AKIA",
    "ASIA",
    "AIza",
    "ya29.",
    "whsec_",
    "npm_",
    "pypi-",
    "hf_",
    "shpat_",
    "shpss_",
    "dop_v1_",
    "SG.",
    "tok_",
    "lin_api_",
    "sntrys_",
    "key-",
    "secret_",
    "api_key_",
    "apikey_",
    "token_",
];

/// Runs that only secrets have, in characters.
const LONG: usize = 28;
const LONG_HEX: usize = 48;

fn tokenish(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '/' | '=' | '~')
}

/// Whether a word has the shape of a secret.
pub(super) fn is_token(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':', '!', '?']);
    if word.len() < 8 || !word.chars().all(tokenish) {
        return false;
    }
    let known = PREFIXES.iter().find(|prefix| word.starts_with(*prefix));
    if let Some(rest) = known.and_then(|prefix| word.get(prefix.len()..)) {
        // "secret_santa" is none, "secret_4f9a8b7c" is.
        let random = both_cases(rest) || rest.contains(|c: char| c.is_ascii_digit());
        let staged = ["live_", "test_"].iter().any(|stage| rest.starts_with(stage));
        if rest.len() >= 6 && (random || staged)
            || rest.len() >= 16 && !rest.contains(['-', '_', '.'])
        {
            return true;
        }
    }
    // A JSON object in base64 begins so (RFC 7515): JWTs, and what is left of them.
    if word.starts_with("eyJ") && (word.contains('.') || word.len() >= LONG) {
        return true;
    }
    let longest = word.split(['-', '.', '/', '=', '_']).max_by_key(|run| run.len()).unwrap_or("");
    if longest.len() >= LONG_HEX && longest.bytes().all(|b| b.is_ascii_hexdigit()) {
        return true;
    }
    longest.len() >= LONG && scattered(longest) || base64(word)
}

/// Base64 with its signs: long, of all sorts, and changing its sort too often for words.
fn base64(word: &str) -> bool {
    let whole = word.trim_end_matches('=');
    whole.len() >= LONG + 4
        && !whole.contains(['.', '~'])
        && (whole.len() < word.len() || whole.contains(['+', '/', '_', '-']))
        && scattered(whole)
}

/// Whether a run is of upper case, lower case and digits that change places all the time.
fn scattered(run: &str) -> bool {
    let sort = |byte: u8| match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3u8,
    };
    let count = |of: u8| run.bytes().filter(|&byte| sort(byte) == of).count();
    let changes = run.bytes().zip(run.bytes().skip(1)).filter(|&(a, b)| sort(a) != sort(b)).count();
    count(0) >= 2 && count(1) >= 3 && count(2) >= 3 && changes * 10 >= run.len() * 3
}

fn both_cases(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_uppercase()) && word.bytes().any(|b| b.is_ascii_lowercase())
}

fn mixed(word: &str) -> bool {
    let changes = word
        .bytes()
        .zip(word.bytes().skip(1))
        .filter(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase())
        .count();
    changes >= 2
}

/// Whether a word after "key" or "token" is one: letters and digits, and no code such as
/// `SYNC_001`.
pub(super) fn is_random(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let code = word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    word.len() >= 8
        && (digits >= 1 && letters >= 2 && (!code || word.len() >= 20)
            || word.len() >= 12 && mixed(word)
            || word.len() >= 16 && both_cases(word))
}
