//! What is kept on this device, in words, with the button that erases it.

use super::build::Build;
use crate::ui::state::Action;
use crate::ui::strings::Key;

/// The screen.
pub(super) fn kept(b: &mut Build<'_>) {
    let state = b.state;
    let guides = state.sessions.iter().filter(|session| !session.answers.is_empty()).count();
    let draft = !state.draft.note.is_empty() || !state.draft.email.is_empty();
    let counted = [
        (Key::KEPT_GUIDES, guides),
        (Key::KEPT_SEARCHES, state.searches.len()),
        (Key::KEPT_QUEUE, state.queue.items.len()),
    ];
    b.open("div", "screen");
    b.heading(0, "title", "title");
    b.say(Key::KEPT);
    b.close();
    b.put_key("p", "", if state.keeps { Key::KEPT_INTRO } else { Key::KEPT_DENIED });
    if !draft && counted.iter().all(|(_, n)| *n == 0) {
        b.put_key("p", "quiet-text", Key::KEPT_NOTHING);
    } else {
        b.open("ul", "facts");
        for (key, n) in counted {
            if n > 0 {
                b.put("li", "", &state.strings.count(key, n));
            }
        }
        if draft {
            b.put_key("li", "", Key::KEPT_DRAFT);
        }
        b.close();
        b.put_button("secondary", Key::ERASE, Action::Erase);
    }
    b.close();
}
