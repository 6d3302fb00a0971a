//! `<locale>/kb.toml`: the words of `kb.toml` in another language, by the same ids.
//! Only what a person reads; addresses, times and plans are shared by all locales.

use super::Config;
use crate::kbtoml::{Lines, Reader, Table};
use crate::words::nearest;
use crate::{Finding, Page};
use toml::de::DeTable;

/// The configuration of a locale: `base` with the words of `page` in their places.
pub(crate) fn read(page: &Page, base: &Config, findings: &mut Vec<Finding>) -> Config {
    let (root, faults) = DeTable::parse_recoverable(&page.text);
    let mut reader =
        Reader { file: &page.path, lines: Lines::of(&page.text), findings: Vec::new() };
    for fault in &faults {
        let line = reader.lines.at(fault.span().unwrap_or(0..0));
        reader.error(line, format!("not TOML: {}", fault.message()));
    }
    let mut config = base.clone();
    if faults.is_empty() {
        let mut table = Table::new(root.get_ref(), String::new(), 1);
        fill(&mut reader, &mut table, &mut config);
        reader.finish(&table);
    }
    findings.append(&mut reader.findings);
    config
}

fn fill<'a>(reader: &mut Reader<'a>, root: &mut Table<'a>, config: &mut Config) {
    let product = &mut config.product;
    set(&mut product.name, reader.text(root, "name"));
    let synonyms = reader.groups(root, "synonyms");
    if !synonyms.is_empty() {
        product.synonyms = synonyms;
    }
    named(
        reader,
        root,
        "links",
        &mut product.links,
        |link| &link.name,
        |reader, table, link| {
            set(&mut link.label, reader.text(table, "label"));
        },
    );
    named(
        reader,
        root,
        "services",
        &mut product.services,
        |service| &service.id,
        |r, t, service| {
            set(&mut service.name, r.text(t, "name"));
        },
    );
    named(
        reader,
        root,
        "people",
        &mut product.people,
        |person| &person.id,
        |r, t, person| {
            set(&mut person.name, r.text(t, "name"));
        },
    );
    listed(
        reader,
        root,
        "channels",
        &mut product.channels,
        |channel| &channel.id,
        |r, t, channel| {
            set(&mut channel.name, r.text(t, "name"));
            set(&mut channel.response, r.text(t, "response"));
            set(&mut channel.why, r.text(t, "why"));
            set(&mut channel.note, r.text(t, "note"));
        },
    );
    listed(
        reader,
        root,
        "priorities",
        &mut product.priorities,
        |p| &p.id,
        |r, t, priority| {
            set(&mut priority.name, r.text(t, "name"));
            set(&mut priority.question, r.text(t, "question"));
            let examples = r.texts(t, "examples");
            if !examples.is_empty() {
                priority.examples = examples;
            }
        },
    );
    listed(
        reader,
        root,
        "include",
        &mut product.include,
        |include| &include.id,
        |r, t, include| {
            set(&mut include.label, r.text(t, "label"));
            set(&mut include.hint, r.text(t, "hint"));
        },
    );
    // Windows have no ids: they come in the same order.
    let mut windows = product.maintenance.iter_mut();
    for mut table in reader.listed_tables(root, "maintenance") {
        match windows.next() {
            Some(window) => {
                set(&mut window.title, reader.text(&mut table, "title"));
                set(&mut window.effects, reader.text(&mut table, "effects"));
                reader.finish(&table);
            }
            None => reader.error(table.line, "kb.toml has no further [[maintenance]]"),
        }
    }
}

fn set(place: &mut String, text: Option<String>) {
    if let Some(text) = text {
        *place = text;
    }
}

/// Tables `[key.ID]` for values that are there.
fn named<'a, T>(
    reader: &mut Reader<'a>,
    root: &mut Table<'a>,
    key: &'static str,
    values: &mut [T],
    id_of: impl Fn(&T) -> &String,
    fill: impl Fn(&mut Reader<'a>, &mut Table<'a>, &mut T),
) {
    for (id, mut table) in reader.named_tables(root, key) {
        apply(reader, &mut table, &id, values, &id_of, &fill);
    }
}

/// Tables `[[key]]` with an `id`, for values that are there.
fn listed<'a, T>(
    reader: &mut Reader<'a>,
    root: &mut Table<'a>,
    key: &'static str,
    values: &mut [T],
    id_of: impl Fn(&T) -> &String,
    fill: impl Fn(&mut Reader<'a>, &mut Table<'a>, &mut T),
) {
    for mut table in reader.listed_tables(root, key) {
        let id = reader.required(&mut table, "id");
        if !id.is_empty() {
            apply(reader, &mut table, &id, values, &id_of, &fill);
        }
    }
}

fn apply<'a, T>(
    reader: &mut Reader<'a>,
    table: &mut Table<'a>,
    id: &str,
    values: &mut [T],
    id_of: &impl Fn(&T) -> &String,
    fill: &impl Fn(&mut Reader<'a>, &mut Table<'a>, &mut T),
) {
    if let Some(value) = values.iter_mut().find(|value| id_of(value) == id) {
        fill(reader, table, value);
        reader.finish(table);
    } else {
        let hint = nearest(id, values.iter().map(|value| id_of(value).as_str()));
        let text = format!("kb.toml beside the topics has no `{id}` in {}{hint}", table.name);
        reader.error(table.line, text);
    }
}
