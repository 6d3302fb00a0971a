//! From the typed text to the rows of the list. The engine is the core's; here each hit gets its
//! line of text and its marks.

use core::ops::Range;

use unstuck_core::model::{Kind, plain_blocks, plain_inlines};
use unstuck_core::search::{self, Marker, Options};

use super::State;
use crate::depth;

/// Rows shown at the most.
const ROWS: usize = 6;
/// Rows shown below "No good match".
const NEAREST: usize = 3;
/// How wide the line below a title is at the most, in letters: two lines of the panel.
const LINE: usize = 100;
/// From here on a character is mostly as wide as two Latin letters: Hangul, kana, Chinese, emoji.
const FULL_WIDTH: char = '\u{1100}';
/// A word longer than this, in bytes, is cut through: Japanese has no blanks to cut at.
const WORD: usize = 24;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Rows, the best first.
    pub rows: Vec<Row>,
    /// Whether the knowledge base covers the question.
    pub confident: bool,
    /// How sure the engine is, 0 to 1.
    pub confidence: f32,
}

/// One hit on screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Number of the article in the pack.
    pub article: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// A line that says why it matched, or what it is about.
    pub line: String,
    /// Byte ranges to mark in the title.
    pub title_marks: Vec<Range<usize>>,
    /// Byte ranges to mark in the line.
    pub line_marks: Vec<Range<usize>>,
    /// That its service is in trouble, in words; empty when not.
    pub state: String,
}

/// Searches the pack for the text in the field.
pub(super) fn find(state: &mut State) -> Found {
    let text = state.search.text.trim();
    if text.is_empty() {
        return Found::default();
    }
    let Ok(mut index) = state.pack.index() else { return Found::default() };
    let meaning = state.meaning.clone();
    if let Some(meaning) = &meaning {
        index = index.with(meaning);
    }
    let (near, _) = suggestions(state);
    let boosts: Vec<(u32, f32)> = near.iter().map(|&n| (n as u32, 0.5)).collect();
    let options = Options { limit: ROWS, boosts: &boosts };
    let answer = search::search(&index, text, &options, &mut state.scratch);
    let marker = Marker::new(&index, text);
    let most = if answer.confident { ROWS } else { NEAREST };
    let rows =
        answer.hits.iter().take(most).filter_map(|hit| row(state, hit.article as usize, &marker));
    Found { rows: rows.collect(), confident: answer.confident, confidence: answer.confidence }
}

/// Searches once more for what is in the field: its rows may have lines now.
pub fn refresh(state: &mut State) {
    state.search.found = find(state);
}

fn row(state: &State, number: usize, marker: &Marker) -> Option<Row> {
    let head = state.pack.head(number)?;
    let mut row = Row {
        article: number,
        id: head.id.to_owned(),
        title: head.title.to_owned(),
        kind: head.kind,
        title_marks: marker.marks(head.title),
        state: String::new(),
        ..Row::default()
    };
    if depth::here() {
        depth::line(state, marker, &mut row);
    }
    Some(row)
}

/// Gives a row its line: the sentence with the most marked letters; without marks, the first one.
/// An article that cannot be read has none.
pub fn line(state: &State, marker: &Marker, row: &mut Row) {
    let Ok(article) = state.pack.article(row.article) else { return };
    let mut text = plain_inlines(&article.cause);
    text.push('\n');
    text.push_str(&plain_blocks(&article.body));
    for check in &article.checks {
        text.push('\n');
        text.push_str(&plain_inlines(&check.label));
    }
    let mut best: (usize, &str) = (0, "");
    for sentence in text.split('\n').flat_map(|line| line.split_inclusive(". ")) {
        let sentence = sentence.trim();
        if sentence.is_empty() {
            continue;
        }
        let marked: usize = marker.marks(sentence).iter().map(|mark| mark.len()).sum();
        if best.1.is_empty() || marked > best.0 {
            best = (marked, sentence);
        }
    }
    row.line = shorten(best.1, LINE);
    row.line_marks = marker.marks(&row.line);
    row.state = super::status::mark(state, &article.services);
}

/// Cuts a sentence at a word's end so that it is at most `most` letters wide; what is written in
/// full-width characters counts twice.
fn shorten(text: &str, most: usize) -> String {
    let mut left = most;
    let over = text.char_indices().find(|(_, letter)| {
        let width = if *letter < FULL_WIDTH { 1 } else { 2 };
        let fits = left >= width;
        left = left.saturating_sub(width);
        !fits
    });
    let Some((end, _)) = over else { return text.to_owned() };
    let head = text.get(..end).unwrap_or(text);
    let blank = head.rfind(' ').filter(|at| head.len() - at <= WORD);
    let head = blank.and_then(|at| head.get(..at)).unwrap_or(head);
    [head, "…"].concat()
}

/// What the host suggests, in place of what it suggested before. Words that are no article's id are
/// searched for; what is not found with confidence suggests nothing.
pub(super) fn suggest(state: &mut State, ids: Vec<String>) {
    let mut suggested = Vec::new();
    for id in ids {
        if state.pack.find(&id).is_some() {
            suggested.push(id);
            continue;
        }
        let text = core::mem::replace(&mut state.search.text, id);
        let found = find(state);
        state.search.text = text;
        if found.confident {
            suggested.extend(found.rows.into_iter().map(|row| row.id));
        }
    }
    state.suggested = suggested;
}

/// Numbers of the articles to suggest here, three at the most, and whether they are for this page:
/// the host's own and those of the page's address, else the knowledge base's.
pub fn suggestions(state: &State) -> (Vec<usize>, bool) {
    let product = state.pack.front();
    let mut ids: Vec<&String> = state.suggested.iter().collect();
    for suggestion in &product.suggestions {
        if matches(&suggestion.pattern, &state.settings.route) {
            ids.extend(&suggestion.articles);
        }
    }
    let for_page = !ids.is_empty();
    if !for_page {
        ids.extend(&product.home);
    }
    let mut numbers: Vec<usize> = Vec::new();
    for id in ids {
        if let Some(number) = state.pack.find(id)
            && !numbers.contains(&number)
            && numbers.len() < 3
        {
            numbers.push(number);
        }
    }
    (numbers, for_page)
}

/// Whether a path fits a pattern in which `*` stands for any run of characters.
fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let mut last = "";
    for part in parts {
        let after = |at: usize| rest.get(at..)?.strip_prefix(part);
        let Some(found) = (0..=rest.len()).find_map(after) else { return false };
        rest = found;
        last = part;
    }
    rest.is_empty() || (pattern.ends_with('*') && last.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        for (pattern, path, fits) in [
            ("/settings/integrations*", "/settings/integrations/salesforce", true),
            ("/settings/integrations*", "/settings/integrations", true),
            ("/settings/integrations", "/settings/integrations/salesforce", false),
            ("/workflows/*/logs", "/workflows/nightly/logs", true),
            ("/workflows/*/logs", "/workflows/nightly/test", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn a_long_line_is_cut_between_words() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten("short", 9), "short");
        assert_eq!(shorten("exactly 9", 9), "exactly 9");
        assert_eq!(shorten("設定を開いてください", 9), "設定を開…");
        assert_eq!(shorten("AI 設定を開いて、連携の画面で接続する", 20), "AI 設定を開いて、連…");
    }
}
