//! The parts of `kb.toml` that lead to people: channels, priorities, what a report holds,
//! maintenance. Times become minutes here; which channel is open now is the core's matter.

use super::{Config, What};
use crate::kbtoml::{Reader, Table};
use unstuck_core::model::{
    Channel, ChannelKind, Hours, Include, Maintenance, OpenSpan, Priority, Product, Recipient,
    Week, Weekday,
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
    for mut span in reader.listed_tables(table, "hours") {
        let line = reader.line(&mut span, "days");
        let days = reader.required(&mut span, "days");
        match days_of(&days) {
            Some((first, last)) => {
                let (from, to) = from_to(reader, &mut span);
                let zone = zone(reader, &mut span);
                spans.push(OpenSpan { first, last, from, to, zone });
            }
            None => {
                if !days.is_empty() {
                    reader.error(line, format!("`days`: `{days}`: write mon-fri, sat or daily"));
                }
                from_to(reader, &mut span);
                zone(reader, &mut span);
            }
        }
        reader.finish(&span);
    }
    if spans.is_empty() { Hours::NotStated } else { Hours::Spans(spans) }
}

fn days_of(text: &str) -> Option<(Weekday, Weekday)> {
    let day = |name: &str| {
        let name = name.trim().to_lowercase();
        Weekday::ALL.into_iter().find(|day| name.len() >= 3 && day.name().starts_with(&name))
    };
    if text == "daily" {
        return Some((Weekday::Monday, Weekday::Sunday));
    }
    match text.split_once(['-', '–']) {
        Some((first, last)) => Some((day(first)?, day(last)?)),
        None => day(text).map(|day| (day, day)),
    }
}

fn from_to<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> (u16, u16) {
    let mut time = |key: &'static str| {
        let line = reader.line(table, key);
        let text = reader.required(table, key);
        minutes_of_day(&text).unwrap_or_else(|| {
            if !text.is_empty() {
                reader.error(line, format!("`{key}`: `{text}` is no time such as 09:00"));
            }
            0
        })
    };
    (time("from"), time("to"))
}

fn minutes_of_day(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 || text.starts_with('+') || minutes.starts_with('+') {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}

fn zone<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> String {
    let line = reader.line(table, "zone");
    let zone = reader.required(table, "zone");
    if !zone.is_empty() && !is_zone(&zone) {
        let text = format!(
            "`zone`: `{zone}` is neither an offset such as -05:00 nor a name such as America/New_York"
        );
        reader.error(line, text);
    }
    zone
}

fn is_zone(zone: &str) -> bool {
    match zone.strip_prefix(['+', '-']) {
        Some(offset) => minutes_of_day(offset).is_some_and(|minutes| minutes <= 14 * 60),
        None => {
            zone == "UTC"
                || zone.split_once('/').is_some_and(|(area, place)| {
                    area.starts_with(|c: char| c.is_ascii_uppercase())
                        && place.starts_with(|c: char| c.is_ascii_uppercase())
                        && zone.chars().all(|c| {
                            c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+')
                        })
                })
        }
    }
}

fn maintenance<'a>(
    reader: &mut Reader<'a>,
    table: &mut Table<'a>,
    config: &mut Config,
) -> Maintenance {
    let weeks = [
        ("first", Week::First),
        ("second", Week::Second),
        ("third", Week::Third),
        ("fourth", Week::Fourth),
        ("last", Week::Last),
    ];
    let days: Vec<(&str, Weekday)> = Weekday::ALL.iter().map(|day| (day.name(), *day)).collect();
    for key in ["week", "weekday"] {
        if reader.text(table, key).is_none() {
            reader.error(table.line, format!("`{key}` in [[maintenance]] is missing"));
        }
    }
    let title = reader.required(table, "title");
    let week = reader.choice(table, "week", &weeks).unwrap_or_default();
    let weekday = reader.choice(table, "weekday", &days).unwrap_or_default();
    let (from, to) = from_to(reader, table);
    Maintenance {
        title,
        week,
        weekday,
        from,
        to,
        zone: zone(reader, table),
        notice_days: reader.number(table, "notice_days", 366).unwrap_or_default() as u16,
        services: config.list(reader, table, "services", What::Service),
        effects: reader.text(table, "effects").unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_minutes() {
        for (text, expected) in [
            ("00:00", Some(0)),
            ("09:30", Some(570)),
            ("24:00", Some(1440)),
            ("24:01", None),
            ("9:00", None),
            ("09:60", None),
            ("-1:00", None),
        ] {
            assert_eq!(minutes_of_day(text), expected, "{text}");
        }
    }

    #[test]
    fn zones_are_offsets_or_names() {
        for zone in ["-05:00", "+14:00", "UTC", "America/New_York", "Etc/GMT+5"] {
            assert!(is_zone(zone), "{zone}");
        }
        for zone in ["EST", "-5", "+15:00", "america/new_york", "/"] {
            assert!(!is_zone(zone), "{zone}");
        }
    }

    #[test]
    fn days_are_names_or_spans() {
        assert_eq!(days_of("mon-fri"), Some((Weekday::Monday, Weekday::Friday)));
        assert_eq!(days_of("Saturday"), Some((Weekday::Saturday, Weekday::Saturday)));
        assert_eq!(days_of("mo-fr"), None);
    }
}
