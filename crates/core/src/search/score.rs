//! What an article is worth to a query: BM25F over its parts, and its best single unit.
//! Here live the formulas; their numbers are in `weights`, the query's slots come from `query`.

use super::confidence::{self, Evidence};
use super::index::Index;
use super::meaning::{self, Vector};
use super::postings::{Posting, field};
use super::query::{Query, Slot};
use super::weights::{WEIGHTS, limit};
use super::words::Class;
use super::{Answer, Hit, Options, build::class_weight};
use crate::model::Kind;

/// Units of an article, the title among them.
const UNITS: usize = super::postings::MAX_UNITS + 1;

/// Buffers that one search leaves for the next, so that a keystroke allocates little.
#[derive(Default)]
pub struct Scratch {
    pub(crate) query: Query,
    /// Score by words, one an article.
    by_words: Vec<f32>,
    /// The best match of the slot at hand, one an article.
    of_slot: Vec<f32>,
    touched: Vec<u32>,
    /// What the query means, and how like it each article is.
    aim: Option<Vector>,
    alike: Vec<f32>,
    /// Number of the candidate plus one, one an article.
    candidate_of: Vec<u8>,
    candidates: Vec<Candidate>,
    /// What the last search found out about its best hit.
    pub(crate) evidence: Evidence,
}

#[derive(Clone)]
struct Candidate {
    article: u32,
    by_words: f32,
    /// Likeness in meaning of its best part, 0 to 1.
    alike: f32,
    /// Importance of the query's words that the article holds, by strength of the match.
    covered: f32,
    /// Per unit: importance of the query's words in it, and weight of its own words.
    units: [(f32, f32); UNITS],
    of_slot: [(f32, f32); UNITS],
    slot_cover: f32,
}

/// Searches `index` for `text`, as typed so far: the last word may be unfinished.
///
/// Costs time in proportion to the postings of the query's words, and to the dictionary for each
/// word that it does not hold. Never fails: bytes that make no sense match nothing.
pub fn search(
    index: &Index<'_>,
    text: &str,
    options: &Options<'_>,
    scratch: &mut Scratch,
) -> Answer {
    scratch.query.read(index, text);
    scratch.evidence = Evidence::default();
    let total: f32 = scratch.query.slots.iter().map(|slot| slot.importance).sum();
    if total <= 0.0 {
        return Answer::default();
    }
    scratch.score_words(index);
    scratch.compare_meaning(index);
    scratch.choose_candidates(index, total);
    scratch.compare_units(index);
    let mut hits: Vec<(f32, &Candidate)> = scratch
        .candidates
        .iter()
        .map(|candidate| {
            let mut score = combined(index, &scratch.query, candidate, total);
            for &(article, push) in options.boosts {
                if article == candidate.article {
                    score *= 1.0 + WEIGHTS.boost * push.clamp(0.0, 1.0);
                }
            }
            (score.clamp(0.0, 1.0), candidate)
        })
        .collect();
    hits.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.article.cmp(&b.1.article)));
    let mut evidence = weigh(index, &scratch.query, &hits, total);
    if let (Some(meaning), Some(aim)) = (index.meaning, &scratch.aim) {
        evidence.general = meaning.all(aim);
    }
    let confidence = confidence::confidence(&evidence);
    let answer = Answer {
        confident: confidence >= confidence::THRESHOLD,
        confidence,
        hits: hits
            .iter()
            .take(options.limit)
            .map(|&(score, candidate)| Hit { article: candidate.article, score })
            .collect(),
    };
    scratch.evidence = evidence;
    answer
}

impl Scratch {
    /// BM25F of every article that holds a word of the query.
    fn score_words(&mut self, index: &Index<'_>) {
        let articles = index.articles as usize;
        self.by_words.clear();
        self.by_words.resize(articles, 0.0);
        self.of_slot.clear();
        self.of_slot.resize(articles, 0.0);
        for slot in &self.query.slots {
            self.touched.clear();
            for variant in self.query.variants(slot) {
                let Some(group) = index.groups.get(variant.group) else { continue };
                for posting in group.postings() {
                    let Some(best) = self.of_slot.get_mut(posting.article as usize) else { break };
                    if *best == 0.0 {
                        self.touched.push(posting.article);
                    }
                    *best = best.max(variant.weight * saturated(index, &posting));
                }
            }
            for &article in &self.touched {
                let at = article as usize;
                if let (Some(sum), Some(best)) =
                    (self.by_words.get_mut(at), self.of_slot.get_mut(at))
                {
                    *sum += slot.importance * *best;
                    *best = 0.0;
                }
            }
        }
    }

