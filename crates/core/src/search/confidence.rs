//! How sure the engine is that the knowledge base answers a query: a small logistic function of
//! evidence that does not depend on the size of the knowledge base.

/// What a search knows about the quality of its best hit; shares lie between 0 and 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// Score of the best hit.
    pub(crate) score: f32,
    /// Share of the query's importance that the best hit holds in any way.
    pub(crate) covered: f32,
    /// Share that it holds exactly or in another form.
    pub(crate) covered_closely: f32,
    /// Its best unit.
    pub(crate) unit: f32,
    /// Distance to the next hit's score.
    pub(crate) margin: f32,
    /// Share of topic words that the knowledge base knows nothing about.
    pub(crate) unknown: f32,
    /// The query holds a code that the knowledge base does not.
    pub(crate) code_unknown: bool,
    /// Words that may name the topic.
    pub(crate) words: f32,
}

impl Evidence {
    /// Each piece of evidence by its name.
    pub(crate) fn named(&self) -> [(&'static str, f32); 8] {
        [
            ("score", self.score),
            ("covered", self.covered),
            ("covered_closely", self.covered_closely),
            ("unit", self.unit),
            ("margin", self.margin),
            ("unknown", self.unknown),
            ("code_unknown", f32::from(u8::from(self.code_unknown))),
            ("words", self.words),
        ]
    }
}

/// Below this the widget says "No good match".
pub(crate) const THRESHOLD: f32 = 0.5;

/// Confidence, 0 to 1.
pub(crate) fn confidence(e: &Evidence) -> f32 {
    let code = if e.code_unknown { -2.5 } else { 0.0 };
    let z = -2.0 + 3.0 * e.score + 2.0 * e.unit + 1.5 * e.covered - 2.5 * e.unknown
        + code
        + 1.0 * e.margin
        + 0.5 * e.covered_closely
        + 0.0 * e.words;
    1.0 / (1.0 + (-z).exp())
}
