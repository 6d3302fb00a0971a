//! How sure the engine is that the knowledge base answers a query: a small logistic function of
//! evidence that does not depend on the size of the knowledge base.

use super::weights::CONFIDENCE;

/// What a search knows about the quality of its best hit; shares lie between 0 and 1. A word's
/// importance does too, so sums of it grow with the query and not with the knowledge base.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// Score of the best hit.
    pub(crate) score: f32,
    /// Share of the query's importance that the best hit holds in any way.
    pub(crate) covered: f32,
    /// Share of the query that its best unit holds.
    pub(crate) unit_share: f32,
    /// Share of that unit that the query holds.
    pub(crate) unit_cover: f32,
    /// The query holds a code that the knowledge base does not.
    pub(crate) code_unknown: bool,
    /// Words of any class.
    pub(crate) length: f32,
    /// The query asks for something, and does not tell what fails.
    pub(crate) request: bool,
    /// Importance of the query's words times how firmly the best hit holds them.
    pub(crate) held: f32,
    /// Importance of the query's words that it does not hold.
    pub(crate) missing: f32,
    /// How like the query is to all articles together, -1 to 1.
    pub(crate) general: f32,
    /// The score knows nothing of meaning, so it is lower.
    pub(crate) words_alone: bool,
}

impl Evidence {
    /// Each piece of evidence by its name.
    pub(crate) fn named(&self) -> [(&'static str, f32); 11] {
        [
            ("score", self.score),
            ("covered", self.covered),
            ("unit_share", self.unit_share),
            ("unit_cover", self.unit_cover),
            ("code_unknown", f32::from(u8::from(self.code_unknown))),
            ("length", self.length),
            ("request", f32::from(u8::from(self.request))),
            ("held", self.held),
            ("missing", self.missing),
            ("general", self.general),
            ("words_alone", f32::from(u8::from(self.words_alone))),
        ]
    }
}

/// Below this the widget says "No good match". The logistic function is shifted so that the
/// decision lies in the middle.
pub(crate) const THRESHOLD: f32 = 0.5;

/// Confidence, 0 to 1.
pub(crate) fn confidence(e: &Evidence) -> f32 {
    let w = &CONFIDENCE;
    let flag = |is: bool, weight: f32| if is { weight } else { 0.0 };
    let z = w.score * e.score + w.held * e.held + w.length * e.length.max(1.0).ln()
        - w.missing * e.missing
        - w.beyond * e.unit_share * (1.0 - e.unit_cover)
        - w.general * e.general
        - flag(e.request, w.request * (1.0 - 0.5 * e.covered))
        - flag(e.code_unknown, w.code_unknown)
        - if e.words_alone { w.decision_by_words } else { w.decision };
    1.0 / (1.0 + (-z).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Evidence {
        Evidence {
            score: 0.8,
            covered: 1.0,
            unit_share: 0.9,
            unit_cover: 0.9,
            length: 4.0,
            held: 1.2,
            ..Evidence::default()
        }
    }

    #[test]
    fn nothing_found_is_not_confident_and_a_title_typed_out_is() {
        assert!(confidence(&Evidence::default()) < 0.1);
        assert!(confidence(&good()) > 0.9);
    }

    #[test]
    fn a_code_that_nobody_explains_lowers_confidence() {
        let unknown = Evidence { code_unknown: true, ..good() };
        assert!(confidence(&unknown) < confidence(&good()));
    }

    #[test]
    fn words_alone_need_not_say_as_much() {
        let alone = Evidence { words_alone: true, score: 0.4, ..good() };
        let both = Evidence { words_alone: false, ..alone };
        assert!(confidence(&alone) > confidence(&both));
        let with_likeness = Evidence { score: alone.score + 0.1, ..both };
        assert!(confidence(&with_likeness) > confidence(&alone));
    }

    #[test]
    fn a_request_needs_more_than_a_symptom() {
        let request = Evidence { request: true, score: 0.4, covered: 0.5, held: 0.4, ..good() };
        let symptom = Evidence { request: false, ..request };
        assert!(confidence(&request) < confidence(&symptom));
        assert!(confidence(&Evidence { request: true, ..good() }) > THRESHOLD);
    }

    #[test]
    fn better_evidence_never_lowers_confidence() {
        let sure = |evidence: Evidence| confidence(&evidence);
        for step in 0..10 {
            let (low, high) = (step as f32 / 10.0, step as f32 / 10.0 + 0.1);
            let with = |score, held| sure(Evidence { score, held, ..good() });
            assert!(with(low, low) < with(high, low));
            assert!(with(low, low) < with(low, high));
            let asked = |covered| sure(Evidence { request: true, covered, ..good() });
            assert!(asked(low) < asked(high));
        }
    }

    #[test]
    fn what_is_missing_and_what_is_said_of_everything_lower_confidence() {
        assert!(confidence(&Evidence { missing: 2.0, ..good() }) < confidence(&good()));
        assert!(confidence(&Evidence { general: 0.5, ..good() }) < confidence(&good()));
    }
}
