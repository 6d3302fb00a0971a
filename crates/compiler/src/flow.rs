//! How the checks of all guides lead to one another: what is never reached, what never ends.
//! Walking a guide with a person is the core's matter; here the whole graph is looked at once, for
//! every sort of reader, and across articles.

use crate::Finding;
use crate::article::Draft;
use std::collections::BTreeMap;
use unstuck_core::guide::Reader;
use unstuck_core::model::{Check, Ending, Replacement, Target, plain_inlines};

/// Everyone who may read, and what they are called in findings.
const READERS: [(Reader, &str); 3] =
    [(Reader::Customer, "customers"), (Reader::Admin, "admins"), (Reader::Staff, "staff")];

/// Choices of one check with the same target that can be told apart (`guide::choice_name`).
const SAME_TARGET: usize = 9;

/// Where a check can lead, for one reader.
#[derive(Clone, Debug, Default)]
struct Ways {
    /// Numbers of further checks, counted over all articles.
    checks: Vec<usize>,
    /// Those of them that lie in the same article.
    inside: Vec<usize>,
    /// Whether it can end the guide: by an ending, past the last check, or in an article to read.
    out: bool,
}

/// Reports checks that nobody reaches, loops that never end, choices that offer nothing.
pub(crate) fn check(drafts: &[Draft], findings: &mut Vec<Finding>) {
    let mut first = 0;
    let mut starts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut begins = Vec::new();
    for draft in drafts {
        let count = draft.article.checks.len();
        begins.extend((count > 0).then_some(first));
        starts.entry(&draft.article.id).or_insert((first, count));
        first += count;
    }
    let mut reached = vec![false; first];
    // For each check the readers who meet it and find no end.
    let mut stuck: Vec<Vec<&str>> = vec![Vec::new(); first];
    for (reader, name) in READERS {
        let graph = graph(drafts, &starts, reader);
        let begins = begins.iter().copied();
        let met = reach(first, begins, |n| graph.get(n).map_or(&[][..], |w| &w.inside));
        let mut back: Vec<Vec<usize>> = vec![Vec::new(); first];
        for (from, ways) in graph.iter().enumerate() {
            for &to in &ways.checks {
                if let Some(list) = back.get_mut(to) {
                    list.push(from);
                }
            }
        }
        let ends = graph.iter().enumerate().filter(|(_, ways)| ways.out).map(|(n, _)| n);
        let ending = reach(first, ends, |n| back.get(n).map_or(&[][..], Vec::as_slice));
        for n in 0..first {
            let is = |set: &[bool]| set.get(n).copied().unwrap_or(false);
            if is(&met) {
                if let Some(mark) = reached.get_mut(n) {
                    *mark = true;
                }
                if !is(&ending)
                    && let Some(names) = stuck.get_mut(n)
                {
                    names.push(name);
                }
            }
        }
    }
    let mut n = 0;
    for draft in drafts {
        for (own, check) in draft.article.checks.iter().enumerate() {
            let line = draft.checks.get(own).map_or(draft.line, |place| place.line);
            let mut report = |finding: fn(&str, u32, String) -> Finding, text: String| {
                findings.push(finding(&draft.file, line, text));
            };
            let names = stuck.get(n).map_or(&[][..], Vec::as_slice);
            if !reached.get(n).copied().unwrap_or(true) {
                report(Finding::error, format!("no answer leads to the check `{}`", check.id));
            } else if !names.is_empty() {
                let mut text = format!("from the check `{}` no answer leads to an end", check.id);
                if names.len() < READERS.len() {
                    text.push_str(&format!(" for {}", names.join(" and ")));
                }
                report(Finding::error, text);
            }
            choices(draft, own, check, &mut report);
            n += 1;
        }
    }
}

/// What shows in one check alone.
fn choices(
    draft: &Draft,
    own: usize,
    check: &Check,
    report: &mut impl FnMut(fn(&str, u32, String) -> Finding, String),
) {
    if let Replacement::Go(Target::Check(id)) = &check.others
        && draft.article.checks.iter().take(own + 1).any(|other| other.id == *id)
    {
        let text = format!("`others → #{id}` leads back; it leads on to a later check");
        report(Finding::error, text);
    }
    if check.choices.len() == 1 {
        let text = "a single choice is none; cover every answer, or leave it out";
        report(Finding::warning, text.into());
    }
    for (n, choice) in check.choices.iter().enumerate() {
        let before = check.choices.iter().take(n);
        let label = plain_inlines(&choice.label);
        if before.clone().any(|other| plain_inlines(&other.label) == label) {
            report(Finding::error, format!("two choices read \"{label}\""));
        }
        if before.filter(|other| other.target == choice.target).count() == SAME_TARGET {
            let text = format!("more than {SAME_TARGET} choices lead to the same place");
            report(Finding::error, text);
        }
    }
    let expects = check.choices.iter().any(|choice| choice.target == Target::Expected);
    if expects && check.expected.is_empty() && !matches!(draft.article.ending, Ending::Expected(_))
    {
        let text = "a choice leads to #expected, but nothing says why it is; add `- **Expected:** \
                    text` to the check";
        report(Finding::warning, text.into());
    }
}

/// The ways of every check for a reader. `starts` gives for each article the number of its first
/// check and how many it has.
fn graph(drafts: &[Draft], starts: &BTreeMap<&str, (usize, usize)>, reader: Reader) -> Vec<Ways> {
    let mut graph = Vec::new();
    for draft in drafts {
        let first = graph.len();
        let checks = &draft.article.checks;
        for (n, check) in checks.iter().enumerate() {
            let mut ways = Ways::default();
            let mut go = |target: &Target| match target {
                Target::Check(id) => {
                    let at = checks.iter().position(|check| check.id == *id);
                    ways.inside.extend(at.map(|at| first + at));
                }
                // An article without checks is read; one that is not here is not ours to judge.
                Target::Article(id) => match starts.get(id.as_str()) {
                    Some(&(start, count)) if count > 0 => ways.checks.push(start),
                    _ => ways.out = true,
                },
                Target::Fixed | Target::Expected | Target::GetHelp => ways.out = true,
            };
            let hidden = !reader.sees(check.audience);
            let goes_on = match &check.others {
                Replacement::Go(target) if hidden => {
                    go(target);
                    false
                }
                Replacement::Nothing if hidden => true,
                _ => {
                    check.choices.iter().for_each(|choice| go(&choice.target));
                    check.choices.is_empty()
                }
            };
            if goes_on && n + 1 < checks.len() {
                ways.inside.push(first + n + 1);
            } else if goes_on {
                ways.out = true;
            }
            ways.checks.extend(&ways.inside);
            graph.push(ways);
        }
    }
    graph
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
