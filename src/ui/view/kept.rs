//! What is kept on this device, in words, with the button that erases it; and the way to have the
//! launcher out of the way.

use super::build::Build;
use crate::ui::state::{Action, Mode};
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
        // That the button is hidden is kept, too, and said below.
        if !state.away {
            b.put_key("p", "quiet-text", Key::KEPT_NOTHING);
        }
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
    // One that was hidden on another page can be had back here, too.
    if state.away || (state.keeps && state.settings.mode == Mode::Launcher) {
        button(b);
    }
    b.close();
}

/// The button in the corner may be in the way of what someone needs on the page.
fn button(b: &mut Build<'_>) {
    b.open("div", "away");
    if b.state.away {
        b.put_key("p", "", Key::BUTTON_AWAY);
        b.put_button("secondary", Key::BUTTON_SHOW, Action::Away(false));
    } else {
        b.put_button("secondary", Key::BUTTON_HIDE, Action::Away(true));
    }
    b.close();
}
