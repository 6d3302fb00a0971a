//! TOML tables read key by key, every fault reported with its line.
//! Knows no key of its own; `config` says which there are.

use crate::Finding;
use crate::words::nearest;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text file by lines.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Lines {
        Lines(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The line, from 1, of a byte.
    pub(crate) fn at(&self, span: Range<usize>) -> u32 {
        self.0.partition_point(|&start| start <= span.start) as u32
    }
}

/// A table and what was asked of it.
pub(crate) struct Table<'a> {
    table: &'a DeTable<'a>,
    /// Its name in messages, such as `[links.billing]`; empty for the whole file.
    pub(crate) name: String,
    /// Line of its key.
    pub(crate) line: u32,
    asked: BTreeSet<&'static str>,
}

/// Values of a file, and what is wrong with them.
pub(crate) struct Reader<'a> {
    pub(crate) file: &'a str,
    pub(crate) lines: Lines,
    pub(crate) findings: Vec<Finding>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(table: &'a DeTable<'a>, name: String, line: u32) -> Self {
        Table { table, name, line, asked: BTreeSet::new() }
    }

    fn key(&self, key: &str) -> String {
        if self.name.is_empty() { format!("`{key}`") } else { format!("`{key}` in {}", self.name) }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.insert(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn error(&mut self, line: u32, message: impl Into<String>) {
        self.findings.push(Finding::error(self.file, line, message));
    }

    fn wrong(
        &mut self,
        table: &Table<'a>,
        key: &str,
        expected: &str,
        value: &Spanned<DeValue<'_>>,
    ) {
        let line = self.lines.at(value.span());
        let found = value.get_ref().type_str();
        self.error(line, format!("{}: expected {expected}, found {found}", table.key(key)));
    }

    /// The line of a key's value, or of the table when the key is missing.
    pub(crate) fn line(&self, table: &mut Table<'a>, key: &'static str) -> u32 {
        table.get(key).map_or(table.line, |value| self.lines.at(value.span()))
    }

    /// A text; an empty one counts as missing.
    pub(crate) fn text(&mut self, table: &mut Table<'a>, key: &'static str) -> Option<String> {
        let value = table.get(key)?;
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => None,
            Some(text) => Some(text.trim().to_owned()),
            None => {
                self.wrong(table, key, "text in quotes", value);
                None
            }
        }
    }

    /// A text that must be there.
    pub(crate) fn required(&mut self, table: &mut Table<'a>, key: &'static str) -> String {
        let there = table.get(key).is_some_and(|value| value.get_ref().as_str().is_none());
        let text = self.text(table, key);
        if text.is_none() && !there {
            self.error(table.line, format!("{} is missing", table.key(key)));
        }
        text.unwrap_or_default()
    }

    /// A whole number from 0 to `max`.
    pub(crate) fn number(
        &mut self,
        table: &mut Table<'a>,
        key: &'static str,
        max: u32,
    ) -> Option<u32> {
        let value = table.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok())
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| *number <= max);
        if number.is_none() {
            self.wrong(table, key, &format!("a whole number from 0 to {max}"), value);
        }
        number
    }

    /// True or false; false when missing.
    pub(crate) fn flag(&mut self, table: &mut Table<'a>, key: &'static str) -> bool {
        let Some(value) = table.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(table, key, "true or false", value);
            false
        })
    }

    /// A list of texts, each with its line.
    pub(crate) fn lined(&mut self, table: &mut Table<'a>, key: &'static str) -> Vec<(String, u32)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(table, key, "a list of texts (`[\"…\"]`)", value);
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => out.push((text.trim().to_owned(), self.lines.at(item.span()))),
                None => self.wrong(table, key, "texts in the list", item),
            }
        }
        out
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, table: &mut Table<'a>, key: &'static str) -> Vec<String> {
        self.lined(table, key).into_iter().map(|(text, _)| text).collect()
    }

    /// A list of lists of texts.
    pub(crate) fn groups(&mut self, table: &mut Table<'a>, key: &'static str) -> Vec<Vec<String>> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(table, key, "a list of lists of texts", value);
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items.iter() {
            let words: Option<Vec<String>> = item.get_ref().as_array().and_then(|words| {
                words.iter().map(|word| word.get_ref().as_str().map(str::to_owned)).collect()
            });
            match words {
                Some(words) if words.len() > 1 => out.push(words),
                _ => self.wrong(table, key, "a list of two texts or more", item),
            }
        }
        out
    }

    /// One of some names, `what` in words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        table: &mut Table<'a>,
        key: &'static str,
        names: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(table, key)?;
        let found = names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let line = self.line(table, key);
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            let text = format!("{}: `{text}` is none of {}", table.key(key), known.join(", "));
            self.error(line, text);
        }
        found
    }

    /// The tables below a key (`[links.NAME]`), in the order of the file.
    pub(crate) fn named_tables(
        &mut self,
        table: &mut Table<'a>,
        key: &'static str,
    ) -> Vec<(String, Table<'a>)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let Some(inner) = value.get_ref().as_table() else {
            self.wrong(table, key, &format!("tables `[{key}.NAME]`"), value);
            return Vec::new();
        };
        let mut sorted: Vec<_> = inner.iter().collect();
        sorted.sort_by_key(|(name, _)| name.span().start);
        let mut out = Vec::new();
        for (name, value) in sorted {
            let line = self.lines.at(name.span());
            let id = name.get_ref().to_string();
            match value.get_ref().as_table() {
                Some(inner) => {
                    let title = format!("[{key}.{id}]");
                    out.push((id, Table::new(inner, title, line)));
                }
                None => self.error(line, format!("`{key}.{id}` must be a table `[{key}.{id}]`")),
            }
        }
        out
    }

    /// The tables of a list (`[[channels]]`).
    pub(crate) fn listed_tables(
        &mut self,
        table: &mut Table<'a>,
        key: &'static str,
    ) -> Vec<Table<'a>> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(table, key, &format!("a list of tables (`[[{key}]]`)"), value);
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items.iter() {
            let line = self.lines.at(item.span());
            match item.get_ref().as_table() {
                Some(inner) => out.push(Table::new(inner, format!("[[{key}]]"), line)),
                None => self.wrong(table, key, "a table", item),
            }
        }
        out
    }

    /// Keys and texts of a table that may hold any key; numbers and flags become text.
    pub(crate) fn pairs(&mut self, table: &Table<'a>) -> Vec<(String, String)> {
        let mut sorted: Vec<_> = table.table.iter().collect();
        sorted.sort_by_key(|(name, _)| name.span().start);
        let mut out = Vec::new();
        for (key, value) in sorted {
            let text = match value.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Integer(number) => number.as_str().to_owned(),
                DeValue::Float(number) => number.as_str().to_owned(),
                DeValue::Boolean(flag) => flag.to_string(),
                _ => {
                    self.wrong(table, key.get_ref(), "a text, a number or true/false", value);
                    continue;
                }
            };
            out.push((key.get_ref().to_string(), text));
        }
        out
    }

    /// Whether a key is there and a text.
    pub(crate) fn is_text(&self, table: &mut Table<'a>, key: &'static str) -> bool {
        table.get(key).is_some_and(|value| value.get_ref().is_str())
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(&mut self, table: &Table<'a>) {
        for (key, _) in table.table.iter() {
            let name = key.get_ref();
            if !table.asked.iter().any(|asked| name == asked) {
                let line = self.lines.at(key.span());
                let text = format!(
                    "unknown key {}{}",
                    table.key(name),
                    nearest(name, table.asked.iter().copied())
                );
                self.error(line, text);
            }
        }
    }
}
