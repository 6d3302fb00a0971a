//! How people type: unfinished words, words run together or torn apart, typos.

use super::{Found, Query, Token, Variant};
use crate::search::dict::Entry;
use crate::search::fuzzy::{self, Near};
use crate::search::index::Index;
use crate::search::weights::{WEIGHTS, limit};
use crate::search::words::Class;

impl Query {
    /// Words that begin with `word`; whether there are any.
    pub(super) fn prefix(&mut self, index: &Index<'_>, word: &str, weight: f32) -> bool {
        let mut left = limit::PREFIX_WORDS;
        let mut any = false;
        let first = self.variants.len();
        index.dict.with_prefix(word.as_bytes(), &mut |term, entry| {
            left -= 1;
            if term.len() > word.len() && !term.contains(&b' ') {
                // The nearer the end of the word, the surer.
                let share = word.len() as f32 / term.len() as f32;
                let weight = weight * (0.6 + 0.4 * share);
                match entry {
                    Entry::Group(group) => {
                        self.add(group, weight);
                        any = true;
                    }
                    Entry::Alias(alias) => {
                        any |= self.add_alias(alias, weight) != Found::Unknown;
                    }
                }
            }
            left > 0
        });
        if let Some(added) = self.variants.get_mut(first..) {
            added.sort_unstable_by(Variant::better);
        }
        self.variants.truncate(first + limit::VARIANTS);
        any
    }

    /// `pastdue`: two words that the knowledge base holds. Takes over the slot if so.
    pub(super) fn split(&mut self, index: &Index<'_>, word: &str) -> bool {
        if word.len() < 5 || !word.is_ascii() {
            return false;
        }
        let mut best: Option<(f32, u32, u32)> = None;
        for border in 2..=word.len() - 2 {
            let (head, tail) = word.split_at(border);
            let (Some(Entry::Group(first)), Some(Entry::Group(second))) =
                (index.dict.get(head.as_bytes()), index.dict.get(tail.as_bytes()))
            else {
                continue;
            };
            // Two halves of like length are likelier than a word and a rest.
            let score = border.min(word.len() - border) as f32;
            let short = |part: &str| {
                part.len() > 2 || matches!(part, "in" | "on" | "up" | "to" | "my" | "is" | "of")
            };
            if best.is_none_or(|(s, ..)| score > s) && short(head) && short(tail) {
                best = Some((score, first, second));
            }
        }
        let Some((_, first, second)) = best else { return false };
        for group in [first, second] {
            self.start_slot();
            self.add(group, WEIGHTS.joined);
            self.add_related(index, group, WEIGHTS.joined);
            self.finish_slot(index, Found::Form, None, false);
        }
        true
    }

