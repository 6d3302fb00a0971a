//! From typed text to slots: one a word of the query, each with the groups that may stand for it.
//! Here a word becomes exact, inflected, unfinished, mistyped, joined, split, a code or unknown.
//! What a slot is worth in an article is `score`'s matter.

use super::analysis::{self, Language, MAX_WORD, Shape};
use super::build::class_weight;
use super::dict::{Alias, Entry};
use super::fuzzy::{self, Matrix, Near};
use super::index::Index;
use super::weights::{WEIGHTS, limit};
use super::words::Class;

/// How a slot was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    /// The knowledge base holds the word.
    Exact,
    /// It holds another form of it, or the beginning of a word.
    Form,
    /// It holds a word with a typo's distance.
    Typo,
    /// It holds only stand-ins.
    StandIn,
    /// Nothing.
    Unknown,
}

/// A group that may stand for a slot's word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variant {
    /// The group.
    pub(crate) group: u32,
    /// 1 for the word itself, less for what stands in for it.
    pub(crate) weight: f32,
}

/// A word of the query.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// Where its variants lie in [`Query::variants`].
    pub(crate) first: usize,
    /// How many they are.
    pub(crate) len: usize,
    /// How much the word counts: rarity times class weight.
    pub(crate) importance: f32,
    /// How it was understood.
    pub(crate) found: Found,
    /// How much it says.
    pub(crate) class: Class,
    /// It is a status code or an error code.
    pub(crate) code: bool,
}

/// A query, understood.
#[derive(Clone, Default)]
pub(crate) struct Query {
    pub(crate) slots: Vec<Slot>,
    pub(crate) variants: Vec<Variant>,
    /// The query holds a code that the knowledge base does not know.
    pub(crate) code_unknown: bool,
    /// The query says that something does not happen.
    pub(crate) symptom: bool,
    matrix: Matrix,
}

impl Query {
    /// The variants of a slot.
    pub(crate) fn variants(&self, slot: &Slot) -> &[Variant] {
        self.variants.get(slot.first..slot.first + slot.len).unwrap_or(&[])
    }

    /// Understands `text` in terms of `index`, replacing what was there.
    pub(crate) fn read(&mut self, index: &Index<'_>, text: &str) {
        self.slots.clear();
        self.variants.clear();
        self.code_unknown = false;
        self.symptom = false;
        let mut end = text.len().min(limit::QUERY);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text.get(..end).unwrap_or("");
        let mut tokens: Vec<Token> = Vec::new();
        analysis::words(text, |word, range| {
            if tokens.len() < limit::WORDS && word.len() <= MAX_WORD {
                tokens.push(Token { word: word.to_owned(), start: range.start, end: range.end });
            }
        });
        let mut n = 0;
        while let Some(token) = tokens.get(n) {
            let next = tokens.get(n + 1);
            let before = n.checked_sub(1).and_then(|b| tokens.get(b));
            let open = next.is_none() && token.end == text.len();
            n += 1 + usize::from(self.token(index, text, before, token, next, open));
        }
        self.trim();
    }

    /// One word of the query; whether the next one was used up, too.
    fn token(
        &mut self,
        index: &Index<'_>,
        text: &str,
        before: Option<&Token>,
        token: &Token,
        next: Option<&Token>,
        open: bool,
    ) -> bool {
        let word = token.word.as_str();
        let shape = analysis::shape(word);
        if let Some(next) = next
            && shape == Shape::Word
            && analysis::shape(&next.word) == Shape::Number
            && next.start <= token.end + 1
        {
            let joined = [word, &next.word].concat();
            if let Some(Entry::Group(group)) = index.dict.get(joined.as_bytes()) {
                self.start_slot();
                self.add(group, 1.0);
                self.finish_slot(index, Found::Exact, None, true);
                return true;
            }
            let separator = text.get(token.end..next.start).unwrap_or("");
            if matches!(separator, "_" | "-") && next.word.len() >= 2 {
                self.code_unknown = true;
            }
        }
        self.start_slot();
        let mut class = None;
        let mut found = self.look_up(index, word, &mut class);
        let known = found != Found::Unknown || class.is_some();
        if index.language == Language::English && index.language.stem(word) == "not" {
            self.symptom = true;
        }
        if !known {
            match shape {
                Shape::Number if word.len() > 4 => {
                    return false;
                }
                Shape::Mixed => {
                    if let Some((head, tail)) = analysis::split_code(word) {
                        self.halves(index, head, tail);
                    } else if word.len() <= 10 {
                        self.finish_slot(index, Found::Unknown, None, true);
                    }
                    return false;
                }
                _ => {}
            }
        }
        if shape == Shape::Number {
            self.number(index, word, known);
            return false;
        }
        if open && word.len() == 1 && shape == Shape::Word && before.is_some() {
            // One letter of an unfinished word says nothing yet.
            self.start_slot();
            return false;
        }
        if open && word.len() >= 2 {
            // Two letters are rarely a whole word.
            let whole = known && word.len() > 2;
            let weight = if whole { WEIGHTS.prefix_of_word } else { WEIGHTS.prefix };
            if self.prefix(index, word, weight) && !whole {
                found = Found::Form;
                // It may also be a whole word, mistyped: `stat` for `start`.
                if !known && word.len() > 3 && !index.common.holds(word) {
                    self.typo(index, word, (1, false), &mut None);
                }
            }
        }
        if !known && found == Found::Unknown && !index.common.holds(word) {
            found = self.typo(index, word, (1, open), &mut class);
            if found == Found::Unknown && class.is_none() {
                if self.split(index, word) {
                    return false;
                }
                found = self.typo(index, word, (2, open), &mut class);
            }
        }
        found = self.joins(index, before, token, next, found);
        self.finish_slot(index, found, class, false);
        false
    }

