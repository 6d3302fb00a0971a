//! Secrets go into every source of the report, and none comes out; what support needs does.
//! The generator knows how secrets are made and written, and nothing of how they are found.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use unstuck_core::guide::Outcome;
use unstuck_core::handover::{Attachment, Environment, Headings, Report, Tried, redact};
use unstuck_core::model::Recipient;

/// A text and the secret in it.
type Leak = (String, String);

fn of(
    alphabet: &'static str,
    len: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = String> {
    let letters: Vec<char> = alphabet.chars().collect();
    proptest::collection::vec(select(letters), len).prop_map(|chars| chars.into_iter().collect())
}

const BASE62: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const HEX: &str = "0123456789abcdef";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";

/// Keys as their makers issue them.
fn issued_key() -> impl Strategy<Value = String> {
    prop_oneof![
        of(BASE62, 12..=32).prop_map(|s| format!("sk_live_{s}")),
        of(BASE62, 12..=32).prop_map(|s| format!("sk_test_{s}")),
        of(BASE62, 24..=40).prop_map(|s| format!("sk_{s}")),
        of(BASE62, 48..=48).prop_map(|s| format!("sk-proj-{s}")),
        of(BASE62, 36..=36).prop_map(|s| format!("ghp_{s}")),
        of(BASE62, 82..=82).prop_map(|s| format!("github_pat_{s}")),
        of(BASE64, 20..=20).prop_map(|s| format!("glpat-{s}")),
        of("0123456789", 12..=12).prop_map(|s| format!("xoxb-{s}-{s}-aBcD3fGh1jKlMn0pQrStUvWx")),
        of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16..=16).prop_map(|s| format!("AKIA{s}")),
        of(BASE64, 35..=35).prop_map(|s| format!("AIza{s}")),
        of(BASE62, 32..=32).prop_map(|s| format!("whsec_{s}")),
        of(HEX, 64..=64),
    ]
}

fn jwt() -> impl Strategy<Value = String> {
    (of(BASE64, 10..=30), of(BASE64, 20..=120), of(BASE64, 43..=43))
        .prop_map(|(a, b, c)| format!("eyJhbGciOi{a}.eyJzdWIiOi{b}.{c}"))
}

/// What only its surroundings tell to be a secret.
fn opaque() -> impl Strategy<Value = String> {
    prop_oneof![
        of(BASE62, 16..=48),
        of(HEX, 32..=40),
        of(BASE62, 20..=40).prop_map(|s| format!("{s}==")),
        jwt(),
        issued_key(),
    ]
}

/// A word with a digit or a sign in it, as rules for passwords want it.
fn password() -> impl Strategy<Value = String> {
    let tail = select(vec!["1", "!9", "#2026", "$x7", "_77", "%4z", "*0*", "+q8"]);
    (of(BASE62, 5..=14), tail).prop_map(|(head, tail)| head + tail)
}

fn address() -> impl Strategy<Value = String> {
    (of(LOWER, 3..=10), of(LOWER, 3..=10), select(vec!["example", "com", "co.uk", "de"]))
        .prop_map(|(who, host, top)| format!("{who}@{host}.{top}"))
}

fn card() -> impl Strategy<Value = (String, String)> {
    let issuer = select(vec![
        ("4", 16),
        ("51", 16),
        ("55", 16),
        ("2221", 16),
        ("34", 15),
        ("37", 15),
        ("6011", 16),
        ("4", 13),
        ("36", 14),
    ]);
    let style = select(vec!["", " ", "-", "\u{a0}"]);
    (issuer, of("0123456789", 19..=19), style).prop_map(|((first, len), filler, gap)| {
        let mut digits: Vec<u32> = first
            .chars()
            .chain(filler.chars())
            .take(len - 1)
            .map(|c| c.to_digit(10).unwrap())
            .collect();
        let check = (0..10)
            .find(|check| {
                let mut sum = *check;
                for (n, digit) in digits.iter().rev().enumerate() {
                    let twice = digit * 2;
                    sum += if n % 2 == 0 { twice / 10 + twice % 10 } else { *digit };
                }
                sum % 10 == 0
            })
            .unwrap();
        digits.push(check);
        let plain: String = digits.iter().map(|d| char::from_digit(*d, 10).unwrap()).collect();
        let groups: &[usize] = match len {
            15 => &[4, 6, 5],
            14 => &[4, 6, 4],
            13 => &[13],
            _ => &[4, 4, 4, 4],
        };
        let mut at = 0;
        let parts: Vec<&str> = groups
            .iter()
            .map(|n| {
                at += n;
                &plain[at - n..at]
            })
            .collect();
        let written = parts.join(gap);
        (written.clone(), written)
    })
}

