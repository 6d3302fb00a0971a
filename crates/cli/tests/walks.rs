//! Every guide of the four knowledge bases, walked: each branch to its end, as every reader, with
//! the transcript held against what was done.
//! Sessions themselves are tested with the core.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeSet;
use std::path::Path;
use unstuck_compiler::{Folder, compile};
use unstuck_core::guide::{
    Answer, EXPECTED, End, Outcome, Position, Reader, Session, came_from, choice_name, chosen,
    replay, transcript,
};
use unstuck_core::model::{Article, Check, Ending, KnowledgeBase, Target, Wait, plain_inlines};

const PRODUCTS: [&str; 4] = ["cic", "scopien", "oxvo", "dialler"];
const READERS: [Reader; 3] = [Reader::Customer, Reader::Admin, Reader::Staff];
/// Articles with checks, probes or waits, and those that end as expected without a check.
const GUIDES: usize = 126;

fn bases() -> Vec<KnowledgeBase> {
    let base = |product: &&str| {
        let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb").join(product);
        compile(&Folder::read(&kb, &|| ()).unwrap(), &|_| ()).bases.remove(0)
    };
    PRODUCTS.iter().map(base).collect()
}

fn guides(bases: &[KnowledgeBase]) -> impl Iterator<Item = (&KnowledgeBase, &Article)> {
    let each = |base| guides_of(base).map(move |article| (base, article));
    bases.iter().flat_map(each)
}

fn guides_of(base: &KnowledgeBase) -> impl Iterator<Item = &Article> {
    let ends = |article: &Article| matches!(article.ending, Ending::Expected(_));
    base.articles.iter().filter(move |article| !article.checks.is_empty() || ends(article))
}

/// What the screen offers on a check that leads on, best branch first.
fn ways_on(check: &Check) -> Vec<Answer> {
    let mut ways: Vec<Answer> = (0..check.choices.len())
        .map(|n| Answer { choice: choice_name(check, n), ..Answer::new(&check.id, Outcome::Chose) })
        .collect();
    if !check.expected.is_empty() {
        let choice = EXPECTED.to_owned();
        ways.push(Answer { choice, ..Answer::new(&check.id, Outcome::Chose) });
    }
    if check.choices.is_empty() {
        ways.push(Answer::new(&check.id, Outcome::StillStuck));
        ways.push(Answer::new(&check.id, Outcome::Fixed));
        if check.probe.is_some() {
            ways.push(Answer::new(&check.id, Outcome::Passed));
        }
    }
    ways.push(Answer::new(&check.id, Outcome::Skipped));
    ways
}

/// What can be noted on a check before it is answered.
fn notes(check: &Check) -> Vec<Answer> {
    let mut notes = Vec::new();
    if check.probe.is_some() {
        notes.push(Outcome::CouldNotRun);
        notes.push(Outcome::Failed);
    }
    if check.wait.is_some() {
        notes.push(Outcome::Waited);
    }
    if check.ask.is_some() {
        notes.push(Outcome::Asked);
    }
    notes.into_iter().map(|outcome| Answer::new(&check.id, outcome)).collect()
}

/// Walks an article from where `session` stands, every branch. `said` is what was done so far.
struct Walker<'a> {
    article: &'a Article,
    reader: Reader,
    ends: Vec<End>,
    /// Checks that were on screen.
    met: BTreeSet<String>,
    /// Choices that were taken.
    taken: BTreeSet<(String, String)>,
    branches: usize,
}

impl Walker<'_> {
    fn walk(&mut self, session: &Session, said: &[Answer]) {
        let position = replay(self.article, session, self.reader).position;
        let check = match position {
            Position::End(end) => return self.end(end, session, said),
            Position::Check(n) => &self.article.checks[n],
        };
        self.met.insert(check.id.clone());
        let mut here = session.clone();
        let mut said = said.to_vec();
        for mut note in notes(check) {
            note.at = said.len() as u64;
            if let (Outcome::Waited, Some(Wait::Minutes(minutes))) = (note.outcome, &check.wait) {
                here.start_wait(&check.id, u64::from(*minutes) * 60_000);
                assert!(here.wait_end(&check.id).is_some());
            }
            assert!(here.answer(self.article, self.reader, note.clone()));
            let stays = replay(self.article, &here, self.reader).position;
            assert_eq!(stays, position, "a note leads nowhere");
            said.push(note);
        }
        for mut way in ways_on(check) {
            way.at = said.len() as u64;
            let mut next = here.clone();
            assert!(next.answer(self.article, self.reader, way.clone()), "{way:?}");
            assert_eq!(next.wait_end(&check.id), None, "a done check waits for nothing");
            if !way.choice.is_empty() {
                self.taken.insert((check.id.clone(), way.choice.clone()));
            }
            self.back(&here, &next, check);
            said.push(way);
            self.walk(&next, &said);
            said.pop();
        }
    }

    /// Back from the next check is this one again, with its notes.
    fn back(&self, here: &Session, next: &Session, check: &Check) {
        let mut back = next.clone();
        let by_hand = next.answers.last().is_some_and(|last| last.outcome != Outcome::Passed);
        if by_hand {
            assert!(back.back(self.article, self.reader));
            let position = |session| replay(self.article, session, self.reader).position;
            assert_eq!(position(&back), position(here), "back from {}", check.id);
        }
    }

    fn end(&mut self, end: End, session: &Session, said: &[Answer]) {
        self.branches += 1;
        if !self.ends.contains(&end) {
            self.ends.push(end);
        }
        assert_eq!(session.answers, said, "every action once, in its order");
        let lines = transcript(self.article, session, self.reader);
        assert_eq!(lines.len(), said.len());
        for (line, action) in lines.iter().zip(said) {
            let check = self.article.checks.iter().find(|check| check.id == action.check).unwrap();
            assert_eq!(line.article, self.article.id);
            assert_eq!((&line.check, line.outcome), (&action.check, action.outcome));
            assert_eq!(line.at, action.at);
            assert!(!line.label.is_empty(), "{}: {}", self.article.id, line.check);
            let words = match chosen(check, action) {
                Some(choice) => plain_inlines(&choice.label),
                None if action.outcome == Outcome::Chose => plain_inlines(&check.expected),
                None => String::new(),
            };
            assert_eq!(line.choice, words);
            assert_eq!(words.is_empty(), action.outcome != Outcome::Chose);
        }
    }
}

