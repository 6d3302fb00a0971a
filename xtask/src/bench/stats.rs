//! The figures that the benchmark's table is made of, from single outcomes and times.
//! Nothing here knows of engines or corpora.

/// What became of one query.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// `paraphrase`, `typo`, `prefix`, `code`, `keyword` or `oos`.
    pub(crate) kind: String,
    /// Whether the knowledge base answers it.
    pub(crate) answerable: bool,
    /// Rank of the first right article, from 1; `None` when it is not among the first ten.
    pub(crate) rank: Option<u32>,
    /// How many hits were returned, at most ten.
    pub(crate) hits: u32,
    /// The engine's own measure of how sure it is; `None` when it has none.
    pub(crate) score: Option<f64>,
}

/// The value below or at which `percent` of all values lie (nearest rank); 0 without values.
pub(crate) fn percentile(values: &[f64], percent: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// The median of each value's repetitions. `values` holds all values once, then all of them again:
/// `texts` of them a round.
pub(crate) fn medians(values: &[f64], texts: usize) -> Vec<f64> {
    let repetitions = |first| values.iter().skip(first).step_by(texts.max(1)).copied();
    (0..texts).map(|first| percentile(&repetitions(first).collect::<Vec<_>>(), 50.0)).collect()
}

/// The chance that a value of `yes` lies above one of `no`, ties counting half (the area under
/// the receiver operating characteristic); `None` when one of them is empty.
pub(crate) fn auroc(yes: &[f64], no: &[f64]) -> Option<f64> {
    if yes.is_empty() || no.is_empty() {
        return None;
    }
    let mut won = 0.0;
    for y in yes {
        for n in no {
            won += if y > n { 1.0 } else { f64::from(u8::from(y == n)) / 2.0 };
        }
    }
    Some(won / (yes.len() * no.len()) as f64)
}

/// [`auroc`] of the engine's score: answerable queries against the others.
pub(crate) fn told_apart(outcomes: &[Outcome]) -> Option<f64> {
    let side = |answerable: bool| -> Option<Vec<f64>> {
        outcomes.iter().filter(|o| o.answerable == answerable).map(|o| o.score).collect()
    };
    auroc(&side(true)?, &side(false)?)
}

/// Shares of the answerable outcomes, in percent, and their mean reciprocal rank.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hits {
    pub(crate) queries: usize,
    /// The right article came first.
    pub(crate) first: f64,
    /// It was among the first three.
    pub(crate) three: f64,
    /// Mean of 1 / rank over the first ten, 0 for what is not among them.
    pub(crate) mrr: f64,
    /// Nothing was found at all.
    pub(crate) zero: f64,
}

/// The hits of a kind, or of all that can be answered; `None` when there is no such query.
pub(crate) fn hits(outcomes: &[Outcome], kind: Option<&str>) -> Option<Hits> {
    let of: Vec<&Outcome> = outcomes
        .iter()
        .filter(|o| o.answerable && kind.is_none_or(|kind| o.kind == kind))
        .collect();
    if of.is_empty() {
        return None;
    }
    let share = |count: usize| 100.0 * count as f64 / of.len() as f64;
    let within = |limit| share(of.iter().filter(|o| o.rank.is_some_and(|r| r <= limit)).count());
    let reciprocal: f64 = of.iter().filter_map(|o| Some(1.0 / f64::from(o.rank?))).sum();
    Some(Hits {
        queries: of.len(),
        first: within(1),
        three: within(3),
        mrr: reciprocal / of.len() as f64,
        zero: share(of.iter().filter(|o| o.hits == 0).count()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(kind: &str, rank: Option<u32>, hits: u32, score: Option<f64>) -> Outcome {
        Outcome { kind: kind.to_owned(), answerable: kind != "oos", rank, hits, score }
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(percentile(&values, 50.0), 50.0);
        assert_eq!(percentile(&values, 95.0), 95.0);
        assert_eq!(percentile(&values, 100.0), 100.0);
        assert_eq!(percentile(&[3.0], 95.0), 3.0);
        assert_eq!(percentile(&[1.0, 2.0, 3.0], 50.0), 2.0);
        assert_eq!(percentile(&[], 50.0), 0.0);
    }

    #[test]
    fn a_median_is_that_of_one_text_over_all_rounds() {
        let rounds = [1.0, 10.0, 2.0, 90.0, 3.0, 20.0];
        assert_eq!(medians(&rounds, 2), [2.0, 20.0]);
        assert_eq!(medians(&[], 0), Vec::<f64>::new());
    }

    #[test]
    fn auroc_is_one_when_apart_half_when_equal_and_counts_ties_half() {
        assert_eq!(auroc(&[3.0, 4.0], &[1.0, 2.0]), Some(1.0));
        assert_eq!(auroc(&[1.0, 2.0], &[3.0]), Some(0.0));
        assert_eq!(auroc(&[0.0, 0.0], &[0.0]), Some(0.5));
        assert_eq!(auroc(&[1.0, 2.0], &[1.0, 2.0]), Some(0.5));
        assert_eq!(auroc(&[2.0, 1.0, 1.0], &[1.0]), Some(2.0 / 3.0));
        assert_eq!(auroc(&[], &[1.0]), None);
    }

    #[test]
    fn an_engine_without_a_score_cannot_tell_apart() {
        let outcomes = [outcome("typo", Some(1), 3, None), outcome("oos", None, 3, None)];
        assert_eq!(told_apart(&outcomes), None);
    }

    #[test]
    fn unanswerable_queries_count_for_auroc_alone() {
        let outcomes = [
            outcome("typo", Some(1), 3, Some(0.9)),
            outcome("typo", Some(4), 3, Some(0.8)),
            outcome("code", None, 0, Some(0.0)),
            outcome("oos", None, 0, Some(0.5)),
        ];
        let all = hits(&outcomes, None).unwrap();
        assert_eq!((all.queries, all.mrr), (3, 1.25 / 3.0));
        assert!((all.first - 100.0 / 3.0).abs() < 1e-9 && (all.zero - 100.0 / 3.0).abs() < 1e-9);
        let typo = hits(&outcomes, Some("typo")).unwrap();
        assert_eq!((typo.first, typo.three, typo.mrr), (50.0, 50.0, 0.625));
        assert_eq!(hits(&outcomes, Some("prefix")), None);
        assert_eq!(told_apart(&outcomes), Some(2.0 / 3.0));
    }
}