/// A secret as people and programs write it down.
fn leak() -> impl Strategy<Value = Leak> {
    fn put(
        forms: &'static [&'static str],
        secret: impl Strategy<Value = String>,
    ) -> impl Strategy<Value = Leak> {
        (select(forms.to_vec()), secret)
            .prop_map(|(form, secret)| (form.replace("{}", &secret), secret))
    }
    prop_oneof![
        put(
            &[
                "{}",
                "I use {} here",
                "key {}",
                "`{}`",
                "(see {})",
                "\"{}\"",
                "it says {}, and fails.",
                "key={}",
                "[{}]",
                "<{}>",
                "key|{}|end",
                "- {}\n- x"
            ],
            issued_key()
        ),
        put(
            &["{}", "my jwt {} expired", "jwt={}", "token:{}", "\"{}\"", "/cb#id_token={}&state=1"],
            jwt()
        ),
        put(
            &[
                "Bearer {}",
                "bearer {}",
                "Authorization: Bearer {}",
                "authorization: bearer {}",
                "curl -H \"Authorization: Bearer {}\" https://api.example/v1/x",
                "curl -H 'X-Api-Key: {}' https://api.example/v1/x",
                "-H \"x-auth-token: {}\"",
                "api_key={}",
                "apiKey: {}",
                "API key: {}",
                "my API key is {}",
                "the api key {} is refused",
                "token={}",
                "access_token={}",
                "\"access_token\":\"{}\"",
                "\"access_token\": \"{}\"",
                "{\"clientSecret\":\"{}\",\"id\":7}",
                "'refresh_token': '{}'",
                "client_secret={}",
                "SCOPIEN_API_KEY={}",
                "export API_TOKEN={}",
                "SECRET_KEY = {}",
                "token is {}",
                "secret: {}",
                "https://app.example/cb?access_token={}&x=1",
                "https://app.example/cb?x=1&token={}",
                "https://app.example/cb#access_token={}",
                "https://app.example/a?sig={}&se=2026",
                "wss://app.example/socket?auth={}",
                "https://app.example/?api_key={}",
                "https://a.example/?next=https%3A%2F%2Fb.example%2F%3Ftoken%3D{}%26x%3D1",
                "{\\\"token\\\":\\\"{}\\\"}",
                "X-Amz-Signature={}",
                "AccountKey={};EndpointSuffix=x",
                "authorization=Bearer {}",
                "\"Authorization\": \"Bearer {}\"",
                "Token: {}",
                "Basic auth, Authorization: Basic {}",
            ],
            opaque()
        ),
        put(
            &[
                "my password is {}",
                "password {}",
                "password: {}",
                "Password={}",
                "pwd: {}",
                "pw: {}",
                "passphrase: {}",
                "\"password\":\"{}\"",
                "\"password\": \"{}\",",
                "I typed password {} twice",
                "the password was {} before",
                "login jo, password: {}",
                "user=jo&password={}&x=1",
                "https://jo:{}@app.example/x",
                "https://app.example/login?user=jo&password={}",
                "postgres://app:{}@db.example:5432/main",
                "mongodb+srv://app:{}@cluster.example/x?w=1",
                "redis://:{}@cache.example:6379/0",
                "amqp://app:{}@mq.example/vhost",
                "Server=db.example;User Id=sa;Password={};Encrypt=true",
                "Pwd={};",
                "curl -u jo:{} https://a.example",
                "--password {}",
                "--password={}",
                "mysql --user=jo --password={} main",
                "PASSWORD={}",
                "Passwort: {}",
                "mein Passwort ist {}",
                "DB_PASSWORD={}",
                "pass={}",
                "otp={}",
            ],
            password()
        ),
        put(
            &[
                "https://app.example/users/{}/edit",
                "https://app.example/?email={}",
                "https://app.example/x?mail={}&y=1",
                "https://app.example/reset#{}",
                "https://{}:x9@app.example/",
                "see https://app.example/u/{}.",
                "/invite?email={}",
                "https://app.example/?q=user:{}",
                "mailto:{}",
                "https://app.example/x;user={}?y",
                "app.example/users/{}/edit",
                "https://app.example/search?q={}+pending",
            ],
            address()
        ),
        put(
            &["https://app.example/users/{}", "https://app.example/?email={}&x=1", "/u/{}/edit"],
            address().prop_map(|a| a.replace('@', "%40"))
        ),
        put(
            &[
                "Cookie: session={}",
                "Cookie: theme=dark; sid={}; x=1",
                "Set-Cookie: sid={}; Path=/; HttpOnly",
                "document.cookie = \"sid={}\"",
                "cookie: a=1; connect.sid={}",
                "PHPSESSID={}",
                "JSESSIONID={};",
                "Cookie: a={};b=2",
                "curl -b 'sessionid={}' https://a.example",
                "\"cookie\":\"sid={}; x=1\"",
            ],
            of(BASE62, 16..=40)
        ),
        (
            select(vec![
                "{}",
                "my card {} was refused",
                "card: {}",
                "card={}",
                "number {}.",
                "paid with {}, twice",
                "\"card\":\"{}\"",
                "https://app.example/pay?card={}",
                "Visa {} (12/27)",
                "\n{}\n",
            ]),
            card()
        )
            .prop_map(|(form, (written, secret))| (form.replace("{}", &written), secret)),
    ]
}

