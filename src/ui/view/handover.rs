//! The handover: what happened, what will be sent line by line, and the ways to reach someone.
//! What the report holds is decided in the core; the person may take out every line.

use unstuck_core::handover::{Line, Need, Offer, Open, Report, offers};
use unstuck_core::model::{Channel, ChannelKind};
use yew::prelude::*;

use super::View;
use super::blocks::{copy_button, safe};
use super::icon::icon;
use crate::ui::state::{Action, Mode, Sending, outcome_words, sending_words};
use crate::ui::strings::Key;

/// Longest body of a mail link, in bytes once encoded; longer ones are copied instead.
const LONGEST_MAIL: usize = 1_800;

/// The handover as a screen of its own.
pub(super) fn handover(view: View<'_>) -> Html {
    html! {
        <div class="screen">
            { view.heading(1, "title", "title", html! { <>{ view.text(Key::CONTACT) }</> }) }
            { form(view) }
        </div>
    }
}

/// The form and the channels, also at the end of a guide.
pub(super) fn form(view: View<'_>) -> Html {
    let state = view.state;
    if let Sending::Sent(_) | Sending::HandedOver = state.sending {
        return html! {
            <div class="end good" id="sending" tabindex="-1">{ icon("done") }
                <p class="strong">{ sending_words(state) }</p>
                if state.draft.email.is_empty() && state.context("user_email").is_none() { } else { <p>{ view.text(Key::SENT_NEXT) }</p> }
            </div>
        };
    }
    let report = state.report(view.env, "");
    html! {
        <div class="handover">
            { fields(view) }
            { what_we_send(view, &report) }
            { actions(view, &report) }
            { channels(view, &report) }
        </div>
    }
}

fn fields(view: View<'_>) -> Html {
    let state = view.state;
    let product = state.pack.product();
    let topic = state.article.as_ref().map(|article| article.topic.as_str());
    let asked = product.include.iter().filter(|include| {
        include.topics.is_empty()
            || topic.is_some_and(|topic| include.topics.iter().any(|t| t == topic))
    });
    html! {
        <>
            { area(view, "note", view.text(Key::WHAT_HAPPENED), Some(view.text(Key::WHAT_HAPPENED_HINT)), &state.draft.note, |text| Action::Note(text)) }
            if state.context("user_email").is_none() {
                { line(view, "email", "email", view.text(Key::YOUR_EMAIL), None, &state.draft.email, |text| Action::Email(text)) }
            }
            if !product.priorities.is_empty() {
                <fieldset class="choices" role="radiogroup" aria-labelledby="priority">
                    <legend id="priority" class="label">{ view.text(Key::HOW_BAD) }</legend>
                    { for product.priorities.iter().map(|priority| {
                        let send = view.send.clone();
                        let id = priority.id.clone();
                        html! {
                            <label class="choice" key={priority.id.clone()}>
                                <input type="radio" name="priority" checked={state.draft.priority.as_deref() == Some(&priority.id)}
                                    onchange={Callback::from(move |_| send.emit(Action::Priority(id.clone())))} />
                                <span>{ priority.question.clone() }<span class="line">{ " " }{ view.fill(Key::ANSWER_WITHIN, &[("time", &state.duration(priority.response_minutes))]) }</span></span>
                            </label>
                        }
                    }) }
                </fieldset>
            }
            { for asked.map(|include| {
                let value = state.draft.details.iter().find(|(key, _)| *key == include.id).map_or("", |(_, value)| value);
                let hint = (!include.hint.is_empty()).then(|| AttrValue::from(include.hint.clone()));
                let key = include.id.clone();
                let action = move |text| Action::Detail(key.clone(), text);
                let label = AttrValue::from(include.label.clone());
                if include.multiline { area(view, &include.id, label, hint, value, action) } else { line(view, &include.id, "text", label, hint, value, action) }
            }) }
        </>
    }
}

