//! Home: what to do, the search field with its list, what is suggested here, and the topics.

use core::ops::Range;

use unstuck_core::model::Kind;
use unstuck_core::status::State as ServiceState;
use yew::prelude::*;

use super::View;
use super::icon::icon;
use crate::ui::state::{Action, Row, suggestions};
use crate::ui::strings::Key;

/// Everything on the first screen, in one column.
pub(super) fn home(view: View<'_>) -> Html {
    html! {
        <div class="screen home">
            { search(view) }
            { if view.state.search.open { list(view) } else { start(view) } }
        </div>
    }
}

/// The left column: search, then its list or the topics.
pub(super) fn finder(view: View<'_>) -> Html {
    html! {
        <div class="screen home">
            { search(view) }
            { if view.state.search.open { list(view) } else { topics(view) } }
        </div>
    }
}

/// The right column while nothing is chosen.
pub(super) fn welcome(view: View<'_>) -> Html {
    html! { <div class="screen home">{ service(view) }{ resume(view) }{ suggested(view) }</div> }
}

fn start(view: View<'_>) -> Html {
    html! { <>{ service(view) }{ resume(view) }{ suggested(view) }{ topics(view) }</> }
}

fn search(view: View<'_>) -> Html {
    let state = view.state;
    let search = &state.search;
    let shown = search.open && !search.found.rows.is_empty();
    let oninput = {
        let send = view.send.clone();
        Callback::from(move |event: InputEvent| {
            let field: web_sys::HtmlInputElement = event.target_unchecked_into();
            send.emit(Action::Type(field.value()));
        })
    };
    let onkeydown = {
        let send = view.send.clone();
        Callback::from(move |event: KeyboardEvent| {
            // Enter and the arrows belong to the input method while it composes.
            if event.is_composing() || event.key_code() == 229 {
                return;
            }
            let action = match event.key().as_str() {
                "ArrowDown" => Action::Move(1),
                "ArrowUp" => Action::Move(-1),
                "Home" if shown && event.ctrl_key() => Action::MoveTo(false),
                "End" if shown && event.ctrl_key() => Action::MoveTo(true),
                "Enter" => Action::Pick(None),
                _ => return,
            };
            event.prevent_default();
            send.emit(action);
        })
    };
    html! {
        <div class="ask">
            { view.heading(0, "greeting", "greeting", html! { <>{ view.text(Key::GREETING) }</> }) }
            <div class="field">
                { icon("search") }
                <input id="search" type="text" inputmode="search" enterkeyhint="search" role="combobox"
                    autocomplete="off" autocapitalize="none" spellcheck="false"
                    aria-label={view.text(Key::SEARCH_LABEL)} placeholder={view.text(Key::SEARCH_HINT)}
                    aria-expanded={if shown { "true" } else { "false" }} aria-controls="results" aria-autocomplete="list"
                    aria-activedescendant={search.active.filter(|_| shown).map(|n| ["r", &n.to_string()].concat())}
                    value={search.text.clone()} {oninput} {onkeydown} />
                if !search.text.is_empty() {
                    <button type="button" class="quiet square clear" aria-label={view.text(Key::CLEAR)}
                        onclick={view.click(Action::Type(String::new()))}>{ icon("close") }</button>
                }
            </div>
        </div>
    }
}

fn list(view: View<'_>) -> Html {
    let found = &view.state.search.found;
    html! {
        <div class="found">
            if !found.confident {
                <div class="nothing">
                    <p class="strong">{ view.fill(Key::NO_MATCH, &[("query", shown_query(&view.state.search.text))]) }</p>
                    <p class="quiet-text">{ view.text(Key::NO_MATCH_NEXT) }</p>
                    { view.button("primary", Key::CONTACT, Action::Contact) }
                </div>
            }
            if !found.confident && !found.rows.is_empty() {
                <p class="label" id="closest">{ view.text(Key::CLOSEST) }</p>
            }
            <ul id="results" role="listbox" aria-label={view.text(Key::RESULTS)} hidden={found.rows.is_empty()}>
                { for found.rows.iter().enumerate().map(|(n, row)| option(view, n, row)) }
            </ul>
        </div>
    }
}

/// The query as far as it is shown: a pasted log would fill the panel.
fn shown_query(text: &str) -> &str {
    let text = text.trim();
    text.char_indices().nth(60).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn option(view: View<'_>, n: usize, row: &Row) -> Html {
    let active = view.state.search.active == Some(n);
    // The press must not take the focus from the field before the click arrives.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <li key={row.id.clone()} id={["r", &n.to_string()].concat()} role="option" class="option"
            aria-selected={if active { "true" } else { "false" }} {onmousedown}
            onclick={view.click(Action::Pick(Some(n)))}>
            <span class="title">{ marked(&row.title, &row.title_marks) }</span>
            <span class="hidden">{ ". " }</span>
            <span class="line">{ marked(&row.line, &row.line_marks) }</span>
            <span class="hidden">{ " " }</span>
            <span class="kind">{ kind(view, row.kind) }</span>
        </li>
    }
}

fn marked(text: &str, marks: &[Range<usize>]) -> Html {
    let mut nodes: Vec<Html> = Vec::new();
    let mut from = 0;
    for mark in marks {
        let (Some(before), Some(inner)) = (text.get(from..mark.start), text.get(mark.clone()))
        else {
            continue;
        };
        nodes.push(html! { <>{ before }<mark>{ inner }</mark></> });
        from = mark.end;
    }
    nodes.push(html! { <>{ text.get(from..).unwrap_or("") }</> });
    nodes.into_iter().collect()
}

