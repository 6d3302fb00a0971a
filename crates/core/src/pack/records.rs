//! The model's types as bytes. The order of fields is the format: it never changes within a
//! version, new fields come in new sections.

use super::codec::{END, Get, Named, Put, Wire, choice, record};
use crate::model::{
    Align, Audience, Block, Channel, ChannelKind, Check, Choice, Ending, Escalation, Hours, Href,
    Include, Inline, Kind, Link, ListItem, Maintenance, OpenSpan, Person, Priority, Probe,
    ProbeDefault, Product, Recipient, Replacement, Service, Suggestion, Target, Topic, Wait, Week,
    Weekday,
};
use crate::wire::WireError;

record!(Product {
    name id, wire name, wire locale, wire topics, name home, name last_resort, wire synonyms,
    wire links, wire services, wire people, wire channels, wire priorities, wire include,
    wire maintenance, wire suggestions, wire probes,
});
record!(Topic { name id, wire title, wire description });
record!(Link { name name, wire label, wire href, wire anchor, wire assumed });
record!(Service { name id, wire name });
record!(Person { name id, wire name, wire to, name instead });
record!(Channel {
    name id, wire kind, wire name, wire address, name plans, wire response_minutes, wire response,
    wire hours, wire to, name priorities, name topics, wire why, wire note,
});
record!(OpenSpan { wire first, wire last, wire from, wire to, name zone });
record!(Priority { name id, wire name, wire question, wire response_minutes, wire examples });
record!(Include {
    name id, wire label, wire hint, wire context, wire multiline, wire required, name topics,
});
record!(Maintenance {
    wire title, wire week, wire weekday, wire from, wire to, name zone, wire notice_days,
    name services, wire effects,
});
record!(Suggestion { wire pattern, name articles });
record!(ProbeDefault { name name, wire params });
record!(Check {
    wire id, wire label, wire detail, name links, wire wait, wire probe, wire ask, wire choices,
    wire expected, wire audience, wire others,
});
record!(Probe { name name, name params });
record!(Choice { wire label, wire target });
record!(Escalation { wire text, name who, wire straight_away });
record!(ListItem { wire task, wire blocks });

choice!(Recipient, Recipient::ALL);
choice!(ChannelKind, ChannelKind::ALL);
choice!(Weekday, Weekday::ALL);
choice!(Week, Week::ALL);
choice!(Kind, [Kind::Guide, Kind::Faq, Kind::Code, Kind::Reference]);
choice!(Audience, [Audience::Everyone, Audience::Admin, Audience::Staff]);
choice!(Align, [Align::Start, Align::Center, Align::End]);

/// An enum with fields: a tag, then the fields.
macro_rules! tagged {
    ($type:ident { $($tag:literal = $variant:ident $(($mode:ident $field:ident))?),* $(,)? }) => {
        impl Wire for $type {
            fn put(&self, put: &mut Put<'_>) {
                match self {
                    $($type::$variant $(($field))? => {
                        put.numbers.byte($tag);
                        $(record!(@put $mode, *$field, put);)?
                    })*
                }
            }

            fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
                match get.numbers.byte()? {
                    $($tag => Ok($type::$variant $(({
                        let $field = record!(@get $mode, get);
                        $field
                    }))?),)*
                    other => Err(WireError::Unknown(u32::from(other))),
                }
            }
        }
    };
}

tagged!(Hours { 0 = NotStated, 1 = Always, 2 = Spans(wire spans) });
tagged!(Ending { 0 = Escalate(wire escalation), 1 = Expected(wire text) });
tagged!(Replacement { 0 = Nothing, 1 = Go(wire target), 2 = Text(wire text) });
tagged!(Wait { 0 = Minutes(wire minutes), 1 = Until(wire words) });
tagged!(Target { 0 = Check(wire id), 1 = Article(name id), 2 = Fixed, 3 = Expected, 4 = GetHelp });
tagged!(Href { 0 = Url(wire url), 1 = Article(name id), 2 = Link(name name) });

