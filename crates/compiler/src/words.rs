//! Small tools on words: slugs, likely misspellings, words to avoid.
//! No Markdown, no files.

/// Words and phrases that a stuck person does not want to read.
const AVOID: [&str; 9] =
    ["simply", "just", "please note", "oops", "later", "some time", "a few", "easily", "obviously"];

/// The phrases of a text to avoid, outside double quotes (screen texts are kept exact).
/// `quoted` carries an open quote from one run of text to the next.
pub(crate) fn avoidable(text: &str, quoted: &mut bool) -> Vec<&'static str> {
    let mut open = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => *quoted = !*quoted,
            '“' => *quoted = true,
            '”' => *quoted = false,
            c if !*quoted => open.extend(c.to_lowercase()),
            _ => continue,
        }
    }
    let bounded = |start: usize, end: usize| {
        let word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        !open.get(..start).is_some_and(|head| head.ends_with(word))
            && !open.get(end..).is_some_and(|tail| tail.starts_with(word))
    };
    AVOID
        .into_iter()
        .filter(|phrase| {
            open.match_indices(phrase).any(|(at, found)| bounded(at, at + found.len()))
        })
        .collect()
}

/// Kebab-case from words: ASCII letters and digits, at most `max` words.
pub(crate) fn slug(text: &str, max: usize) -> String {
    let lower = text.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(max)
        .collect();
    words.join("-")
}

/// Whether it is a part of an id: lower-case letters, digits, hyphens inside.
pub(crate) fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// "; did you mean `x`?" for the closest of some names, or nothing when none is close.
pub(crate) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> String {
    let length = word.chars().count();
    let limit = if length < 4 { 1 } else { (length / 3).clamp(2, 4) };
    names
        .map(|name| (distance(word, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| format!("; did you mean `{name}`?"))
        .unwrap_or_default()
}

/// Edits (insert, delete, replace, swap of two neighbours) between two words, as in optimal string
/// alignment.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    let at = |rows: &[Vec<usize>], i: usize, j: usize| {
        rows.get(i).and_then(|row| row.get(j)).copied().unwrap_or_default()
    };
    for i in 1..=a.len() {
        rows.push(vec![i]);
        for j in 1..=b.len() {
            let same = a.get(i - 1) == b.get(j - 1);
            let mut best = (at(&rows, i - 1, j - 1) + usize::from(!same))
                .min(at(&rows, i - 1, j) + 1)
                .min(at(&rows, i, j - 1) + 1);
            if i > 1 && j > 1 && a.get(i - 1) == b.get(j - 2) && a.get(i - 2) == b.get(j - 1) {
                best = best.min(at(&rows, i - 2, j - 2) + 1);
            }
            if let Some(row) = rows.last_mut() {
                row.push(best);
            }
        }
    }
    at(&rows, a.len(), b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_avoid_are_found_outside_quotes_and_as_whole_words() {
        let found = |text: &str| avoidable(text, &mut false);
        assert_eq!(found("Simply press it."), ["simply"]);
        assert_eq!(found("Adjust it, justice."), [""; 0]);
        assert_eq!(found("It says \"try later\"."), [""; 0]);
        assert_eq!(found("Please  note"), [""; 0]);
        assert_eq!(found("Please note: later"), ["please note", "later"]);
    }

    #[test]
    fn an_open_quote_carries_on_into_the_next_run() {
        let mut quoted = false;
        assert!(avoidable("It says \"come back ", &mut quoted).is_empty());
        assert!(avoidable("later\" to you", &mut quoted).is_empty());
        assert!(!quoted);
    }

    #[test]
    fn the_distance_counts_edits() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("a", "a", 0),
            ("knid", "kind", 1),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn only_a_close_name_is_proposed() {
        let names = ["billing", "login"];
        assert_eq!(nearest("biling", names.into_iter()), "; did you mean `billing`?");
        assert_eq!(nearest("zebra", names.into_iter()), "");
    }

    #[test]
    fn slugs_are_kebab_case() {
        assert_eq!(slug("Don't panic: Look, listen!", 3), "dont-panic-look");
        assert!(is_slug("a-1") && !is_slug("-a") && !is_slug("A") && !is_slug(""));
    }
}
