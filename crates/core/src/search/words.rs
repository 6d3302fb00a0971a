//! Words by how much they say: grammar, everyday filler, and the rest. English ones stand here,
//! those of other languages in `foreign`.
//! Used when an index is built; the pack carries the outcome, so the browser needs no list.

use std::collections::BTreeMap;

use super::analysis::Language;
use super::foreign;

/// How much a word says about the topic of a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// It may name the topic.
    #[default]
    Topic = 0,
    /// Everyday filler: it colours a sentence, seldom names the topic.
    Filler = 1,
    /// Grammar.
    Grammar = 2,
}

impl Class {
    /// The class of that number; unknown numbers may name the topic.
    pub(crate) fn from_number(number: u8) -> Class {
        match number {
            1 => Class::Filler,
            2 => Class::Grammar,
            _ => Class::Topic,
        }
    }
}

/// Grammar: articles, pronouns, auxiliaries, prepositions, conjunctions. Folded, apostrophes gone.
pub(crate) const GRAMMAR: &str = "\
a about after again all also am an and any anybody anyone are as at be because been before being \
both but by can could did do does doing done each either else every for from had has have having \
he her hers here him his how i id if ill im in into is it its itself ive just let lets like may me \
might mine must my myself of on once one only onto or other our ours out over own per please pls \
rather same shall she should so some such than that thats the their theirs them then there theres \
these they theyre this those though through to too until up upon us very via was we well were what \
whats whatever when where whether which while who whom whos whose why will with within would yet \
you youre your yours yourself theyve youve weve hes shes itll youll dont doesnt didnt isnt arent \
wasnt werent wont wouldnt cant cannot couldnt shouldnt havent hasnt hadnt not no nor";

/// Everyday filler: time of day, vague people and things, verbs that go with anything.
pub(crate) const FILLER: &str = "\
ago almost already always anymore anything anyway anywhere around ask asked asking away back bad \
basically been begin begins bit bought bring brought call came certain clearly come comes coming \
completely couple day days definitely different directly easily effectively end ended entirely \
even ever everybody everyone everything exactly explain far few fine first five forever found four \
friend full fully gave get gets getting give given gives giving go goes going gone gonna good got \
gotten great guess guy guys half happen happened happening happens hard hardly help hello hey hi \
hope hour hours huge idea instead keep keeps kept kind know known knows last lately later least \
left less little long longer look looked looking looks lot lots lovely made main make makes making \
many matter maybe mean means meant mind minute minutes moment month months more morning most much \
nearly need needed needs never new newly next nice nobody none noon nothing now obviously off often \
oh ok okay old one ones others past people perhaps person place plain possible previously \
pretty probably problem problems proper properly put quickly quite rang real really reason recently \
right said saw say saying says second seconds see seeing seem seems seen several show shown shows \
simply since single slightly small somebody somehow someone something sometimes somewhere soon sorry \
still stuff suddenly supposed sure take taken takes taking team tell telling tells ten thank thanks \
thing things think third thought three thru time times tiny today together told tomorrow tonight took \
top totally tried tries truly try trying turn turned turns two under understand unless use used \
useful user users uses using usual usually want wanted wants way ways week weeks weird went \
whole without wonder work worked working works yeah year years yes yesterday issue issues \
question matter";

/// What people ask of a program, in the form in which they ask for it: `delete my account`. Who is
/// stuck tells what happened instead. No names of things, of screens or of what breaks among them.
pub(crate) const REQUESTS: &str = "\
add adjust allow archive assign attach authorize ban block buy cancel change clone collect combine \
configure convert copy create customize deactivate delete detach disable disconnect downgrade \
download duplicate edit embed enable encrypt erase export filter forward generate grant hide \
import insert install integrate invite listen mask merge migrate modify move mute notify organize \
override pause pay print publish purchase rearrange record redirect refund remind remove rename \
renew reopen reorder replace reschedule reset resize restore restrict resume retrieve reuse revoke \
rotate save schedule sell send separate share shorten skip sort split subscribe suspend swap \
switch train transcribe transfer translate undo uninstall unlink unlock unsubscribe update upgrade \
upload void whitelist withdraw";

/// The lists of a language; none for languages without.
pub(crate) fn lists(language: Language) -> &'static [(Class, &'static str)] {
    match language {
        Language::English => &[(Class::Grammar, GRAMMAR), (Class::Filler, FILLER)],
        other => foreign::lists(other.byte()),
    }
}

/// The words of a language's lists with their classes, and where stems are light their stems, too.
pub(crate) fn classes(language: Language) -> BTreeMap<String, Class> {
    let mut out = BTreeMap::new();
    for (class, list) in lists(language) {
        for word in list.split_ascii_whitespace() {
            out.entry(word.to_owned()).or_insert(*class);
            if language != Language::English {
                out.entry(language.stem(word)).or_insert(*class);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_class_of_their_list() {
        let english = classes(Language::English);
        assert_eq!(english.get("the"), Some(&Class::Grammar));
        assert_eq!(english.get("yesterday"), Some(&Class::Filler));
        assert_eq!(english.get("password"), None);
        let german = classes(Language::of_locale("de"));
        assert_eq!(german.get("nicht"), Some(&Class::Grammar));
        assert_eq!(german.get(&Language::of_locale("de").stem("wochen")), Some(&Class::Filler));
        assert!(classes(Language::None).is_empty());
        assert_eq!(Class::from_number(Class::Grammar as u8), Class::Grammar);
    }

    #[test]
    fn the_lists_are_folded() {
        for word in
            [GRAMMAR, FILLER, REQUESTS].iter().flat_map(|list| list.split_ascii_whitespace())
        {
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
        }
    }
}