fn walked<'a>(article: &'a Article, reader: Reader) -> Walker<'a> {
    let mut walker = Walker {
        article,
        reader,
        ends: Vec::new(),
        met: BTreeSet::new(),
        taken: BTreeSet::new(),
        branches: 0,
    };
    walker.walk(&Session::new(&article.id), &[]);
    walker
}

#[test]
fn every_branch_of_every_guide_reaches_an_end_and_the_transcript_tells_it() {
    let bases = bases();
    let mut count = 0;
    for (base, article) in guides(&bases) {
        count += 1;
        let mut met = BTreeSet::new();
        let mut taken = BTreeSet::new();
        for reader in READERS {
            let walker = walked(article, reader);
            assert!(walker.branches > 0);
            for end in &walker.ends {
                match end {
                    End::Article(id) => {
                        let other = base.articles.iter().find(|other| other.id == *id);
                        assert!(other.is_some(), "{}: {id} is not there", article.id);
                    }
                    // A way that comes round would end like this without the author's word.
                    End::GetHelp => {
                        let told = matches!(article.ending, Ending::Escalate(_))
                            || article
                                .checks
                                .iter()
                                .flat_map(|check| &check.choices)
                                .any(|choice| choice.target == Target::GetHelp);
                        assert!(told, "{}: help at the end of what is expected", article.id);
                    }
                    End::Fixed | End::Expected => {}
                }
            }
            met.extend(walker.met);
            taken.extend(walker.taken);
        }
        let checks: BTreeSet<String> = article.checks.iter().map(|c| c.id.clone()).collect();
        assert_eq!(met, checks, "{}: checks that no reader meets", article.id);
        let choices = article
            .checks
            .iter()
            .map(|check| check.choices.len() + usize::from(!check.expected.is_empty()));
        assert_eq!(taken.len(), choices.sum::<usize>(), "{}: choices not taken", article.id);
    }
    assert_eq!(count, GUIDES);
}

/// Goes on "still stuck", by the first choice, to the end of an article and of those it leads to.
fn straight(base: &KnowledgeBase, id: &str, reader: Reader, sessions: &mut Vec<Session>) -> End {
    let article = base.articles.iter().find(|article| article.id == id).unwrap();
    let mut session = Session::new(id);
    loop {
        match replay(article, &session, reader).position {
            Position::Check(n) => {
                let way = ways_on(&article.checks[n]).remove(0);
                assert!(session.answer(article, reader, way));
            }
            Position::End(end) => {
                sessions.push(session);
                return end;
            }
        }
    }
}

#[test]
fn whoever_is_led_to_another_article_can_come_back_and_take_another_way() {
    let bases = bases();
    let mut led = 0;
    for (base, article) in guides(&bases) {
        for (check, choice) in
            article.checks.iter().flat_map(|c| (0..c.choices.len()).map(move |n| (c, n)))
        {
            let Target::Article(other) = &check.choices[choice].target else { continue };
            led += 1;
            let reader = Reader::Staff;
            let mut session = Session::new(&article.id);
            // To the check, passing over those before it.
            loop {
                let Position::Check(n) = replay(article, &session, reader).position else {
                    panic!("{}: {} is not met", article.id, check.id);
                };
                let at = &article.checks[n];
                if at.id == check.id {
                    break;
                }
                session.answer(article, reader, Answer::new(&at.id, Outcome::Skipped));
            }
            let way = Answer {
                choice: choice_name(check, choice),
                ..Answer::new(&check.id, Outcome::Chose)
            };
            assert!(session.answer(article, reader, way));
            let mut sessions = vec![session];
            let end = straight(base, other, reader, &mut sessions);
            assert_ne!(end, End::Article(article.id.clone()), "{other} leads straight back");
            let from = came_from(&sessions, other).unwrap();
            assert_eq!(from.article, article.id);
            let mut session = from.clone();
            let before = transcript(article, &session, reader);
            assert!(session.come_back(article, reader, true));
            let Position::Check(n) = replay(article, &session, reader).position else {
                panic!("{}: the choice is not open again", article.id);
            };
            assert_eq!(article.checks[n].id, check.id);
            assert_eq!(transcript(article, &session, reader), before, "nothing tried is lost");
        }
    }
    assert!(led >= 10, "{led}");
}
