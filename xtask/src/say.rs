//! What the commands print: one line a step, errors with their causes, and byte counts.
//! All of it goes to standard error; standard output is for tables and closing lines.
//! Running programs lives in `run`.

use std::time::Duration;

/// One line that says what is being done now.
pub(crate) fn step(text: &str) {
    eprintln!("• {text}");
}

/// A line that the reader should not miss, although the work goes on.
pub(crate) fn warn(text: &str) {
    eprintln!("warning: {text}");
}

/// An error and the causes below it, one a line.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("error: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
}

/// A duration for people: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn time(spent: Duration) -> String {
    let seconds = spent.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", spent.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A count with thousands marked, as in `102,400`.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_marked_from_the_right() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn minutes_begin_at_sixty_seconds() {
        assert_eq!(time(Duration::from_millis(450)), "0.5 s");
        assert_eq!(time(Duration::from_secs(59)), "59 s");
        assert_eq!(time(Duration::from_secs(185)), "3 min 05 s");
    }
}
