//! What people ask the generated help centre, with the articles that answer it.
//! The queries of the project's own knowledge bases come from a table; reading it is here, too.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Serialize;

use crate::articles::{Made, SEED, Theme, code_prefix, fill};
use crate::random::Random;
use crate::words::Words;

/// A query and its right answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Query {
    /// `paraphrase`, `typo`, `prefix`, `code`, `keyword` or `oos` (nothing answers it).
    pub(crate) kind: String,
    pub(crate) text: String,
    /// Ids of the articles that count as right; empty for a query without an answer.
    pub(crate) right: Vec<String>,
}

impl Query {
    fn new(kind: &str, text: String, right: Vec<String>) -> Self {
        Self { kind: kind.to_owned(), text, right }
    }
}

/// How many queries of each kind are asked of a generated help centre, as far as it has them.
const OF_EACH: usize = 60;

/// Queries by kind: titles mistyped, everyday phrasings, unfinished titles, codes, and queries
/// without an answer (things the product does not have, codes that no article explains, other
/// worlds), [`OF_EACH`] a kind.
pub(crate) fn ask(words: &Words, made: &[Made]) -> Vec<Query> {
    let mut random = Random::new(SEED ^ made.len() as u64);
    let mut out = Vec::new();
    let mut order: Vec<&Made> = made.iter().collect();
    random.shuffle(&mut order);
    let only = |made: &Made| vec![made.id().to_owned()];
    for made in order.iter().take(OF_EACH) {
        out.push(Query::new("typo", mistype(&made.title, &mut random), only(made)));
    }
    random.shuffle(&mut order);
    let told = order.iter().filter_map(|made| Some((made, everyday(made, &mut random)?)));
    for (made, text) in told.take(OF_EACH) {
        out.push(Query::new("paraphrase", text, only(made)));
    }
    random.shuffle(&mut order);
    for made in order.iter().take(OF_EACH) {
        let text = unfinished(&made.title, &mut random);
        // Another title may begin so, too.
        let right = order.iter().filter(|other| other.title.starts_with(text));
        let right = right.map(|other| other.id().to_owned()).collect();
        out.push(Query::new("prefix", text.to_lowercase(), right));
    }
    random.shuffle(&mut order);
    let codes = order.iter().filter_map(|made| match &made.theme {
        Theme::Code(code, _) => Some((code, only(made))),
        _ => None,
    });
    for (code, right) in codes.take(OF_EACH) {
        out.push(Query::new("code", written(code, &mut random), right));
    }
    for n in 0..OF_EACH {
        let text = match n % 3 {
            0 => words.offtopic.get(n / 3).map(|text| (*text).to_owned()).unwrap_or_default(),
            1 => {
                let absent = random.one(&words.absent);
                let name = if random.below(2) == 0 { absent.formal } else { absent.everyday };
                let saying = if random.below(3) == 0 {
                    random.one(&words.actions)
                } else {
                    random.one(&words.symptoms)
                };
                let brand = order.get(n).map_or("", |made| made.brand.as_str());
                fill(alternative(saying.everyday, &mut random), name, brand)
            }
            _ => {
                let prefix = code_prefix(random.one(&words.objects).area);
                written(&format!("{prefix}-{:04}", random.below(5_000) * 2 + 1), &mut random)
            }
        };
        out.push(Query::new("oos", text, Vec::new()));
    }
    out
}