/// What support needs, as it is written.
fn identifier() -> impl Strategy<Value = String> {
    let digits = "0123456789";
    let uuid = || {
        (of(HEX, 8..=8), of(HEX, 4..=4), of(HEX, 3..=3), of(HEX, 3..=3), of(HEX, 12..=12))
            .prop_map(|(a, b, c, d, e)| format!("{a}-{b}-4{c}-8{d}-{e}"))
    };
    prop_oneof![
        uuid(),
        uuid().prop_map(|uuid| uuid.to_uppercase()),
        of(BASE62, 12..=15).prop_map(|s| format!("006{s}")),
        of(digits, 4..=19),
        of(digits, 6..=6).prop_map(|s| format!("CMP-{s}")),
        of(HEX, 8..=16).prop_map(|s| format!("cmp_{s}")),
        of(HEX, 24..=24),
        of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26..=26),
        (of(digits, 4..=4), of(digits, 4..=4)).prop_map(|(a, b)| format!("campaign-{a}-{b}")),
        select(vec![
            "SIP/2.0 486",
            "SIP 603",
            "408",
            "SYNC_001",
            "RATE_001",
            "ERR_CONNECTION_REFUSED",
            "0x80070005",
            "E11000",
            "HTTP 503",
            "5xx",
            "AUTH_002",
            "TypeError:",
            "invalid_client"
        ])
        .prop_map(str::to_owned),
        (any::<[u8; 4]>(), 8..=32u8).prop_map(|([a, b, c, d], n)| format!("{a}.{b}.{c}.{d}/{n}")),
        (any::<[u8; 4]>(), any::<u16>())
            .prop_map(|([a, b, c, d], p)| format!("{a}.{b}.{c}.{d}:{p}")),
        of(HEX, 4..=4).prop_map(|s| format!("2001:db8:{s}::/48")),
        (0..24u8, 0..60u8, 0..60u8)
            .prop_map(|(h, m, s)| format!("2026-01-22T{h:02}:{m:02}:{s:02}Z")),
        (0..24u8, 0..60u8).prop_map(|(h, m)| format!("{h:02}:{m:02}")),
        (1_700_000_000_000..1_900_000_000_000u64).prop_map(|ms| ms.to_string()),
        (1..10_000u32)
            .prop_map(|n| format!("https://app.example/campaigns/{n}?page=2&sort=name#calls")),
        of(HEX, 40..=40),
    ]
}

