//! From a knowledge base to the sections that search stores. Runs in the author's tools only;
//! nothing here is reached from the browser.

use std::collections::BTreeMap;

use super::analysis::{self, Language, MAX_WORD};
use super::dict::{self, Value};
use super::index::{FACTS, facts_bytes, rarity, tag, unit_weight};
use super::postings::{self, MAX_UNITS, Posting, Record, field};
use super::prune::prune;
use super::weights::{WEIGHTS, limit};
use super::words::{Class, REQUESTS, classes};
use super::{common, related, thesaurus, vectors};
use crate::model::{
    Article, Block, Ending, KnowledgeBase, Product, Replacement, plain_blocks, plain_inlines,
};
use crate::pack::sum;
use crate::wire::Writer;

/// What search stores, as pairs of tag and bytes; tags 16 to 31 are search's own.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// The sections of the pack.
    pub pack: Vec<(u8, Vec<u8>)>,
    /// The sections of the file of meaning, which is fetched later; none for languages without
    /// word vectors and for very large knowledge bases.
    pub meaning: Vec<(u8, Vec<u8>)>,
}

/// The sections that are stored for search.
/// Runs when a knowledge base is built, never in the browser. Deterministic.
pub fn build(kb: &KnowledgeBase) -> Built {
    let mut builder = Builder::new(Language::of_locale(&kb.product.locale));
    for (n, article) in kb.articles.iter().enumerate() {
        builder.article(n as u32, article, &kb.product);
    }
    builder.finish(kb)
}

/// A group while it is collected: words with one stem.
#[derive(Default)]
struct Collected {
    postings: BTreeMap<u32, Posting>,
}

/// What is known of an article besides its words.
#[derive(Default)]
struct Sketch {
    kind: u8,
    checks: u32,
    body: u32,
    phrasings: usize,
    /// Its text may be what people say.
    spoken: bool,
    /// Stems of the title, then of each phrasing and heading.
    units: Vec<Vec<String>>,
}

struct Builder {
    language: Language,
    /// Words that say little, and their stems.
    classes: BTreeMap<String, Class>,
    /// Folded word to its stem.
    words: BTreeMap<String, String>,
    groups: BTreeMap<String, Collected>,
    sketches: Vec<Sketch>,
}

impl Builder {
    fn new(language: Language) -> Builder {
        Builder {
            language,
            classes: classes(language),
            words: BTreeMap::new(),
            groups: BTreeMap::new(),
            sketches: Vec::new(),
        }
    }

    fn class(&self, stem: &str) -> Class {
        self.classes.get(stem).copied().unwrap_or_default()
    }

    /// Calls `each` with the posting of every word of `text`; returns the words' stems.
    fn text(
        &mut self,
        article: u32,
        text: &str,
        each: &mut dyn FnMut(&mut Posting),
    ) -> Vec<String> {
        let mut stems = Vec::new();
        let mut list: Vec<(String, core::ops::Range<usize>)> = Vec::new();
        analysis::words(text, |word, range| {
            if word.len() <= MAX_WORD {
                list.push((word.to_owned(), range));
            }
        });
        for (n, (word, range)) in list.iter().enumerate() {
            stems.push(self.word(article, word, each));
            // `SYNC_001`, `SYNC-001` and `SYNC 001` are one word, too.
            if let Some((next, after)) = list.get(n + 1)
                && is_code(text, word, range, next, after)
            {
                self.word(article, &[word.as_str(), next].concat(), each);
            }
        }
        stems
    }

    fn word(&mut self, article: u32, word: &str, each: &mut dyn FnMut(&mut Posting)) -> String {
        let stem = match self.words.get(word) {
            Some(stem) => stem.clone(),
            None => {
                let stem = self.language.stem(word);
                self.words.insert(word.to_owned(), stem.clone());
                stem
            }
        };
        let group = self.groups.entry(stem.clone()).or_default();
        let posting = group.postings.entry(article).or_default();
        posting.article = article;
        each(posting);
        stem
    }

