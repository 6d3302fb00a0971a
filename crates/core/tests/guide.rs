//! Properties of guide sessions: whatever is done, in whatever order, the session stays sound.
//! Guides here are arbitrary, loops and dead ends included; those that authors write are walked in
//! the tests of the command line.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use proptest::prelude::*;
use unstuck_core::guide::{
    Answer, EXPECTED, End, Outcome, Position, Reader, Session, came_from, choice_name,
    read_session, replay, transcript, write_session,
};
use unstuck_core::model::{
    Article, Audience, Block, Check, Choice, Ending, Inline, Probe, Replacement, Target, Wait,
};
use unstuck_core::wire;

const CHECKS: usize = 6;

fn id(n: usize) -> String {
    format!("c{n}")
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        6 => (0..CHECKS + 1).prop_map(|n| Target::Check(id(n))),
        1 => Just(Target::Article("p/t/other".to_owned())),
        1 => Just(Target::Fixed),
        1 => Just(Target::Expected),
        1 => Just(Target::GetHelp),
    ]
}

fn check() -> impl Strategy<Value = Check> {
    let others = prop_oneof![
        Just(Replacement::Nothing),
        target().prop_map(Replacement::Go),
        Just(Replacement::Text(words("ask for it"))),
    ];
    let audience = prop_oneof![
        3 => Just(Audience::Everyone), 1 => Just(Audience::Admin), 1 => Just(Audience::Staff)
    ];
    let choices = prop_oneof![
        2 => Just(Vec::new()),
        1 => proptest::collection::vec(target(), 1..4),
    ];
    (choices, any::<[bool; 4]>(), audience, others).prop_map(
        |(targets, [probe, wait, ask, expected], audience, others)| Check {
            choices: targets
                .into_iter()
                .enumerate()
                .map(|(n, target)| Choice { label: words(&n.to_string()), target })
                .collect(),
            probe: probe.then(Probe::default),
            wait: wait.then_some(Wait::Minutes(15)),
            ask: ask.then(Default::default),
            expected: if expected { words("as it should be") } else { Vec::new() },
            audience,
            others,
            ..Check::default()
        },
    )
}

fn article() -> impl Strategy<Value = Article> {
    (proptest::collection::vec(check(), 0..CHECKS), any::<bool>()).prop_map(
        |(mut checks, expected)| {
            for (n, check) in checks.iter_mut().enumerate() {
                check.id = id(n);
            }
            let ending = match expected {
                true => Ending::Expected(vec![Block::Paragraph(words("so it is"))]),
                false => Ending::default(),
            };
            Article { id: "p/t/guide".to_owned(), checks, ending, ..Article::default() }
        },
    )
}

fn reader() -> impl Strategy<Value = Reader> {
    prop_oneof![Just(Reader::Customer), Just(Reader::Admin), Just(Reader::Staff)]
}

#[derive(Clone, Debug)]
enum Doing {
    /// Of the current check, or of any check.
    Answer(Option<usize>, Outcome, usize),
    Back,
    Reopen(usize),
    ComeBack(bool),
    Wait(usize),
}

fn doing() -> impl Strategy<Value = Doing> {
    let outcome = (0..Outcome::ALL.len()).prop_map(|n| Outcome::ALL[n]);
    let place = prop_oneof![4 => Just(None), 1 => (0..CHECKS + 1).prop_map(Some)];
    prop_oneof![
        8 => (place, outcome, 0..5usize).prop_map(|(n, outcome, m)| Doing::Answer(n, outcome, m)),
        2 => Just(Doing::Back),
        1 => (0..CHECKS + 1).prop_map(Doing::Reopen),
        1 => any::<bool>().prop_map(Doing::ComeBack),
        1 => (0..CHECKS + 1).prop_map(Doing::Wait),
    ]
}

fn current(article: &Article, session: &Session, reader: Reader) -> Option<usize> {
    match replay(article, session, reader).position {
        Position::Check(n) => Some(n),
        Position::End(_) => None,
    }
}

fn choice(article: &Article, check: usize, n: usize) -> String {
    match article.checks.get(check) {
        Some(check) if n < check.choices.len() => choice_name(check, n),
        _ if n == 4 => "#gone".to_owned(),
        _ => EXPECTED.to_owned(),
    }
}

fn carry_out(doing: &Doing, article: &Article, session: &mut Session, reader: Reader) -> bool {
    match *doing {
        Doing::Answer(at, outcome, n) => {
            let Some(at) = at.or_else(|| current(article, session, reader)) else { return false };
            let choice = if outcome == Outcome::Chose { choice(article, at, n) } else { "".into() };
            session.answer(article, reader, Answer { choice, ..Answer::new(&id(at), outcome) })
        }
        Doing::Back => session.back(article, reader),
        Doing::Reopen(n) => {
            session.reopen(&id(n));
            true
        }
        Doing::ComeBack(tried) => session.come_back(article, reader, tried),
        Doing::Wait(n) => {
            session.start_wait(&id(n), 900_000);
            true
        }
    }
}

