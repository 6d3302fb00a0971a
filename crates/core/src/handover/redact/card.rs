//! Card numbers: the lengths and beginnings that issuers use, with a right check digit.
//! Other long numbers (ids, times in milliseconds, telephone numbers) stay.

use super::REMOVED;

/// Replaces card numbers: in one run, or in the groups printed on cards.
pub(super) fn cards(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let glue = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let glued = before.ends_with(glue) && !before.ends_with("%20");
        let end = run(after);
        let (run, tail) = after.split_at(end);
        let tailed = tail.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        out.push_str(if !glued && !tailed && is_card(run) { REMOVED } else { run });
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Length of a separator between groups at the front of `text`; 0 for none.
fn separator(text: &str) -> usize {
    if text.starts_with("%20") {
        return 3;
    }
    let blank = |c: &char| matches!(c, ' ' | '-' | '.' | '+' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    text.chars().next().filter(blank).map_or(0, char::len_utf8)
}

/// Length of a run of digits, single separators between them included.
fn run(text: &str) -> usize {
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    loop {
        if digit(end) {
            end += 1;
            continue;
        }
        let gap = text.get(end..).map_or(0, separator);
        if gap == 0 || !digit(end + gap) {
            return end;
        }
        end += gap;
    }
}

fn is_card(run: &str) -> bool {
    let mut digits = [0u32; 19];
    let mut count = 0;
    let mut groups = [0usize; 6];
    let mut group = 0;
    let mut rest = run;
    while !rest.is_empty() {
        let gap = separator(rest);
        if gap > 0 {
            group += 1;
            rest = rest.get(gap..).unwrap_or("");
            continue;
        }
        let Some(slot) = digits.get_mut(count) else { return false };
        let Some(size) = groups.get_mut(group) else { return false };
        *slot = rest.as_bytes().first().map_or(0, |byte| u32::from(byte.wrapping_sub(b'0')));
        count += 1;
        *size += 1;
        rest = rest.get(1..).unwrap_or("");
    }
    let digits = digits.get(..count).unwrap_or(&[]);
    let printed = matches!(
        groups.get(..=group),
        Some([_] | [4, 4, 4, 1..=7] | [4, 6, 4 | 5] | [4, 4, 4, 4, 3])
    );
    printed && issued(digits) && luhn(digits)
}

/// Whether an issuer has numbers of that beginning and length (ISO/IEC 7812-1): Visa, Mastercard,
/// American Express, Discover, JCB, Diners Club, UnionPay, Maestro.
fn issued(digits: &[u32]) -> bool {
    let first = |n: usize| digits.iter().take(n).fold(0, |value, digit| value * 10 + digit);
    matches!(
        (digits.len(), first(1), first(2), first(4)),
        (13 | 16 | 19, 4, ..)
            | (15, _, 34 | 37, _)
            | (16, _, 51..=55, _)
            | (16, _, _, 2221..=2720)
            | (16..=19, _, 62, _)
            | (16..=19, _, _, 3528..=3589 | 6011 | 6440..=6599)
            | (14..=19, _, 36 | 38 | 39, _)
            | (14..=19, _, _, 3000..=3059)
            | (13..=19, _, _, 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763)
    )
}

/// The check digit (Luhn, ISO/IEC 7812-1 annex B).
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(n, &digit)| match (n % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}
