//! Names of choices, under which answers are kept, and which answers a check takes.
//! Where an answer leads is `replay`'s matter.

use super::{Answer, Outcome};
use crate::model::{Check, Choice, Target};

/// The choice kept when a person finds what a check's "Expected" item describes.
pub const EXPECTED: &str = "#expected";

/// Where a choice leads, in the author's spelling: `#check`, an article's id, `#fixed`,
/// `#expected`, `#get-help`.
pub fn target_name(target: &Target) -> String {
    match target {
        Target::Check(id) => ["#", id].concat(),
        Target::Article(id) => id.clone(),
        Target::Fixed => "#fixed".to_owned(),
        Target::Expected => EXPECTED.to_owned(),
        Target::GetHelp => "#get-help".to_owned(),
    }
}

/// The name under which the `n`-th choice of a check is kept: where it leads, and from the second
/// choice with the same target on its number among them (`#wait~2`). It outlives a reworded
/// label, so an answer stays valid as long as its target does. Empty when there is no such choice.
pub fn choice_name(check: &Check, n: usize) -> String {
    let Some(choice) = check.choices.get(n) else { return String::new() };
    let name = target_name(&choice.target);
    let same = check.choices.iter().take(n).filter(|other| other.target == choice.target).count();
    // Nobody writes more choices than there are digits; further ones share the last name.
    match char::from_digit((same + 1).min(9) as u32, 10) {
        Some(digit) if same > 0 => {
            let mut name = [&name, "~"].concat();
            name.push(digit);
            name
        }
        _ => name,
    }
}

/// The choice of `check` that `answer` names. `None` for [`EXPECTED`] where no choice leads there,
/// for other outcomes, and for a choice that is gone.
pub fn chosen<'c>(check: &'c Check, answer: &Answer) -> Option<&'c Choice> {
    let n = (0..check.choices.len())
        .find(|&n| answer.outcome == Outcome::Chose && choice_name(check, n) == answer.choice)?;
    check.choices.get(n)
}

/// Whether the guide goes on from `check` with this answer.
pub(super) fn leads(check: &Check, answer: &Answer) -> bool {
    !answer.spent
        && match answer.outcome {
            Outcome::Chose => {
                chosen(check, answer).is_some()
                    || answer.choice == EXPECTED && !check.expected.is_empty()
            }
            // Where choices were added, "still stuck" no longer says where to go.
            Outcome::StillStuck | Outcome::Passed => check.choices.is_empty(),
            outcome => outcome.leads_on(),
        }
}

/// Whether `check` takes this answer: what leads on from it, and notes of what it holds.
pub(super) fn takes(check: &Check, answer: &Answer) -> bool {
    match answer.outcome {
        // The host may tell that what a deep link is for is done.
        Outcome::Passed => check.probe.is_some() || !check.links.is_empty(),
        Outcome::Failed | Outcome::CouldNotRun => check.probe.is_some(),
        Outcome::Waited => check.wait.is_some(),
        Outcome::Asked => check.ask.is_some(),
        _ => leads(check, answer),
    }
}
