//! Screens: pure functions from the state to nodes. One place picks the screen; each screen has a
//! file of its own. What a press means is decided in `state`, not here.

mod article;
mod blocks;
mod guide;
mod handover;
mod home;
mod icon;
mod kept;

use yew::prelude::*;

use super::state::{Action, Env, Mode, Screen, State, sending_words};
use super::strings::Key;
pub(crate) use blocks::safe;
pub(crate) use handover::encode;
pub(crate) use home::service_words;
use icon::icon;

/// What a screen is drawn from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The state.
    pub state: &'a State,
    /// Time and zones.
    pub env: &'a dyn Env,
    /// Where actions go.
    pub send: &'a Callback<Action>,
}

impl View<'_> {
    fn text(&self, key: Key) -> AttrValue {
        AttrValue::from(self.state.strings.get(key).to_owned())
    }

    fn fill(&self, key: Key, values: &[(&str, &str)]) -> AttrValue {
        AttrValue::from(self.state.strings.fill(key, values))
    }

    fn click(&self, action: Action) -> Callback<MouseEvent> {
        let send = self.send.clone();
        Callback::from(move |_| send.emit(action.clone()))
    }

    /// A heading of the panel's level plus `below`.
    fn heading(&self, below: u8, id: &'static str, class: &'static str, content: Html) -> Html {
        let level = (self.state.settings.heading_level.clamp(1, 6) + below).min(6);
        html! { <@{format_heading(level)} {id} {class} tabindex="-1">{ content }</@> }
    }

    fn button(&self, class: &'static str, key: Key, action: Action) -> Html {
        html! { <button type="button" {class} onclick={self.click(action)}>{ self.text(key) }</button> }
    }
}

fn format_heading(level: u8) -> &'static str {
    match level {
        1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

/// The panel: a dialog, or a region where it is part of the page.
pub fn panel(view: View<'_>) -> Html {
    let state = view.state;
    let label = view.text(Key::HELP);
    let body = html! {
        <>
            { header(view) }
            <div class="body" id="body">
                { if state.wide { columns(view) } else { screen(view) } }
            </div>
            { footer(view) }
            <div class="hidden" role="status" id="said">{ said(state) }</div>
        </>
    };
    let escape = {
        let send = view.send.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.is_composing() {
                event.prevent_default();
                event.stop_propagation();
                send.emit(Action::Escape);
            }
        })
    };
    match state.settings.mode {
        Mode::Inline => html! {
            <section class={classes!("panel", "inline", state.wide.then_some("wide"))} aria-label={label} onkeydown={escape}>{ body }</section>
        },
        _ => html! {
            <dialog class="panel" id="panel" aria-label={label} onkeydown={escape}>{ body }</dialog>
        },
    }
}

/// What the live region says; how sending goes outlasts everything else.
fn said(state: &State) -> String {
    if state.said.is_empty() { sending_words(state) } else { state.said.clone() }
}

fn header(view: View<'_>) -> Html {
    let state = view.state;
    let inline = state.settings.mode == Mode::Inline;
    let home = state.screen == Screen::Home;
    if inline && home {
        return html! {};
    }
    html! {
        <header class="head">
            if !home {
                <button type="button" class="quiet back" onclick={view.click(Action::Back)}>
                    { icon("back") }{ view.text(Key::BACK) }
                </button>
            } else {
                <span class="name">{ state.pack.product().name.clone() }</span>
            }
            if !inline {
                <button type="button" class="quiet square" aria-label={view.text(Key::CLOSE)} onclick={view.click(Action::Close)}>
                    { icon("close") }
                </button>
            }
        </header>
    }
}

fn footer(view: View<'_>) -> Html {
    let state = view.state;
    html! {
        <footer class="foot">
            <button type="button" class="contact" onclick={view.click(Action::Contact)}
                aria-current={(state.screen == Screen::Handover).then_some("page")}>
                { icon("person") }{ view.text(Key::CONTACT) }
            </button>
            <button type="button" class="quiet small" onclick={view.click(Action::Kept)}>{ view.text(Key::KEPT) }</button>
        </footer>
    }
}

/// One column: exactly one screen.
fn screen(view: View<'_>) -> Html {
    match view.state.screen {
        Screen::Home => home::home(view),
        Screen::Topic(n) => home::topic(view, n),
        Screen::Article(_) => article::article(view),
        Screen::Handover => handover::handover(view),
        Screen::Kept => kept::kept(view),
    }
}

/// Two columns: search and topics stay on the left, the screen stands on the right.
fn columns(view: View<'_>) -> Html {
    html! {
        <div class="columns">
            <div class="left">{ home::finder(view) }</div>
            <div class="right">
                { if view.state.screen == Screen::Home { home::welcome(view) } else { screen(view) } }
            </div>
        </div>
    }
}