    fn article(&mut self, n: u32, article: &Article, product: &Product) {
        let mut sketch = Sketch { kind: article.kind as u8, ..Sketch::default() };
        let mark = |bit: u8, unit: Option<usize>| {
            move |posting: &mut Posting| {
                posting.fields |= bit;
                if let Some(unit) = unit {
                    posting.units |= 1 << unit;
                }
            }
        };
        sketch.units.push(self.text(n, &article.title, &mut mark(field::TITLE, Some(0))));
        for phrasing in &article.phrasings {
            let unit = sketch.units.len();
            if unit <= MAX_UNITS {
                sketch.units.push(self.text(n, phrasing, &mut mark(field::PHRASING, Some(unit))));
            } else {
                self.text(n, phrasing, &mut mark(field::PHRASING, None));
            }
        }
        sketch.phrasings = sketch.units.len() - 1;
        for code in article.codes.iter().chain(&article.keywords) {
            self.text(n, code, &mut mark(field::CODE, None));
        }
        self.text(n, &plain_inlines(&article.cause), &mut mark(field::CAUSE, None));
        // Ids and topics name what an article is about, in words that its title may lack.
        let slug = article.id.rsplit('/').next().unwrap_or("");
        self.text(n, slug, &mut mark(field::CAUSE, None));
        if let Some(topic) = product.topic(&article.topic) {
            self.text(n, &topic.title, &mut mark(field::CAUSE, None));
        }
        let mut headings = Vec::new();
        collect_headings(&article.body, &mut headings);
        for heading in &headings {
            let unit = sketch.units.len();
            if unit <= MAX_UNITS {
                sketch.units.push(self.text(n, heading, &mut mark(field::HEADING, Some(unit))));
            } else {
                self.text(n, heading, &mut mark(field::HEADING, None));
            }
        }
        for text in check_texts(article, product) {
            sketch.checks += self.running_text(n, &text, field::CHECKS);
        }
        let body = plain_blocks(&article.body);
        sketch.spoken =
            article.phrasings.is_empty() && body.split_ascii_whitespace().count() <= limit::SPOKEN;
        sketch.body += if sketch.spoken {
            self.counted(n, &body, field::BODY)
        } else {
            self.running_text(n, &body, field::BODY)
        };
        let ending = match &article.ending {
            Ending::Escalate(escalation) => &escalation.text,
            Ending::Expected(text) => text,
        };
        sketch.body += self.running_text(n, &plain_blocks(ending), field::BODY);
        self.sketches.push(sketch);
    }

    /// Checks and bodies: counted, and without grammar, which would only fill the index.
    fn running_text(&mut self, article: u32, text: &str, bit: u8) -> u32 {
        let mut kept = String::with_capacity(text.len());
        let mut last = 0;
        analysis::words(text, |word, range| {
            if self.class(word) == Class::Grammar {
                kept.push_str(text.get(last..range.start).unwrap_or(""));
                kept.push('\u{2022}');
                last = range.end;
            }
        });
        kept.push_str(text.get(last..).unwrap_or(""));
        self.counted(article, &kept, bit)
    }

    /// Text whose occurrences count; returns how many words it has.
    fn counted(&mut self, article: u32, text: &str, bit: u8) -> u32 {
        let stems = self.text(article, text, &mut |posting| {
            posting.fields |= bit;
            let count = if bit == field::CHECKS { &mut posting.checks } else { &mut posting.body };
            *count = (*count + 1).min(15);
        });
        stems.len() as u32
    }