/// A kind's name on screen.
pub(super) fn kind(view: View<'_>, kind: Kind) -> AttrValue {
    view.text(match kind {
        Kind::Guide => Key::KIND_GUIDE,
        Kind::Faq => Key::KIND_FAQ,
        Kind::Code => Key::KIND_CODE,
        Kind::Reference => Key::KIND_REFERENCE,
    })
}

fn resume(view: View<'_>) -> Html {
    let Some((number, n, total)) = view.state.unfinished() else { return html! {} };
    let Some(head) = view.state.pack.head(number) else { return html! {} };
    let text = view.fill(Key::RESUME, &[("n", &n.to_string()), ("total", &total.to_string())]);
    html! {
        <button type="button" class="card resume" onclick={view.click(Action::Show(head.id.to_owned()))}>
            { icon("clock") }
            <span><span class="strong">{ text }</span><span class="hidden">{ ": " }</span><span class="line">{ head.title.to_owned() }</span></span>
            { icon("next") }
        </button>
    }
}

fn suggested(view: View<'_>) -> Html {
    let numbers = suggestions(view.state);
    if numbers.is_empty() {
        return html! {};
    }
    let own = !view.state.suggested.is_empty() || !view.state.settings.route.is_empty();
    html! {
        <div class="part">
            <p class="label" id="suggested">{ view.text(if own { Key::SUGGESTED } else { Key::START_HERE }) }</p>
            { articles(view, &numbers, "suggested") }
        </div>
    }
}

fn articles(view: View<'_>, numbers: &[usize], labelled: &'static str) -> Html {
    html! {
        <ul class="rows" aria-labelledby={labelled}>
            { for numbers.iter().filter_map(|&number| view.state.pack.head(number)).map(|head| html! {
                <li key={head.id.to_owned()}>
                    <button type="button" class="row" onclick={view.click(Action::Show(head.id.to_owned()))}>
                        <span>{ head.title.to_owned() }</span><span class="kind">{ kind(view, head.kind) }</span>
                    </button>
                </li>
            }) }
        </ul>
    }
}

fn topics(view: View<'_>) -> Html {
    let product = view.state.pack.product();
    let counts = view.state.topic_counts();
    html! {
        <div class="part">
            <p class="label" id="topics">{ view.text(Key::TOPICS) }</p>
            <ul class="rows" aria-labelledby="topics">
                { for product.topics.iter().enumerate().map(|(n, topic)| {
                    let count = counts.get(n).copied().unwrap_or(0);
                    let words = match count {
                        1 => view.text(Key::TOPIC_COUNT_ONE),
                        count => view.fill(Key::TOPIC_COUNT, &[("n", &count.to_string())]),
                    };
                    html! {
                        <li key={topic.id.clone()}>
                            <button type="button" class="row" onclick={view.click(Action::Topic(n))}>
                                <span>{ topic.title.clone() }</span><span class="count">{ words }</span>
                            </button>
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}

/// The articles of one topic.
pub(super) fn topic(view: View<'_>, n: usize) -> Html {
    let Some(topic) = view.state.pack.product().topics.get(n) else { return html! {} };
    let numbers: Vec<usize> = (0..view.state.pack.len())
        .filter(|&number| view.state.pack.head(number).is_some_and(|head| head.topic == Some(n)))
        .collect();
    html! {
        <div class="screen">
            { view.heading(1, "title", "title", html! { <>{ topic.title.clone() }</> }) }
            if !topic.description.is_empty() { <p class="quiet-text">{ topic.description.clone() }</p> }
            { articles(view, &numbers, "title") }
        </div>
    }
}

/// How the services are, where the host gave a feed: one quiet line, or a card when one is down.
pub(super) fn service(view: View<'_>) -> Html {
    let state = view.state;
    if state.settings.status.is_none() && state.feed.is_none() {
        return html! {};
    }
    let label = view.text(Key::STATUS_REGION);
    let trouble = state.feed.as_ref().map_or(ServiceState::Unknown, |feed| feed.state);
    if !trouble.is_trouble() {
        let (class, icon_name, key) = match trouble {
            ServiceState::Operational => ("state good", "done", Key::STATUS_OK),
            _ => ("state", "dot", Key::STATUS_UNKNOWN),
        };
        return html! { <section {class} aria-label={label}>{ icon(icon_name) }{ view.text(key) }</section> };
    }
    let feed = state.feed.clone().unwrap_or_default();
    let troubled = feed.services.iter().filter(|(_, state)| state.is_trouble());
    html! {
        <section class="state bad" aria-label={label}>
            { icon("warn") }
            <div>
                { for feed.incidents.iter().map(|incident| html! {
                    <p class="strong">{ match incident.url.as_deref().and_then(super::blocks::safe) {
                        Some(url) => html! { <a href={url.to_owned()}>{ incident.title.clone() }</a> },
                        None => html! { <>{ incident.title.clone() }</> },
                    } }</p>
                }) }
                { for troubled.map(|(id, state)| html! {
                    <p>{ view.fill(Key::STATUS_TROUBLE, &[("service", view.state.service_name(id)), ("state", &view.text(service_words(*state)))]) }</p>
                }) }
            </div>
        </section>
    }
}

/// A service state in words.
pub(crate) fn service_words(state: ServiceState) -> Key {
    match state {
        ServiceState::Unknown => Key::STATE_UNKNOWN,
        ServiceState::Operational => Key::STATE_OPERATIONAL,
        ServiceState::Maintenance => Key::STATE_MAINTENANCE,
        ServiceState::Degraded => Key::STATE_DEGRADED,
        ServiceState::PartialOutage => Key::STATE_PARTIAL_OUTAGE,
        ServiceState::MajorOutage => Key::STATE_MAJOR_OUTAGE,
    }
}
