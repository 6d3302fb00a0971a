//! One small knowledge base with something of everything, for the frozen pack and the damage
//! tests. It never changes: a frozen file is compared with it.

use unstuck_core::model::*;

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn some(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.into()).collect()
}

/// The knowledge base of the frozen pack.
pub(crate) fn kb() -> KnowledgeBase {
    KnowledgeBase { product: product(), articles: vec![guide(), reference()] }
}

fn product() -> Product {
    Product {
        id: "kettle".into(),
        name: "Kettle Cloud".into(),
        locale: "en".into(),
        topics: vec![Topic {
            id: "sounds".into(),
            title: "Sounds".into(),
            description: "What it says.".into(),
        }],
        home: some(&["kettle/sounds/beeps"]),
        last_resort: Some("kettle/sounds/manual".into()),
        synonyms: vec![some(&["beep", "chirp"])],
        links: vec![Link {
            name: "volume".into(),
            label: "Settings → Volume".into(),
            href: Some("/settings/volume".into()),
            anchor: Some("volume".into()),
            expect: "volume>0".into(),
            assumed: true,
        }],
        services: vec![Service {
            id: "api".into(),
            name: "API".into(),
            feed: Some("Public API".into()),
        }],
        people: vec![Person {
            id: "support".into(),
            name: "Kettle support".into(),
            to: Recipient::Support,
            instead: Some("admin".into()),
        }],
        channels: vec![Channel {
            id: "mail".into(),
            kind: ChannelKind::Email,
            name: "Mail".into(),
            address: Some("help@kettle.example".into()),
            plans: some(&["pro"]),
            response_minutes: Some(60),
            response: "within an hour".into(),
            hours: Hours::Spans(vec![Span {
                days: Days::Weekly(Weekday::Monday, Weekday::Friday),
                from: 540,
                to: 1020,
                zone: "-05:00".into(),
            }]),
            to: vec![Recipient::Support, Recipient::Staff],
            priorities: some(&["high"]),
            topics: some(&["sounds"]),
            why: "for everything".into(),
            note: "no pictures".into(),
        }],
        priorities: vec![Priority {
            id: "high".into(),
            name: "High".into(),
            question: "No tea at all".into(),
            response_minutes: 60,
            examples: some(&["cold water"]),
        }],
        include: vec![Include {
            id: "model".into(),
            label: "Model".into(),
            hint: "below the base".into(),
            context: Some("model_id".into()),
            multiline: false,
            required: true,
            topics: some(&["sounds"]),
        }],
        maintenance: vec![Maintenance {
            title: "Descaling".into(),
            span: Span {
                days: Days::Monthly(Week::Last, Weekday::Sunday),
                from: 120,
                to: 240,
                zone: "Europe/Berlin".into(),
            },
            notice_days: 7,
            services: some(&["api"]),
            effects: "No remote start.".into(),
        }],
        suggestions: vec![Suggestion {
            pattern: "/sounds*".into(),
            articles: some(&["kettle/sounds/beeps"]),
        }],
        probes: vec![ProbeDefault {
            name: "service-status".into(),
            params: vec![("url".into(), "https://kettle.example/status".into())],
        }],
    }
}

fn guide() -> Article {
    let first = Check {
        id: "turn-down".into(),
        label: vec![
            Inline::Text("Turn the ".into()),
            Inline::Strong(text("volume")),
            Inline::Text(" down with ".into()),
            Inline::Key("F3".into()),
        ],
        detail: vec![Block::Paragraph(text("It remembers."))],
        links: some(&["volume"]),
        wait: Some(Wait::Minutes(15)),
        probe: Some(Probe {
            name: "service-status".into(),
            params: vec![("service".into(), "api".into())],
        }),
        ask: Some(("support".into(), "Please mute it.".into())),
        ..Check::default()
    };
    let second = Check {
        id: "which".into(),
        label: text("Look at the lamp."),
        wait: Some(Wait::Until(text("it cools"))),
        choices: vec![
            Choice { label: text("It is red"), target: Target::Check("turn-down".into()) },
            Choice { label: text("Green"), target: Target::Article("kettle/sounds/manual".into()) },
            Choice { label: text("Off"), target: Target::GetHelp },
            Choice { label: text("Blue"), target: Target::Expected },
            Choice { label: text("None"), target: Target::Fixed },
        ],
        expected: text("Blue is fine."),
        audience: Audience::Staff,
        others: Replacement::Go(Target::GetHelp),
        ..Check::default()
    };
    Article {
        id: "kettle/sounds/beeps".into(),
        topic: "sounds".into(),
        kind: Kind::Guide,
        title: "It beeps at night".into(),
        phrasings: some(&["my kettle chirps", "noise while I sleep"]),
        keywords: some(&["alarm"]),
        codes: some(&["E42"]),
        services: some(&["api"]),
        cause: vec![
            Inline::Text("The ".into()),
            Inline::Emphasis(text("night")),
            Inline::Text(" mode is off; see ".into()),
            Inline::Link(Href::Link("volume".into()), text("Volume")),
        ],
        body: vec![Block::Quote(vec![Block::Rule])],
        checks: vec![first, second],
        ending: Ending::Escalate(Escalation {
            text: vec![Block::Paragraph(text("Support can mute it."))],
            who: some(&["support"]),
            straight_away: true,
        }),
        see: some(&["kettle/sounds/manual"]),
        locale: None,
    }
}

fn reference() -> Article {
    Article {
        id: "kettle/sounds/manual".into(),
        topic: "sounds".into(),
        kind: Kind::Reference,
        title: "What each sound means".into(),
        body: vec![
            Block::Heading(1, text("Sounds")),
            Block::Table {
                align: vec![Align::Start, Align::Center, Align::End],
                head: vec![text("Sound"), text("Meaning"), text("Times")],
                rows: vec![vec![text("beep"), vec![], text("3")]],
            },
            Block::List(
                Some(3),
                vec![ListItem { task: Some(true), blocks: vec![Block::Paragraph(text("Listen"))] }],
            ),
            Block::Code("sh".into(), "curl https://kettle.example\n\tdone".into()),
            Block::Paragraph(vec![
                Inline::Code("E42".into()),
                Inline::Break,
                Inline::Image { src: "images/lamp.png".into(), alt: "The lamp".into() },
                Inline::Link(Href::Url("https://kettle.example".into()), text("Manual")),
                Inline::Link(Href::Article("kettle/sounds/beeps".into()), text("Beeps")),
            ]),
        ],
        ending: Ending::Expected(vec![Block::Paragraph(text("That is normal."))]),
        locale: Some("de".into()),
        ..Article::default()
    }
}
