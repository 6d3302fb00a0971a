//! A guide: how far it is, what was done, the one check at hand, and the end.
//! Which check that is follows from the answers (`unstuck_core::guide`).

use unstuck_core::guide::{End, Outcome, Position, Session, Walk, choice_name, chosen};
use unstuck_core::model::{Article, Check, Ending, Replacement, Wait, plain_inlines};

use super::article::{helped, see_also, spoken, text};
use super::blocks::{copy_button, deep_link, inlines};
use super::build::Build;
use super::handover;
use super::hear::Hear;
use crate::ui::state::{Action, Way, current_probe, outcome_words, way};
use crate::ui::strings::Key;

/// Everything below the text of a guide.
pub(super) fn guide(b: &mut Build<'_>, article: &Article) {
    let Some((_, session, walk)) = b.state.walk() else { return };
    done(b, article, &session, &walk);
    match &walk.position {
        Position::Check(n) => {
            if let Some(each) = article.checks.get(*n) {
                straight_away(b, article, &walk);
                progress(b, article, &walk);
                check(b, each, &session);
            }
        }
        Position::End(end) => ending(b, article, end),
    }
}

fn progress(b: &mut Build<'_>, article: &Article, walk: &Walk) {
    let (n, total) = walk.progress(article, b.state.reader());
    let (n, total) = (n.to_string(), total.to_string());
    b.open("div", "progress");
    b.open("p", "label");
    b.fill(Key::PROGRESS, &[("n", &n), ("total", &total)]);
    b.close();
    b.open("progress", "");
    b.attr("aria-hidden", "true");
    b.attr_text("max", &total);
    b.attr_text("value", &n);
    b.close();
    b.close();
}

/// What a sheet is folded to while the person looks at the place that a deep link led to.
pub fn bar(b: &mut Build<'_>) {
    b.open("section", "panel bar");
    b.attr_key("aria-label", Key::HELP);
    b.button("", Action::Unfold);
    b.icon("back");
    b.open("span", "");
    if let (Some(article), Some((_, _, walk))) = (&b.state.article, b.state.walk()) {
        let (n, total) = walk.progress(article, b.state.reader());
        let (n, total) = (n.to_string(), total.to_string());
        b.fill(Key::PROGRESS, &[("n", &n), ("total", &total)]);
        b.text(" · ");
    }
    b.say(Key::BACK_TO_CHECK);
    b.close();
    b.close();
    b.close();
}

/// Some guides can only be ended by someone else: said before the first check.
fn straight_away(b: &mut Build<'_>, article: &Article, walk: &Walk) {
    let Ending::Escalate(escalation) = &article.ending else { return };
    if !escalation.straight_away || !walk.steps.is_empty() {
        return;
    }
    if let Some(who) = escalation.who.first() {
        let (name, _) = b.state.person(who);
        b.open("p", "note");
        b.icon("person");
        b.open("span", "");
        b.fill(Key::STRAIGHT_AWAY, &[("person", &capital(&name))]);
        b.close();
        b.close();
    }
}

/// A text as the beginning of a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        let mut out = String::from(first.to_ascii_uppercase());
        out.push_str(chars.as_str());
        out
    })
}

/// Checks that are done: one line each, with a way to open them again. Probes that passed by
/// themselves fold to one line.
fn done(b: &mut Build<'_>, article: &Article, session: &Session, walk: &Walk) {
    if walk.steps.is_empty() {
        return;
    }
    let outcome = |answer: usize| session.answers.get(answer).map(|answer| answer.outcome);
    let passed =
        walk.steps.iter().filter(|step| outcome(step.answer) == Some(Outcome::Passed)).count();
    let fold = passed > 2;
    b.open("ol", "done-checks");
    if fold {
        b.open("li", "done");
        b.open("div", "done-row");
        b.icon("done");
        let words = b.state.strings.count(Key::CHECKS_PASSED, passed);
        b.put("span", "what", &words);
        b.close();
        b.close();
    }
    for step in &walk.steps {
        let (Some(check), Some(answer)) =
            (article.checks.get(step.check), session.answers.get(step.answer))
        else {
            continue;
        };
        if fold && answer.outcome == Outcome::Passed {
            continue;
        }
        let mark = match answer.outcome {
            Outcome::Fixed | Outcome::Passed => "done",
            Outcome::Skipped => "skip",
            _ => "dot",
        };
        let result = match chosen(check, answer) {
            Some(choice) => plain_inlines(&choice.label),
            None => outcome_words(&b.state.strings, answer.outcome),
        };
        let label = plain_inlines(&check.label);
        b.open("li", mark);
        b.key(&check.id);
        b.button("done-row", Action::Reopen(check.id.clone()));
        let reopen = b.state.strings.get(Key::REOPEN);
        b.attr_text("aria-label", &[reopen, ": ", &label].concat());
        b.icon(mark);
        b.put("span", "what", &label);
        b.close();
        b.put("span", "line", &result);
        b.close();
    }
    b.close();
}

