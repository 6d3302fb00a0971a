//! The state of the services on screen: the line or card on home, the incident that stands before
//! a search or an article, planned work. What counts as trouble is `state::status`'s matter.

use unstuck_core::status::{Phase, Planned, State as ServiceState, When};

use super::blocks::safe;
use super::build::Build;
use super::guide::capital;
use crate::ui::state::{Action, Screen, Trouble, fixed_words, state_words};
use crate::ui::strings::Key;

/// What stands on home: the incident that a search meets, or how all services are.
pub(super) fn service(b: &mut Build<'_>) {
    let state = b.state;
    if state.search.open {
        let services = state.services_at_hand();
        if state.comes_first(&services) {
            card(b, &state.trouble(&services), true, false);
        }
        return;
    }
    let feed = state.status.feed.as_ref();
    if state.settings.status.is_none() && feed.is_none() && state.status.planned.is_empty() {
        return;
    }
    let trouble = state.trouble_of_all();
    let overall = feed.map_or(ServiceState::Unknown, |feed| feed.state);
    if overall.is_trouble() || !trouble.is_none() {
        card(b, &trouble, false, false);
        return;
    }
    let (class, icon, key) = match overall {
        ServiceState::Operational => ("state good", "done", Key::STATUS_OK),
        _ => ("state", "dot", Key::STATUS_UNKNOWN),
    };
    open(b, class);
    // Without a feed nothing is known of now, only of what is planned.
    if state.settings.status.is_some() || feed.is_some() {
        b.open("p", "state-line");
        b.icon(icon);
        b.open("span", "");
        b.say(key);
        as_of(b);
        b.close();
        b.close();
    }
    fixed(b);
    planned(b, |_| true);
    b.close();
}

/// What an article begins with: the incident with its services, if it is to be met first (then
/// `true`, and nothing of the checks may follow), else a quiet line.
pub(super) fn before(b: &mut Build<'_>) -> bool {
    let state = b.state;
    let Some(article) = state.article.as_deref() else { return false };
    if state.blocked() {
        card(b, &state.trouble(&article.services), true, true);
        return true;
    }
    false
}

/// The quiet lines of an article: what else is open, what was set aside, with a way to wait for
/// its end from wherever the guide is, and what is planned for it.
pub(super) fn beside(b: &mut Build<'_>) {
    let state = b.state;
    let Some(article) = state.article.as_deref() else { return };
    let all = state.trouble_of_all();
    let titles: Vec<&str> = all.incidents.iter().map(|one| one.title.as_str()).collect();
    let wanted = |planned: &Planned| {
        planned.when == When::During
            || planned.services.iter().any(|id| article.services.contains(id))
    };
    let aside = state.trouble(&article.services);
    let silent = titles.is_empty() && aside.planned.is_empty() && !aside.is_none();
    let told = !titles.is_empty() || silent;
    if !told && state.status.fixed.is_none() && !state.status.planned.iter().any(wanted) {
        return;
    }
    open(b, "state");
    if told {
        b.open("p", "state-line");
        b.icon("dot");
        b.open("span", "");
        if silent {
            b.text(&parts(b, &aside.services));
        } else {
            b.fill(Key::STATUS_ELSEWHERE, &[("title", &titles.join(", "))]);
        }
        as_of(b);
        b.close();
        b.close();
    }
    fixed(b);
    planned(b, wanted);
    if !aside.is_none() {
        actions(b, &aside, false, "secondary small");
    }
    b.close();
}

fn open(b: &mut Build<'_>, class: &'static str) {
    b.open("section", class);
    b.attr_key("aria-label", Key::STATUS_REGION);
}

