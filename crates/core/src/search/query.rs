//! From typed text to slots: one a word of the query, each with the groups that may stand for it.
//! Here a word becomes exact, inflected, unfinished, mistyped, joined, split, a code or unknown.
//! What a slot is worth in an article is `score`'s matter.

mod typing;

use super::analysis::{self, Language, MAX_WORD, Shape};
use super::build::class_weight;
use super::dict::{Alias, Entry};
use super::fuzzy::Matrix;
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

impl Variant {
    /// The order of variants: the weightiest first. One function for all sorts, and no two variants
    /// that are equal in it, so that a sort need not be stable (which costs half a kilobyte each).
    pub(crate) fn better(&self, other: &Variant) -> core::cmp::Ordering {
        other.weight.total_cmp(&self.weight).then(self.group.cmp(&other.group))
    }
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
    /// Code of what it means; 0 when unknown.
    pub(crate) meaning: u64,
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
    /// The query holds a word that asks for something.
    pub(crate) request: bool,
    /// Code of the word at hand, when the knowledge base does not hold it.
    meaning: u64,
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
        self.request = false;
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
        self.request |= index.requests(word);
        self.meaning = match index.meaning {
            Some(meaning) if found > Found::Form => meaning.of_stem(&index.language.stem(word)),
            _ => 0,
        };
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
                if !known && word.len() > 3 && !index.is_common(word) {
                    self.typo(index, word, (1, false), &mut None);
                }
            }
        }
        if !known && found == Found::Unknown && !index.is_common(word) {
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
        index.related.of(group, |related, share| self.add(related, weight * share));
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
        open.sort_unstable_by(Variant::better);
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
        let mut counts = true;
        for (n, variant) in open.iter().take(len).enumerate() {
            if let Some(group) = index.groups.get(variant.group) {
                let close = top.is_some_and(|top| variant.weight >= 0.9 * top.weight);
                if n == 0 || (found != Found::Exact && close) {
                    articles = articles.max(group.articles);
                }
                if n == 0 {
                    own_class = Class::from_number(group.class);
                    counts = group.kept > 0;
                }
            }
        }
        let class = class.unwrap_or(if len > 0 { own_class } else { Class::Topic });
        self.variants.truncate(first + len);
        self.slots.push(Slot {
            first,
            len,
            // What stands nearly everywhere is not looked for.
            importance: if counts { index.rarity(articles) * class_weight(class) } else { 0.0 },
            found,
            class,
            code,
            meaning: match (index.meaning, top) {
                _ if class == Class::Grammar => 0,
                (Some(meaning), Some(top)) if found <= Found::Typo => meaning.of_group(top.group),
                _ => self.meaning,
            },
        });
    }

    /// Keeps the slots that say most.
    fn trim(&mut self) {
        if self.slots.len() > limit::SLOTS {
            let mut order: Vec<f32> = self.slots.iter().map(|slot| slot.importance).collect();
            order.sort_unstable_by(|a, b| b.total_cmp(a));
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
