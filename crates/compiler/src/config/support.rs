//! The parts of `kb.toml` that lead to people: channels, priorities, what a report holds,
//! maintenance. Days and times are read in `spans`; which channel is open now is the core's matter.

use super::{Config, What, spans};
use crate::kbtoml::{Reader, Table};
use unstuck_core::model::{
    Channel, ChannelKind, Hours, Include, Maintenance, Priority, Product, Recipient,
};

/// Minutes in ninety days: no response time is longer.
const LONGEST: u32 = 90 * 24 * 60;

pub(super) fn fill<'a>(
    reader: &mut Reader<'a>,
    root: &mut Table<'a>,
    config: &mut Config,
    product: &mut Product,
) {
    for mut table in reader.listed_tables(root, "channels") {
        let channel = channel(reader, &mut table, config);
        distinct(reader, &table, "channel", &channel.id, product.channels.iter().map(|c| &c.id));
        product.channels.push(channel);
        reader.finish(&table);
    }
    for mut table in reader.listed_tables(root, "priorities") {
        let table = &mut table;
        let priority = Priority {
            id: reader.required(table, "id"),
            name: reader.required(table, "name"),
            question: reader.text(table, "question").unwrap_or_default(),
            response_minutes: reader.number(table, "response_minutes", LONGEST).unwrap_or_default(),
            examples: reader.texts(table, "examples"),
        };
        distinct(reader, table, "priority", &priority.id, product.priorities.iter().map(|p| &p.id));
        product.priorities.push(priority);
        reader.finish(table);
    }
    for mut table in reader.listed_tables(root, "include") {
        let table = &mut table;
        let include = Include {
            id: reader.required(table, "id"),
            label: reader.required(table, "label"),
            hint: reader.text(table, "hint").unwrap_or_default(),
            context: reader.text(table, "context"),
            multiline: reader.flag(table, "multiline"),
            required: reader.flag(table, "required"),
            topics: config.list(reader, table, "topics", What::Topic),
        };
        distinct(reader, table, "include", &include.id, product.include.iter().map(|i| &i.id));
        product.include.push(include);
        reader.finish(table);
    }
    for mut table in reader.listed_tables(root, "maintenance") {
        let window = maintenance(reader, &mut table, config);
        product.maintenance.push(window);
        reader.finish(&table);
    }
}

fn distinct<'b>(
    reader: &mut Reader<'_>,
    table: &Table<'_>,
    what: &str,
    id: &str,
    mut taken: impl Iterator<Item = &'b String>,
) {
    if !id.is_empty() && taken.any(|other| other == id) {
        reader.error(table.line, format!("the {what} id `{id}` stands twice"));
    }
}

fn channel<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>, config: &mut Config) -> Channel {
    let kinds: Vec<(&str, ChannelKind)> =
        ChannelKind::ALL.iter().map(|kind| (kind.name(), *kind)).collect();
    let address_line = reader.line(table, "address");
    let channel = Channel {
        id: reader.required(table, "id"),
        kind: reader.choice(table, "kind", &kinds).unwrap_or_default(),
        name: reader.required(table, "name"),
        address: reader.text(table, "address"),
        plans: reader.texts(table, "plans"),
        response_minutes: reader.number(table, "response_minutes", LONGEST),
        response: reader.text(table, "response").unwrap_or_default(),
        hours: hours(reader, table),
        to: recipients(reader, table),
        priorities: config.list(reader, table, "priorities", What::Priority),
        topics: config.list(reader, table, "topics", What::Topic),
        why: reader.text(table, "why").unwrap_or_default(),
        note: reader.text(table, "note").unwrap_or_default(),
    };
    if let Some(address) = &channel.address {
        if let Some(name) = address.strip_prefix("link:") {
            config.mention(What::Link, name, address_line);
        } else if let Some(text) = wrong_address(channel.kind, address) {
            reader.error(address_line, text);
        }
    }
    channel
}

/// What is wrong with a channel's address, in words.
fn wrong_address(kind: ChannelKind, address: &str) -> Option<String> {
    let fine = match kind {
        ChannelKind::Email => address.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !address.contains(char::is_whitespace)
        }),
        ChannelKind::Phone => address
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.')),
        ChannelKind::Chat | ChannelKind::Link | ChannelKind::Team => {
            match crate::address::scheme(address).as_deref() {
                Some("http" | "https") => true,
                Some(_) => false,
                None => !address.starts_with("//") && !address.starts_with('\\'),
            }
        }
    };
    (!fine).then(|| match kind {
        ChannelKind::Email => format!("`{address}` is no e-mail address"),
        ChannelKind::Phone => format!("`{address}` is no telephone number"),
        _ => format!("`{address}`: use link:NAME, an http(s) address or a path"),
    })
}

fn recipients<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> Vec<Recipient> {
    let mut out = Vec::new();
    for (name, line) in reader.lined(table, "for") {
        match Recipient::from_name(&name) {
            Some(to) => out.push(to),
            None => {
                let known: Vec<&str> = Recipient::ALL.iter().map(|to| to.name()).collect();
                reader.error(line, format!("`for`: `{name}` is none of {}", known.join(", ")));
            }
        }
    }
    out
}

fn hours<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> Hours {
    if reader.is_text(table, "hours") {
        let line = reader.line(table, "hours");
        return match reader.text(table, "hours").as_deref() {
            Some("24/7") => Hours::Always,
            None => Hours::NotStated,
            Some(other) => {
                let text = format!("`hours`: `{other}` is neither \"24/7\" nor a list of spans");
                reader.error(line, text);
                Hours::NotStated
            }
        };
    }
    let mut spans = Vec::new();
    for mut table in reader.listed_tables(table, "hours") {
        let line = reader.line(&mut table, "days");
        let days = reader.required(&mut table, "days");
        let days = spans::weekly(reader, &days, line).unwrap_or_default();
        spans.push(spans::times(reader, &mut table, days));
        reader.finish(&table);
    }
    if spans.is_empty() { Hours::NotStated } else { Hours::Spans(spans) }
}

fn maintenance<'a>(
    reader: &mut Reader<'a>,
    table: &mut Table<'a>,
    config: &mut Config,
) -> Maintenance {
    Maintenance {
        title: reader.required(table, "title"),
        span: spans::recurring(reader, table),
        notice_days: reader.number(table, "notice_days", 366).unwrap_or_default() as u16,
        services: config.list(reader, table, "services", What::Service),
        effects: reader.text(table, "effects").unwrap_or_default(),
    }
}