/// The card: what, which services, since when, the latest word, a link, and what to do about it.
/// `first`: it stands before something else; `titled`: it is the heading of the screen.
fn card(b: &mut Build<'_>, trouble: &Trouble<'_>, first: bool, titled: bool) {
    let state = b.state;
    let only_planned = trouble.incidents.is_empty() && !trouble.planned.is_empty();
    open(b, if only_planned { "state incident calm" } else { "state incident" });
    b.open("p", "label");
    b.icon(if only_planned { "clock" } else { "warn" });
    b.say(if only_planned { Key::STATUS_MAINTENANCE } else { Key::STATUS_KNOWN });
    as_of(b);
    b.close();
    let mut headed = false;
    for one in &trouble.incidents {
        let bad = trouble.services.iter().filter(|(id, _)| {
            let services = [(*id).to_owned()];
            state.trouble(&services).incidents.iter().any(|other| other.id == one.id)
        });
        let bad: Vec<_> = bad.copied().collect();
        title(b, &one.title, titled && !headed);
        headed = true;
        let mut facts = vec![parts(b, &bad)];
        if let Some(since) = one.since {
            facts.push(state.strings.fill(Key::STATUS_SINCE, &[("time", &moment(b, since))]));
        }
        line(b, facts);
        if !one.update.is_empty() {
            b.put("p", "update", &one.update);
        }
        let mut facts = vec![phase(b, one.phase)];
        if let Some(at) = one.updated_at {
            facts.push(state.strings.fill(Key::STATUS_UPDATED, &[("time", &moment(b, at))]));
        }
        line(b, facts);
        follow(b, one.url.as_deref());
    }
    for one in &trouble.planned {
        title(b, &one.title, titled && !headed);
        headed = true;
        line(b, vec![capital(&span(b, one))]);
        if !one.text.is_empty() {
            b.put("p", "update", &one.text);
        }
        follow(b, one.url.as_deref());
    }
    // Services in trouble that nobody has written about.
    let told = |id: &str| {
        let services = [id.to_owned()];
        let about = state.trouble(&services);
        !about.incidents.is_empty() || !about.planned.is_empty()
    };
    for (id, how) in trouble.services.iter().filter(|(id, _)| !told(id)) {
        let words = parts(b, &[(*id, *how)]);
        title(b, &words, titled && !headed);
        headed = true;
    }
    if !headed {
        title(b, state.strings.get(Key::STATUS_SOME), titled);
    }
    if !first {
        components(b);
        fixed(b);
        planned(b, |one| one.when != When::During);
    }
    actions(b, trouble, first, "primary");
    b.close();
}

fn title(b: &mut Build<'_>, words: &str, titled: bool) {
    if titled {
        b.heading(0, "title", "title");
    } else {
        let tag = b.heading_tag(1);
        b.open(tag, "subtitle");
    }
    b.text(words);
    b.close();
}

/// Parts of the page in trouble that are no service of the knowledge base.
fn components(b: &mut Build<'_>) {
    let state = b.state;
    let Some(feed) = &state.status.feed else { return };
    for one in feed.components.iter().filter(|one| one.state.is_trouble()) {
        if state.services().of_component(one).is_empty() {
            let words = state.strings.get(state_words(one.state));
            b.open("p", "line");
            b.fill(Key::STATUS_TROUBLE, &[("service", &one.name), ("state", words)]);
            b.close();
        }
    }
}

