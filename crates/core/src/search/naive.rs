//! The scoring formulas once more, by brute force over the words of generated knowledge bases:
//! what the index, the postings and the candidates must add up to. Tests only.

use super::index::rarity;
use super::prune::{density, most};
use super::weights::{WEIGHTS, limit};
use super::{Index, Options, Scratch, build, search};
use crate::model::{Article, Block, Check, Inline, Kind, KnowledgeBase, Product};

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % end
    }

    fn sentence(&mut self, vocabulary: &[String], longest: usize) -> String {
        let len = 1 + self.below(longest);
        let words: Vec<&str> =
            (0..len).map(|_| vocabulary[self.below(vocabulary.len())].as_str()).collect();
        words.join(" ")
    }
}

/// Words far enough from one another that none passes for a typo or a part of another.
fn vocabulary() -> Vec<String> {
    let syllables = ["bak", "dom", "fuz", "gil", "jex", "kyv", "lorp", "mund", "nash", "quit"];
    let mut out = Vec::new();
    for a in syllables {
        for b in ["tra", "weng", "sploc"] {
            out.push([a, b, a].concat());
        }
    }
    out
}

fn generate(random: &mut Random, words: &[String]) -> KnowledgeBase {
    let inline = |text: String| vec![Inline::Text(text)];
    let articles = (0..3 + random.below(60))
        .map(|n| Article {
            id: format!("{n}"),
            kind: Kind::Reference,
            title: random.sentence(words, 5),
            phrasings: (0..random.below(4)).map(|_| random.sentence(words, 6)).collect(),
            cause: inline(random.sentence(words, 8)),
            body: vec![
                Block::Paragraph(inline(random.sentence(words, 60))),
                Block::Heading(1, inline(random.sentence(words, 4))),
            ],
            checks: vec![Check { label: inline(random.sentence(words, 12)), ..Check::default() }],
            ..Article::default()
        })
        .collect();
    let product = Product { locale: "xx".into(), ..Product::default() };
    KnowledgeBase { product, articles }
}

fn text(block: &Block) -> &str {
    match block {
        Block::Paragraph(inlines) | Block::Heading(_, inlines) => inline(inlines),
        _ => "",
    }
}

fn inline(inlines: &[Inline]) -> &str {
    match inlines.first() {
        Some(Inline::Text(text)) => text,
        _ => "",
    }
}

fn count(word: &str, text: &str) -> f32 {
    text.split(' ').filter(|other| *other == word).count() as f32
}

