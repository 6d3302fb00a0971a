//! A guide: how far it is, what was done, the one check at hand, and the end.
//! Which check that is follows from the answers (`unstuck_core::guide`).

use unstuck_core::guide::{End, Outcome, Position, Session, Walk, target_name};
use unstuck_core::model::{Article, Audience, Check, Ending, Replacement, Wait, plain_inlines};
use yew::prelude::*;

use super::View;
use super::article::{helped, see_also};
use super::blocks::{blocks, copy_button, deep_link, inlines};
use super::handover;
use super::icon::icon;
use crate::ui::state::{Action, outcome_words};
use crate::ui::strings::Key;

/// Whether an article leads through checks or to an ending of its own.
pub(super) fn is_guide(article: &Article) -> bool {
    !article.checks.is_empty()
}

/// Everything below the text of a guide.
pub(super) fn guide(view: View<'_>, article: &Article) -> Html {
    let Some((_, session, walk)) = view.state.walk() else { return html! {} };
    let at_hand = match &walk.position {
        Position::Check(n) => article.checks.get(*n).map(|each| html! {
            <>{ straight_away(view, article, &walk) }{ progress(view, article, &walk) }{ check(view, each, &session) }</>
        }),
        Position::End(end) => Some(ending(view, article, end)),
    };
    html! { <>{ done(view, article, &session, &walk) }{ for at_hand }</> }
}

fn progress(view: View<'_>, article: &Article, walk: &Walk) -> Html {
    let (n, total) = walk.progress(article, view.state.reader());
    html! {
        <div class="progress">
            <p class="label">{ view.fill(Key::PROGRESS, &[("n", &n.to_string()), ("total", &total.to_string())]) }</p>
            <progress max={total.to_string()} value={(n.saturating_sub(1)).to_string()} aria-hidden="true" />
        </div>
    }
}

