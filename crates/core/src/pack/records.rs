//! The model's types as bytes. The order of fields is the format: it never changes within a
//! version, new fields come in new sections.

use super::Front;
use super::codec::{END, ESCAPE, Get, Put, Wire, choice, record};
use crate::model::{
    Align, Audience, Block, Channel, ChannelKind, Check, Choice, Days, Ending, Escalation, Hours,
    Href, Include, Inline, Kind, Link, ListItem, Maintenance, Person, Priority, Probe,
    ProbeDefault, Product, Recipient, Replacement, Service, Span, Suggestion, Target, Topic, Wait,
    Week, Weekday,
};

// What every open needs stands first, so that it can be read without the rest.
record!(Front { name id, wire name, wire locale, wire topics, name home, wire suggestions });
record!(Product {
    name id, wire name, wire locale, wire topics, name home, wire suggestions, name last_resort,
    wire synonyms, wire links, wire services, wire people, wire channels, wire priorities,
    wire include, wire maintenance, wire probes,
});
record!(Topic { name id, wire title, wire description });
record!(Link { name name, wire label, wire href, wire anchor, wire expect, wire assumed });
record!(Service { name id, wire name, wire feed });
record!(Person { name id, wire name, wire to, name instead });
record!(Channel {
    name id, wire kind, wire name, wire address, name plans, wire response_minutes, wire response,
    wire hours, wire to, name priorities, name topics, wire why, wire note,
});
record!(Span { wire days, wire from, wire to, name zone });
record!(Priority { name id, wire name, wire question, wire response_minutes, wire examples });
record!(Include {
    name id, wire label, wire hint, wire context, wire multiline, wire required, name topics,
});
record!(Maintenance {
    wire title, wire span, wire notice_days, name services, wire effects,
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

/// An enum with fields: a tag, then the fields. An unknown tag fails and is read as what `else` says.
macro_rules! tagged {
    ($type:ident { $($tag:literal = $variant:ident $(($mode:ident $field:ident))?),* } else $last:expr) => {
        impl Wire for $type {
            fn put(&self, put: &mut Put<'_>) {
                match self {
                    $($type::$variant $(($field))? => {
                        put.numbers.byte($tag);
                        $(record!(@put $mode, *$field, put);)?
                    })*
                }
            }

            fn get(get: &mut Get<'_>) -> Self {
                match get.byte() {
                    $($tag => $type::$variant $(({
                        let $field = record!(@get $mode, get);
                        $field
                    }))?,)*
                    _ => {
                        get.fail();
                        $last
                    }
                }
            }
        }
    };
}

tagged!(Hours { 0 = NotStated, 1 = Always, 2 = Spans(wire spans) } else Hours::NotStated);
/// Days: a tag, then their fields.
impl Wire for Days {
    fn put(&self, put: &mut Put<'_>) {
        match self {
            Days::Weekly(first, last) => {
                put.numbers.byte(0);
                first.put(put);
                last.put(put);
            }
            Days::Monthly(week, day) => {
                put.numbers.byte(1);
                week.put(put);
                day.put(put);
            }
            Days::Dates(days) => {
                put.numbers.byte(2);
                days.put(put);
            }
        }
    }

    fn get(get: &mut Get<'_>) -> Self {
        match get.byte() {
            0 => Days::Weekly(Wire::get(get), Wire::get(get)),
            1 => Days::Monthly(Wire::get(get), Wire::get(get)),
            2 => Days::Dates(Wire::get(get)),
            _ => {
                get.fail();
                Days::default()
            }
        }
    }
}

tagged!(Ending { 0 = Escalate(wire escalation), 1 = Expected(wire text) } else Ending::Expected(Vec::new()));
tagged!(Replacement { 0 = Nothing, 1 = Go(wire target), 2 = Text(wire text) } else Replacement::Nothing);
tagged!(Wait { 0 = Minutes(wire minutes), 1 = Until(wire words) } else Wait::Minutes(0));
tagged!(Target { 0 = Check(wire id), 1 = Article(name id), 2 = Fixed, 3 = Expected, 4 = GetHelp } else Target::GetHelp);
tagged!(Href { 0 = Url(wire url), 1 = Article(name id), 2 = Link(name name) } else Href::Url(String::new()));

/// Marks inside the text of inlines; each opens something that [`END`] closes, except the last
/// two.
const CODE: u8 = 1;
const STRONG: u8 = 2;
const EMPHASIS: u8 = 3;
const KEY: u8 = 4;
const LINK: u8 = 5;
const IMAGE: u8 = 6;
/// A new run of text where the last inline is text, too.
const TEXT: u8 = 7;
const BREAK: u8 = 8;

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

    fn get(get: &mut Get<'_>) -> Self {
        let mut out = Vec::new();
        let mut deeper = get.enter();
        while deeper {
            let run = get.run();
            if !run.is_empty() {
                push_text(&mut out, run);
            }
            out.push(match get.mark() {
                CODE => Inline::Code(Wire::get(get)),
                KEY => Inline::Key(Wire::get(get)),
                STRONG => Inline::Strong(Wire::get(get)),
                EMPHASIS => Inline::Emphasis(Wire::get(get)),
                LINK => Inline::Link(Wire::get(get), Wire::get(get)),
                IMAGE => Inline::Image { src: Wire::get(get), alt: Wire::get(get) },
                TEXT => Inline::Text(String::new()),
                BREAK => Inline::Break,
                ESCAPE => {
                    let c = get.escaped();
                    push_text(&mut out, c.encode_utf8(&mut [0; 4]));
                    continue;
                }
                mark => {
                    if mark != END {
                        get.fail();
                    }
                    deeper = false;
                    continue;
                }
            });
        }
        get.leave();
        out
    }
}

/// Adds to the text at the end, or begins one.
fn push_text(out: &mut Vec<Inline>, more: &str) {
    if let Some(Inline::Text(text)) = out.last_mut() {
        text.push_str(more);
    } else {
        out.push(Inline::Text(more.into()));
    }
}

fn marked(mark: u8, value: &impl Wire, put: &mut Put<'_>) {
    put.mark(mark);
    value.put(put);
}

/// A block: its tag, then its fields.
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

    fn get(get: &mut Get<'_>) -> Self {
        let block = if get.enter() {
            match get.byte() {
                0 => Block::Paragraph(Wire::get(get)),
                1 => Block::Heading(Wire::get(get), Wire::get(get)),
                2 => Block::List(Wire::get(get), Wire::get(get)),
                3 => Block::Table {
                    align: Wire::get(get),
                    head: Wire::get(get),
                    rows: Wire::get(get),
                },
                4 => Block::Code(Wire::get(get), Wire::get(get)),
                5 => Block::Quote(Wire::get(get)),
                6 => Block::Rule,
                _ => {
                    get.fail();
                    Block::Rule
                }
            }
        } else {
            Block::Rule
        };
        get.leave();
        block
    }
}