    /// The word itself, or another form of it, or what stands in for it.
    fn look_up(&mut self, index: &Index<'_>, word: &str, class: &mut Option<Class>) -> Found {
        match index.dict.get(word.as_bytes()) {
            Some(Entry::Group(group)) => {
                self.add(group, 1.0);
                self.add_related(index, group, 1.0);
                Found::Exact
            }
            Some(Entry::Alias(alias)) => {
                // Another form of the word may be in the knowledge base itself.
                if let Some(group) = same_stem(index, word) {
                    self.add(group, WEIGHTS.inflected);
                    self.add_related(index, group, WEIGHTS.inflected);
                    return Found::Form;
                }
                *class = Some(Class::from_number(alias.class));
                self.add_alias(alias, 1.0)
            }
            None => match same_stem(index, word) {
                Some(group) => {
                    self.add(group, WEIGHTS.inflected);
                    self.add_related(index, group, WEIGHTS.inflected);
                    Found::Form
                }
                None => Found::Unknown,
            },
        }
    }

    /// `err408`, `http403`, `429s`: letters and digits as words of their own.
    fn halves(&mut self, index: &Index<'_>, head: &str, tail: &str) {
        for part in [head, tail] {
            self.start_slot();
            let mut class = None;
            let found = self.look_up(index, part, &mut class);
            if analysis::shape(part) == Shape::Number {
                self.number(index, part, found != Found::Unknown);
            } else if found != Found::Unknown {
                self.finish_slot(index, found, class, false);
            }
        }
    }

    /// Numbers: a status code may be covered by its range.
    fn number(&mut self, index: &Index<'_>, word: &str, known: bool) {
        let mut found = if known { Found::Exact } else { Found::Unknown };
        let range = analysis::range_of(word);
        if let Some(range) = range
            && let Some(Entry::Group(group)) = index.dict.get(&range)
        {
            self.add(group, if known { WEIGHTS.range } else { 1.0 });
            found = Found::Exact;
        }
        let code = range.is_some();
        if code && found == Found::Unknown {
            self.code_unknown = true;
        }
        let class = if code { Class::Topic } else { Class::Filler };
        self.finish_slot(index, found, Some(class), code);
    }