/// Some guides can only be ended by someone else: said before the first check.
fn straight_away(view: View<'_>, article: &Article, walk: &Walk) -> Html {
    let Ending::Escalate(escalation) = &article.ending else { return html! {} };
    let Some(who) =
        escalation.who.first().filter(|_| escalation.straight_away && walk.steps.is_empty())
    else {
        return html! {};
    };
    let (name, _) = view.state.person(who);
    html! { <p class="note">{ icon("person") }<span>{ view.fill(Key::STRAIGHT_AWAY, &[("person", &capital(&name))]) }</span></p> }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Checks that are done: one line each, with a way to open them again. Probes that passed by
/// themselves fold to one line.
fn done(view: View<'_>, article: &Article, session: &Session, walk: &Walk) -> Html {
    if walk.steps.is_empty() {
        return html! {};
    }
    let mut passed = 0;
    let mut rows: Vec<Html> = Vec::new();
    for step in &walk.steps {
        let (Some(check), Some(answer)) =
            (article.checks.get(step.check), session.answers.get(step.answer))
        else {
            continue;
        };
        if answer.outcome == Outcome::Passed {
            passed += 1;
            if walk.steps.len() > 3 {
                continue;
            }
        }
        let chosen = check.choices.iter().find(|choice| {
            answer.outcome == Outcome::Chose && target_name(&choice.target) == answer.choice
        });
        let result = match chosen {
            Some(choice) => plain_inlines(&choice.label),
            None => outcome_words(&view.state.strings, answer.outcome),
        };
        let mark = match answer.outcome {
            Outcome::Fixed | Outcome::Passed => "done",
            Outcome::Skipped => "skip",
            _ => "dot",
        };
        rows.push(html! {
            <li key={check.id.clone()} class={mark}>
                { icon(mark) }
                <span class="what">{ inlines(view, &check.label) }<span class="hidden">{ ": " }</span><span class="line">{ result }</span></span>
                <button type="button" class="link" aria-label={[view.state.strings.get(Key::REOPEN), ": ", &plain_inlines(&check.label)].concat()}
                    onclick={view.click(Action::Reopen(check.id.clone()))}>{ view.text(Key::REOPEN) }</button>
            </li>
        });
    }
    html! {
        <ol class="done-checks">
            if passed > 0 && walk.steps.len() > 3 {
                <li class="done">{ icon("done") }<span class="what">{ view.fill(Key::CHECKS_PASSED, &[("n", &passed.to_string())]) }</span></li>
            }
            { for rows }
        </ol>
    }
}

/// The check at hand, as a group named by its instruction.
fn check(view: View<'_>, check: &Check, session: &Session) -> Html {
    let reader = view.state.reader();
    let label = match &check.others {
        Replacement::Text(text)
            if !reader.sees(check.audience) && check.audience != Audience::Everyone =>
        {
            text
        }
        _ => &check.label,
    };
    let name = plain_inlines(label);
    html! {
        <div class="card check" role="group" id="check" tabindex="-1" aria-label={name.clone()} key={check.id.clone()}>
            { view.heading(2, "check-name", "instruction", inlines(view, label)) }
            { for check.links.iter().map(|link| html! { <p class="go">{ deep_link(view, link, "primary go-there", None) }</p> }) }
            if !check.detail.is_empty() {
                if check.choices.is_empty() && check.links.is_empty() && check.ask.is_none() {
                    <div class="text">{ blocks(view, &check.detail) }</div>
                } else {
                    <details><summary>{ view.text(Key::DETAILS) }</summary><div class="text">{ blocks(view, &check.detail) }</div></details>
                }
            }
            { probe(view, check) }
            { ask(view, check) }
            { answers(view, check, session, &name) }
        </div>
    }
}

fn probe(view: View<'_>, check: &Check) -> Html {
    if check.probe.is_none() {
        return html! {};
    }
    let result = view.state.probe.as_ref().filter(|result| result.check == check.id);
    match result {
        None => {
            html! { <p>{ view.button("plain", Key::RUN_PROBE, Action::Run(check.id.clone())) }</p> }
        }
        Some(result) => {
            let (class, mark, key) = match result.outcome {
                None => ("result", "clock", Key::PROBE_RUNNING),
                Some(Outcome::Passed) => ("result good", "done", Key::PASSED),
                Some(Outcome::Failed) => ("result bad", "warn", Key::FAILED),
                Some(_) => ("result", "dot", Key::COULD_NOT_RUN),
            };
            let words = view.text(key);
            html! {
                <p {class} aria-busy={result.outcome.is_none().then_some("true")}>{ icon(mark) }<span>
                    { words }if !result.detail.is_empty() { { ": " }{ result.detail.clone() } }
                </span></p>
            }
        }
    }
}

fn ask(view: View<'_>, check: &Check) -> Html {
    let Some((who, message)) = &check.ask else { return html! {} };
    let (name, _) = view.state.person(who);
    let copied = view.state.copied.as_deref() == Some(check.id.as_str());
    html! {
        <div class="message">
            <p class="label">{ view.fill(Key::ASK_INTRO, &[("person", &name)]) }</p>
            <blockquote>{ message.clone() }</blockquote>
            { copy_button(view, Key::COPY_MESSAGE, copied, Action::Ask(check.id.clone(), message.clone())) }
        </div>
    }
}

/// The answers: of a wait first its start, of choices a radio group, else three plain buttons.
fn answers(view: View<'_>, check: &Check, session: &Session, name: &str) -> Html {
    if let Some(wait) =
        check.wait.as_ref().filter(|_| view.state.checked_now.as_deref() != Some(&check.id))
    {
        return waiting(view, check, wait, session.wait_end(&check.id));
    }
    let id = check.id.clone();
    if !check.choices.is_empty() {
        let marked = view.state.marked.as_deref();
        return html! {
            <>
                <div class="choices" role="radiogroup" aria-label={name.to_owned()}>
                    { for check.choices.iter().map(|choice| {
                        let target = target_name(&choice.target);
                        html! {
                            <label key={target.clone()} class="choice">
                                <input type="radio" name="choice" checked={marked == Some(target.as_str())}
                                    onchange={change(view, Action::Mark(target))} />
                                <span>{ inlines(view, &choice.label) }</span>
                            </label>
                        }
                    }) }
                </div>
                <div class="answers">
                    <button type="button" class="primary" disabled={marked.is_none()} onclick={view.click(Action::Choose(id.clone()))}>{ view.text(Key::NEXT) }</button>
                    { view.button("quiet", Key::SKIP, Action::Answer(id, Outcome::Skipped)) }
                </div>
            </>
        };
    }
    html! {
        <>
            if !check.expected.is_empty() {
                <div class="expected text"><p>{ inlines(view, &check.expected) }</p>
                { view.button("plain", Key::EXPECTED_ANSWER, Action::Expected(id.clone())) }</div>
            }
            <div class="answers">
                { view.button("plain", Key::FIXED, Action::Answer(id.clone(), Outcome::Fixed)) }
                { view.button("plain", Key::STILL_STUCK, Action::Answer(id.clone(), Outcome::StillStuck)) }
                { view.button("quiet", Key::SKIP, Action::Answer(id, Outcome::Skipped)) }
            </div>
        </>
    }
}

fn change(view: View<'_>, action: Action) -> Callback<Event> {
    let send = view.send.clone();
    Callback::from(move |_| send.emit(action.clone()))
}

fn waiting(view: View<'_>, check: &Check, wait: &Wait, end: Option<u64>) -> Html {
    let id = check.id.clone();
    let skip = view.button("quiet", Key::SKIP, Action::Answer(id.clone(), Outcome::Skipped));
    match (wait, end) {
        (Wait::Minutes(minutes), None) => html! {
            <>
                <p class="quiet-text">{ view.fill(Key::WAIT_FOR, &[("time", &view.state.duration(*minutes))]) }</p>
                <div class="answers">{ view.button("primary", Key::START_WAIT, Action::Wait(id, *minutes)) }{ skip }</div>
            </>
        },
        (Wait::Minutes(_), Some(end)) => html! {
            <>
                <p class="result">{ icon("clock") }<span>
                    <span class="strong">{ view.fill(Key::READY_AT, &[("time", &view.env.time_of_day(end))]) }</span>
                    { " " }<span class="line">{ view.text(Key::READY_AT_WHY) }</span>
                </span></p>
                <div class="answers">{ view.button("plain", Key::CHECK_NOW, Action::CheckNow(id)) }{ skip }</div>
            </>
        },
        (Wait::Until(event), _) => html! {
            <>
                <p class="result">{ icon("clock") }<span>{ view.fill(Key::COME_BACK, &[("event", &plain_inlines(event))]) }</span></p>
                <div class="answers">{ view.button("plain", Key::CHECK_NOW, Action::CheckNow(id)) }{ skip }</div>
            </>
        },
    }
}

fn ending(view: View<'_>, article: &Article, end: &End) -> Html {
    let title = |key| view.heading(2, "check", "ending", html! { <>{ view.text(key) }</> });
    match end {
        End::Fixed => html! {
            <div class="end good">{ icon("done") }{ title(Key::ENDED_FIXED) }<p>{ view.text(Key::ENDED_FIXED_TEXT) }</p>{ helped(view) }{ see_also(view, article) }</div>
        },
        End::Expected => html! {
            <div class="end">{ title(Key::ENDED_EXPECTED) }
                if let Ending::Expected(text) = &article.ending { <div class="text">{ blocks(view, text) }</div> }
                { helped(view) }{ see_also(view, article) }
            </div>
        },
        End::GetHelp => html! {
            <div class="end">{ title(Key::ENDED_HELP) }{ escalation(view, article) }{ handover::form(view) }</div>
        },
        End::Article(id) => html! {
            <div class="end">{ for view.state.pack.find(id).and_then(|n| view.state.pack.head(n)).map(|head| html! {
                <button type="button" class="card row" onclick={view.click(Action::Show(head.id.to_owned()))}><span>{ head.title.to_owned() }</span>{ icon("next") }</button>
            }) }</div>
        },
    }
}

/// What happens next and with whom, in the author's words or in ours.
fn escalation(view: View<'_>, article: &Article) -> Html {
    let Ending::Escalate(escalation) = &article.ending else { return html! {} };
    if !escalation.text.is_empty() {
        return html! { <div class="text">{ blocks(view, &escalation.text) }</div> };
    }
    if let Some(who) = escalation.who.first() {
        let (name, _) = view.state.person(who);
        return html! { <p>{ view.fill(Key::WHO_NEXT, &[("person", &capital(&name))]) }</p> };
    }
    let last = view.state.pack.product().last_resort.as_deref();
    let head = last
        .filter(|id| *id != article.id)
        .and_then(|id| view.state.pack.find(id))
        .and_then(|n| view.state.pack.head(n));
    html! { <>{ for head.map(|head| html! {
        <p><button type="button" class="link" onclick={view.click(Action::Show(head.id.to_owned()))}>{ head.title.to_owned() }</button></p>
    }) }</> }
}