fn distinct(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split(' ').collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn whole(article: &Article) -> String {
    let mut parts = vec![article.title.as_str(), inline(&article.cause)];
    parts.extend(article.phrasings.iter().map(String::as_str));
    parts.extend(article.body.iter().map(text));
    parts.extend(article.checks.iter().map(|check| inline(&check.label)));
    parts.join(" ")
}

fn held(base: &KnowledgeBase, word: &str) -> u32 {
    base.articles.iter().filter(|a| count(word, &whole(a)) > 0.0).count() as u32
}

fn body(article: &Article) -> String {
    article.body.iter().map(text).collect::<Vec<_>>().join(" ")
}

fn mean_length(base: &KnowledgeBase) -> f32 {
    let lengths = base.articles.iter().map(|article| body(article).split(' ').count());
    lengths.sum::<usize>() as f32 / base.articles.len() as f32
}

/// How much of the text the word is, where the text alone holds it and is not what people say.
fn says(article: &Article, word: &str, mean: f32) -> Option<f32> {
    let body = body(article);
    let length = body.split(' ').count();
    let spoken = article.phrasings.is_empty() && length <= limit::SPOKEN;
    let alone = count(word, &body) > 0.0
        && count(word, text(&article.body[1])) == 0.0
        && count(word, &article.title) == 0.0
        && count(word, inline(&article.cause)) == 0.0
        && count(word, inline(&article.checks[0].label)) == 0.0
        && article.phrasings.iter().all(|phrasing| count(word, phrasing) == 0.0);
    let occurrences = count(word, &body).min(15.0) as u8;
    (alone && !spoken).then(|| density(occurrences, length as u32, mean))
}

/// Of each article, whether the index keeps that it holds the word.
fn kept(base: &KnowledgeBase, word: &str) -> Vec<bool> {
    let mean = mean_length(base);
    let said: Vec<_> = base.articles.iter().map(|article| says(article, word, mean)).collect();
    let most = most(base.articles.len() as u32);
    let stays = |(article, own): (&Article, &Option<f32>)| match own {
        Some(own) => said.iter().flatten().filter(|other| *other >= own).count() <= most,
        None => count(word, &whole(article)) > 0.0,
    };
    base.articles.iter().zip(&said).map(stays).collect()
}

fn naive(base: &KnowledgeBase, n: usize, query: &[&str], kept: &[Vec<bool>]) -> f32 {
    let article = &base.articles[n];
    let w = &WEIGHTS;
    let articles = base.articles.len() as u32;
    let weight = |word: &str| rarity(articles, held(base, word));
    let total: f32 = query.iter().map(|word| weight(word)).sum();
    let checks = |a: &Article| inline(&a.checks[0].label).to_owned();
    let length = |text: &str| text.split(' ').count() as f32;
    let mean = |of: &dyn Fn(&Article) -> String| {
        let sum: f32 = base.articles.iter().map(|a| length(&of(a))).sum();
        (sum / articles as f32).ceil()
    };
    let mut by_words = 0.0;
    for (&word, kept) in query.iter().zip(kept) {
        if !kept[n] {
            continue;
        }
        let some = |text: &str, weight: f32| if count(word, text) > 0.0 { weight } else { 0.0 };
        let phrasings = article.phrasings.iter().filter(|p| count(word, p) > 0.0).count() as f32;
        let headings = text(&article.body[1]);
        let units = phrasings + some(headings, 1.0);
        let share = |text: &str, mean: f32| {
            count(word, text).min(15.0) / (1.0 - w.length + w.length * length(text) / mean)
        };
        let mut tf = some(&article.title, w.title)
            + some(inline(&article.cause), w.cause)
            + some(headings, w.heading)
            + w.checks * share(&checks(article), mean(&checks))
            + w.body * share(&body(article), mean(&|article| body(article)));
        if phrasings > 0.0 {
            tf += w.phrasing * (1.0 + 0.25 * (units - 1.0));
        }
        by_words += weight(word) * tf / (w.saturation + tf);
    }
    let unit = |text: &str, factor: f32| {
        let held: f32 = query.iter().filter(|q| count(q, text) > 0.0).map(|q| weight(q)).sum();
        let own: f32 = distinct(text).into_iter().map(weight).sum();
        // The index keeps the weight of a unit in sixteenths.
        let own = ((own * 16.0 + 0.5).floor() / 16.0).max(1.0 / 16.0);
        factor * held / total * (1.0 - w.unit_cover + w.unit_cover * (held / own).min(1.0))
    };
    let mut best = unit(&article.title, 1.0).max(unit(text(&article.body[1]), w.unit_heading));
    for phrasing in &article.phrasings {
        best = best.max(unit(phrasing, w.unit_phrasing));
    }
    w.by_words * by_words / total + w.by_unit * best
}

#[test]
fn the_index_scores_as_the_formulas_say() {
    let mut random = Random(11);
    let words = vocabulary();
    for _ in 0..10 {
        let base = generate(&mut random, &words);
        let sections = build(&base).pack;
        let index = Index::open(|tag| {
            sections.iter().find(|(other, _)| *other == tag).map(|(_, bytes)| bytes.as_slice())
        })
        .unwrap();
        let mut scratch = Scratch::default();
        for _ in 0..6 {
            let sentence = random.sentence(&words, 4);
            let (query, kept): (Vec<&str>, Vec<Vec<bool>>) = distinct(&sentence)
                .into_iter()
                .map(|word| (word, kept(&base, word)))
                .filter(|(_, kept)| kept.contains(&true))
                .unzip();
            if query.is_empty() {
                continue;
            }
            // A blank at the end: the last word is finished.
            let typed = format!("{} ", query.join(" "));
            let options = Options { limit: 100, ..Options::default() };
            let answer = search(&index, &typed, &options, &mut scratch);
            let mut expected: Vec<(u32, f32)> = (0..base.articles.len())
                .map(|n| (n as u32, naive(&base, n, &query, &kept)))
                .filter(|&(_, score)| score > 0.0)
                .collect();
            expected.sort_by(|a, b| b.1.total_cmp(&a.1));
            assert_eq!(answer.hits.len(), expected.len(), "{typed}");
            for hit in &answer.hits {
                let (_, score) = expected.iter().find(|(n, _)| *n == hit.article).unwrap();
                assert!((score - hit.score).abs() < 1e-4, "{typed}: {hit:?} {score}");
            }
        }
    }
}
