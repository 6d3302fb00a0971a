//! Words within some edits of a query word, by one walk over the sorted dictionary.
//! Here lives the distance; which distance is allowed and what a typo costs is `query`'s matter.

use super::dict::{Dict, Entry};

/// Longest word, in bytes, that takes part in fuzzy matching, on either side.
pub(crate) const MAX_FUZZY: usize = 32;

type Row = [u8; MAX_FUZZY + 1];

/// The matrix of distances, kept between walks: row `d` belongs to the first `d` bytes of the
/// dictionary's word, column `m` to the first `m` bytes of the query's.
#[derive(Clone)]
pub(crate) struct Matrix {
    rows: [Row; MAX_FUZZY + 1],
    /// Smallest last column over the rows so far: distance to a prefix of the word.
    prefix: Row,
}

impl Default for Matrix {
    fn default() -> Self {
        Matrix { rows: [[0; MAX_FUZZY + 1]; MAX_FUZZY + 1], prefix: [0; MAX_FUZZY + 1] }
    }
}

/// A word that lies close to the query's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Near<'a> {
    /// What the dictionary says of it.
    pub(crate) entry: Entry<'a>,
    /// Edits to the whole word, or to a prefix of it when that is fewer and prefixes are allowed.
    pub(crate) distance: u8,
    /// Whether only a prefix of it is that close.
    pub(crate) prefix: bool,
    /// Its length in bytes.
    pub(crate) len: usize,
}

/// Calls `each` with every word of `dict` that lies within `limit` edits of `word`; with `prefix`
/// also with those of which a prefix does.
///
/// An edit inserts, removes or replaces a byte or swaps two neighbours, no part being edited
/// twice (optimal string alignment; Damerau 1964). Query words longer than [`MAX_FUZZY`] have
/// no near words. Costs at most one matrix row for each byte of the dictionary that differs from
/// the word before; whole blocks are skipped once their shared beginning is too far off.
pub(crate) fn walk<'a>(
    dict: &Dict<'a>,
    word: &[u8],
    limit: u8,
    prefix: bool,
    matrix: &mut Matrix,
    each: &mut dyn FnMut(&[u8], Near<'a>),
) {
    if word.is_empty() || word.len() > MAX_FUZZY {
        return;
    }
    for (m, cell) in matrix.rows[0].iter_mut().enumerate() {
        *cell = m as u8;
    }
    matrix.prefix[0] = word.len() as u8;
    let mut term: Vec<u8> = Vec::with_capacity(MAX_FUZZY);
    // Rows up to here belong to `term`; the row at `dead` is the first without hope.
    let mut valid = 0;
    let mut dead = usize::MAX;
    let mut number = 0;
    while number < dict.blocks() {
        let mut block = dict.block(number);
        let mut first = true;
        while let Some(step) = block.step() {
            // A block's head is stored whole; what it shares with the word before is found here.
            let shared = if first {
                step.suffix.iter().zip(&term).take_while(|(a, b)| a == b).count()
            } else {
                step.shared.min(term.len())
            };
            let suffix = if first { step.suffix.get(shared..).unwrap_or(&[]) } else { step.suffix };
            first = false;
            term.truncate(shared);
            term.extend_from_slice(suffix);
            valid = valid.min(shared);
            if dead <= shared {
                continue;
            }
            dead = usize::MAX;
            while valid < term.len().min(MAX_FUZZY) {
                valid += 1;
                if !extend(matrix, &term, valid, word, limit) && best(matrix, valid) > limit {
                    dead = valid;
                    break;
                }
            }
            report(matrix, &term, valid, word, (limit, prefix), step.entry, each);
        }
        number += 1;
        // Every word of the blocks whose successor's head still begins with the dead prefix
        // begins with it, too.
        if dead <= MAX_FUZZY
            && let Some(hopeless) = term.get(..dead)
        {
            while number + 1 < dict.blocks() && dict.head(number + 1).starts_with(hopeless) {
                number += 1;
            }
        }
    }
}

fn best(matrix: &Matrix, depth: usize) -> u8 {
    matrix.prefix.get(depth).copied().unwrap_or(u8::MAX)
}

fn report<'a>(
    matrix: &Matrix,
    term: &[u8],
    valid: usize,
    word: &[u8],
    (limit, prefix): (u8, bool),
    entry: Entry<'a>,
    each: &mut dyn FnMut(&[u8], Near<'a>),
) {
    let whole = if valid == term.len() {
        matrix.rows.get(valid).and_then(|row| row.get(word.len())).copied().unwrap_or(u8::MAX)
    } else {
        u8::MAX
    };
    let part = if prefix { best(matrix, valid) } else { u8::MAX };
    let distance = whole.min(part);
    if distance <= limit {
        each(term, Near { entry, distance, prefix: part < whole, len: term.len() });
    }
}

