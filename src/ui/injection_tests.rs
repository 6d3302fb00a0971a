//! A pack whose every field tries to become markup, script or an address that runs one: on no screen
//! does any of it become more than text. The same pack meets a real browser in a journey.

use std::rc::Rc;
use std::sync::OnceLock;

use unstuck_core::handover::{Environment, Zones};
use unstuck_core::model::{
    Align, Article, Audience, Block, Channel, ChannelKind, Check, Choice, Days, Ending, Escalation,
    Hours, Href, Include, Inline, Kind, KnowledgeBase, Link, ListItem, Maintenance, Person,
    Priority, Probe, ProbeDefault, Product, Recipient, Replacement, Service, Span, Suggestion,
    Target, Topic, Wait,
};
use unstuck_core::pack::{Pack, encode};
use unstuck_core::status::{Component, Feed, Incident, State as ServiceState};
use yew::prelude::*;

use super::state::{Action, Env, News, Settings, State, apply};
use super::view::{Heard, panel};

/// One string a line.
const CORPUS: &str = include_str!("../../tests/fixtures/injection.txt");

/// A world in which it is always the same moment, and which speaks like the corpus.
pub(super) struct Still;

impl Zones for Still {
    fn offset_minutes(&self, _: &str, _: u64) -> Option<i32> {
        None
    }
}

impl Env for Still {
    fn now(&self) -> u64 {
        1_795_132_800_000
    }
    fn time_of_day(&self, _: u64, _: &str) -> String {
        evil()
    }
    fn uuid(&self) -> String {
        evil()
    }
    fn environment(&self) -> Environment {
        Environment { url: evil(), browser: evil(), ..Environment::default() }
    }
}

/// What breaks out of text, of an attribute and of elements with raw text. It stands in every
/// field; each line of the corpus stands once in text, in a link and in a picture.
fn evil() -> String {
    "'\"--></style></title></textarea></script><script>window.pwned=1</script>\
     <img src=x onerror=window.pwned=1>"
        .to_owned()
}

fn some() -> Option<String> {
    Some(evil())
}

fn words() -> Vec<Inline> {
    let mut all = vec![
        Inline::Text(evil()),
        Inline::Code(evil()),
        Inline::Key(evil()),
        Inline::Strong(vec![Inline::Text(evil())]),
        Inline::Emphasis(vec![Inline::Text(evil())]),
        Inline::Break,
        Inline::Link(Href::Article(evil()), vec![Inline::Text(evil())]),
        Inline::Link(Href::Link(evil()), vec![Inline::Text(evil())]),
    ];
    for line in CORPUS.lines() {
        all.push(Inline::Text(line.to_owned()));
        all.push(Inline::Link(Href::Url(line.to_owned()), vec![Inline::Text(line.to_owned())]));
        all.push(Inline::Image { src: line.to_owned(), alt: line.to_owned() });
    }
    all
}

fn text() -> Vec<Inline> {
    vec![Inline::Text(evil())]
}

fn blocks() -> Vec<Block> {
    let item = || ListItem { task: Some(true), blocks: vec![Block::Paragraph(text())] };
    vec![
        Block::Heading(1, text()),
        Block::Paragraph(words()),
        Block::List(Some(1), vec![item()]),
        Block::List(None, vec![item()]),
        Block::Table { align: vec![Align::End], head: vec![text()], rows: vec![vec![text()]] },
        Block::Code(evil(), evil()),
        Block::Quote(vec![Block::Paragraph(text())]),
        Block::Rule,
    ]
}

/// Every field is named, so that a new one does not compile before it is poisoned too.
fn article(kind: Kind, checks: Vec<Check>, ending: Ending) -> Article {
    Article {
        id: [&evil(), kind.name()].concat(),
        topic: evil(),
        kind,
        title: evil(),
        phrasings: vec![evil()],
        keywords: vec![evil()],
        codes: vec![evil()],
        services: vec![evil()],
        cause: text(),
        body: blocks(),
        checks,
        ending,
        see: vec![[&evil(), Kind::Faq.name()].concat(), evil()],
        locale: some(),
    }
}

fn check(id: &str) -> Check {
    Check {
        id: [id, &evil()].concat(),
        label: text(),
        detail: vec![Block::Paragraph(text()), Block::Code(evil(), evil())],
        links: vec![evil()],
        wait: None,
        probe: None,
        ask: None,
        choices: Vec::new(),
        expected: text(),
        audience: Audience::Everyone,
        others: Replacement::Text(text()),
    }
}

fn span() -> Span {
    Span { days: Days::default(), from: 60, to: 120, zone: evil() }
}

fn channel(kind: ChannelKind, address: &str) -> Channel {
    Channel {
        id: [kind.name(), &evil()].concat(),
        kind,
        name: evil(),
        address: Some(address.to_owned()),
        plans: Vec::new(),
        response_minutes: Some(60),
        response: evil(),
        hours: Hours::Spans(vec![span()]),
        to: vec![Recipient::Support],
        priorities: Vec::new(),
        topics: Vec::new(),
        why: evil(),
        note: evil(),
    }
}