/// The check at hand, as a group named by its instruction.
fn check(b: &mut Build<'_>, check: &Check, session: &Session) {
    let label = match &check.others {
        Replacement::Text(text) if !b.state.reader().sees(check.audience) => text,
        _ => &check.label,
    };
    let name = plain_inlines(label);
    b.open("div", "card check");
    b.key(&check.id);
    b.attr("role", "group");
    b.attr("id", "check");
    b.attr("tabindex", "-1");
    b.attr_text("aria-label", &name);
    let tag = b.heading_tag(1);
    b.open(tag, "instruction");
    b.words_of(spoken(b));
    inlines(b, label);
    b.close();
    for link in &check.links {
        deep_link(b, link);
    }
    let folded = !check.links.is_empty() || check.ask.is_some();
    if folded && !check.detail.is_empty() {
        b.open("details", "");
        b.put_key("summary", "", Key::DETAILS);
        text(b, &check.detail);
        b.close();
    } else {
        text(b, &check.detail);
    }
    probe(b, check);
    ask(b, check);
    answers(b, check, session, &name);
    b.close();
}

fn probe(b: &mut Build<'_>, check: &Check) {
    if check.probe.is_none() {
        return;
    }
    let Some(result) = b.state.probe.as_ref().filter(|result| result.check == check.id) else {
        return offer_probe(b, &check.id, Key::RUN_PROBE);
    };
    let (class, mark, key) = match result.outcome {
        None => ("result", "clock", Key::PROBE_RUNNING),
        Some(Outcome::Passed) => ("result good", "done", Key::PASSED),
        Some(Outcome::Failed) => ("result bad", "warn", Key::FAILED),
        Some(_) => ("result", "dot", Key::COULD_NOT_RUN),
    };
    b.open("p", class);
    if result.outcome.is_none() {
        b.attr("aria-busy", "true");
    }
    b.icon(mark);
    b.open("span", "");
    b.say(key);
    if !result.detail.is_empty() {
        b.text(": ");
        b.text(&result.detail);
    }
    b.close();
    b.close();
    if matches!(result.outcome, Some(Outcome::Failed | Outcome::CouldNotRun)) {
        offer_probe(b, &check.id, Key::RUN_AGAIN);
    }
}

/// The probe waits for the person: whom it asks stands there before the press, and what it is to
/// look at has a field.
fn offer_probe(b: &mut Build<'_>, id: &str, label: Key) {
    match current_probe(b.state).map(|(_, probe)| way(b.state, &probe, b.env)) {
        // What is known here does not change by asking again.
        Some(Way::Known(..)) if label == Key::RUN_AGAIN => return,
        Some(Way::Paste) => {
            let state = b.state;
            let say = |key| state.strings.get(key);
            let (label, hint) = (say(Key::PROBE_PASTE), say(Key::PROBE_PASTE_HINT));
            let hear = Hear::Input(Action::Paste);
            handover::entry(b, "pasted", "text", label, hint, &state.pasted, hear);
        }
        Some(Way::Address(url)) => {
            b.open("p", "line");
            b.fill(Key::PROBE_ASKS, &[("address", &url)]);
            b.close();
        }
        _ => {}
    }
    b.put_button("secondary", label, Action::Run(id.to_owned()));
}

fn ask(b: &mut Build<'_>, check: &Check) {
    let Some((who, message)) = &check.ask else { return };
    let (name, _) = b.state.person(who);
    b.open("div", "message");
    b.open("p", "label");
    b.fill(Key::ASK_INTRO, &[("person", &name)]);
    b.close();
    b.put("blockquote", "", message);
    let copied = b.state.copied.as_deref() == Some(check.id.as_str());
    let action = Action::Ask(check.id.clone(), message.clone());
    copy_button(b, Key::COPY_MESSAGE, copied, action);
    b.close();
}