    /// Words that begin with `word`; whether there are any.
    fn prefix(&mut self, index: &Index<'_>, word: &str, weight: f32) -> bool {
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
            added.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        }
        self.variants.truncate(first + limit::VARIANTS);
        any
    }

    /// `pastdue`: two words that the knowledge base holds. Takes over the slot if so.
    fn split(&mut self, index: &Index<'_>, word: &str) -> bool {
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
    fn typo<'a>(
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
        near.sort_by_key(Nearby::rank);
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
    fn joins(
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

    fn start_slot(&mut self) {
        let used = self.slots.last().map_or(0, |slot| slot.first + slot.len);
        self.variants.truncate(used);
    }

    fn add(&mut self, group: u32, weight: f32) {
        let used = self.slots.last().map_or(0, |slot| slot.first + slot.len);
        let open = self.variants.get_mut(used..).unwrap_or(&mut []);
        match open.iter_mut().find(|variant| variant.group == group) {
            Some(variant) => variant.weight = variant.weight.max(weight),
            None => self.variants.push(Variant { group, weight }),
        }
    }

    fn add_related(&mut self, index: &Index<'_>, group: u32, weight: f32) {
        if let Some(group) = index.groups.get(group) {
            for (related, share) in group.related() {
                self.add(related, weight * share);
            }
        }
    }

    fn add_alias(&mut self, alias: Alias<'_>, weight: f32) -> Found {
        let mut found = Found::Unknown;
        for (group, share) in alias.targets() {
            self.add(group, weight * share);
            found = Found::StandIn;
        }
        found
    }

    /// Closes the slot that [`start_slot`](Self::start_slot) opened.
    fn finish_slot(&mut self, index: &Index<'_>, found: Found, class: Option<Class>, code: bool) {
        let first = self.slots.last().map_or(0, |slot| slot.first + slot.len);
        let open = self.variants.get_mut(first..).unwrap_or(&mut []);
        open.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.group.cmp(&b.group)));
        let len = open.len().min(limit::VARIANTS);
        let top = open.first().copied();
        let open = self.variants.get(first..).unwrap_or(&[]);
        // A word said twice counts once.
        if let Some(top) = top
            && found <= Found::Typo
            && self.slots.iter().any(|slot| {
                self.variants(slot).first().is_some_and(|other| other.group == top.group)
            })
        {
            self.variants.truncate(first);
            return;
        }
        // A stand-in is never rarer than the most common word that stands in as well.
        let mut articles = 0;
        let mut own_class = Class::Topic;
        for (n, variant) in open.iter().take(len).enumerate() {
            if let Some(group) = index.groups.get(variant.group) {
                let close = top.is_some_and(|top| variant.weight >= 0.9 * top.weight);
                if n == 0 || (found != Found::Exact && close) {
                    articles = articles.max(group.articles);
                }
                if n == 0 {
                    own_class = Class::from_number(group.class);
                }
            }
        }
        let class = class.unwrap_or(if len > 0 { own_class } else { Class::Topic });
        self.variants.truncate(first + len);
        self.slots.push(Slot {
            first,
            len,
            importance: index.rarity(articles) * class_weight(class),
            found,
            class,
            code,
        });
    }

    /// Keeps the slots that say most.
    fn trim(&mut self) {
        if self.slots.len() > limit::SLOTS {
            let mut order: Vec<f32> = self.slots.iter().map(|slot| slot.importance).collect();
            order.sort_by(|a, b| b.total_cmp(a));
            let least = order.get(limit::SLOTS - 1).copied().unwrap_or(0.0);
            let mut left = limit::SLOTS;
            self.slots.retain(|slot| {
                let keep = slot.importance >= least && left > 0;
                left -= usize::from(keep);
                keep
            });
        }
    }
}

/// A word of the dictionary that may have been meant.
struct Nearby<'a> {
    distance: u8,
    grammar: bool,
    other_letter: bool,
    prefix: bool,
    gap: usize,
    entry: Entry<'a>,
}

impl Nearby<'_> {
    /// The likeliest first: few edits, a word that says something, the first letter right.
    fn rank(&self) -> (u8, bool, bool, bool, usize) {
        (self.distance, self.grammar, self.other_letter, self.prefix, self.gap)
    }
}

/// Whether two words differ by the order of their letters only.
fn is_swap(a: &[u8], b: &[u8]) -> bool {
    let mut sorted = [a.to_vec(), b.to_vec()];
    sorted.iter_mut().for_each(|word| word.sort_unstable());
    sorted[0] == sorted[1]
}

/// A word of the query and where it stands.
struct Token {
    word: String,
    start: usize,
    end: usize,
}

/// The group of words with the same stem as `word`, which itself is not in the dictionary.
pub(crate) fn same_stem(index: &Index<'_>, word: &str) -> Option<u32> {
    if index.language == Language::None {
        return None;
    }
    let stem = index.language.stem(word);
    // A stem may end otherwise than its words do (`priorit-i`, `priorit-y`).
    let mut cut = stem.len().checked_sub(1)?;
    while !stem.is_char_boundary(cut) {
        cut -= 1;
    }
    if cut < 2 {
        return None;
    }
    let mut out = None;
    let mut left = limit::PREFIX_WORDS;
    index.dict.with_prefix(stem.as_bytes().get(..cut)?, &mut |term, entry| {
        left -= 1;
        if let (Entry::Group(group), Ok(term)) = (entry, core::str::from_utf8(term))
            && index.language.stem(term) == stem
        {
            out = Some(group);
        }
        out.is_none() && left > 0
    });
    out
}