fn knowledge_base() -> KnowledgeBase {
    let checks = vec![
        check("plain"),
        Check { wait: Some(Wait::Until(text())), ..check("wait") },
        Check {
            probe: Some(Probe { name: evil(), params: vec![(evil(), evil())] }),
            ..check("probe")
        },
        Check { ask: Some((evil(), evil())), ..check("ask") },
        Check {
            choices: vec![
                Choice { label: text(), target: Target::Check(evil()) },
                Choice { label: text(), target: Target::GetHelp },
            ],
            ..check("choose")
        },
    ];
    let escalation = Escalation { text: blocks(), who: vec![evil()], straight_away: true };
    let kinds = [ChannelKind::Email, ChannelKind::Chat, ChannelKind::Phone, ChannelKind::Link];
    let channels =
        kinds.iter().flat_map(|&kind| CORPUS.lines().map(move |line| channel(kind, line)));
    let link = |name: &str, href: &str| Link {
        name: name.to_owned(),
        label: evil(),
        href: Some(href.to_owned()),
        anchor: some(),
        expect: evil(),
        assumed: true,
    };
    let mut links = vec![link(&evil(), "javascript:window.pwned=1")];
    links.extend(CORPUS.lines().map(|line| link(line, line)));
    let product = Product {
        id: "injection".to_owned(),
        name: evil(),
        locale: "en".to_owned(),
        topics: vec![Topic { id: evil(), title: evil(), description: evil() }],
        home: vec![[&evil(), Kind::Guide.name()].concat()],
        last_resort: some(),
        synonyms: vec![vec![evil(), "pwned".to_owned()]],
        links,
        services: vec![Service { id: evil(), name: evil(), feed: some() }],
        people: vec![Person { id: evil(), name: evil(), to: Recipient::Admin, instead: some() }],
        channels: channels.collect(),
        priorities: vec![Priority {
            id: evil(),
            name: evil(),
            question: evil(),
            response_minutes: 60,
            examples: vec![evil()],
        }],
        include: vec![Include {
            id: evil(),
            label: evil(),
            hint: evil(),
            context: some(),
            multiline: true,
            required: true,
            topics: Vec::new(),
        }],
        maintenance: vec![Maintenance {
            title: evil(),
            span: span(),
            notice_days: 900,
            services: vec![evil()],
            effects: evil(),
        }],
        suggestions: vec![Suggestion {
            pattern: "*".to_owned(),
            articles: vec![[&evil(), Kind::Guide.name()].concat()],
        }],
        probes: vec![ProbeDefault { name: evil(), params: vec![(evil(), evil())] }],
    };
    let articles = vec![
        article(Kind::Guide, checks, Ending::Escalate(escalation)),
        article(Kind::Faq, Vec::new(), Ending::Expected(blocks())),
        article(Kind::Code, vec![check("only")], Ending::Expected(blocks())),
    ];
    KnowledgeBase { product, articles }
}

fn bytes() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| encode(&knowledge_base()))
}

fn show(kind: Kind) -> Action {
    Action::Show([&evil(), kind.name()].concat())
}

fn stuck(check: &str) -> Action {
    Action::Answer([check, &evil()].concat(), unstuck_core::guide::Outcome::StillStuck)
}

fn feed() -> Feed {
    Feed {
        state: ServiceState::MajorOutage,
        components: vec![Component {
            id: evil(),
            name: evil(),
            group: evil(),
            state: ServiceState::MajorOutage,
            ..Component::default()
        }],
        incidents: CORPUS
            .lines()
            .map(|line| Incident {
                id: evil(),
                title: line.to_owned(),
                update: line.to_owned(),
                url: Some(line.to_owned()),
                services: vec![evil()],
                ..Incident::default()
            })
            .collect(),
        message: evil(),
        url: some(),
        ..Feed::default()
    }
}

/// The ways to each screen.
fn screens() -> Vec<Vec<Action>> {
    let guide = |more: &[&str]| {
        let mut all = vec![show(Kind::Guide)];
        all.extend(more.iter().map(|check| stuck(check)));
        all
    };
    vec![
        vec![Action::Feed(News::new(feed()))],
        vec![Action::Type(CORPUS.to_owned())],
        vec![Action::Type("pwned".to_owned())],
        vec![Action::Suggest(vec![evil()])],
        vec![Action::Topic(0)],
        vec![Action::Show(evil())],
        vec![show(Kind::Faq)],
        vec![show(Kind::Code)],
        vec![show(Kind::Code), stuck("only")],
        guide(&[]),
        guide(&["plain"]),
        guide(&["plain", "wait"]),
        guide(&["plain", "wait", "probe"]),
        guide(&["plain", "wait", "probe", "ask"]),
        vec![show(Kind::Guide), Action::Feed(News::new(feed()))],
        vec![
            show(Kind::Guide),
            stuck("plain"),
            Action::Contact,
            Action::Note(evil()),
            Action::Email(evil()),
            Action::Detail(evil(), evil()),
            Action::Priority(evil()),
            Action::NoPicture(evil()),
        ],
        vec![Action::Type(evil()), Action::Note(evil()), Action::Kept],
    ]
}

