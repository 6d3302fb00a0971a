//! Any knowledge base that a pack can hold, small but of every shape.
//! Names and titles hold no NUL, and there are no phrasings or keywords: see `encode`.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use unstuck_core::model::*;

fn text() -> impl Strategy<Value = String> {
    "(?s).{0,12}"
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-c]{0,2}", "[^\0]{0,6}"]
}

fn names() -> impl Strategy<Value = Vec<String>> {
    vec(name(), 0..3)
}

fn href() -> impl Strategy<Value = Href> {
    prop_oneof![
        text().prop_map(Href::Url),
        name().prop_map(Href::Article),
        name().prop_map(Href::Link),
    ]
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        text().prop_map(Inline::Text),
        text().prop_map(Inline::Text),
        text().prop_map(Inline::Code),
        text().prop_map(Inline::Key),
        (text(), text()).prop_map(|(src, alt)| Inline::Image { src, alt }),
        Just(Inline::Break),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Inline::Strong),
            vec(inner.clone(), 0..4).prop_map(Inline::Emphasis),
            (href(), vec(inner, 0..4)).prop_map(|(href, words)| Inline::Link(href, words)),
        ]
    })
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    vec(inline(), 0..4)
}

fn block() -> impl Strategy<Value = Block> {
    let align = prop_oneof![Just(Align::Start), Just(Align::Center), Just(Align::End)];
    let leaf = prop_oneof![
        inlines().prop_map(Block::Paragraph),
        inlines().prop_map(Block::Paragraph),
        (any::<u8>(), inlines()).prop_map(|(level, words)| Block::Heading(level, words)),
        (text(), text()).prop_map(|(language, code)| Block::Code(language, code)),
        (vec(align, 0..3), vec(inlines(), 0..3), vec(vec(inlines(), 0..3), 0..3))
            .prop_map(|(align, head, rows)| Block::Table { align, head, rows }),
        Just(Block::Rule),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let item = (option::of(any::<bool>()), vec(inner.clone(), 0..3))
            .prop_map(|(task, blocks)| ListItem { task, blocks });
        prop_oneof![
            (option::of(any::<u32>()), vec(item, 0..3))
                .prop_map(|(start, items)| Block::List(start, items)),
            vec(inner, 0..3).prop_map(Block::Quote),
        ]
    })
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    vec(block(), 0..3)
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        text().prop_map(Target::Check),
        name().prop_map(Target::Article),
        Just(Target::Fixed),
        Just(Target::Expected),
        Just(Target::GetHelp),
    ]
}

fn check() -> impl Strategy<Value = Check> {
    let wait = prop_oneof![any::<u32>().prop_map(Wait::Minutes), inlines().prop_map(Wait::Until)];
    let probe =
        (name(), vec((name(), name()), 0..3)).prop_map(|(name, params)| Probe { name, params });
    let choice = (inlines(), target()).prop_map(|(label, target)| Choice { label, target });
    let audience =
        prop_oneof![Just(Audience::Everyone), Just(Audience::Admin), Just(Audience::Staff)];
    let others = prop_oneof![
        Just(Replacement::Nothing),
        target().prop_map(Replacement::Go),
        inlines().prop_map(Replacement::Text),
    ];
    (
        (text(), inlines(), blocks(), names(), option::of(wait), option::of(probe)),
        (option::of((text(), text())), vec(choice, 0..3), inlines(), audience, others),
    )
        .prop_map(|((id, label, detail, links, wait, probe), rest)| {
            let (ask, choices, expected, audience, others) = rest;
            Check {
                id,
                label,
                detail,
                links,
                wait,
                probe,
                ask,
                choices,
                expected,
                audience,
                others,
            }
        })
}

fn article() -> impl Strategy<Value = Article> {
    let kind =
        prop_oneof![Just(Kind::Guide), Just(Kind::Faq), Just(Kind::Code), Just(Kind::Reference)];
    let escalation = (blocks(), names(), any::<bool>())
        .prop_map(|(text, who, straight_away)| Escalation { text, who, straight_away });
    let ending =
        prop_oneof![escalation.prop_map(Ending::Escalate), blocks().prop_map(Ending::Expected)];
    (
        (name(), name(), kind, name(), names(), vec(text(), 0..3)),
        (inlines(), blocks(), vec(check(), 0..3), ending, names(), option::of(text())),
    )
        .prop_map(|((id, topic, kind, title, services, codes), rest)| {
            let (cause, body, checks, ending, see, locale) = rest;
            Article {
                id,
                topic,
                kind,
                title,
                phrasings: Vec::new(),
                keywords: Vec::new(),
                codes,
                services,
                cause,
                body,
                checks,
                ending,
                see,
                locale,
            }
        })
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    (0..all.len()).prop_map(move |n| all[n])
}

