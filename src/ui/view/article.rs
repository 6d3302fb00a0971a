//! An article: title, cause, text, then its checks or the question whether it helped.

use unstuck_core::model::{Article, Ending, Kind};

use super::blocks::{blocks, inlines};
use super::build::Build;
use super::{guide, home, status};
use crate::ui::state::Action;
use crate::ui::strings::Key;

/// The article on screen, or why it cannot be shown.
pub(super) fn article(b: &mut Build<'_>) {
    let state = b.state;
    let Some(article) = state.article.as_deref() else {
        b.open("p", "screen");
        b.fill(Key::PACK_ERROR, &[("reason", state.fault.as_deref().unwrap_or(""))]);
        b.close();
        return;
    };
    b.open("article", "screen article");
    b.key(&article.id);
    let blocked = status::before(b);
    // The heading that gets the focus is that of what comes first.
    if blocked {
        let tag = b.heading_tag(0);
        b.open(tag, "title behind");
    } else {
        b.heading(0, "title", "title");
    }
    b.words_of(spoken(b));
    b.text(&article.title);
    b.close();
    // English may only stand in for a language that the interface does not speak.
    let own = b.state.strings.get(Key::LANG);
    if article.locale.is_some() || own != "en" && !spoken(b).starts_with(own) {
        b.put_key("p", "quiet-text", Key::LANGUAGE_NOTE);
    }
    if !article.cause.is_empty() {
        b.open("p", "cause");
        let key = if article.kind == Kind::Code { Key::MEANING } else { Key::CAUSE };
        b.put_key("span", "label", key);
        b.text(" ");
        b.open("span", "");
        b.words_of(spoken(b));
        inlines(b, &article.cause);
        b.close();
        b.close();
    }
    if blocked && !article.checks.is_empty() {
        return b.close();
    }
    if !blocked && !article.checks.is_empty() {
        status::beside(b);
    }
    text(b, &article.body);
    if article.checks.is_empty() {
        match &article.ending {
            Ending::Escalate(escalation) => text(b, &escalation.text),
            Ending::Expected(words) => {
                b.heading(1, "check", "subtitle");
                b.say(Key::ENDED_EXPECTED);
                b.close();
                text(b, words);
            }
        }
        if !blocked {
            helped(b);
        }
        see_also(b, article);
    } else {
        guide::guide(b, article);
    }
    b.close();
}

/// The language of the article at hand: its own where it is not translated, else the pack's.
pub(super) fn spoken<'a>(b: &Build<'a>) -> &'a str {
    let state = b.state;
    let own = state.article.as_ref().and_then(|article| article.locale.as_deref());
    own.unwrap_or(&state.product().locale)
}

/// Blocks of text with the space that text has between them.
pub(super) fn text(b: &mut Build<'_>, words: &[unstuck_core::model::Block]) {
    if !words.is_empty() {
        b.open("div", "text");
        b.words_of(spoken(b));
        blocks(b, words);
        b.close();
    }
}

/// "Did this help?"
pub(super) fn helped(b: &mut Build<'_>) {
    if b.state.helped.is_some() {
        return b.put_key("p", "helped quiet-text", Key::THANKS);
    }
    b.open("div", "helped");
    b.attr("role", "group");
    b.attr_key("aria-label", Key::HELPED);
    b.put_key("span", "", Key::HELPED);
    b.put_button("secondary small", Key::YES, Action::Helped(true));
    b.put_button("secondary small", Key::NO, Action::Helped(false));
    b.close();
}

/// Articles to read next.
pub(super) fn see_also(b: &mut Build<'_>, article: &Article) {
    let state = b.state;
    let numbers: Vec<usize> = article.see.iter().filter_map(|id| state.pack.find(id)).collect();
    if !numbers.is_empty() {
        home::part(b, Key::SEE_ALSO, &numbers);
    }
}
