//! How many tests passed and failed, read from what the test runners print.
//! Running them is `test`'s business.

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Count {
    /// Both sums.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// The sum of all `test result: ok. 3 passed; 0 failed; …` lines: cargo's and wasm-bindgen's.
pub(crate) fn cargo(log: &str) -> Count {
    let lines = log.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
    lines.fold(Count::default(), |sum, line| {
        sum.and(Count { passed: before(line, "passed"), failed: before(line, "failed") })
    })
}

/// The sum of Node's closing lines, `ℹ pass 3` or `# pass 3`; a cancelled test has failed.
pub(crate) fn node(log: &str) -> Count {
    let mut sum = Count::default();
    for line in log.lines() {
        let Some(line) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) else {
            continue;
        };
        let Some((word, number)) = line.split_once(' ') else { continue };
        let Ok(number) = number.trim().parse::<u32>() else { continue };
        match word {
            "pass" => sum.passed += number,
            "fail" | "cancelled" => sum.failed += number,
            _ => {}
        }
    }
    sum
}

/// The number that stands before `word`, as in `3 passed`; 0 when there is none.
fn before(line: &str, word: &str) -> u32 {
    let words: Vec<&str> = line.split([' ', ';', '.']).filter(|part| !part.is_empty()).collect();
    let pair = words.windows(2).find_map(|pair| match pair {
        [number, next] if *next == word => number.parse().ok(),
        _ => None,
    });
    pair.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_binary_of_a_cargo_run_counts() {
        let log = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out\n\
            the words 5 passed; elsewhere do not count\n";
        assert_eq!(cargo(log), Count { passed: 15, failed: 2 });
    }

    #[test]
    fn both_of_nodes_reporters_are_read_and_cancelled_tests_failed() {
        let spec = "✔ opens (3ms)\nℹ tests 4\nℹ suites 0\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\n";
        assert_eq!(node(spec), Count { passed: 2, failed: 2 });
        assert_eq!(node("# tests 1\n# pass 1\n# fail 0\n"), Count { passed: 1, failed: 0 });
    }

    #[test]
    fn no_summary_is_no_test() {
        assert_eq!(cargo("error: could not compile"), Count::default());
        assert_eq!(node(""), Count::default());
    }
}