/// Marks inside the text of inlines; each opens something that [`END`] closes, except the last
/// two.
const CODE: char = '\u{1}';
const STRONG: char = '\u{2}';
const EMPHASIS: char = '\u{3}';
const KEY: char = '\u{4}';
const LINK: char = '\u{5}';
const IMAGE: char = '\u{6}';
/// A new run of text where the last inline is text, too.
const TEXT: char = '\u{7}';
const BREAK: char = '\u{8}';

/// Inlines lie in the text stream as the sentence they are, with marks in between: no lengths, no
/// counts.
impl Wire for Vec<Inline> {
    fn put(&self, put: &mut Put<'_>) {
        let mut after_text = false;
        for inline in self {
            match inline {
                Inline::Text(text) => {
                    if after_text || text.is_empty() {
                        put.mark(TEXT);
                    }
                    put.chars(text);
                }
                Inline::Code(text) => marked(CODE, text, put),
                Inline::Key(text) => marked(KEY, text, put),
                Inline::Strong(inner) => marked(STRONG, inner, put),
                Inline::Emphasis(inner) => marked(EMPHASIS, inner, put),
                Inline::Link(href, inner) => {
                    put.mark(LINK);
                    href.put(put);
                    inner.put(put);
                }
                Inline::Image { src, alt } => {
                    put.mark(IMAGE);
                    src.put(put);
                    alt.put(put);
                }
                Inline::Break => put.mark(BREAK),
            }
            after_text = matches!(inline, Inline::Text(_));
        }
        put.mark(END);
    }

    fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
        get.nested(|get| {
            let mut out = Vec::new();
            loop {
                let inline = match get.char()? {
                    END => return Ok(out),
                    CODE => Inline::Code(Wire::get(get)?),
                    KEY => Inline::Key(Wire::get(get)?),
                    STRONG => Inline::Strong(Wire::get(get)?),
                    EMPHASIS => Inline::Emphasis(Wire::get(get)?),
                    LINK => Inline::Link(Wire::get(get)?, Wire::get(get)?),
                    IMAGE => Inline::Image { src: Wire::get(get)?, alt: Wire::get(get)? },
                    TEXT => Inline::Text(String::new()),
                    BREAK => Inline::Break,
                    c => {
                        let c = get.unescape(c)?;
                        if let Some(Inline::Text(text)) = out.last_mut() {
                            text.push(c);
                            continue;
                        }
                        Inline::Text(c.into())
                    }
                };
                out.push(inline);
            }
        })
    }
}

fn marked(mark: char, value: &impl Wire, put: &mut Put<'_>) {
    put.mark(mark);
    value.put(put);
}

/// A block: its tag, four bits of detail above it, its fields.
impl Wire for Block {
    fn put(&self, put: &mut Put<'_>) {
        match self {
            Block::Paragraph(inlines) => {
                put.numbers.byte(0);
                inlines.put(put);
            }
            Block::Heading(level, inlines) => {
                put.numbers.byte(1);
                level.put(put);
                inlines.put(put);
            }
            Block::List(start, items) => {
                put.numbers.byte(2);
                start.put(put);
                items.put(put);
            }
            Block::Table { align, head, rows } => {
                put.numbers.byte(3);
                align.put(put);
                head.put(put);
                rows.put(put);
            }
            Block::Code(language, text) => {
                put.numbers.byte(4);
                language.put(put);
                text.put(put);
            }
            Block::Quote(inner) => {
                put.numbers.byte(5);
                inner.put(put);
            }
            Block::Rule => put.numbers.byte(6),
        }
    }

    fn get(get: &mut Get<'_>) -> Result<Self, WireError> {
        get.nested(|get| {
            Ok(match get.numbers.byte()? {
                0 => Block::Paragraph(Wire::get(get)?),
                1 => Block::Heading(Wire::get(get)?, Wire::get(get)?),
                2 => Block::List(Wire::get(get)?, Wire::get(get)?),
                3 => Block::Table {
                    align: Wire::get(get)?,
                    head: Wire::get(get)?,
                    rows: Wire::get(get)?,
                },
                4 => Block::Code(Wire::get(get)?, Wire::get(get)?),
                5 => Block::Quote(Wire::get(get)?),
                6 => Block::Rule,
                other => return Err(WireError::Unknown(u32::from(other))),
            })
        })
    }
}
