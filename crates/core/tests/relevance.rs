//! Relevance as named cases: a small corpus, a query, the order that a person expects.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::sync::OnceLock;

use unstuck_core::model::{Article, Block, Inline, Kind, KnowledgeBase, Product};
use unstuck_core::search::{Answer, Index, Marker, Options, Scratch, build, search};

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

fn article(kind: Kind, id: &str, title: &str, phrasings: &[&str], body: &str) -> Article {
    Article {
        id: id.to_owned(),
        kind,
        title: title.to_owned(),
        phrasings: phrasings.iter().map(|&phrasing| phrasing.to_owned()).collect(),
        body: vec![Block::Paragraph(text(body))],
        ..Article::default()
    }
}

fn code(id: &str, title: &str, codes: &[&str]) -> Article {
    Article {
        codes: codes.iter().map(|&code| code.to_owned()).collect(),
        ..article(Kind::Code, id, title, &[], "What the code means and what to do.")
    }
}

fn help() -> KnowledgeBase {
    use Kind::{Guide, Reference};
    let mut base = KnowledgeBase {
        product: Product { id: "p".into(), locale: "en".into(), ..Product::default() },
        articles: vec![
            article(
                Guide,
                "login",
                "Sign-in is refused",
                &["my password does not work", "it throws me out when I log in"],
                "Check your password and try the sign-in page again.",
            ),
            article(
                Guide,
                "recording",
                "A recording won't play",
                &["no sound when I open a call"],
                "Recordings are moved in the background. Wait, then play the recording again.",
            ),
            article(
                Guide,
                "invoice",
                "An invoice is past due",
                &["we got a payment reminder"],
                "Replace the card in the billing settings.",
            ),
            article(
                Reference,
                "password-rules",
                "Password rules",
                &[],
                "A password has twelve letters. The password expires. Passwords are never sent.",
            ),
            article(
                Guide,
                "sync",
                "Nothing comes across from Salesforce",
                &["deals are missing"],
                "Start the synchronisation by hand, then look at the log.",
            ),
            code("sync-001", "SYNC_001: the connection is gone", &["SYNC_001"]),
            code("5xx", "The server fails (5xx)", &["5xx"]),
            code("404", "Not found (404)", &["404"]),
        ],
    };
    base.articles[4].keywords = vec!["crm".into()];
    base.product.synonyms = vec![vec!["moneyvault".into(), "invoice".into()]];
    base
}

type Sections = Vec<(u8, Vec<u8>)>;

/// The sections of [`help`], built once for all cases.
fn help_sections() -> &'static Sections {
    static SECTIONS: OnceLock<Sections> = OnceLock::new();
    SECTIONS.get_or_init(|| build(&help()).pack)
}

