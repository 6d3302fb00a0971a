//! Every weight of the search core, each with its reason and legal range.
//! Nothing else in the search core holds a tuned number; docs/search.md tells how they were found.

/// All weights. A score is a pure function of index, query and these.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    // How much a word of each class counts against a word that may name the topic; 0 to 1.
    /// Everyday filler: below one half it stops helping whole sentences, above it draws noise.
    pub(crate) filler: f32,
    /// Grammar: above zero, so that "who to ask" can match; small, so that it only breaks ties.
    pub(crate) grammar: f32,

    // BM25F: weight of an occurrence by part of the article; 0 to 10, body is the measure.
    /// A title is what the person would say.
    pub(crate) title: f32,
    /// A phrasing is another title, but there are many of them.
    pub(crate) phrasing: f32,
    /// Codes and keywords were put there to be searched.
    pub(crate) code: f32,
    /// The cause names the topic in one or two sentences.
    pub(crate) cause: f32,
    /// Checks name screens and settings that other articles name, too.
    pub(crate) checks: f32,
    /// Headings inside long texts.
    pub(crate) heading: f32,
    /// The text itself.
    pub(crate) body: f32,
    /// Saturation: how soon more occurrences stop counting; 0 (at once) to 5. BM25's k1.
    pub(crate) saturation: f32,
    /// How much long texts are held back; 0 (not at all) to 1 (in proportion). BM25's b.
    pub(crate) length: f32,

    // How the parts of the score add up; each 0 to 1, the sum is the largest possible score.
    /// Words anywhere in the article.
    pub(crate) by_words: f32,
    /// The best single unit: title, phrasing or heading.
    pub(crate) by_unit: f32,
    /// Likeness in meaning, once the vectors are there.
    pub(crate) by_meaning: f32,
    /// Likeness from which an article is a hit that holds no word of the query; 0.2 (anything) to
    /// 0.8 (nothing).
    pub(crate) alike: f32,

    // Units.
    /// How strongly unmatched words of the unit count against it; 0 to 1.
    pub(crate) unit_cover: f32,
    /// A phrasing as a unit, against the title; 0 to 1.
    pub(crate) unit_phrasing: f32,
    /// A heading as a unit, against the title; 0 to 1.
    pub(crate) unit_heading: f32,

    // Stand-ins for a query word; 0 to 1, the word itself is 1.
    /// A word with the same stem that is not in the dictionary in this form.
    pub(crate) inflected: f32,
    /// The unfinished last word, if the word so far is not a word of its own.
    pub(crate) prefix: f32,
    /// The same if it is: "bill" may become "billing", but is more likely "bill".
    pub(crate) prefix_of_word: f32,
    /// A typo: 1 minus this times edits over letters.
    pub(crate) typo: f32,
    /// Further candidates of a typo, each against the one before.
    pub(crate) next_candidate: f32,
    /// Two words joined, or one word split.
    pub(crate) joined: f32,
    /// The range of a status code (`5xx` for `502`).
    pub(crate) range: f32,

    /// Guides when the query tells a symptom, codes when it holds one, as a share of the score.
    pub(crate) kind: f32,
    /// What a code loses when the query holds none, as a share of the score; 0 to 0.5.
    pub(crate) no_code: f32,
    /// The largest push that the host's context gives, as a share of the score; 0 to 0.5.
    pub(crate) boost: f32,
}

/// The weights that ship.
pub(crate) const WEIGHTS: Weights = Weights {
    filler: 0.6,
    grammar: 0.4,
    title: 5.5,
    phrasing: 1.3,
    code: 4.0,
    cause: 2.4,
    checks: 0.6,
    heading: 1.3,
    body: 2.0,
    saturation: 1.5,
    length: 0.6,
    by_words: 0.6,
    by_unit: 0.3,
    by_meaning: 0.19,
    alike: 0.2,
    unit_cover: 0.75,
    unit_phrasing: 0.55,
    unit_heading: 0.9,
    inflected: 0.98,
    prefix: 0.9,
    prefix_of_word: 0.55,
    typo: 1.2,
    next_candidate: 0.9,
    joined: 0.6,
    range: 0.8,
    kind: 0.12,
    no_code: 0.1,
    boost: 0.15,
};

