//! What is kept on this device, in words, with the button that erases it.

use yew::prelude::*;

use super::View;
use crate::ui::state::Action;
use crate::ui::strings::Key;

/// The screen.
pub(super) fn kept(view: View<'_>) -> Html {
    let state = view.state;
    let guides = state.sessions.iter().filter(|session| !session.answers.is_empty()).count();
    let draft = !state.draft.note.is_empty() || !state.draft.email.is_empty();
    let counted = [
        (Key::KEPT_GUIDES, guides),
        (Key::KEPT_SEARCHES, state.searches.len()),
        (Key::KEPT_QUEUE, state.queue.len()),
    ];
    let nothing = !draft && counted.iter().all(|(_, n)| *n == 0);
    html! {
        <div class="screen">
            { view.heading(1, "title", "title", html! { <>{ view.text(Key::KEPT) }</> }) }
            <p>{ view.text(if state.keeps { Key::KEPT_INTRO } else { Key::KEPT_DENIED }) }</p>
            if nothing {
                <p class="quiet-text">{ view.text(Key::KEPT_NOTHING) }</p>
            } else {
                <ul class="facts">
                    { for counted.iter().filter(|(_, n)| *n > 0).map(|(key, n)| html! { <li>{ view.fill(*key, &[("n", &n.to_string())]) }</li> }) }
                    if draft { <li>{ view.text(Key::KEPT_DRAFT) }</li> }
                </ul>
                { view.button("plain", Key::ERASE, Action::Erase) }
            }
        </div>
    }
}