/// The answers: of a wait first its start, of choices a radio group, else three plain buttons.
fn answers(b: &mut Build<'_>, check: &Check, session: &Session, name: &str) {
    let id = &check.id;
    let skip = Action::Answer(id.clone(), Outcome::Skipped);
    if let Some(wait) = &check.wait
        && b.state.checked_now.as_ref() != Some(id)
    {
        waiting(b, check, wait, session.wait_end(id));
        b.put_button("quiet", Key::SKIP, skip);
        b.close();
        return;
    }
    if !check.choices.is_empty() {
        let marked = b.state.marked.as_deref();
        b.open("div", "choices");
        b.attr("role", "radiogroup");
        b.attr_text("aria-label", name);
        for (n, choice) in check.choices.iter().enumerate() {
            let name = choice_name(check, n);
            let checked = marked == Some(name.as_str());
            radio(b, "choice", checked, Action::Mark(name));
            inlines(b, &choice.label);
            b.close();
            b.close();
        }
        b.close();
        b.open("div", "answers");
        b.button("primary", Action::Choose(id.clone()));
        if marked.is_none() {
            b.attr("disabled", "");
        }
        b.say(Key::NEXT);
        b.close();
    } else {
        if !check.expected.is_empty() {
            b.open("div", "expected text");
            b.open("p", "");
            inlines(b, &check.expected);
            b.close();
            b.put_button("secondary", Key::EXPECTED_ANSWER, Action::Expected(id.clone()));
            b.close();
        }
        b.open("div", "answers");
        b.put_button("secondary", Key::FIXED, Action::Answer(id.clone(), Outcome::Fixed));
        b.put_button(
            "secondary",
            Key::STILL_STUCK,
            Action::Answer(id.clone(), Outcome::StillStuck),
        );
    }
    b.put_button("quiet", Key::SKIP, skip);
    b.close();
}

/// Opens a labelled radio button and the element for its words; two `close` end it.
pub(super) fn radio(b: &mut Build<'_>, group: &'static str, checked: bool, action: Action) {
    b.open("label", "choice");
    b.open("input", "");
    b.attr("type", "radio");
    b.attr("name", group);
    b.checked(checked);
    b.on(Hear::Change(Some(action)));
    b.close();
    b.open("span", "");
}

/// A wait, up to and with the row of its buttons, which stays open for one more.
fn waiting(b: &mut Build<'_>, check: &Check, wait: &Wait, end: Option<u64>) {
    let id = check.id.clone();
    if let (Wait::Minutes(minutes), None) = (wait, end) {
        b.open("p", "quiet-text");
        let time = b.state.duration(*minutes);
        b.fill(Key::WAIT_FOR, &[("time", &time)]);
        b.close();
        b.open("div", "answers");
        return b.put_button("primary", Key::START_WAIT, Action::Wait(id, *minutes));
    }
    b.open("p", "result");
    b.icon("clock");
    b.open("span", "");
    match (wait, end) {
        (Wait::Until(event), _) => b.fill(Key::COME_BACK, &[("event", &plain_inlines(event))]),
        (_, end) => {
            let time = b.env.time_of_day(end.unwrap_or(0), b.state.strings.get(Key::LANG));
            b.open("span", "strong");
            b.fill(Key::READY_AT, &[("time", &time)]);
            b.close();
            b.text(" ");
            b.put_key("span", "line", Key::READY_AT_WHY);
        }
    }
    b.close();
    b.close();
    b.open("div", "answers");
    b.put_button("secondary", Key::CHECK_NOW, Action::CheckNow(id));
}

fn ending(b: &mut Build<'_>, article: &Article, end: &End) {
    let (class, key) = match end {
        End::Fixed => ("end good", Key::ENDED_FIXED),
        End::Expected => ("end", Key::ENDED_EXPECTED),
        End::GetHelp => ("end", Key::ENDED_HELP),
        End::Article(id) => return onward(b, id),
    };
    b.open("div", class);
    if *end == End::Fixed {
        b.icon("done");
    }
    b.heading(1, "check", "ending");
    b.say(key);
    b.close();
    match end {
        End::GetHelp => {
            escalation(b, article);
            handover::form(b);
        }
        _ => {
            match &article.ending {
                Ending::Expected(words) if *end == End::Expected => text(b, words),
                _ if *end == End::Fixed => b.put_key("p", "", Key::ENDED_FIXED_TEXT),
                _ => {}
            }
            helped(b);
            see_also(b, article);
        }
    }
    b.close();
}

/// The article that a choice led to, for someone who came back from it.
fn onward(b: &mut Build<'_>, id: &str) {
    let state = b.state;
    if let Some(head) = state.pack.find(id).and_then(|number| state.pack.head(number)) {
        b.button("card row", Action::Show(id.to_owned()));
        b.put("span", "", head.title);
        b.icon("next");
        b.close();
    }
}

/// What happens next and with whom, in the author's words or in ours.
fn escalation(b: &mut Build<'_>, article: &Article) {
    let Ending::Escalate(escalation) = &article.ending else { return };
    if !escalation.text.is_empty() {
        return text(b, &escalation.text);
    }
    if let Some(who) = escalation.who.first() {
        let (name, _) = b.state.person(who);
        b.open("p", "");
        b.fill(Key::WHO_NEXT, &[("person", &capital(&name))]);
        b.close();
    }
}