/// One of the sides of `a|b`.
fn alternative(text: &'static str, random: &mut Random) -> &'static str {
    random.one(&text.split('|').collect::<Vec<_>>())
}

/// What someone would say who has hardly read the manual: the trouble in everyday words, thing and
/// circumstances every other time in the manual's. Nothing for articles on codes and companies,
/// which are asked for by name.
fn everyday(made: &Made, random: &mut Random) -> Option<String> {
    let Theme::Saying(saying, context) = &made.theme else { return None };
    let trouble = alternative(saying.everyday, random);
    let mut either = |formal, everyday| match random.below(2) {
        0 => formal,
        _ => alternative(everyday, random),
    };
    let object = either(made.object.name, made.object.everyday);
    let context = either(context.formal, context.everyday);
    Some(fill(format!("{trouble} {context}").trim_end(), object, &made.brand))
}

/// A title cut in the middle of a word, behind its first half.
fn unfinished<'t>(title: &'t str, random: &mut Random) -> &'t str {
    let ends: Vec<usize> = title
        .char_indices()
        .map(|(at, _)| at)
        .filter(|&at| at * 2 > title.len())
        .filter(|&at| {
            let (before, after) = title.split_at(at);
            before.ends_with(|c: char| c.is_ascii_alphanumeric())
                && after.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
        .collect();
    match random.one(&ends) {
        0 => title,
        end => title.split_at(end).0,
    }
}

/// A code as people type it, sometimes with words around.
fn written(code: &str, random: &mut Random) -> String {
    let code = match random.below(4) {
        0 => code.to_owned(),
        1 => code.to_lowercase().replace('-', " "),
        2 => code.replace('-', "_"),
        _ => code.replace('-', ""),
    };
    match random.below(3) {
        0 => code,
        1 => format!("error {code}"),
        _ => format!("what does {code} mean"),
    }
}

/// The text with one letter swapped, dropped, doubled or replaced in a word of four or more.
fn mistype(text: &str, random: &mut Random) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| word.len() >= 4 && word.bytes().all(|b| b.is_ascii_alphabetic()))
        .map(|(n, _)| n)
        .collect();
    let Some(word) = words.get_mut(random.one(&long)) else { return text.to_owned() };
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return text.to_owned();
    }
    let at = random.between(1, letters.len() - 2);
    match random.below(4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters.get(at).copied().unwrap_or('e')),
        _ => {
            if let Some(letter) = letters.get_mut(at) {
                *letter = char::from(b'a' + random.below(26) as u8);
            }
        }
    }
    *word = letters.into_iter().collect();
    words.join(" ")
}

/// The queries of the project's own knowledge bases, by product. A line holds product, kind,
/// query and the right ids, parted by tabs; ids by `|`.
///
/// # Errors
/// When a line has fewer than three cells.
pub(crate) fn read(table: &str) -> Result<BTreeMap<String, Vec<Query>>> {
    let mut out: BTreeMap<String, Vec<Query>> = BTreeMap::new();
    for row in table.lines().skip(1) {
        let mut cells = row.split('\t');
        let (Some(product), Some(kind), Some(text)) = (cells.next(), cells.next(), cells.next())
        else {
            bail!("expected product, kind and query with tabs between, found {row:?}");
        };
        let right = cells.next().unwrap_or("").split('|').filter(|id| !id.is_empty());
        let right = right.map(str::to_owned).collect();
        let query = Query::new(kind, text.to_owned(), right);
        out.entry(product.to_owned()).or_default().push(query);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::generate;

    #[test]
    fn queries_are_the_same_on_every_run_and_each_kind_is_there() {
        let words = Words::new();
        let made = generate(&words, 300);
        let queries = ask(&words, &made);
        assert_eq!(queries, ask(&words, &made));
        for kind in ["typo", "paraphrase", "prefix", "code", "oos"] {
            let count = queries.iter().filter(|query| query.kind == kind).count();
            assert!((10..=OF_EACH).contains(&count), "{kind}: {count}");
        }
    }

    #[test]
    fn only_queries_without_an_answer_have_none_and_answers_exist() {
        let words = Words::new();
        let made = generate(&words, 200);
        for query in ask(&words, &made) {
            assert_eq!(query.right.is_empty(), query.kind == "oos", "{query:?}");
            assert!(!query.text.contains(['{', '|']) && !query.text.is_empty(), "{query:?}");
            for id in &query.right {
                assert!(made.iter().any(|made| made.id() == id), "{query:?}");
            }
        }
    }

    #[test]
    fn a_typo_changes_one_word_and_an_unfinished_title_ends_in_one() {
        let mut random = Random::new(3);
        let title = "Invoice is not saved";
        for _ in 0..100 {
            let typed = mistype(title, &mut random);
            let differ = typed.split(' ').zip(title.split(' ')).filter(|(a, b)| a != b).count();
            assert!(differ <= 1 && typed.split(' ').count() == 4, "{typed}");
            let cut = unfinished(title, &mut random);
            assert!(title.starts_with(cut) && cut.len() > title.len() / 2, "{cut}");
            assert!(!cut.ends_with(' ') && cut.len() < title.len(), "{cut}");
        }
    }

    #[test]
    fn a_table_line_without_a_query_is_refused() {
        assert!(read("head\ncic\ttypo\n").is_err());
        let read = read("head\ncic\toos\tdark mode\t\n").unwrap();
        assert_eq!(read["cic"][0].right, Vec::<String>::new());
    }
}