#[derive(Properties, PartialEq)]
struct StageProps {
    /// Number of the screen.
    n: usize,
}

#[component]
fn Stage(props: &StageProps) -> Html {
    #[allow(clippy::unwrap_used, reason = "a helper of tests")]
    let pack = Rc::new(Pack::open(bytes().to_vec()).unwrap());
    let mut state = State::new(
        pack,
        Settings {
            heading_level: 2,
            status: Some("/status.json".to_owned()),
            link_base: "javascript:window.pwned=1//".to_owned(),
            links: vec![(evil(), "java\tscript:window.pwned=1".to_owned())],
            pack_url: "/kb/injection.en.kb".to_owned(),
            ..Settings::default()
        },
    );
    state.context = ["role", "plan", "user", "user_name", "user_email", "x"]
        .map(|key| (key.to_owned(), evil()))
        .to_vec();
    let open = core::iter::once(Action::Open);
    for action in open.chain(screens().swap_remove(props.n)) {
        let _ = apply(&mut state, action, &Still);
    }
    panel(&state, &Still, &Heard::default())
}

/// Names of tags and attributes with values, as a parser of HTML finds them in what was drawn: text
/// is escaped, values are quoted and escaped.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let mut quoted = false;
        let end = after
            .find(|c| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })
            .unwrap_or(after.len());
        let (tag, after) = after.split_at(end);
        rest = after;
        let (name, mut list) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while let Some((key, more)) = list.split_once("=\"") {
            let (value, more) = more.split_once('"').unwrap_or((more, ""));
            // Attributes without a value may stand before this one.
            let (bare, key) = key.trim().rsplit_once(' ').unwrap_or(("", key.trim()));
            attributes.extend(bare.split_whitespace().map(|word| (word.to_owned(), String::new())));
            attributes.push((key.to_owned(), value.to_owned()));
            list = more;
        }
        let bare = list.split_whitespace().filter(|word| *word != "/");
        attributes.extend(bare.map(|word| (word.to_owned(), String::new())));
        found.push((name.trim_matches('/').to_owned(), attributes));
    }
    found
}

/// What our screens are made of.
const TAGS: &[&str] = &[
    "a",
    "article",
    "b",
    "blockquote",
    "br",
    "button",
    "code",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "kbd",
    "label",
    "legend",
    "li",
    "mark",
    "ol",
    "p",
    "path",
    "pre",
    "progress",
    "section",
    "slot",
    "span",
    "strong",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "textarea",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
];

#[tokio::test]
async fn no_field_of_a_pack_a_feed_or_the_context_becomes_markup_or_a_running_address() {
    let mut drawn = 0;
    for n in 0..screens().len() {
        let html = yew::ServerRenderer::<Stage>::with_props(move || StageProps { n })
            .hydratable(false)
            .render()
            .await;
        drawn += usize::from(html.contains("window.pwned"));
        for (tag, attributes) in tags(&html) {
            assert!(TAGS.contains(&tag.as_str()), "screen {n} draws <{tag}> {attributes:?}");
            for (name, value) in attributes {
                let plain = name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
                assert!(plain && !name.starts_with("on"), "screen {n}: <{tag} {name}>");
                assert!(!["style", "srcdoc", "action", "formaction"].contains(&name.as_str()));
                if ["href", "src"].contains(&name.as_str()) {
                    let scheme = value.split([':', '/', '?', '#']).next().unwrap_or("");
                    let scheme = scheme.trim().to_lowercase();
                    let runs = ["javascript", "data", "vbscript"];
                    assert!(!runs.contains(&scheme.as_str()), "screen {n}: {name}={value}");
                    assert!(!value.trim().starts_with("//"), "screen {n}: {name}={value}");
                    let mail = ["mailto", "tel"].contains(&scheme.as_str());
                    assert!(
                        mail || !value.chars().any(char::is_control),
                        "screen {n}: {name}={value}"
                    );
                }
            }
        }
    }
    assert!(drawn >= screens().len() - 2, "only {drawn} screens show anything of the corpus");
}

#[test]
fn the_scanner_of_this_test_sees_what_it_must_not_miss() {
    let seen = tags("<p class=\"a\">x &lt;b&gt;</p><img src=\"x\" onerror=\"y\"/><script>");
    let names: Vec<&str> = seen.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["p", "p", "img", "script"]);
    assert_eq!(seen[2].1[1], ("onerror".to_owned(), "y".to_owned()));
}

/// Writes the pack for the journey: `cargo test -p unstuck -- --ignored write_the_injection_pack`,
/// when the format of packs has changed.
#[test]
#[ignore = "writes a fixture"]
fn write_the_injection_pack() {
    std::fs::write("tests/fixtures/injection.en.kb", bytes()).unwrap();
}
