//! `kb.toml` to the product of the model.
//! References to articles are only kept with their lines here; `lint` looks whether they exist.

pub(crate) mod local;
mod spans;
mod support;

use crate::kbtoml::{Lines, Reader, Table};
use crate::probes;
use crate::words::is_slug;
use crate::{Finding, Page};
use toml::de::DeTable;
use unstuck_core::model::{Link, Person, ProbeDefault, Product, Recipient, Service, Suggestion};

/// What `kb.toml` says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    /// The product; its `topics` hold ids only, the rest comes from the topic files.
    pub(crate) product: Product,
    /// Ids of topics in their order.
    pub(crate) product_topics: Vec<String>,
    /// Names to look up once everything is read.
    pub(crate) mentions: Vec<Mention>,
    /// Lines of the deep links, by name.
    pub(crate) link_lines: Vec<(String, u32)>,
}

/// Something named in `kb.toml` that must exist elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) what: What,
    pub(crate) name: String,
    pub(crate) line: u32,
}

/// What sort of thing a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Article,
    Topic,
    Service,
    Person,
    Priority,
    Link,
}

/// Reads `kb.toml`. Nothing comes back when it is no TOML or names no product; with other faults
/// the rest is there.
pub(crate) fn read(page: &Page, findings: &mut Vec<Finding>) -> Option<Config> {
    let (root, faults) = DeTable::parse_recoverable(&page.text);
    let mut reader =
        Reader { file: &page.path, lines: Lines::of(&page.text), findings: Vec::new() };
    for fault in &faults {
        let line = reader.lines.at(fault.span().unwrap_or(0..0));
        reader.error(line, format!("not TOML: {}", fault.message()));
    }
    let mut config = Config::default();
    let usable = faults.is_empty() && {
        let mut table = Table::new(root.get_ref(), String::new(), 1);
        fill(&mut reader, &mut table, &mut config);
        reader.finish(&table);
        is_slug(&config.product.id)
    };
    findings.append(&mut reader.findings);
    usable.then_some(config)
}

fn fill<'a>(reader: &mut Reader<'a>, root: &mut Table<'a>, config: &mut Config) {
    let mut product = Product {
        id: reader.required(root, "product"),
        name: reader.required(root, "name"),
        locale: reader.text(root, "locale").unwrap_or_else(|| "en".into()),
        ..Product::default()
    };
    if !product.id.is_empty() && !is_slug(&product.id) {
        let line = reader.line(root, "product");
        reader.error(line, "`product`: use lower-case letters, digits and hyphens");
    }
    if !crate::translate::is_locale(&product.locale) {
        let line = reader.line(root, "locale");
        reader.error(
            line,
            format!("`locale`: `{}` is no language tag such as en or pt-BR", product.locale),
        );
    }
    for (id, line) in reader.lined(root, "topics") {
        config.mention(What::Topic, &id, line);
        config.product_topics.push(id);
    }
    product.home = config.list(reader, root, "home", What::Article);
    let line = reader.line(root, "last_resort");
    product.last_resort = reader.text(root, "last_resort");
    if let Some(id) = &product.last_resort {
        config.mention(What::Article, id, line);
    }
    product.synonyms = reader.groups(root, "synonyms");
    for (name, mut table) in reader.named_tables(root, "links") {
        config.link_lines.push((name.clone(), table.line));
        product.links.push(Link {
            name,
            label: reader.required(&mut table, "label"),
            href: href(reader, &mut table),
            anchor: reader.text(&mut table, "anchor"),
            expect: expect(reader, &mut table),
            assumed: reader.flag(&mut table, "assumed"),
        });
        reader.finish(&table);
    }
    for (id, mut table) in reader.named_tables(root, "services") {
        let name = reader.required(&mut table, "name");
        product.services.push(Service { id, name, feed: reader.text(&mut table, "feed") });
        reader.finish(&table);
    }
    for (id, mut table) in reader.named_tables(root, "people") {
        let line = reader.line(&mut table, "instead");
        let person = Person {
            id,
            name: reader.required(&mut table, "name"),
            to: recipient(reader, &mut table),
            instead: reader.text(&mut table, "instead"),
        };
        if let Some(other) = &person.instead {
            config.mention(What::Person, other, line);
        }
        product.people.push(person);
        reader.finish(&table);
    }
    support::fill(reader, root, config, &mut product);
    for mut table in reader.listed_tables(root, "suggest") {
        let pattern = reader.required(&mut table, "pattern");
        let articles = config.list(reader, &mut table, "articles", What::Article);
        product.suggestions.push(Suggestion { pattern, articles });
        reader.finish(&table);
    }
    for (name, table) in reader.named_tables(root, "probes") {
        let params = reader.pairs(&table);
        for (key, value) in &params {
            if let Some(text) = probes::find(&name).and_then(|of| probes::fault(of, key, value)) {
                reader.error(table.line, format!("[probes.{name}] {text}"));
            }
        }
        product.probes.push(ProbeDefault { name, params });
    }
    config.product = product;
}

impl Config {
    fn mention(&mut self, what: What, name: &str, line: u32) {
        self.mentions.push(Mention { what, name: name.into(), line });
    }

    /// A list of names that must exist elsewhere.
    fn list<'a>(
        &mut self,
        reader: &mut Reader<'a>,
        table: &mut Table<'a>,
        key: &'static str,
        what: What,
    ) -> Vec<String> {
        let lined = reader.lined(table, key);
        for (name, line) in &lined {
            self.mention(what, name, *line);
        }
        lined.into_iter().map(|(name, _)| name).collect()
    }
}

/// The address of a deep link: a path of the product, or http(s), `mailto:`, `tel:`.
fn href<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> Option<String> {
    let href = reader.text(table, "href")?;
    let fine = match crate::address::scheme(&href).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => true,
        Some(_) => false,
        None => href.chars().take_while(|c| matches!(c, '/' | '\\')).count() < 2,
    };
    if !fine {
        let line = reader.line(table, "href");
        reader.error(
            line,
            format!("`{href}`: use a path of the product, http, https, mailto or tel"),
        );
        return None;
    }
    Some(href)
}

/// Conditions on the host's context; empty where there are none or they cannot be read.
fn expect<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> String {
    let Some(text) = reader.text(table, "expect") else { return String::new() };
    let known = crate::probes::find("host-context");
    if let Some(fault) = known.and_then(|probe| crate::probes::fault(probe, "is", &text)) {
        let line = reader.line(table, "expect");
        reader.error(line, fault.replacen("is=", "expect = ", 1));
        return String::new();
    }
    text
}

fn recipient<'a>(reader: &mut Reader<'a>, table: &mut Table<'a>) -> Recipient {
    let names: Vec<(&str, Recipient)> = Recipient::ALL.iter().map(|to| (to.name(), *to)).collect();
    reader.choice(table, "to", &names).unwrap_or_default()
}