    /// How like the articles are to the query, where vectors are at hand.
    fn compare_meaning(&mut self, index: &Index<'_>) {
        self.aim = None;
        self.alike.clear();
        let Some(meaning) = index.meaning else { return };
        // A code is looked up, whatever the words beside it mean.
        if index.explains_codes() && self.query.slots.iter().any(|slot| slot.code) {
            return;
        }
        let mut sum = [0.0; meaning::WIDTH];
        for slot in self.query.slots.iter().filter(|slot| slot.meaning != 0) {
            meaning::add(&mut sum, slot.meaning, slot.importance);
        }
        let aim = meaning::direction(&sum);
        self.alike.extend((0..index.articles).map(|n| meaning.whole(n, &aim)));
        self.aim = Some(aim);
    }

    /// The articles with the highest scores by words and meaning.
    fn choose_candidates(&mut self, index: &Index<'_>, total: f32) {
        // Sorted, the best first, and never longer than it must be: of thousands of articles most are
        // no better than the last of these, which one comparison tells.
        let mut order: Vec<(f32, u32)> = Vec::with_capacity(limit::CANDIDATES + 1);
        for (article, &score) in self.by_words.iter().enumerate() {
            let alike = self.alike.get(article).copied().unwrap_or(0.0);
            if score > 0.0 || alike > WEIGHTS.alike {
                let score = WEIGHTS.by_words * score / total + WEIGHTS.by_meaning * alike.max(0.0);
                if order.len() == limit::CANDIDATES
                    && order.last().is_some_and(|&(least, _)| least >= score)
                {
                    continue;
                }
                // Articles come in their order, so one that is as good goes behind the others.
                let at = order.partition_point(|&(other, _)| other >= score);
                order.insert(at, (score, article as u32));
                order.truncate(limit::CANDIDATES);
            }
        }
        self.candidate_of.clear();
        self.candidate_of.resize(self.by_words.len(), 0);
        self.candidates.clear();
        for (n, (_, article)) in order.into_iter().enumerate() {
            let by_words = self.by_words.get(article as usize).copied().unwrap_or(0.0);
            let alike = match (index.meaning, &self.aim) {
                (Some(meaning), Some(aim)) => meaning.best(article, aim).max(0.0),
                _ => 0.0,
            };
            if let Some(slot) = self.candidate_of.get_mut(article as usize) {
                *slot = n as u8 + 1;
            }
            self.candidates.push(Candidate {
                article,
                by_words,
                alike,
                covered: 0.0,
                units: [(0.0, 0.0); UNITS],
                of_slot: [(0.0, 0.0); UNITS],
                slot_cover: 0.0,
            });
        }
    }

    /// What each unit of the candidates holds of the query.
    fn compare_units(&mut self, index: &Index<'_>) {
        for slot in &self.query.slots {
            for variant in self.query.variants(slot) {
                let Some(group) = index.groups.get(variant.group) else { continue };
                let own = index.rarity(group.articles)
                    * class_weight(Class::from_number(group.class))
                    * variant.weight;
                for posting in group.postings() {
                    let number = self.candidate_of.get(posting.article as usize).copied();
                    let Some(candidate) = number
                        .and_then(|n| usize::from(n).checked_sub(1))
                        .and_then(|n| self.candidates.get_mut(n))
                    else {
                        continue;
                    };
                    candidate.slot_cover = candidate.slot_cover.max(variant.weight);
                    let mut units = posting.units;
                    while units != 0 {
                        let unit = units.trailing_zeros() as usize;
                        units &= units - 1;
                        if let Some(best) = candidate.of_slot.get_mut(unit)
                            && variant.weight > best.0
                        {
                            *best = (variant.weight, own);
                        }
                    }
                }
            }
            for candidate in &mut self.candidates {
                candidate.close_slot(slot);
            }
        }
    }
}

impl Candidate {
    fn close_slot(&mut self, slot: &Slot) {
        if self.slot_cover == 0.0 {
            return;
        }
        self.covered += slot.importance * self.slot_cover;
        self.slot_cover = 0.0;
        for (sum, best) in self.units.iter_mut().zip(&mut self.of_slot) {
            sum.0 += slot.importance * best.0;
            sum.1 += best.1;
            *best = (0.0, 0.0);
        }
    }
}

