//! Names that announce a secret, and words that show that none follows.
//! What a secret looks like is `shape`'s matter.

/// What a word says of the one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    /// A password may follow: anything but a plain word.
    Password,
    /// A key or a token may follow: something random.
    Key,
    /// A value follows, whatever its shape.
    Value,
    /// `user:password` follows.
    Login,
}

/// Ends of names whose value is a secret, compared without marks and case.
const ENDS: [&str; 27] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "passwort",
    "kennwort",
    "pwd",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "accountkey",
    "signingkey",
    "encryptionkey",
    "authkey",
    "licensekey",
    "signature",
    "credential",
    "credentials",
    "jwt",
    "authorization",
    "sessionid",
    "sessid",
    "cvc",
    "cvv",
];

/// Whole names, too short to be looked for at the end of others.
const WHOLE: [&str; 12] = [
    "pass",
    "pw",
    "auth",
    "otp",
    "totp",
    "pin",
    "sig",
    "sid",
    "bearer",
    "session",
    "connectsid",
    "contraseña",
];

/// Whether a key such as `access_token` or `X-Api-Key` names a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let mut bare = String::new();
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        bare.extend(c.to_lowercase());
        // Longer than any name.
        if bare.len() > 60 {
            return false;
        }
    }
    ENDS.iter().any(|end| bare.ends_with(end)) || WHOLE.contains(&bare.as_str())
}

/// Names that hold a secret only when their value is random: `code=486` is none.
pub(super) fn is_vague_name(name: &str) -> bool {
    ["key", "code", "state", "nonce", "hash", "k"]
        .iter()
        .any(|vague| name.eq_ignore_ascii_case(vague))
}

/// Names in a web address whose value is a person's address.
pub(super) fn is_mail_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("mail")
}

/// What a word announces. `word` has no marks in front.
pub(super) fn said(word: &str) -> Said {
    let name = word.trim_end_matches([':', '=', '"', '\'', '`', '>', ')', ',']);
    let marks = word.get(name.len()..).unwrap_or("");
    let set_off = marks.contains([':', '=']) || word.starts_with("--");
    let name =
        name.rsplit(['{', ',', '"', '\'', '(', '[', '?', '&', '=', ':']).next().unwrap_or(name);
    let lower = name.to_lowercase();
    match lower.trim_start_matches('-') {
        bare if is_scheme(bare) && (bare == "bearer" || set_off || name.len() < word.len()) => {
            Said::Value
        }
        "u" | "user" if word.starts_with('-') => Said::Login,
        _ if !is_secret_name(name) => match set_off && lower.ends_with("key") {
            true => Said::Key,
            false => Said::Nothing,
        },
        _ if set_off => Said::Value,
        bare if bare.ends_with("pin") || bare == "session" || bare == "auth" || bare == "sig" => {
            Said::Nothing
        }
        bare if bare.ends_with("token") || bare.ends_with("secret") || bare.ends_with("key") => {
            Said::Key
        }
        _ => Said::Password,
    }
}

/// Whether a word names the way in which a secret is handed over, as in `Authorization: Bearer`.
pub(super) fn is_scheme(word: &str) -> bool {
    ["bearer", "basic", "digest", "apikey"].iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// Words between a name and its value.
pub(super) fn joins(core: &str) -> bool {
    const JOINS: [&str; 17] = [
        "is",
        "was",
        "are",
        "->",
        "=>",
        "to",
        "bearer",
        "basic",
        "digest",
        "token",
        "key",
        "ist",
        "war",
        "apikey",
        "negotiate",
        "secret",
        "value",
    ];
    JOINS.iter().any(|join| core.eq_ignore_ascii_case(join))
}

/// Whether a joining word makes sure that a value follows: "is", a colon, a scheme.
pub(super) fn insists(word: &str, core: &str) -> bool {
    const INSISTS: [&str; 10] =
        ["is", "was", "bearer", "basic", "->", "=>", "ist", "war", "to", "apikey"];
    word.contains([':', '=']) || INSISTS.iter().any(|join| core.eq_ignore_ascii_case(join))
}

/// Words that people write after "password" or "token" and that are none.
pub(super) fn is_plain_word(core: &str) -> bool {
    const PLAIN: [&str; 92] = [
        "not",
        "wrong",
        "refused",
        "rejected",
        "incorrect",
        "invalid",
        "correct",
        "right",
        "expired",
        "too",
        "being",
        "never",
        "always",
        "still",
        "no",
        "ok",
        "okay",
        "accepted",
        "locked",
        "reset",
        "changed",
        "required",
        "missing",
        "empty",
        "blank",
        "the",
        "a",
        "an",
        "in",
        "on",
        "so",
        "what",
        "weak",
        "unknown",
        "old",
        "new",
        "shown",
        "asked",
        "sent",
        "gone",
        "lost",
        "forgotten",
        "fine",
        "good",
        "valid",
        "set",
        "page",
        "field",
        "and",
        "or",
        "but",
        "for",
        "from",
        "of",
        "with",
        "it",
        "i",
        "my",
        "your",
        "does",
        "did",
        "has",
        "had",
        "fails",
        "failed",
        "works",
        "worked",
        "mail",
        "email",
        "e-mail",
        "link",
        "change",
        "manager",
        "authentication",
        "auth",
        "header",
        "scheme",
        "when",
        "after",
        "again",
        "now",
        "already",
        "null",
        "none",
        "undefined",
        "true",
        "false",
        "yes",
        "be",
        "there",
        "here",
        "also",
    ];
    PLAIN.iter().any(|plain| core.eq_ignore_ascii_case(plain))
}

/// Whether a word opens a list of cookies: `Cookie:`, `Set-Cookie:`, `document.cookie=`.
pub(super) fn is_cookie(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let after = lower.split_once("cookie").map(|(_, after)| after.trim_start_matches('s'));
    after.is_some_and(|after| after.trim_start_matches(['"', '\'']).starts_with([':', '=']))
}