/// Fills row `depth`; whether any cell of it is within `limit`.
fn extend(matrix: &mut Matrix, term: &[u8], depth: usize, word: &[u8], limit: u8) -> bool {
    let Some((done, [row, ..])) = matrix.rows.split_at_mut_checked(depth) else { return false };
    let (Some(above), Some(&letter)) = (done.last(), term.get(depth - 1)) else { return false };
    let before = depth.checked_sub(2).and_then(|d| Some((done.get(d)?, *term.get(d)?)));
    row[0] = depth as u8;
    let mut low = row[0];
    let mut left = row[0];
    for (m, &wanted) in word.iter().enumerate().take(MAX_FUZZY) {
        let replaced = above[m] + u8::from(wanted != letter);
        let mut cell = replaced.min(above[m + 1] + 1).min(left + 1);
        if let Some((row_before, letter_before)) = before
            && m > 0
            && wanted == letter_before
            && word[m - 1] == letter
        {
            cell = cell.min(row_before[m - 1] + 1);
        }
        row[m + 1] = cell;
        left = cell;
        low = low.min(cell);
    }
    let so_far = best(matrix, depth - 1);
    if let Some(slot) = matrix.prefix.get_mut(depth) {
        *slot = so_far.min(left);
    }
    low <= limit
}

#[cfg(test)]
mod tests {
    use super::super::dict::{Value, write};
    use super::*;

    /// The plain recursion over whole words, as the definition says.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let replace = d[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut low = replace.min(d[i - 1][j] + 1).min(d[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        low = low.min(d[i - 2][j - 2] + 1);
                    }
                    low
                };
            }
        }
        d[a.len()][b.len()]
    }

    fn prefix_distance(word: &[u8], term: &[u8]) -> usize {
        (0..=term.len()).map(|end| distance(word, &term[..end])).min().unwrap()
    }

    /// A small generator, so that a failure can be repeated.
    fn random(state: &mut u64, below: u64) -> u64 {
        *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (*state >> 33) % below
    }

    #[test]
    fn the_walk_finds_exactly_what_the_plain_distance_finds() {
        let mut state = 7;
        for round in 0..60 {
            let letters = 2 + round % 4;
            let mut terms: Vec<String> = (0..300)
                .map(|_| {
                    let len = 1 + random(&mut state, 9);
                    (0..len).map(|_| (b'a' + random(&mut state, letters) as u8) as char).collect()
                })
                .collect();
            terms.sort();
            terms.dedup();
            let words: Vec<_> = terms
                .iter()
                .enumerate()
                .map(|(n, t)| (t.clone(), Value::Group(n as u32)))
                .collect();
            let bytes = write(&words);
            let dict = Dict::open(&bytes).unwrap();
            let len = 1 + random(&mut state, 8);
            let word: Vec<u8> =
                (0..len).map(|_| b'a' + random(&mut state, letters) as u8).collect();
            for (limit, prefix) in [(0, false), (1, false), (2, false), (1, true), (2, true)] {
                let mut found = Vec::new();
                let mut matrix = Matrix::default();
                walk(&dict, &word, limit, prefix, &mut matrix, &mut |term, near| {
                    found.push((String::from_utf8(term.to_vec()).unwrap(), near.distance));
                });
                let expected: Vec<_> = terms
                    .iter()
                    .map(|term| {
                        let whole = distance(&word, term.as_bytes());
                        let part = prefix_distance(&word, term.as_bytes());
                        (term.clone(), if prefix { whole.min(part) } else { whole } as u8)
                    })
                    .filter(|&(_, d)| d <= limit)
                    .collect();
                assert_eq!(
                    found,
                    expected,
                    "{:?} {limit} {prefix}",
                    String::from_utf8(word.clone())
                );
            }
        }
    }

    #[test]
    fn swapped_letters_cost_one_and_an_unfinished_word_is_found() {
        let words =
            [("password".to_owned(), Value::Group(0)), ("silent".to_owned(), Value::Group(1))];
        let bytes = write(&words);
        let dict = Dict::open(&bytes).unwrap();
        let near = |word: &str, prefix| {
            let mut found = Vec::new();
            walk(&dict, word.as_bytes(), 1, prefix, &mut Matrix::default(), &mut |term, near| {
                found.push((String::from_utf8(term.to_vec()).unwrap(), near.distance));
            });
            found
        };
        assert_eq!(near("slient", false), [("silent".to_owned(), 1)]);
        assert_eq!(near("pasw", true), [("password".to_owned(), 1)]);
        assert_eq!(near("pasw", false), []);
    }
}
