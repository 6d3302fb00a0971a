//! The words of the generated help centre, from the lists in `words/`.
//! How sentences and titles are made of them is the business of `articles`.

/// A thing that articles are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Object {
    /// The part of the product that it belongs to.
    pub(crate) area: &'static str,
    /// What the manual calls it.
    pub(crate) name: &'static str,
    /// What people call it; at least one.
    pub(crate) everyday: &'static str,
}

/// A saying of the manual (`{O} is not saved`) and what people say instead, parted by `|`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Saying {
    pub(crate) formal: &'static str,
    pub(crate) everyday: &'static str,
}

/// Common English words by falling frequency: the list that comes with the word vectors.
const ENGLISH: &str = include_str!("../../../crates/core/data/words-en.txt");
/// How many of them, the most frequent ones, say nothing about a topic.
const FREQUENT: usize = 300;

/// All lists.
pub(crate) struct Words {
    pub(crate) objects: Vec<Object>,
    pub(crate) symptoms: Vec<Saying>,
    pub(crate) actions: Vec<Saying>,
    /// Where or when something happens; the first is empty.
    pub(crate) contexts: Vec<Saying>,
    /// Things that no article is about.
    pub(crate) absent: Vec<Saying>,
    /// Questions that no help centre answers.
    pub(crate) offtopic: Vec<&'static str>,
    pub(crate) causes: Vec<&'static str>,
    pub(crate) steps: Vec<&'static str>,
    pub(crate) intros: Vec<&'static str>,
    pub(crate) notes: Vec<&'static str>,
    pub(crate) closings: Vec<&'static str>,
    pub(crate) headings: Vec<&'static str>,
    pub(crate) settings: Vec<&'static str>,
    /// The long tail of a vocabulary: names of projects, columns, regions.
    pub(crate) tail: Vec<&'static str>,
}

impl Words {
    pub(crate) fn new() -> Self {
        Self {
            objects: include_str!("../words/objects.tsv").lines().map(object).collect(),
            symptoms: sayings(include_str!("../words/symptoms.tsv")),
            actions: sayings(include_str!("../words/actions.tsv")),
            contexts: sayings(include_str!("../words/contexts.tsv")),
            absent: sayings(include_str!("../words/absent.tsv")),
            offtopic: include_str!("../words/offtopic.txt").lines().collect(),
            causes: include_str!("../words/causes.txt").lines().collect(),
            steps: include_str!("../words/steps.txt").lines().collect(),
            intros: include_str!("../words/intros.txt").lines().collect(),
            notes: include_str!("../words/notes.txt").lines().collect(),
            closings: include_str!("../words/closings.txt").lines().collect(),
            headings: include_str!("../words/headings.txt").lines().collect(),
            settings: include_str!("../words/settings.txt").lines().collect(),
            tail: ENGLISH.lines().skip(FREQUENT).filter(|word| word.len() > 3).collect(),
        }
    }
}

fn object(line: &'static str) -> Object {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    Object { area: cell(), name: cell(), everyday: cell() }
}

fn sayings(text: &'static str) -> Vec<Saying> {
    text.lines()
        .map(|line| {
            let (formal, everyday) = line.split_once('\t').unwrap_or((line, line));
            Saying { formal, everyday }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read_and_every_saying_has_two_sides() {
        let words = Words::new();
        assert!(words.objects.iter().all(|o| !o.name.is_empty() && !o.everyday.is_empty()));
        for list in [&words.symptoms, &words.actions, &words.absent] {
            assert!(list.iter().all(|s| !s.formal.is_empty() && s.formal != s.everyday));
        }
        assert_eq!(words.contexts[0], Saying::default());
        assert!(words.contexts.iter().skip(1).all(|s| s.formal != s.everyday));
        assert!(words.tail.len() > 20_000);
    }

    #[test]
    fn what_is_absent_names_no_object() {
        let words = Words::new();
        for absent in &words.absent {
            assert!(words.objects.iter().all(|object| object.name != absent.formal));
        }
    }
}
