//! Which occurrences of a group are not worth their bytes. Decided when an index is built.
//! Here is the rule alone: what holds the rest is `postings`'s matter, its limits are `weights`'s.

use super::postings::{Posting, field};
use super::weights::limit;
use super::words::Class;

/// Takes out of a group's occurrences those that hardly change an order: all of grammar that many
/// articles hold; of those in the text alone all but the [`most`] of the greatest
/// [`density`], as in static index pruning by term (Carmel et al. 2001). Where several are as dense
/// as the first that is left out, they go with it.
///
/// `lengths` are the words in each article's text; `None` for a text that may be what people say,
/// of which nothing is spared.
pub(crate) fn prune(postings: &mut Vec<Posting>, class: Class, lengths: &[Option<u32>], mean: f32) {
    let articles = lengths.len() as u32;
    if class == Class::Grammar && postings.len() as u32 > articles / limit::GRAMMAR_SHARE {
        postings.clear();
        return;
    }
    let says = |posting: &Posting| {
        let length = lengths.get(posting.article as usize).copied().flatten()?;
        (posting.fields == field::BODY).then(|| density(posting.body, length, mean))
    };
    let mut all: Vec<f32> = postings.iter().filter_map(says).collect();
    all.sort_unstable_by(|a, b| b.total_cmp(a));
    if let Some(&first_out) = all.get(most(articles)) {
        postings.retain(|posting| says(posting).is_none_or(|says| says > first_out));
    }
}

/// How many occurrences in the text alone are kept of a group.
pub(crate) fn most(articles: u32) -> usize {
    limit::TEXTS.max(articles / limit::TEXT_SHARE) as usize
}

/// How much of a text of `length` words a word is that occurs so often.
pub(crate) fn density(occurrences: u8, length: u32, mean: f32) -> f32 {
    let held_back = limit::TEXT_DENSITY * (length as f32 / mean.max(1.0) - 1.0);
    f32::from(occurrences) / (1.0 + held_back)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Occurrences in as many articles: in the title of every fourth, in the text of all.
    fn occurrences(articles: u32) -> Vec<Posting> {
        (0..articles)
            .map(|article| {
                let title = if article % 4 == 0 { field::TITLE } else { 0 };
                let fields = title | field::BODY;
                Posting { article, fields, body: 1, ..Posting::default() }
            })
            .collect()
    }

    fn left(postings: &[Posting]) -> Vec<u32> {
        postings.iter().map(|posting| posting.article).collect()
    }

    #[test]
    fn of_many_texts_those_stay_that_say_a_word_most_and_all_that_hold_it_elsewhere() {
        let mut postings = occurrences(200);
        // Said twice in one long text, and once in one short text.
        postings[6].body = 2;
        let mut lengths = vec![Some(400); 1_000];
        lengths[9] = Some(50);
        prune(&mut postings, Class::Topic, &lengths, 400.0);
        let mut expected: Vec<u32> = (0..200).step_by(4).chain([6, 9]).collect();
        expected.sort_unstable();
        assert_eq!(left(&postings), expected);
    }

    #[test]
    fn words_of_few_texts_stay_wherever_they_are() {
        for held in [1, 12, 16] {
            let mut postings = occurrences(held);
            prune(&mut postings, Class::Topic, &[Some(300); 20], 300.0);
            assert_eq!(postings.len() as u32, held);
        }
    }

    #[test]
    fn texts_that_may_be_what_people_say_keep_all_their_words() {
        let mut postings = occurrences(200);
        prune(&mut postings, Class::Filler, &[None; 1_000], 300.0);
        assert_eq!(postings.len(), 200);
    }

    #[test]
    fn grammar_of_many_articles_goes_altogether() {
        let mut postings = occurrences(400);
        prune(&mut postings, Class::Grammar, &[None; 1_000], 300.0);
        assert_eq!(postings, []);
    }
}