/// What makes a session sound in an article for a reader.
fn assert_sound(article: &Article, session: &Session, reader: Reader) {
    let walk = replay(article, session, reader);
    assert_eq!(walk.again, None, "the way comes round: {session:?}");
    for (n, step) in walk.steps.iter().enumerate() {
        assert!(walk.steps[..n].iter().all(|other| other.check != step.check));
        let answer = &session.answers[step.answer];
        assert_eq!(answer.check, article.checks[step.check].id);
        assert!(!answer.spent && answer.outcome.leads_on());
    }
    if let Position::Check(n) = walk.position {
        assert!(n < article.checks.len());
        assert!(walk.steps.iter().all(|step| step.check != n));
    }
    for answer in &session.answers {
        assert!(article.checks.iter().any(|check| check.id == answer.check));
        if answer.outcome == Outcome::Passed {
            continue;
        }
        let same = session.answers.iter().filter(|other| {
            other.check == answer.check
                && (other.outcome, &other.choice, other.spent)
                    == (answer.outcome, &answer.choice, answer.spent)
        });
        assert_eq!(same.count(), 1, "said twice: {session:?}");
    }
    assert_eq!(transcript(article, session, reader).len(), session.answers.len());
    let mut out = wire::Writer::new();
    write_session(session, &mut out);
    let bytes = out.into_bytes();
    let read = read_session(&mut wire::Reader::new(&bytes)).unwrap();
    assert_eq!(&read, session, "a reload changes nothing");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_sequence_of_actions_keeps_the_session_sound(
        article in article(),
        reader in reader(),
        doings in proptest::collection::vec(doing(), 0..40),
    ) {
        let mut session = Session::new(&article.id);
        for doing in &doings {
            let before = session.clone();
            if !carry_out(doing, &article, &mut session, reader) {
                prop_assert_eq!(&before, &session, "what is refused changes nothing");
            }
            assert_sound(&article, &session, reader);
        }
    }

    /// The naive model: a pointer that every answer moves, and a pile of where it was.
    #[test]
    fn going_on_and_back_is_what_a_pointer_and_a_pile_would_do(
        article in article(),
        doings in proptest::collection::vec(
            prop_oneof![4 => (0..4usize).prop_map(Some), 1 => Just(None)], 0..30),
    ) {
        let reader = Reader::Staff;
        let mut session = Session::new(&article.id);
        let mut pile: Vec<usize> = Vec::new();
        let mut at = Some(0).filter(|_| !article.checks.is_empty());
        for doing in doings {
            match (doing, at) {
                (Some(n), Some(here)) => {
                    let check = &article.checks[here];
                    let answer = match check.choices.get(n) {
                        Some(_) => Answer {
                            choice: choice_name(check, n),
                            ..Answer::new(&check.id, Outcome::Chose)
                        },
                        None => Answer::new(&check.id, Outcome::Skipped),
                    };
                    prop_assert!(session.answer(&article, reader, answer));
                    pile.push(here);
                    at = match check.choices.get(n).map(|choice| &choice.target) {
                        None => Some(here + 1),
                        Some(Target::Check(id)) => {
                            article.checks.iter().position(|check| check.id == *id)
                        }
                        Some(_) => None,
                    };
                    at = at.filter(|&at| at < article.checks.len());
                    // Round to a check that is done: it is open again.
                    if let Some(first) = pile.iter().position(|&old| Some(old) == at) {
                        pile.truncate(first);
                    }
                }
                (Some(_), None) => {}
                (None, _) => {
                    let back = session.back(&article, reader);
                    prop_assert_eq!(back, !pile.is_empty());
                    at = pile.pop().or(at);
                }
            }
            prop_assert_eq!(current(&article, &session, reader), at);
        }
    }

    #[test]
    fn a_changed_guide_takes_back_only_the_answers_that_no_longer_fit(
        article in article(),
        doings in proptest::collection::vec(doing(), 0..20),
        gone in 0..CHECKS,
        cut in any::<bool>(),
    ) {
        let reader = Reader::Staff;
        let mut session = Session::new(&article.id);
        for doing in &doings {
            carry_out(doing, &article, &mut session, reader);
        }
        let before = replay(&article, &session, reader);
        let mut changed = article.clone();
        if gone < changed.checks.len() {
            if cut {
                changed.checks.remove(gone);
            } else {
                changed.checks[gone].label = words("said in other words");
                changed.checks[gone].choices.iter_mut().for_each(|c| c.label = words("so, too"));
            }
        }
        let after = replay(&changed, &session, reader);
        // Up to the check that is gone, the way is the same.
        let way = |article: &Article, walk: &unstuck_core::guide::Walk| -> Vec<String> {
            walk.steps.iter().map(|step| article.checks[step.check].id.clone()).collect()
        };
        let (old, new) = (way(&article, &before), way(&changed, &after));
        let leads_to_gone = |step: &String| {
            article.checks.iter().filter(|check| check.id == *step).any(|check| {
                check.choices.iter().any(|choice| choice.target == Target::Check(id(gone)))
            })
        };
        let untouched = old.iter().take_while(|step| {
            **step != id(gone) && !(cut && leads_to_gone(step))
        }).count();
        let same = if cut { untouched } else { old.len() };
        prop_assert_eq!(old.get(..same), new.get(..same));
        // And back in the old guide everything counts as before.
        prop_assert_eq!(replay(&article, &session, reader), before);
    }

    #[test]
    fn two_choices_that_lead_to_the_same_place_are_told_apart(article in article()) {
        for check in &article.checks {
            let names: Vec<String> =
                (0..check.choices.len()).map(|n| choice_name(check, n)).collect();
            let mut once = names.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), names.len());
        }
    }
}