/// Term frequency over all parts, weighted, held back by length, saturated to 0..1 (BM25F,
/// Zaragoza et al. 2004).
fn saturated(index: &Index<'_>, posting: &Posting) -> f32 {
    let w = &WEIGHTS;
    let has = |bit: u8, weight: f32| if posting.fields & bit != 0 { weight } else { 0.0 };
    let mut tf = has(field::TITLE, w.title)
        + has(field::CODE, w.code)
        + has(field::CAUSE, w.cause)
        + has(field::HEADING, w.heading);
    if posting.fields & field::PHRASING != 0 {
        let more = (posting.units & !1).count_ones().saturating_sub(1).min(6);
        tf += w.phrasing * (1.0 + 0.25 * more as f32);
    }
    if posting.fields & (field::CHECKS | field::BODY) != 0 {
        let facts = index.facts(posting.article);
        let held = |count: u8, length: f32, mean: f32| {
            f32::from(count) / (1.0 - w.length + w.length * length / mean.max(1.0))
        };
        tf += w.checks * held(posting.checks, facts.checks, index.mean_checks)
            + w.body * held(posting.body, facts.body, index.mean_body);
    }
    tf / (w.saturation + tf)
}

/// How well the best unit of an article fits.
#[derive(Clone, Copy, Default)]
struct Fit {
    /// What it adds to the score, 0 to 1.
    score: f32,
    /// Share of the query that the unit holds.
    share: f32,
    /// Share of the unit that the query holds.
    cover: f32,
}

/// The best unit of a candidate: share of the query that it holds, times (softly) share of the
/// unit that the query holds.
fn best_unit(index: &Index<'_>, candidate: &Candidate, total: f32) -> Fit {
    let (phrasings, weights) = index.units(candidate.article);
    let title = index.facts(candidate.article).title;
    let mut best = Fit::default();
    for (unit, &(held, own)) in candidate.units.iter().enumerate() {
        if held == 0.0 {
            continue;
        }
        let (weight, factor) = match unit.checked_sub(1) {
            None => (Some(&title), 1.0),
            Some(n) if n < phrasings => (weights.get(n), WEIGHTS.unit_phrasing),
            Some(n) => (weights.get(n), WEIGHTS.unit_heading),
        };
        let Some(&weight) = weight else { continue };
        let weight = f32::from(weight).max(1.0) / 16.0;
        let (share, cover) = (held / total, (own / weight).min(1.0));
        let score = factor * share * (1.0 - WEIGHTS.unit_cover + WEIGHTS.unit_cover * cover);
        if score > best.score {
            best = Fit { score, share, cover };
        }
    }
    best
}

fn combined(index: &Index<'_>, query: &Query, candidate: &Candidate, total: f32) -> f32 {
    let mut score = WEIGHTS.by_words * candidate.by_words / total
        + WEIGHTS.by_unit * best_unit(index, candidate, total).score;
    if index.meaning.is_some() {
        // What the words say already needs no guess at what they mean.
        score += WEIGHTS.by_meaning * candidate.alike * (1.0 - score);
    }
    let kind = index.facts(candidate.article).kind;
    let has_code = query.slots.iter().any(|slot| slot.code && slot.len > 0);
    let push = match (kind == Kind::Code as u8, has_code) {
        (true, true) => WEIGHTS.kind,
        // A code's name holds words that a symptom holds, too: `SYNC_001`.
        (true, false) => -WEIGHTS.no_code,
        (false, false) if query.symptom && kind == Kind::Guide as u8 => WEIGHTS.kind,
        _ => 0.0,
    };
    score * (1.0 + push)
}

fn weigh(index: &Index<'_>, query: &Query, hits: &[(f32, &Candidate)], total: f32) -> Evidence {
    let mut out = Evidence {
        code_unknown: query.code_unknown && index.explains_codes(),
        length: query.slots.len() as f32,
        request: query.request && !query.symptom,
        words_alone: index.meaning.is_none(),
        ..Evidence::default()
    };
    if let Some(&(score, top)) = hits.first() {
        let fit = best_unit(index, top, total);
        out.score = score;
        out.covered = top.covered / total;
        out.held = top.by_words;
        out.missing = total - top.covered;
        out.unit_share = fit.share;
        out.unit_cover = fit.cover;
    }
    out
}