    fn finish(self, kb: &KnowledgeBase) -> Built {
        let articles = self.sketches.len() as u32;
        // Groups are numbered by their first word, as the dictionary wants it.
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        for stem in self.words.values() {
            let next = numbers.len() as u32;
            numbers.entry(stem).or_insert(next);
        }
        let lengths: Vec<Option<u32>> =
            self.sketches.iter().map(|sketch| (!sketch.spoken).then_some(sketch.body)).collect();
        let mean = self.sketches.iter().map(|sketch| sketch.body).sum::<u32>() as f32
            / articles.max(1) as f32;
        let mut records = vec![Record::default(); numbers.len()];
        let mut weight_of: BTreeMap<&str, f32> = BTreeMap::new();
        for (stem, &number) in &numbers {
            let class = self.class(stem);
            let mut postings: Vec<Posting> = self
                .groups
                .get(*stem)
                .map(|group| group.postings.values().copied().collect())
                .unwrap_or_default();
            let held = postings.len() as u32;
            prune(&mut postings, class, &lengths, mean);
            if !postings.is_empty() {
                weight_of.insert(stem, class_weight(class) * rarity(articles, held));
            }
            if let Some(record) = records.get_mut(number as usize) {
                *record = Record { class: class as u8, articles: held, postings };
            }
        }
        let mut words: BTreeMap<String, Value> = self
            .words
            .iter()
            .filter_map(|(word, stem)| {
                Some((word.clone(), Value::Group(*numbers.get(stem.as_str())?)))
            })
            .collect();
        let related = thesaurus::relate(self.language, kb, &numbers, &mut words);
        let words: Vec<(String, Value)> = words.into_iter().collect();

        let mut facts = Vec::new();
        let mut unit_table = Writer::new();
        let [mut phrasings, mut headings, mut units] = [Vec::new(), Vec::new(), Vec::new()];
        let (mut checks, mut body) = (0, 0);
        for (n, sketch) in self.sketches.iter().enumerate() {
            let weight = |stems: &Vec<String>| {
                let mut stems: Vec<&str> = stems.iter().map(String::as_str).collect();
                stems.sort_unstable();
                stems.dedup();
                unit_weight(stems.iter().filter_map(|stem| weight_of.get(stem)).sum())
            };
            let title = sketch.units.first().map_or(0, weight);
            facts.push(facts_bytes(sketch.kind, title, sketch.checks, sketch.body));
            if n % postings::STRIDE == 0 {
                unit_table.fixed32(units.len() as u32);
            }
            let others = sketch.units.get(1..).unwrap_or(&[]);
            phrasings.push(sketch.phrasings as u8);
            headings.push((others.len() - sketch.phrasings) as u8);
            units.extend(others.iter().map(weight));
            checks += sketch.checks;
            body += sketch.body;
        }
        let mut head = Writer::new();
        head.byte(self.language.byte());
        head.varint(checks.div_ceil(articles.max(1)));
        head.varint(body.div_ceil(articles.max(1)));
        head.varint(articles);
        for column in 0..FACTS {
            let bytes: Vec<u8> =
                facts.iter().filter_map(|facts| facts.get(column).copied()).collect();
            head.raw(&bytes);
        }
        for column in [phrasings, headings, units] {
            unit_table.raw(&column);
        }
        let groups = postings::write(&records);
        let mut later = Vec::new();
        if let Some([own, words, codes]) =
            vectors::write(self.language, self.sketches.len(), &numbers)
        {
            later.push((tag::FITS, sum(&groups).to_le_bytes().to_vec()));
            later.push((tag::OWN_CODES, own));
            later.push((tag::WORDS, words));
            later.push((tag::CODES, codes));
        }
        let mut pack = vec![
            (tag::ARTICLES, head.into_bytes()),
            (tag::DICT, dict::write(&words)),
            (tag::GROUPS, groups),
            (tag::UNITS, unit_table.into_bytes()),
            (tag::RELATED, related::write(&related)),
        ];
        // Without phrasings an article may be about what it does not say in so many words.
        if self.language == Language::English
            && self.sketches.iter().any(|sketch| sketch.phrasings > 0)
        {
            let requests: Vec<&str> = REQUESTS.split(' ').collect();
            pack.push((tag::REQUESTS, common::write(&requests).0));
        }
        Built { pack, meaning: later }
    }
}

/// How much a class counts.
pub(crate) fn class_weight(class: Class) -> f32 {
    match class {
        Class::Topic => 1.0,
        Class::Filler => WEIGHTS.filler,
        Class::Grammar => WEIGHTS.grammar,
    }
}

/// Whether two neighbouring words are the halves of a code: letters, at most one separator,
/// digits; a blank counts as separator only behind capitals.
fn is_code(
    text: &str,
    word: &str,
    range: &core::ops::Range<usize>,
    next: &str,
    after: &core::ops::Range<usize>,
) -> bool {
    let between = text.get(range.end..after.start).unwrap_or("   ");
    let capitals = || {
        let shown = text.get(range.clone()).unwrap_or("");
        shown.len() > 1 && shown.bytes().all(|b| b.is_ascii_uppercase())
    };
    analysis::shape(word) == analysis::Shape::Word
        && analysis::shape(next) == analysis::Shape::Number
        && (matches!(between, "_" | "-") || between == " " && capitals())
}

/// The words of all headings, also of those inside lists and quotations.
fn collect_headings(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading(_, inlines) => out.push(plain_inlines(inlines)),
            Block::Quote(inner) => collect_headings(inner, out),
            Block::List(_, items) => {
                for item in items {
                    collect_headings(&item.blocks, out);
                }
            }
            _ => {}
        }
    }
}

/// What an article's checks say: instruction, detail, link labels, choices, messages.
fn check_texts(article: &Article, product: &Product) -> Vec<String> {
    let mut out = Vec::new();
    for check in &article.checks {
        out.push(plain_inlines(&check.label));
        out.push(plain_blocks(&check.detail));
        out.extend(check.links.iter().filter_map(|name| Some(product.link(name)?.label.clone())));
        out.extend(check.choices.iter().map(|choice| plain_inlines(&choice.label)));
        out.push(plain_inlines(&check.expected));
        if let Replacement::Text(text) = &check.others {
            out.push(plain_inlines(text));
        }
    }
    out
}