/// Weights of the evidence that makes confidence, in log-odds; fitted by logistic regression over
/// several corpora, then rounded so that none hangs on a single query. Legal: 0 to 12.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Confidence {
    /// Score of the best hit.
    pub(crate) score: f32,
    /// Against: what its best unit says beyond the query. A title that holds the one word asked
    /// for, but is about more, may be about something else.
    pub(crate) beyond: f32,
    /// For each doubling of the query's words, times ln 2: long sentences hold more words beside
    /// the point, so their shares are lower by nature.
    pub(crate) length: f32,
    /// For each important word that the best hit holds firmly: two rare words are seldom held by
    /// chance, half of one word is.
    pub(crate) held: f32,
    /// Against: each important word that it does not hold. What is not held was not answered.
    pub(crate) missing: f32,
    /// Against: likeness to all articles together. What is said in the words that they share is
    /// alike to one of them by chance.
    pub(crate) general: f32,
    /// Against: a code that no article explains, though others explain codes.
    pub(crate) code_unknown: f32,
    /// Against: a request (`rename my campaign`), the less the more of it the best hit holds. A
    /// request shares its object with many articles; what is to be done with it is one word.
    pub(crate) request: f32,
    /// What all this must reach: higher refuses more.
    pub(crate) decision: f32,
    /// The same while no likeness adds to the score: before the file of meaning is there, and in
    /// languages that have none.
    pub(crate) decision_by_words: f32,
}

/// The weights of confidence that ship.
pub(crate) const CONFIDENCE: Confidence = Confidence {
    score: 8.0,
    beyond: 2.3,
    length: 1.0,
    held: 1.8,
    missing: 0.18,
    general: 1.2,
    code_unknown: 2.5,
    request: 4.0,
    decision: 3.05,
    decision_by_words: 2.95,
};

/// The limits that keep a keystroke short, whatever is pasted.
pub(crate) mod limit {
    /// Bytes of a query that are read.
    pub(crate) const QUERY: usize = 2000;
    /// Words of a query that are looked up.
    pub(crate) const WORDS: usize = 64;
    /// Slots that are scored: those that say most.
    pub(crate) const SLOTS: usize = 24;
    /// Groups that stand in for one word.
    pub(crate) const VARIANTS: usize = 24;
    /// Words that are read for an unfinished one.
    pub(crate) const PREFIX_WORDS: usize = 400;
    /// Where more than one article in so many holds a word of grammar, where it stands is not kept.
    pub(crate) const GRAMMAR_SHARE: u32 = 3;
    /// Articles that are kept of a word which they hold in their text alone: one in so many of the
    /// knowledge base's. More fill the index and hardly change an order. 10 to 50.
    pub(crate) const TEXT_SHARE: u32 = 32;
    /// So many of them in any case. 8 to 20.
    pub(crate) const TEXTS: u32 = 12;
    /// How much a long text is held back when those are chosen; 0 (not at all) to 1.
    pub(crate) const TEXT_DENSITY: f32 = 0.9;
    /// Words up to which the text of an article without phrasings may be what people say: its
    /// grammar is kept.
    pub(crate) const SPOKEN: usize = 150;
    /// Articles whose units are compared.
    pub(crate) const CANDIDATES: usize = 64;
}

/// How much the file of meaning holds.
pub(crate) mod meaning {
    /// Words in all: at nine bytes or so each, these are some 62 KB of the 64 that may be fetched later.
    pub(crate) const WORDS: usize = 6_900;
    /// The most frequent words that the knowledge base does not hold.
    pub(crate) const OTHERS: usize = 6_000;
    /// Articles from which the vectors cost the browser more memory and time than they are worth.
    pub(crate) const ARTICLES: usize = 4_000;
}
