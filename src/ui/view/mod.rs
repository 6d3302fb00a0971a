//! Screens: plain functions that put nodes into a builder. One place picks the screen; each screen
//! has a file of its own. What a press means is decided in `state`, not here.

mod article;
mod blocks;
mod build;
mod guide;
mod handover;
mod hear;
mod home;
mod icon;
mod kept;
mod status;

use yew::prelude::*;

use super::state::{Action, Env, Mode, Screen, Sending, State, sending_words};
use super::strings::Key;
use crate::depth;
pub(crate) use blocks::safe;
pub use build::Build;
pub use guide::bar;
pub(crate) use handover::encode;
use hear::Hear;
pub use hear::Heard;
pub use home::news;
pub use icon::deep_icon;

/// The panel: a dialog, or a region where it is part of the page. What its tags hear is in `heard`.
pub fn panel(state: &State, env: &dyn Env, heard: &Heard) -> Html {
    let mut build = Build::new(state, env, heard);
    let b = &mut build;
    if state.folded && state.sheet {
        depth::bar(b);
        return build.finish();
    }
    match (state.settings.mode, state.wide) {
        (Mode::Inline, true) => b.open("section", "panel inline wide"),
        (Mode::Inline, false) => b.open("section", "panel inline"),
        _ => {
            b.open("dialog", "panel");
            b.attr("id", "panel");
            if !state.sheet {
                b.attr("popover", "manual");
            }
        }
    }
    b.attr_key("aria-label", Key::HELP);
    b.on(Hear::Escape);
    // The frame stays in the page's corner; what is in it reads in its own direction.
    b.open("div", "all");
    b.attr_key("lang", Key::LANG);
    b.attr_key("dir", Key::DIR);
    header(b);
    if state.loading {
        b.put_key("p", "note", Key::LOADING);
    } else if state.missing {
        b.open("div", "note");
        b.attr("role", "alert");
        b.say(Key::NOT_LOADED);
        b.text(" ");
        // The page's own link stands in for what cannot be shown.
        b.open("slot", "");
        b.close();
        b.close();
    }
    b.open("div", "body");
    b.attr("id", "body");
    if state.wide {
        columns(b)
    } else {
        screen(b)
    }
    b.close();
    footer(b);
    b.open("div", "hidden");
    b.attr("role", "status");
    // How sending goes outlasts everything else that is said.
    if !state.said.is_empty() {
        b.text(&state.said);
    } else if state.sending != Sending::Idle {
        depth::sending(b);
    }
    build.finish()
}

fn header(b: &mut Build<'_>) {
    let state = b.state;
    let inline = state.settings.mode == Mode::Inline;
    let home = state.screen == Screen::Home;
    // Two columns have it where the screen is.
    if inline && (home || state.wide) {
        return;
    }
    b.open("div", "header");
    if home {
        b.put("span", "name", &state.pack.front().name);
    } else {
        back(b);
    }
    if !inline {
        b.button("quiet square", Action::Close);
        b.attr_key("aria-label", Key::CLOSE);
        b.icon("close");
        b.close();
    }
    b.close();
}

fn back(b: &mut Build<'_>) {
    b.button("quiet back", Action::Back);
    b.icon("back");
    b.say(Key::BACK);
    b.close();
}

fn footer(b: &mut Build<'_>) {
    b.open("div", "footer");
    b.button("contact", Action::Contact);
    b.icon("person");
    b.say(Key::CONTACT);
    b.close();
    b.put_button("quiet small", Key::KEPT, Action::Kept);
    b.close();
}

/// One column: exactly one screen.
fn screen(b: &mut Build<'_>) {
    match b.state.screen {
        Screen::Home => home::home(b),
        Screen::Topic(n) => home::topic(b, n),
        _ => depth::screen(b),
    }
}

/// How sending goes, in words.
pub fn sending(b: &mut Build<'_>) {
    b.text(&sending_words(b.state));
}

/// The screens that the first open does without.
pub fn deep_screen(b: &mut Build<'_>) {
    // Words and answers are at stake here, so it is said here what a reload does to them.
    if !b.state.keeps && !matches!(b.state.screen, Screen::Kept) {
        b.put_key("p", "note kept", Key::KEPT_DENIED);
    }
    match b.state.screen {
        Screen::Article(_) => article::article(b),
        Screen::Handover => handover::handover(b),
        Screen::Kept => kept::kept(b),
        Screen::Home | Screen::Topic(_) => {}
    }
}

/// Two columns: search and topics stay on the left, the screen stands on the right.
fn columns(b: &mut Build<'_>) {
    b.open("div", "columns");
    b.open("div", "left");
    home::finder(b);
    b.close();
    b.open("div", "right");
    if b.state.screen == Screen::Home {
        home::welcome(b)
    } else {
        back(b);
        screen(b)
    }
    b.close();
    b.close();
}