    /// Words a few edits away; with `edits` of 1 only those with one.
    pub(super) fn typo<'a>(
        &mut self,
        index: &Index<'a>,
        word: &str,
        (edits, open): (u8, bool),
        class: &mut Option<Class>,
    ) -> Found {
        let len = word.chars().count();
        if len < 3 || edits > 1 && len < 6 {
            return Found::Unknown;
        }
        let mut near: Vec<Nearby<'a>> = Vec::new();
        let mut seen = |term: &[u8], found: Near<'a>, typed: &str| {
            // An unfinished word has room for fewer typos; a short one for a swap or a letter
            // left out only.
            let allowed = if found.prefix && len < 7 { 1 } else { edits };
            let fits = len > 3 || term.len() > typed.len() || is_swap(term, typed.as_bytes());
            // Two typos leave the first letter alone.
            let begins = found.distance < 2 || term.first() == typed.as_bytes().first();
            let letters = term.iter().any(u8::is_ascii_alphabetic) || !term.is_ascii();
            if found.distance > allowed || !begins || !fits || !letters || term.contains(&b' ') {
                return;
            }
            let class = match found.entry {
                Entry::Group(group) => index.groups.get(group).map_or(0, |group| group.class),
                Entry::Alias(alias) => alias.class,
            };
            near.push(Nearby {
                distance: found.distance,
                grammar: class == Class::Grammar as u8,
                other_letter: term.first() != typed.as_bytes().first(),
                prefix: found.prefix,
                gap: found.len.abs_diff(typed.len()),
                at: near.len(),
                entry: found.entry,
            });
        };
        let dict = &index.dict;
        let prefix = open && len >= 4;
        fuzzy::walk(dict, word.as_bytes(), edits, prefix, &mut self.matrix, &mut |term, found| {
            seen(term, found, word);
        });
        // `trigering` lies far from `trigger`, its stem does not.
        let stem = index.language.stem(word);
        if stem.len() < word.len() && stem.len() > 3 {
            fuzzy::walk(dict, stem.as_bytes(), 1, false, &mut self.matrix, &mut |term, found| {
                seen(term, found, &stem);
            });
        }
        near.sort_unstable_by_key(Nearby::rank);
        let Some(fewest) = near.first().map(|near| near.distance) else {
            return Found::Unknown;
        };
        near.retain(|near| near.distance == fewest);
        let mut weight = 1.0 - WEIGHTS.typo * f32::from(fewest) / len as f32;
        let mut out = Found::Unknown;
        for (n, near) in near.iter().take(8).enumerate() {
            if near.other_letter && n == 0 {
                weight *= WEIGHTS.next_candidate;
            }
            match near.entry {
                Entry::Group(group) => {
                    self.add(group, weight);
                    self.add_related(index, group, weight);
                    out = Found::Typo;
                }
                Entry::Alias(alias) => {
                    if n == 0 && alias.class != Class::Topic as u8 {
                        // A mistyped filler word says as little as the word itself.
                        *class = Some(Class::from_number(alias.class));
                        return Found::Unknown;
                    }
                    if self.add_alias(alias, weight) != Found::Unknown {
                        out = Found::Typo;
                    }
                }
            }
            weight *= WEIGHTS.next_candidate;
        }
        out
    }

    /// `log in` for `login`, `money back` for `refund`: this word with its neighbours.
    pub(super) fn joins(
        &mut self,
        index: &Index<'_>,
        before: Option<&Token>,
        token: &Token,
        next: Option<&Token>,
        mut found: Found,
    ) -> Found {
        let pairs = [before.map(|other| (other, token)), next.map(|other| (token, other))];
        for (one, two) in pairs.into_iter().flatten() {
            for glue in ["", " "] {
                let joined = [one.word.as_str(), glue, two.word.as_str()].concat();
                if joined.len() < 5 {
                    continue;
                }
                match index.dict.get(joined.as_bytes()) {
                    Some(Entry::Group(group)) => {
                        self.add(group, WEIGHTS.joined);
                        self.add_related(index, group, WEIGHTS.joined);
                        found = found.min(Found::Form);
                    }
                    Some(Entry::Alias(alias)) => {
                        found = found.min(self.add_alias(alias, WEIGHTS.joined));
                    }
                    None => {}
                }
            }
        }
        found
    }
}

/// A word of the dictionary that may have been meant.
struct Nearby<'a> {
    distance: u8,
    grammar: bool,
    other_letter: bool,
    prefix: bool,
    gap: usize,
    /// Its place in the order of the dictionary.
    at: usize,
    entry: Entry<'a>,
}

impl Nearby<'_> {
    /// The likeliest first: few edits, a word that says something, the first letter right.
    fn rank(&self) -> (u8, bool, bool, bool, usize, usize) {
        (self.distance, self.grammar, self.other_letter, self.prefix, self.gap, self.at)
    }
}

/// Whether two words differ by the order of their letters only.
fn is_swap(a: &[u8], b: &[u8]) -> bool {
    let mut sorted = [a.to_vec(), b.to_vec()];
    sorted.iter_mut().for_each(|word| word.sort_unstable());
    sorted[0] == sorted[1]
}
