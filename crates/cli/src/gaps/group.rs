//! Searches that ask the same in other words: grouped by the words that carry meaning.
//! What a group means for the knowledge base is `proposal`'s matter.

use super::Search;
use std::collections::BTreeMap;

/// Words that say nothing about the matter.
const EMPTY: [&str; 62] = [
    "a", "an", "the", "is", "are", "was", "be", "i", "my", "me", "we", "our", "you", "your", "it",
    "its", "this", "that", "to", "of", "in", "on", "at", "for", "from", "with", "and", "or", "but",
    "not", "no", "do", "does", "did", "how", "what", "why", "when", "where", "which", "who", "can",
    "cannot", "could", "will", "would", "should", "have", "has", "had", "get", "help", "please",
    "t", "s", "m", "won", "don", "doesn", "isn", "there", "if",
];

/// Searches that belong together.
#[derive(Debug)]
pub(crate) struct Group {
    /// Each of them, in the order of the file.
    pub(crate) searches: Vec<Search>,
    words: Vec<String>,
}

impl Group {
    /// The wordings, the most frequent first, each once.
    pub(crate) fn wordings(&self) -> Vec<&str> {
        let mut counts: BTreeMap<String, (usize, &str)> = BTreeMap::new();
        for search in &self.searches {
            let entry = counts.entry(search.query.to_lowercase()).or_insert((0, &search.query));
            entry.0 += 1;
        }
        let mut sorted: Vec<(usize, &str)> = counts.into_values().collect();
        sorted.sort_by_key(|(count, query)| (std::cmp::Reverse(*count), *query));
        sorted.into_iter().map(|(_, query)| query).collect()
    }

    /// The locale of its searches.
    pub(crate) fn locale(&self) -> &str {
        self.searches.first().map_or("", |search| &search.locale)
    }
}

/// Groups searches, the largest group first. A search joins the first group of its locale with
/// which it shares at least half of the words; a misspelt word counts as shared.
pub(crate) fn groups(searches: &[Search]) -> Vec<Group> {
    // Frequent wordings found groups, rare ones join them.
    let mut counts: BTreeMap<(&str, String), Vec<&Search>> = BTreeMap::new();
    for search in searches {
        counts.entry((&search.locale, search.query.to_lowercase())).or_default().push(search);
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
    let mut groups: Vec<Group> = Vec::new();
    for ((locale, query), same) in sorted {
        let words = meaning(&query);
        let same: Vec<Search> = same.into_iter().cloned().collect();
        let near =
            groups.iter_mut().find(|group| group.locale() == locale && share(&group.words, &words));
        match near {
            Some(group) => group.searches.extend(same),
            None => groups.push(Group { searches: same, words }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.searches.len()));
    groups
}

/// The words that carry meaning, folded; all words where none does.
fn meaning(query: &str) -> Vec<String> {
    let all: Vec<String> = query
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(fold)
        .collect();
    let mut words: Vec<String> =
        all.iter().filter(|word| !EMPTY.contains(&word.as_str())).cloned().collect();
    if words.is_empty() {
        words = all;
    }
    words.sort();
    words.dedup();
    words
}

/// Without the endings that English puts on words.
fn fold(word: &str) -> String {
    let lower = word.to_lowercase();
    for end in ["ing", "ies", "ed", "es", "s"] {
        if let Some(stem) = lower.strip_suffix(end)
            && stem.chars().count() >= 4
        {
            return stem.to_owned();
        }
    }
    lower
}

/// Whether two sets of words have at least half of all their words in common.
fn share(a: &[String], b: &[String]) -> bool {
    let common = a.iter().filter(|word| b.iter().any(|other| alike(word, other))).count();
    let all = a.len() + b.len() - common;
    common > 0 && common * 2 >= all
}

/// The same word, or one slip of the finger away from it.
fn alike(a: &str, b: &str) -> bool {
    a == b || a.chars().count().min(b.chars().count()) >= 4 && slips(a, b) <= 1
}

/// Letters to insert, drop, change or swap with their neighbour (optimal string alignment).
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |i: usize, j: usize| {
                rows.get(i).and_then(|row| row.get(j)).copied().unwrap_or(usize::MAX / 2)
            };
            let mut best = (at(i, j) + usize::from(x != y))
                .min(at(i, j + 1) + 1)
                .min(row.last().copied().unwrap_or(0) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x) {
                best = best.min(at(i - 1, j - 1) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(query: &str) -> Search {
        Search {
            query: query.into(),
            confident: false,
            top: None,
            chosen: None,
            locale: "en".into(),
        }
    }

    #[test]
    fn other_words_for_the_same_are_one_group_and_slips_count_for_nothing() {
        let told = [
            "export as pdf",
            "pdf export",
            "how do i export a PDF",
            "exprot pdf",
            "dark mode",
            "is there a dark mode",
            "the",
            "export csv to sftp server nightly",
        ];
        let found = groups(&told.map(search));
        let sizes: Vec<usize> = found.iter().map(|group| group.searches.len()).collect();
        assert_eq!(sizes, [4, 2, 1, 1]);
    }

    #[test]
    fn locales_are_kept_apart() {
        let german = Search { locale: "de".into(), ..search("pdf export") };
        assert_eq!(groups(&[search("pdf export"), german]).len(), 2);
    }

    #[test]
    fn a_slip_is_a_letter_too_many_too_few_another_one_or_two_swapped() {
        for (a, b, n) in
            [("export", "exprot", 1), ("export", "exprt", 1), ("", "abc", 3), ("a", "a", 0)]
        {
            assert_eq!(slips(a, b), n, "{a} {b}");
        }
    }
}