fn guide(checks: Vec<Check>) -> Article {
    Article { id: "p/t/guide".to_owned(), checks, ..Article::default() }
}

fn chose(check: &str, choice: &str) -> Answer {
    Answer { choice: choice.to_owned(), ..Answer::new(check, Outcome::Chose) }
}

#[test]
fn changing_an_earlier_answer_keeps_the_later_ones_where_they_still_apply() {
    let article =
        guide(["a", "b", "c"].map(|id| Check { id: id.to_owned(), ..Check::default() }).to_vec());
    let reader = Reader::Customer;
    let mut session = Session::new(&article.id);
    for id in ["a", "b"] {
        session.answer(&article, reader, Answer::new(id, Outcome::StillStuck));
    }
    session.reopen("a");
    assert_eq!(current(&article, &session, reader), Some(0));
    session.answer(&article, reader, Answer::new("a", Outcome::Skipped));
    assert_eq!(current(&article, &session, reader), Some(2));
}

#[test]
fn coming_back_from_another_article_opens_the_choice_and_keeps_it_in_the_transcript() {
    let to = |id: &str| Choice { label: words(id), target: Target::Article(id.to_owned()) };
    let article = guide(vec![Check {
        id: "which".to_owned(),
        choices: vec![to("p/t/mail"), to("p/t/record")],
        ..Check::default()
    }]);
    let reader = Reader::Customer;
    let mut session = Session::new(&article.id);
    session.answer(&article, reader, chose("which", "p/t/mail"));
    let walk = replay(&article, &session, reader);
    assert_eq!(walk.position, Position::End(End::Article("p/t/mail".to_owned())));
    let sessions = [session.clone(), Session::new("p/t/mail")];
    assert_eq!(came_from(&sessions, "p/t/mail"), Some(&sessions[0]));
    assert!(session.come_back(&article, reader, true));
    assert_eq!(current(&article, &session, reader), Some(0));
    assert_eq!(transcript(&article, &session, reader)[0].choice, "p/t/mail");
    // A slip leaves nothing behind.
    session.answer(&article, reader, chose("which", "p/t/record"));
    assert!(session.come_back(&article, reader, false));
    assert_eq!(session.answers.len(), 1);
    assert_eq!(came_from(&[session], "p/t/mail"), None);
}

#[test]
fn a_way_that_comes_round_asks_again_and_the_transcript_holds_both_rounds() {
    let again = Choice { label: words("Still pending"), target: Target::Check("wait".to_owned()) };
    let done = Choice { label: words("It is there"), target: Target::Fixed };
    let article = guide(vec![
        Check { id: "wait".to_owned(), wait: Some(Wait::Minutes(30)), ..Check::default() },
        Check { id: "look".to_owned(), choices: vec![again, done], ..Check::default() },
    ]);
    let reader = Reader::Customer;
    let mut session = Session::new(&article.id);
    for _ in 0..3 {
        assert!(session.answer(&article, reader, Answer::new("wait", Outcome::StillStuck)));
        assert!(session.answer(&article, reader, chose("look", "#wait")));
        assert_eq!(current(&article, &session, reader), Some(0));
    }
    session.answer(&article, reader, Answer::new("wait", Outcome::StillStuck));
    session.answer(&article, reader, chose("look", "#fixed"));
    assert_eq!(replay(&article, &session, reader).position, Position::End(End::Fixed));
    let tried: Vec<_> =
        transcript(&article, &session, reader).into_iter().map(|t| (t.check, t.choice)).collect();
    let row = |check: &str, choice: &str| (check.to_owned(), choice.to_owned());
    assert_eq!(
        tried,
        [
            row("wait", ""),
            row("look", "Still pending"),
            row("wait", ""),
            row("look", "It is there")
        ]
    );
}
