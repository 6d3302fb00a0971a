//! An article: title, cause, text, then its checks or the question whether it helped.

use unstuck_core::model::{Article, Kind};
use yew::prelude::*;

use super::View;
use super::blocks::{blocks, inlines};
use super::{guide, home};
use crate::ui::state::Action;
use crate::ui::strings::Key;

/// The article on screen, or why it cannot be shown.
pub(super) fn article(view: View<'_>) -> Html {
    let Some(article) = view.state.article.clone() else {
        let reason = view.state.fault.clone().unwrap_or_default();
        return html! { <div class="screen"><p>{ view.fill(Key::PACK_ERROR, &[("reason", &reason)]) }</p></div> };
    };
    let cause = match article.kind {
        Kind::Code => Key::MEANING,
        _ => Key::CAUSE,
    };
    html! {
        <article class="screen article" key={article.id.clone()} lang={article.locale.clone()}>
            { view.heading(1, "title", "title", html! { <>{ article.title.clone() }</> }) }
            if article.locale.is_some() { <p class="quiet-text">{ view.text(Key::LANGUAGE_NOTE) }</p> }
            if !article.cause.is_empty() {
                <p class="cause"><span class="label">{ view.text(cause) }</span>{ " " }{ inlines(view, &article.cause) }</p>
            }
            if !article.body.is_empty() { <div class="text">{ blocks(view, &article.body) }</div> }
            { if guide::is_guide(&article) {
                guide::guide(view, &article)
            } else {
                html! { <>{ after(view, &article) }{ see_also(view, &article) }</> }
            } }
        </article>
    }
}

/// The end of an article without checks: whom to turn to, and whether it helped.
fn after(view: View<'_>, article: &Article) -> Html {
    use unstuck_core::model::Ending;
    let words = match &article.ending {
        Ending::Escalate(escalation) => blocks(view, &escalation.text),
        Ending::Expected(text) => html! { <>
            { view.heading(2, "end", "subtitle", html! { <>{ view.text(Key::ENDED_EXPECTED) }</> }) }
            { blocks(view, text) }
        </> },
    };
    html! { <><div class="text">{ words }</div>{ helped(view) }</> }
}

/// "Did this help?"
pub(super) fn helped(view: View<'_>) -> Html {
    if view.state.helped.is_some() {
        return html! { <p class="helped quiet-text">{ view.text(Key::THANKS) }</p> };
    }
    html! {
        <div class="helped" role="group" aria-label={view.text(Key::HELPED)}>
            <span>{ view.text(Key::HELPED) }</span>
            { view.button("plain small", Key::YES, Action::Helped(true)) }
            { view.button("plain small", Key::NO, Action::Helped(false)) }
        </div>
    }
}

/// Articles to read next.
pub(super) fn see_also(view: View<'_>, article: &Article) -> Html {
    let heads: Vec<_> = article
        .see
        .iter()
        .filter_map(|id| view.state.pack.head(view.state.pack.find(id)?))
        .collect();
    if heads.is_empty() {
        return html! {};
    }
    html! {
        <div class="part">
            <p class="label" id="see">{ view.text(Key::SEE_ALSO) }</p>
            <ul class="rows" aria-labelledby="see">
                { for heads.into_iter().map(|head| html! {
                    <li key={head.id.to_owned()}>
                        <button type="button" class="row" onclick={view.click(Action::Show(head.id.to_owned()))}>
                            <span>{ head.title.to_owned() }</span><span class="kind">{ home::kind(view, head.kind) }</span>
                        </button>
                    </li>
                }) }
            </ul>
        </div>
    }
}
