//! The flow lint against walking: what it accepts can be walked to an end from everywhere, for
//! every reader, and what it refuses cannot.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeSet;
use unstuck_compiler::{Folder, Severity, compile};
use unstuck_core::guide::{Answer, End, Outcome, Position, Reader, Session, choice_name, replay};
use unstuck_core::model::{Article, KnowledgeBase};

/// Chance with a seed (Knuth's MMIX constants).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

const ARTICLES: u64 = 3;

fn target(chance: &mut Chance, own: u64, checks: u64) -> String {
    match chance.below(10) {
        0 => "#get-help".into(),
        1 => "#fixed".into(),
        2 => format!("#a{}", (own + 1 + chance.below(ARTICLES - 1)) % ARTICLES),
        _ => format!("#c{}", chance.below(checks)),
    }
}

/// A topic of guides whose checks lead anywhere.
fn topic(chance: &mut Chance) -> String {
    let mut out = String::from("# Tea\n<!-- topic: tea -->\n\nTea.\n");
    for article in 0..ARTICLES {
        out += &format!(
            "\n## Article {article}\n<!-- id: a{article}; kind: guide -->\n\n### Checks\n\n"
        );
        let checks = 1 + chance.below(4);
        for check in 0..checks {
            out += &format!("1. Do {check}. <!-- check: c{check} -->\n\n");
            if chance.below(4) == 0 {
                let who = if chance.below(2) == 0 { "admin" } else { "staff" };
                let others = match chance.below(3) {
                    0 => String::new(),
                    1 => format!(" others → [there]({})", target(chance, article, checks)),
                    _ => " Ask for it.".into(),
                };
                out += &format!("   - **Only for {who}:**{others}\n");
            }
            for choice in 0..chance.below(3) {
                out += &format!(
                    "   - **If** {choice} → [there]({})\n",
                    target(chance, article, checks)
                );
            }
            out.push('\n');
        }
    }
    out
}

/// Whether some way of answering leads from `session` to an end, at most `left` answers away.
fn ends(
    base: &KnowledgeBase,
    article: &Article,
    session: &Session,
    reader: Reader,
    left: u32,
) -> bool {
    let n = match replay(article, session, reader).position {
        Position::End(End::Article(id)) => {
            let other = base.articles.iter().find(|other| other.id == id).unwrap();
            return left > 0 && ends(base, other, &Session::new(&id), reader, left - 1);
        }
        Position::End(_) => return true,
        Position::Check(n) => n,
    };
    let check = &article.checks[n];
    let mut ways: Vec<Answer> = (0..check.choices.len())
        .map(|n| Answer { choice: choice_name(check, n), ..Answer::new(&check.id, Outcome::Chose) })
        .collect();
    if ways.is_empty() {
        ways.push(Answer::new(&check.id, Outcome::StillStuck));
    }
    left > 0
        && ways.into_iter().any(|way| {
            let mut next = session.clone();
            assert!(next.answer(article, reader, way));
            ends(base, article, &next, reader, left - 1)
        })
}

/// The checks that a reader can be led to, each with the session that leads there.
fn met(article: &Article, reader: Reader) -> Vec<Session> {
    let mut seen = BTreeSet::new();
    let mut open = vec![Session::new(&article.id)];
    let mut out = Vec::new();
    while let Some(session) = open.pop() {
        let Position::Check(n) = replay(article, &session, reader).position else { continue };
        if !seen.insert(n) {
            continue;
        }
        let check = &article.checks[n];
        for choice in 0..check.choices.len().max(1) {
            let mut next = session.clone();
            let way = match check.choices.get(choice) {
                Some(_) => Answer {
                    choice: choice_name(check, choice),
                    ..Answer::new(&check.id, Outcome::Chose)
                },
                None => Answer::new(&check.id, Outcome::StillStuck),
            };
            next.answer(article, reader, way);
            open.push(next);
        }
        out.push(session);
    }
    out
}

#[test]
fn the_lint_refuses_exactly_the_guides_from_which_no_answer_leads_to_an_end() {
    let (mut sound, mut refused) = (0, 0);
    for seed in 0..250 {
        let topic = topic(&mut Chance(seed));
        let config = "product = \"tea\"\nname = \"Tea\"\n";
        let compiled =
            compile(&Folder::from_texts("tea", [("kb.toml", config), ("tea.md", &topic)]), &|_| ());
        let errors: Vec<String> = compiled
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        if errors.iter().any(|error| error.contains("leads back")) {
            continue;
        }
        let endless = errors.iter().any(|error| error.contains("no answer leads to an end"));
        let base = &compiled.bases[0];
        let stuck = base.articles.iter().any(|article| {
            [Reader::Customer, Reader::Admin, Reader::Staff].into_iter().any(|reader| {
                met(article, reader).iter().any(|session| !ends(base, article, session, reader, 12))
            })
        });
        assert_eq!(stuck, endless, "seed {seed}\n{topic}\n{errors:#?}");
        if endless {
            refused += 1;
        } else {
            sound += 1;
        }
    }
    assert!(sound > 40 && refused > 40, "{sound} sound, {refused} refused");
}
