//! What is kept on the device as any other person, tab or version may have left it: a record with
//! changed bytes is refused as a whole, or gives a widget that draws. The guide sessions and the
//! queue inside it have a fuzz target of their own (`kept`).

use std::rc::Rc;

use unstuck_core::guide::Outcome;
use unstuck_core::model::{Article, Check, Inline, KnowledgeBase, Product, Topic};
use unstuck_core::pack::{Pack, encode};

use super::injection_tests::Still;
use super::state::{
    Action, Env, Screen, Settings, State, apply, restore, restore_pictures, save, save_pictures,
};
use super::view::{Heard, panel};

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap_or(0)
    }
}

fn pack() -> Rc<Pack> {
    let check = |id: &str| Check {
        id: id.to_owned(),
        label: vec![Inline::Text(id.to_owned())],
        ..Check::default()
    };
    let topic = Topic { id: "a".to_owned(), title: "A".to_owned(), ..Topic::default() };
    let article = Article {
        id: "demo/a/one".to_owned(),
        topic: "a".to_owned(),
        title: "One".to_owned(),
        checks: vec![check("first"), check("second")],
        ..Article::default()
    };
    let product = Product { id: "demo".to_owned(), topics: vec![topic], ..Product::default() };
    let bytes = encode(&KnowledgeBase { product, articles: vec![article] });
    #[allow(clippy::unwrap_used, reason = "a helper of tests")]
    Rc::new(Pack::open(bytes).unwrap())
}

fn fresh(pack: &Rc<Pack>) -> State {
    State::new(pack.clone(), Settings { heading_level: 2, ..Settings::default() })
}

/// A record as it is after some use, and the pictures beside it.
fn record(pack: &Rc<Pack>) -> (String, String) {
    let mut state = fresh(pack);
    let actions = [
        Action::Open,
        Action::Type("one".to_owned()),
        Action::Show("demo/a/one".to_owned()),
        Action::Answer("first".to_owned(), Outcome::StillStuck),
        Action::Wait("second".to_owned(), 15),
        Action::Contact,
        Action::Note("Größe, 日本".to_owned()),
        Action::Detail("steps".to_owned(), "1".to_owned()),
        Action::Remove("note".to_owned()),
    ];
    for action in actions {
        let _ = apply(&mut state, action, &Still);
    }
    (save(&state, Still.now()), save_pictures(&state))
}

/// Changes some characters of a record: to any byte, to none, to one more, or cut off.
fn changed(record: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = record.chars().collect();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(chars.len());
        let byte = char::from(u8::try_from(dice.roll(256)).unwrap_or(0));
        match dice.roll(5) {
            0 if !chars.is_empty() => drop(chars.remove(at)),
            1 => chars.insert(at, byte),
            2 => chars.truncate(at),
            3 => chars.insert(at, '\u{1f600}'),
            _ => {
                if let Some(one) = chars.get_mut(at) {
                    *one = byte;
                }
            }
        }
    }
    chars.into_iter().collect()
}

#[test]
fn a_saved_record_with_any_bytes_changed_is_refused_or_gives_a_widget_that_draws() {
    let pack = pack();
    let (whole, pictures) = record(&pack);
    assert!(restore(&mut fresh(&pack), &whole, Still.now()));
    let mut dice = Dice(0x5eed_5eed_5eed_5eed);
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..3_000 {
        let mut state = fresh(&pack);
        if restore(&mut state, &changed(&whole, &mut dice), Still.now()) {
            taken += 1;
        } else {
            refused += 1;
            // Nothing of a refused record takes effect.
            assert_eq!(state.screen, Screen::Home);
            assert!(state.sessions.is_empty() && state.draft.note.is_empty());
            assert!(state.search.text.is_empty() && state.searches.is_empty());
        }
        restore_pictures(&mut state, &changed(&pictures, &mut dice));
        // What came back is drawn, walked and saved like anything else.
        let _ = apply(&mut state, Action::Open, &Still);
        let _ = panel(&state, &Still, &Heard::default());
        let _ = state.unfinished();
        let _ = save(&state, Still.now());
    }
    assert!(taken > 50 && refused > 500, "{taken} taken, {refused} refused: nothing was tested");
}

#[test]
fn any_text_at_all_as_a_record_changes_nothing() {
    let pack = pack();
    let mut dice = Dice(7);
    for length in 0..2_000 {
        let text: String = (0..length % 97)
            .map(|_| char::from(u8::try_from(dice.roll(256)).unwrap_or(0)))
            .collect();
        let mut state = fresh(&pack);
        assert!(!restore(&mut state, &text, Still.now()), "{text:?}");
        restore_pictures(&mut state, &text);
    }
}