fn with<T>(base: &KnowledgeBase, then: impl FnOnce(&Index<'_>) -> T) -> T {
    let built;
    let sections = if *base == help() {
        help_sections()
    } else {
        built = build(base).pack;
        &built
    };
    let index = Index::open(|tag| {
        sections.iter().find(|(other, _)| *other == tag).map(|(_, bytes)| bytes.as_slice())
    });
    then(&index.unwrap())
}

fn ask(base: &KnowledgeBase, query: &str) -> (Vec<String>, Answer) {
    with(base, |index| {
        let answer = search(index, query, &Options::default(), &mut Scratch::default());
        let ids = answer.hits.iter().map(|hit| base.articles[hit.article as usize].id.clone());
        (ids.collect(), answer)
    })
}

/// The first hits for each query.
#[track_caller]
fn expect(query: &str, first: &[&str]) {
    let (ids, answer) = ask(&help(), query);
    let found: Vec<&str> = ids.iter().map(String::as_str).take(first.len()).collect();
    assert_eq!(found, first, "{query}: {:?}", answer.hits);
}

#[test]
fn the_exact_title_comes_first() {
    expect("Password rules", &["password-rules"]);
    expect("A recording won't play", &["recording"]);
    expect("an invoice is past due", &["invoice"]);
}

#[test]
fn a_symptom_leads_to_the_guide_before_the_reference() {
    expect("password doesn't work", &["login", "password-rules"]);
}

#[test]
fn words_that_a_codes_name_shares_lead_to_the_guide_before_the_code() {
    let mut base = help();
    base.articles[5].title = "SYNC_001: no connection to Salesforce".into();
    base.articles[4].title = "The Salesforce sync stops".into();
    for query in ["salesforce sync", "sync salesforce", "salesforce sync stopped"] {
        assert_eq!(ask(&base, query).0[..2], ["sync", "sync-001"], "{query}");
    }
    assert_eq!(ask(&base, "salesforce sync_001").0[0], "sync-001");
}

#[test]
fn in_a_short_text_without_phrasings_grammar_tells_questions_apart() {
    let mut base = help();
    let texts = [
        ("open", "Opening", "when are you open. are you open on sundays"),
        ("place", "Place", "where are you. where do I go on sundays"),
    ];
    for (id, title, said) in texts {
        base.articles.push(article(Kind::Reference, id, title, &[], said));
    }
    assert_eq!(ask(&base, "where are you on sundays ").0[0], "place");
    assert_eq!(ask(&base, "when are you there on sundays ").0[0], "open");
}

#[test]
fn a_title_that_says_much_more_than_the_query_is_less_sure() {
    let sure = |query: &str| ask(&help(), query).1.confidence;
    assert!(sure("password rules") > sure("password"));
    assert!(sure("a recording won't play") > sure("recording archive of last year"));
}

#[test]
fn a_code_is_found_in_every_written_form() {
    for form in ["SYNC_001", "sync 001", "sync-001", "sync001", "Error: SYNC_001", "SYNC_001!"] {
        expect(form, &["sync-001"]);
    }
    for form in ["404", "http404", "http 404", "err404", "404s", "{\"status\":404}"] {
        expect(form, &["404"]);
    }
}

#[test]
fn a_status_code_is_found_by_its_range() {
    for form in ["502", "http 502", "Error 503 Service Unavailable", "5xx"] {
        expect(form, &["5xx"]);
    }
}

#[test]
fn typing_errors_are_forgiven() {
    for typo in
        ["recroding", "recordng", "reccording", "recrding wont play", "a recoding wont paly"]
    {
        expect(typo, &["recording"]);
    }
    expect("invioce", &["invoice"]);
    expect("pasword ruels", &["password-rules"]);
}

#[test]
fn an_unfinished_word_is_completed_even_with_a_typo() {
    for part in ["reco", "recordi", "a recording won't pl"] {
        expect(part, &["recording"]);
    }
    expect("invo", &["invoice"]);
    expect("invice", &["invoice"]);
}

#[test]
fn joined_and_split_words_meet() {
    expect("pastdue", &["invoice"]);
    expect("signin", &["login"]);
    expect("log in", &["login"]);
}

#[test]
fn words_of_the_thesaurus_and_of_the_knowledge_base_stand_in() {
    expect("bill", &["invoice"]);
    expect("moneyvault", &["invoice"]);
}

#[test]
fn a_typo_never_outranks_the_word_itself() {
    let mut base = help();
    base.articles.push(article(Kind::Guide, "form", "The form", &[], "Fill in the form."));
    base.articles.push(article(Kind::Guide, "farm", "The farm", &[], "Milk the cow."));
    assert_eq!(ask(&base, "farm").0.first().map(String::as_str), Some("farm"));
    assert_eq!(ask(&base, "form").0.first().map(String::as_str), Some("form"));
}

#[test]
fn ties_keep_the_order_of_the_knowledge_base() {
    let mut base = help();
    for id in ["twin-a", "twin-b"] {
        base.articles.push(article(Kind::Guide, id, "Zebra crossing", &[], "Same words."));
    }
    // Ids count as words, too: the twins differ by one letter that nobody asks for.
    assert_eq!(ask(&base, "zebra crossing").0[..2], ["twin-a", "twin-b"]);
}

#[test]
fn the_hosts_context_pushes_gently() {
    let base = help();
    with(&base, |index| {
        let mut scratch = Scratch::default();
        let first = |boosts: &[(u32, f32)], query: &str, scratch: &mut Scratch| {
            let options = Options { boosts, ..Options::default() };
            search(index, query, &options, scratch).hits.first().map(|hit| hit.article)
        };
        assert_eq!(first(&[(3, 1.0)], "an invoice is past due", &mut scratch), Some(2));
        let plain = first(&[], "password", &mut scratch);
        let other = if plain == Some(0) { 3 } else { 0 };
        let scores = search(index, "password", &Options::default(), &mut scratch).hits;
        let of = |article| scores.iter().find(|hit| hit.article == article).unwrap().score;
        let pushed = first(&[(other, 1.0)], "password", &mut scratch);
        let near = of(other) * 1.15 > of(plain.unwrap());
        assert_eq!(pushed == Some(other), near);
    });
}

#[test]
fn what_is_covered_is_confident_and_what_is_not_is_not() {
    for query in ["a recording won't play", "SYNC_001", "invoice past due", "password rules"] {
        assert!(ask(&help(), query).1.confident, "{query}");
    }
    for query in ["change the wallpaper to green", "SYNC_009", "hippopotamus", "", "??"] {
        assert!(!ask(&help(), query).1.confident, "{query}");
    }
}

#[test]
fn marks_show_what_matched() {
    with(&help(), |index| {
        let marked = |query: &str, text: &str| -> Vec<String> {
            let marks = Marker::new(index, query).marks(text);
            marks.into_iter().map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(marked("recordings", "A recording won't play"), ["recording"]);
        assert_eq!(marked("recroding", "A recording won't play"), ["recording"]);
        assert_eq!(marked("inv", "An invoice is past due"), ["invoice"]);
        assert_eq!(marked("bill", "An invoice is past due"), ["invoice"]);
        assert_eq!(marked("hippopotamus", "An invoice is past due"), [""; 0]);
        assert_eq!(marked("größe", "Die GRÖSSE zählt"), ["GRÖSSE"]);
    });
}

#[test]
fn odd_input_gives_an_answer_and_never_a_panic() {
    let long = "password ".repeat(2000);
    let odd =
        ["", " ", "\u{0}", "é", "日本語の質問", "💥💥", "a", "''''", "-_-_-", "e-", "0", &long];
    with(&help(), |index| {
        let mut scratch = Scratch::default();
        for query in odd {
            let answer = search(index, query, &Options::default(), &mut scratch);
            assert!((0.0..=1.0).contains(&answer.confidence), "{query:?}");
            assert!(answer.hits.windows(2).all(|two| two[0].score >= two[1].score));
            assert!(answer.hits.iter().all(|hit| (0.0..=1.0).contains(&hit.score)));
            Marker::new(index, query).marks(query);
        }
    });
}

#[test]
fn an_empty_knowledge_base_answers_nothing() {
    let (ids, answer) = ask(&KnowledgeBase::default(), "password");
    assert!(ids.is_empty() && !answer.confident);
}

#[test]
fn a_knowledge_base_in_another_language_is_searched_word_by_word() {
    let mut base = help();
    base.product.locale = "de".into();
    base.articles.push(article(
        Kind::Guide,
        "passwort",
        "Das Passwort wird abgelehnt",
        &[],
        "Setzen Sie das Passwort zurück.",
    ));
    assert_eq!(ask(&base, "passwort abgelehnt").0[0], "passwort");
    assert_eq!(ask(&base, "pasword abgelent").0[0], "passwort");
    assert_eq!(ask(&base, "ABGELEH").0[0], "passwort");
}

#[test]
fn bytes_turned_or_cut_anywhere_never_panic() {
    let sections = help_sections();
    let queries = ["password doesnt wrok", "sync 001", "inv", "bill past due", "502 err"];
    let mut scratch = Scratch::default();
    let mut try_all = |sections: &[(u8, Vec<u8>)]| {
        let index = Index::open(|tag| {
            sections.iter().find(|(other, _)| *other == tag).map(|(_, bytes)| bytes.as_slice())
        });
        if let Ok(index) = index {
            for query in queries {
                search(&index, query, &Options::default(), &mut scratch);
            }
        }
    };
    for at in 0..sections.len() {
        let len = sections[at].1.len();
        // Every byte of the headers and tables, then samples.
        for byte in (0..len).filter(|byte| *byte < 200 || byte % 61 == 0) {
            for turn in [0x01, 0x80, 0xff] {
                let mut damaged = sections.clone();
                damaged[at].1[byte] ^= turn;
                try_all(&damaged);
            }
            let mut damaged = sections.clone();
            damaged[at].1.truncate(byte);
            try_all(&damaged);
        }
    }
}