/// "AI Assistant: slow or unreliable, API: down".
fn parts(b: &Build<'_>, services: &[(&str, ServiceState)]) -> String {
    let strings = &b.state.strings;
    let one = |(id, state): &(&str, ServiceState)| {
        let values =
            [("service", b.state.service_title(id)), ("state", strings.get(state_words(*state)))];
        strings.fill(Key::STATUS_TROUBLE, &values)
    };
    services.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Facts in one line of small text; empty ones are left out.
fn line(b: &mut Build<'_>, mut facts: Vec<String>) {
    facts.retain(|fact| !fact.is_empty());
    if !facts.is_empty() {
        b.put("p", "line", &facts.join(" · "));
    }
}

fn follow(b: &mut Build<'_>, url: Option<&str>) {
    if let Some(url) = url.and_then(safe) {
        b.open("p", "");
        b.open("a", "");
        b.attr_text("href", url);
        b.say(Key::STATUS_FOLLOW);
        b.close();
        b.close();
    }
}

/// "Tell me when it is fixed", or that this was asked; `first`: "I have something else" as well.
fn actions(b: &mut Build<'_>, trouble: &Trouble<'_>, first: bool, class: &'static str) {
    let asked = b.state.waits_for(trouble);
    if asked {
        b.open("p", "told");
        b.icon("clock");
        b.put_key("span", "", Key::STATUS_WILL_TELL);
        b.close();
    }
    b.open("div", "answers");
    if !asked {
        b.put_button(class, Key::STATUS_TELL, Action::Tell(true));
    }
    if first {
        b.put_button("secondary", Key::STATUS_ELSE, Action::Aside);
    }
    if asked {
        b.put_button("quiet", Key::STATUS_FORGET, Action::Tell(false));
    }
    b.close();
}

/// What works again since the person waited for it.
fn fixed(b: &mut Build<'_>) {
    let state = b.state;
    if let Some(fixed) = &state.status.fixed {
        b.open("p", "state-line good");
        b.icon("done");
        b.put("span", "", &fixed_words(state, &fixed.services));
        b.close();
    }
}

/// Planned work, a line each.
fn planned(b: &mut Build<'_>, wanted: impl Fn(&Planned) -> bool) {
    let state = b.state;
    for one in state.status.planned.iter().filter(|one| wanted(one)) {
        b.open("p", "state-line");
        b.icon(if one.when == When::After { "done" } else { "clock" });
        b.open("span", "");
        b.text(&[&one.title, ": ", &span(b, one)].concat());
        if one.when == When::Before && !one.text.is_empty() && state.screen == Screen::Home {
            b.put("span", "line block", &one.text);
        }
        b.close();
        b.close();
    }
}

/// When planned work is: to come, under way, or over.
fn span(b: &Build<'_>, one: &Planned) -> String {
    let strings = &b.state.strings;
    let tag = strings.get(Key::LANG);
    let at = |time: Option<u64>| time.map(|time| moment(b, time)).unwrap_or_default();
    match (one.when, one.from, one.to) {
        (When::After, _, _) => strings.fill(Key::PLANNED_AFTER, &[("time", &at(one.to))]),
        (When::During, _, Some(_)) => strings.fill(Key::PLANNED_UNTIL, &[("time", &at(one.to))]),
        (When::During, _, None) => strings.get(Key::PLANNED_NOW).to_owned(),
        (When::Before, Some(from), Some(to)) => {
            // The day of the end is that of the beginning, mostly.
            let end = if b.env.day(to, tag) == b.env.day(from, tag) {
                b.env.time_of_day(to, tag)
            } else {
                at(one.to)
            };
            strings.fill(Key::PLANNED_FROM_TO, &[("from", &at(one.from)), ("to", &end)])
        }
        (When::Before, _, _) => at(one.from),
    }
}

/// How far an incident is.
fn phase(b: &Build<'_>, phase: Phase) -> String {
    let key = match phase {
        Phase::Investigating => Key::PHASE_INVESTIGATING,
        Phase::Identified => Key::PHASE_IDENTIFIED,
        Phase::Monitoring => Key::PHASE_MONITORING,
        _ => return String::new(),
    };
    b.state.strings.get(key).to_owned()
}

/// ", as of 09:41" where the last word is too old.
fn as_of(b: &mut Build<'_>) {
    if let Some(at) = b.state.as_of() {
        let time = moment(b, at);
        b.text(", ");
        b.fill(Key::STATUS_AS_OF, &[("time", &time)]);
    }
}

/// A time in the person's zone, with the day unless it is today.
fn moment(b: &Build<'_>, at: u64) -> String {
    let tag = b.state.strings.get(Key::LANG);
    let day = b.env.day(at, tag);
    let time = b.env.time_of_day(at, tag);
    if day.is_empty() { time } else { [&day, ", ", &time].concat() }
}