fn area(
    view: View<'_>,
    id: &str,
    label: AttrValue,
    hint: Option<AttrValue>,
    value: &str,
    action: impl Fn(String) -> Action + 'static,
) -> Html {
    let send = view.send.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let field: web_sys::HtmlTextAreaElement = event.target_unchecked_into();
        send.emit(action(field.value()));
    });
    let hint_id = hint.is_some().then(|| [id, "-hint"].concat());
    html! {
        <div class="entry">
            <label class="label" for={id.to_owned()}>{ label }</label>
            <textarea id={id.to_owned()} rows="3" aria-describedby={hint_id.clone()} {oninput} value={value.to_owned()} />
            { for hint.map(|hint| html! { <p class="line" id={hint_id}>{ hint }</p> }) }
        </div>
    }
}

fn line(
    view: View<'_>,
    id: &str,
    kind: &'static str,
    label: AttrValue,
    hint: Option<AttrValue>,
    value: &str,
    action: impl Fn(String) -> Action + 'static,
) -> Html {
    let send = view.send.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let field: web_sys::HtmlInputElement = event.target_unchecked_into();
        send.emit(action(field.value()));
    });
    let hint_id = hint.is_some().then(|| [id, "-hint"].concat());
    html! {
        <div class="entry">
            <label class="label" for={id.to_owned()}>{ label }</label>
            <input id={id.to_owned()} type={kind} autocomplete={if kind == "email" { "email" } else { "off" }} aria-describedby={hint_id.clone()} {oninput} value={value.to_owned()} />
            { for hint.map(|hint| html! { <p class="line" id={hint_id}>{ hint }</p> }) }
        </div>
    }
}

/// Everything that goes along, each line with a button that takes it out.
fn what_we_send(view: View<'_>, report: &Report) -> Html {
    let strings = &view.state.strings;
    let row = |line: Line| {
        let text = report.line_text(line, &|outcome| outcome_words(strings, outcome));
        let name = [strings.get(Key::REMOVE), " ", &text].concat();
        html! {
            <li key={report.line_name(line)}>
                <span>{ text }</span>
                <button type="button" class="quiet square" aria-label={name}
                    onclick={view.click(Action::Remove(report.line_name(line)))}>{ icon("close") }</button>
            </li>
        }
    };
    let lines = report.lines();
    let (about, rest): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| {
        !matches!(line, Line::Environment(_) | Line::Context(_) | Line::Status(_))
    });
    html! {
        <section class="sent-lines" aria-label={view.text(Key::WILL_SEND)} id="sending" tabindex="-1">
            <p class="label">{ view.text(Key::WILL_SEND) }</p>
            <ul>{ for about.into_iter().map(row) }</ul>
            if !rest.is_empty() {
                <details><summary>{ view.text(Key::WILL_SEND_MORE) }</summary><ul>{ for rest.into_iter().map(row) }</ul></details>
            }
        </section>
    }
}

fn actions(view: View<'_>, report: &Report) -> Html {
    let state = view.state;
    let text = state.report_text(report);
    let words = sending_words(state);
    let class = match state.sending {
        Sending::Refused(_) => "result bad",
        _ => "result",
    };
    html! {
        <>
            if !words.is_empty() {
                <p {class}>{ icon(if class == "result" { "clock" } else { "warn" }) }<span>{ words }</span></p>
            }
            <div class="answers">
                <button type="button" class="primary" disabled={matches!(state.sending, Sending::Sending | Sending::Queued)} onclick={view.click(Action::Send)}>{ view.text(Key::SEND) }</button>
                { copy_button(view, Key::COPY_REPORT, state.copied.as_deref() == Some("report"), Action::Copy("report".to_owned(), text)) }
            </div>
        </>
    }
}

fn channels(view: View<'_>, report: &Report) -> Html {
    let state = view.state;
    let need = Need {
        to: report.to,
        plan: state.context("plan"),
        topic: state.article.as_ref().map(|article| article.topic.as_str()),
        priority: state.draft.priority.as_deref(),
        now: view.env.now(),
    };
    let found = offers(state.pack.product(), need, view.env);
    if found.is_empty() {
        return html! {};
    }
    let key = if state.settings.mode == Mode::Inline { Key::WAYS } else { Key::OTHER_WAYS };
    html! {
        <div class="part">
            <p class="label" id="ways">{ view.text(key) }</p>
            <ul class="rows channels" aria-labelledby="ways">{ for found.iter().map(|offer| channel(view, offer, report)) }</ul>
        </div>
    }
}

