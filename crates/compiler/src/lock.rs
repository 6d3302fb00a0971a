//! `kb.lock`: ids of checks that were derived from their first wording, pinned.
//! A check that names its own id has no line here.

use crate::article::Draft;
use crate::check::unique;
use crate::kbtoml::{Lines, Reader, Table};
use crate::lint::Base;
use crate::{Finding, Page};
use std::collections::BTreeMap;
use toml::de::DeTable;
use unstuck_core::model::{Check, plain_inlines};

/// Pinned ids: an article's pairs of id and wording, in order.
#[derive(Debug, Default)]
pub(crate) struct Pins {
    articles: BTreeMap<String, Vec<(String, String)>>,
}

impl Pins {
    /// Reads `kb.lock`; without one nothing is pinned.
    pub(crate) fn read(page: Option<&Page>, findings: &mut Vec<Finding>) -> Pins {
        let Some(page) = page else { return Pins::default() };
        let (root, faults) = DeTable::parse_recoverable(&page.text);
        let mut reader =
            Reader { file: &page.path, lines: Lines::of(&page.text), findings: Vec::new() };
        let mut pins = Pins::default();
        for fault in &faults {
            let line = reader.lines.at(fault.span().unwrap_or(0..0));
            let text =
                format!("not TOML: {}; `unstuck check --pin` writes it anew", fault.message());
            reader.error(line, text);
        }
        for (name, value) in root.get_ref().iter().filter(|_| faults.is_empty()) {
            let line = reader.lines.at(name.span());
            match value.get_ref().as_table() {
                Some(table) => {
                    let table = Table::new(table, name.get_ref().to_string(), line);
                    let pairs = reader.pairs(&table);
                    pins.articles.insert(name.get_ref().to_string(), pairs);
                }
                None => reader.error(line, "expected a table an article"),
            }
        }
        findings.append(&mut reader.findings);
        pins
    }

    /// Gives every check without an id the one that is pinned or derived, and returns what
    /// `kb.lock` should hold.
    pub(crate) fn apply(&self, base: &mut Base, findings: &mut Vec<Finding>) -> String {
        let mut lock = String::new();
        for draft in &mut base.articles {
            if draft.checks.iter().any(|place| place.derived) {
                self.article(draft, &mut lock, findings);
            }
        }
        if !lock.is_empty() {
            lock.insert_str(0, "# Ids of checks, derived from their first wording. Written by `unstuck check --pin`;\n# keep it under version control and leave the ids as they are.\n");
        }
        lock
    }

    fn article(&self, draft: &mut Draft, lock: &mut String, findings: &mut Vec<Finding>) {
        let id = draft.article.id.clone();
        let pinned = self.articles.get(&id).map(Vec::as_slice).unwrap_or_default();
        let mut taken: Vec<String> =
            draft.article.checks.iter().map(|c| c.id.clone()).filter(|id| !id.is_empty()).collect();
        let mut free: Vec<&(String, String)> =
            pinned.iter().filter(|(id, _)| !taken.contains(id)).collect();
        let places: Vec<usize> =
            draft.checks.iter().enumerate().filter(|(_, p)| p.derived).map(|(n, _)| n).collect();
        let mut given: BTreeMap<usize, String> = BTreeMap::new();
        // The same wording keeps its id wherever it moved.
        for &n in &places {
            let wording = draft.article.checks.get(n).map(wording).unwrap_or_default();
            if let Some(at) = free.iter().position(|(_, pinned)| *pinned == wording) {
                given.insert(n, free.remove(at).0.clone());
            }
        }
        // What is left was reworded: in the order of the page when the counts agree.
        let open: Vec<usize> = places.iter().copied().filter(|n| !given.contains_key(n)).collect();
        if open.len() == free.len() {
            for (n, (id, _)) in open.iter().zip(free) {
                given.insert(*n, id.clone());
            }
        } else if !free.is_empty() && !open.is_empty() {
            let names: Vec<&str> = free.iter().map(|(id, _)| id.as_str()).collect();
            findings.push(Finding::error(
                &draft.file,
                draft.line,
                format!(
                    "checks of this article were reworded, added or removed, and the pinned ids {} \
                     cannot be told apart; write `<!-- check: id -->` behind the instructions they \
                     belong to",
                    names.join(", ")
                ),
            ));
        }
        taken.extend(given.values().cloned());
        if !lock.is_empty() {
            lock.push('\n');
        }
        lock.push_str(&format!("[{}]\n", quoted(&id)));
        for n in places {
            let Some(check) = draft.article.checks.get_mut(n) else { continue };
            let wording = wording(check);
            check.id = given.remove(&n).unwrap_or_else(|| {
                let id = unique(&wording, &taken);
                taken.push(id.clone());
                id
            });
            if !pinned.iter().any(|(id, _)| *id == check.id) {
                let line = draft.checks.get(n).map_or(draft.line, |place| place.line);
                let text = format!(
                    "the check's id `{}` comes from its wording and is not pinned; run `unstuck \
                     check --pin`, or write `<!-- check: {} -->`",
                    check.id, check.id
                );
                findings.push(Finding::warning(&draft.file, line, text));
            }
            lock.push_str(&format!("{} = {}\n", check.id, quoted(&wording)));
        }
    }
}

fn wording(check: &Check) -> String {
    plain_inlines(&check.label)
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
