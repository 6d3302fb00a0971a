//! How the checks of one guide lead to one another: what is never reached, what never ends.
//! Walking a guide with a person is the core's matter; here the whole graph is looked at once.

use crate::Finding;
use crate::article::Draft;
use unstuck_core::model::{Check, Ending, Replacement, Target};

/// Where a check can lead.
#[derive(Debug, Default)]
struct Ways {
    /// Places of further checks.
    checks: Vec<usize>,
    /// Whether it can leave the checks: to an ending, another article, or past the last one.
    out: bool,
}

/// Reports unreachable checks, loops, choices that offer nothing.
pub(crate) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    let checks = &draft.article.checks;
    let ways: Vec<Ways> =
        checks.iter().enumerate().map(|(n, check)| ways(n, check, checks)).collect();
    let line = |n: usize| draft.checks.get(n).map_or(draft.line, |place| place.line);
    let reached =
        reach(ways.len(), std::iter::once(0), |n| ways.get(n).map_or(&[][..], |w| &w.checks));
    let back: Vec<Vec<usize>> = (0..ways.len())
        .map(|n| {
            (0..ways.len())
                .filter(|&m| ways.get(m).is_some_and(|w| w.checks.contains(&n)))
                .collect()
        })
        .collect();
    let ends = ways.iter().enumerate().filter(|(_, ways)| ways.out).map(|(n, _)| n);
    let ending = reach(ways.len(), ends, |n| back.get(n).map_or(&[][..], Vec::as_slice));
    for (n, check) in checks.iter().enumerate() {
        let is = |set: &[bool]| set.get(n).copied().unwrap_or(false);
        if !is(&reached) {
            findings.push(Finding::error(
                &draft.file,
                line(n),
                format!("no answer leads to the check `{}`", check.id),
            ));
        } else if !is(&ending) {
            findings.push(Finding::error(
                &draft.file,
                line(n),
                format!("from the check `{}` no answer leads to an end", check.id),
            ));
        } else {
            let own = ways.get(n).map_or(&[][..], |w| &w.checks);
            let onward = reach(ways.len(), own.iter().copied(), |n| {
                ways.get(n).map_or(&[][..], |w| &w.checks)
            });
            if is(&onward) && own.iter().any(|&next| next <= n) {
                findings.push(Finding::warning(
                    &draft.file,
                    line(n),
                    format!("the check `{}` can lead back to itself", check.id),
                ));
            }
        }
        if check.choices.len() == 1 {
            findings.push(Finding::warning(
                &draft.file,
                line(n),
                "a single choice is none; cover every answer, or leave it out",
            ));
        }
        let expects = check.choices.iter().any(|choice| choice.target == Target::Expected);
        if expects
            && check.expected.is_empty()
            && !matches!(draft.article.ending, Ending::Expected(_))
        {
            findings.push(Finding::warning(
                &draft.file,
                line(n),
                "a choice leads to #expected, but nothing says why it is; add `- **Expected:** text` to the check",
            ));
        }
    }
}

fn ways(n: usize, check: &Check, checks: &[Check]) -> Ways {
    let mut ways = Ways::default();
    let mut go = |target: &Target| match target {
        Target::Check(id) => {
            ways.checks.extend(checks.iter().position(|check| check.id == *id));
        }
        _ => ways.out = true,
    };
    check.choices.iter().for_each(|choice| go(&choice.target));
    if let Replacement::Go(target) = &check.others {
        go(target);
    }
    let skipped = check.audience != Default::default() && check.others == Replacement::Nothing;
    if check.choices.is_empty() || skipped {
        if n + 1 < checks.len() {
            ways.checks.push(n + 1);
        } else {
            ways.out = true;
        }
    }
    ways
}

/// What can be reached from some places, those included.
fn reach<'a>(
    count: usize,
    from: impl Iterator<Item = usize>,
    next: impl Fn(usize) -> &'a [usize],
) -> Vec<bool> {
    let mut seen = vec![false; count];
    let mut open: Vec<usize> = from.collect();
    while let Some(n) = open.pop() {
        if let Some(mark) = seen.get_mut(n)
            && !*mark
        {
            *mark = true;
            open.extend(next(n));
        }
    }
    seen
}