fn channel(view: View<'_>, offer: &Offer<'_>, report: &Report) -> Html {
    let channel = offer.channel;
    let mark = match channel.kind {
        ChannelKind::Email => "mail",
        ChannelKind::Chat => "chat",
        ChannelKind::Phone => "phone",
        ChannelKind::Link => "out",
        ChannelKind::Team => "person",
    };
    let mut facts: Vec<String> = Vec::new();
    if !offer.had {
        facts.push(view.fill(Key::NEEDS_PLAN, &[("plan", &plan_names(channel))]).to_string());
    }
    let hours = match offer.open {
        Open::Always => Some(Key::OPEN_ALWAYS),
        Open::Now => Some(Key::OPEN_NOW),
        Open::Closed => Some(Key::OPEN_CLOSED),
        Open::Unknown => None,
    };
    facts.extend(hours.map(|key| view.text(key).to_string()));
    if !channel.response.is_empty() {
        facts.push(channel.response.clone());
    } else if let Some(minutes) = channel.response_minutes {
        facts.push(
            view.fill(Key::ANSWER_WITHIN, &[("time", &view.state.duration(minutes))]).to_string(),
        );
    }
    let words = html! {
        <span class="what">
            <span class="strong">{ channel.name.clone() }</span>
            { for channel.address.as_deref().filter(|address| !address.starts_with("link:")).map(|address| html! { <span class="address">{ " " }{ address.to_owned() }</span> }) }
            if !channel.why.is_empty() { <span class="line">{ " " }{ channel.why.clone() }</span> }
            if !facts.is_empty() { <span class="line">{ " " }{ facts.join(" · ") }</span> }
        </span>
    };
    let href = address(view, channel, report)
        .filter(|_| offer.had || channel.plans.is_empty() || view.state.context("plan").is_none());
    html! {
        <li key={channel.id.clone()}>
            { match href {
                Some(href) => html! { <a class="row" href={href}>{ icon(mark) }{ words }</a> },
                None => html! { <div class="row words">{ icon(mark) }{ words }</div> },
            } }
        </li>
    }
}

fn plan_names(channel: &Channel) -> String {
    let capital = |plan: &String| {
        let mut chars = plan.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    channel.plans.iter().map(capital).collect::<Vec<String>>().join(" / ")
}

/// Where a channel's row leads: mail with subject and report, a call, a page.
fn address(view: View<'_>, channel: &Channel, report: &Report) -> Option<String> {
    let address = channel.address.as_deref()?;
    if let Some(name) = address.strip_prefix("link:") {
        return view.state.href(name);
    }
    match channel.kind {
        ChannelKind::Email => {
            let title = report.article.as_ref().map_or("", |(_, title)| title);
            let subject = encode(
                &[
                    view.state.pack.product().name.as_str(),
                    if title.is_empty() { "" } else { ": " },
                    title,
                ]
                .concat(),
            );
            let body = encode(&view.state.report_text(report));
            let body =
                if body.len() > LONGEST_MAIL { String::new() } else { ["&body=", &body].concat() };
            Some(["mailto:", address, "?subject=", &subject, &body].concat())
        }
        ChannelKind::Phone => {
            let digits: String = address
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || *c == '+')
                .flat_map(keypad)
                .collect();
            Some(["tel:", &digits].concat())
        }
        _ => safe(address).map(str::to_owned),
    }
}

/// Letters of a word number as the digits on a telephone's keys (ITU-T E.161).
fn keypad(c: char) -> Option<char> {
    Some(match c.to_ascii_uppercase() {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        other => other,
    })
}

/// Percent-encodes everything but unreserved characters (RFC 3986).
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte))
            }
            _ => {
                out.push('%');
                for half in [byte >> 4, byte & 15] {
                    out.push(
                        char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase(),
                    );
                }
            }
        }
    }
    out
}