fn told() -> impl Strategy<Value = String> {
    let forms = vec![
        "{}",
        "campaign {}",
        "the call {} failed",
        "record {} is missing",
        "it says {}.",
        "({})",
        "id={}",
        "campaign_id: {}",
        "{\"campaign_id\":\"{}\"}",
        "code {}",
        "error: {}",
        "from {} on",
        "- {}\n- next",
        "https://app.example/records/{}",
        "https://app.example/?campaign={}&tab=1",
        "at {}, then nothing",
        "`{}`",
        "password reset for {} fails",
        "no token for {}",
        "login at {} fails",
        "session {}",
    ];
    (select(forms), identifier()).prop_map(|(form, id)| form.replace("{}", &id))
}

/// A report with the text in every source, and nothing else.
fn report(text: &str) -> Report {
    let text = || text.to_owned();
    Report {
        id: "5f2c1c52-0000-4000-8000-000000000001".into(),
        product: "scopien".into(),
        kb_version: "1".into(),
        article: Some(("scopien/api/401".into(), text())),
        note: text(),
        name: text(),
        to: Recipient::Support,
        details: vec![("steps".into(), text()), (text(), "x".into())],
        attachments: vec![Attachment {
            name: text(),
            mime: "image/png".into(),
            data: String::new(),
        }],
        tried: vec![Tried {
            article: "scopien/api/401".into(),
            check: "look".into(),
            label: text(),
            outcome: Outcome::Chose,
            choice: text(),
            at: 0,
            detail: text(),
        }],
        searches: vec![text()],
        status: vec![("api".into(), text())],
        context: vec![("page".into(), text()), (text(), "x".into())],
        environment: Environment { url: text(), browser: text(), ..Environment::default() },
        ..Report::default()
    }
}

/// Everything that leaves: the body, the readable text, the lines on screen.
fn outputs(report: &Report) -> [String; 3] {
    let words = |outcome: Outcome| outcome.name().to_owned();
    let headings = Headings {
        note: "note",
        email: "email",
        priority: "priority",
        article: "article",
        name: "name",
        tried: "tried",
        searches: "searches",
        status: "status",
        environment: "environment",
    };
    let lines: Vec<String> =
        report.lines().into_iter().map(|line| report.line_text(line, &words)).collect();
    [report.json(), report.text(&headings, &words), lines.join("\n")]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3_000) })]

    #[test]
    fn no_secret_comes_out_of_any_source_of_the_report((text, secret) in leak()) {
        let mut report = report(&text);
        report.clean();
        for output in outputs(&report) {
            prop_assert!(!output.contains(&secret), "{secret:?} of {text:?} is in {output}");
        }
        // Nor a part of it that would be of use.
        let cleaned = redact(&text);
        let long: Vec<&str> = secret.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 9).collect();
        for part in long {
            prop_assert!(!cleaned.contains(part), "{part:?} of {text:?} is in {cleaned:?}");
        }
        prop_assert_eq!(redact(&cleaned), cleaned.clone(), "cleaning twice changes nothing");
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,80}") {
        redact(&redact(&text));
    }

    #[test]
    fn any_marks_and_names_are_taken(parts in proptest::collection::vec(select(vec![
        "password", "token", "Cookie:", "Bearer", "=", ":", "\"", "'", "%", "%3D", "%4", "://", "@", "[removed]",
        "ü", "\u{a0}", " ", "\n", "4111111111111111", "-----BEGIN", "PRIVATE KEY-----", "-----END", "\\", "{", "}", ";", "&", "#", "x1", "is",
    ]), 0..14)) {
        redact(&parts.concat());
    }
}

#[test]
fn identifiers_come_out_as_they_went_in() {
    let mut runner = TestRunner::new(Config::default());
    let texts = told();
    let (mut kept, mut all, mut lost) = (0u32, 0u32, Vec::new());
    for _ in 0..10_000 {
        let text = texts.new_tree(&mut runner).unwrap().current();
        all += 1;
        let cleaned = redact(&text);
        if cleaned == text {
            kept += 1;
        } else {
            lost.push(format!("{text:?} -> {cleaned:?}"));
        }
    }
    lost.sort();
    lost.truncate(40);
    assert!(kept * 1_000 >= all * 995, "{kept} of {all}: {lost:#?}");
}