fn span() -> impl Strategy<Value = Span> {
    let days = prop_oneof![
        (one_of(&Weekday::ALL), one_of(&Weekday::ALL)).prop_map(|(a, b)| Days::Weekly(a, b)),
        (one_of(&Week::ALL), one_of(&Weekday::ALL)).prop_map(|(a, b)| Days::Monthly(a, b)),
        vec(any::<u32>(), 0..3).prop_map(Days::Dates),
    ];
    (days, any::<u16>(), any::<u16>(), name()).prop_map(|(days, from, to, zone)| Span {
        days,
        from,
        to,
        zone,
    })
}

fn channel() -> impl Strategy<Value = Channel> {
    let hours = prop_oneof![
        Just(Hours::NotStated),
        Just(Hours::Always),
        vec(span(), 0..3).prop_map(Hours::Spans)
    ];
    (
        (name(), one_of(&ChannelKind::ALL), text(), option::of(text()), names()),
        (option::of(any::<u32>()), text(), hours, vec(one_of(&Recipient::ALL), 0..3)),
        (names(), names(), text(), text()),
    )
        .prop_map(|(a, b, c)| {
            let (id, kind, name, address, plans) = a;
            let (response_minutes, response, hours, to) = b;
            let (priorities, topics, why, note) = c;
            Channel {
                id,
                kind,
                name,
                address,
                plans,
                response_minutes,
                response,
                hours,
                to,
                priorities,
                topics,
                why,
                note,
            }
        })
}

fn product() -> impl Strategy<Value = Product> {
    let topic = (name(), text(), text()).prop_map(|(id, title, description)| Topic {
        id,
        title,
        description,
    });
    let link = (name(), text(), option::of(text()), option::of(text()), text(), any::<bool>())
        .prop_map(|(name, label, href, anchor, expect, assumed)| Link {
            name,
            label,
            href,
            anchor,
            expect,
            assumed,
        });
    let service = (name(), text(), option::of(text())).prop_map(|(id, name, feed)| Service {
        id,
        name,
        feed,
    });
    let person = (name(), text(), one_of(&Recipient::ALL), option::of(name()))
        .prop_map(|(id, name, to, instead)| Person { id, name, to, instead });
    let priority = (name(), text(), text(), any::<u32>(), vec(text(), 0..3)).prop_map(
        |(id, name, question, response_minutes, examples)| Priority {
            id,
            name,
            question,
            response_minutes,
            examples,
        },
    );
    let include =
        (name(), text(), text(), option::of(text()), any::<bool>(), any::<bool>(), names())
            .prop_map(|(id, label, hint, context, multiline, required, topics)| Include {
                id,
                label,
                hint,
                context,
                multiline,
                required,
                topics,
            });
    let maintenance = (text(), span(), any::<u16>(), names(), text()).prop_map(
        |(title, span, notice_days, services, effects)| Maintenance {
            title,
            span,
            notice_days,
            services,
            effects,
        },
    );
    let suggestion =
        (text(), names()).prop_map(|(pattern, articles)| Suggestion { pattern, articles });
    let probe = (name(), vec((text(), text()), 0..3))
        .prop_map(|(name, params)| ProbeDefault { name, params });
    (
        (name(), text(), text(), vec(topic, 0..3), names(), option::of(name())),
        (vec(vec(text(), 0..3), 0..3), vec(link, 0..3), vec(service, 0..3), vec(person, 0..3)),
        (vec(channel(), 0..3), vec(priority, 0..3), vec(include, 0..3), vec(maintenance, 0..2)),
        (vec(suggestion, 0..3), vec(probe, 0..3)),
    )
        .prop_map(|(a, b, c, d)| {
            let (id, name, locale, topics, home, last_resort) = a;
            let (synonyms, links, services, people) = b;
            let (channels, priorities, include, maintenance) = c;
            let (suggestions, probes) = d;
            Product {
                id,
                name,
                locale,
                topics,
                home,
                last_resort,
                synonyms,
                links,
                services,
                people,
                channels,
                priorities,
                include,
                maintenance,
                suggestions,
                probes,
            }
        })
}

/// A knowledge base of every shape.
pub(crate) fn knowledge_base() -> impl Strategy<Value = KnowledgeBase> {
    (product(), vec(article(), 0..4))
        .prop_map(|(product, articles)| KnowledgeBase { product, articles })
}
