//! Probes as a person meets them, without a browser: which run by themselves, what is asked first,
//! what a result does to the guide.

use std::rc::Rc;

use unstuck_core::guide::Outcome;
use unstuck_core::model::{
    Article, Check, Days, Ending, Inline, KnowledgeBase, Link, Maintenance, Probe, Product, Span,
    Topic,
};
use unstuck_core::pack::{Pack, encode};
use yew::prelude::*;

use super::state::{
    Action, Env, Later, Outbox, Settings, State, Way, apply, current_probe, save, way,
};
use super::tests::Still;
use super::view::{Heard, panel};

/// A guide whose first check leads to a setting that the host tells of, on a phone.
fn linked() -> State {
    let link = Link {
        name: "sync".into(),
        label: "Settings → Sync".into(),
        href: Some("/settings/sync".into()),
        expect: "auto_sync=on".into(),
        ..Link::default()
    };
    let mut state = build(None, vec![link], vec![]);
    state.sheet = true;
    state
}

fn state(name: &str, params: &[(&str, &str)], maintenance: Vec<Maintenance>) -> State {
    let params = params.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    build(Some(Probe { name: name.to_owned(), params: params.collect() }), vec![], maintenance)
}

/// A guide with one check that carries the probe or the links, and a second check without.
#[allow(clippy::unwrap_used, reason = "a helper of tests")]
fn build(probe: Option<Probe>, links: Vec<Link>, maintenance: Vec<Maintenance>) -> State {
    let text = |words: &str| vec![Inline::Text(words.to_owned())];
    let names = links.iter().map(|link| link.name.clone()).collect();
    let guide = Article {
        id: "demo/net/slow".to_owned(),
        topic: "net".to_owned(),
        title: "Nothing loads".to_owned(),
        checks: vec![
            Check {
                id: "one".into(),
                label: text("Look."),
                probe,
                links: names,
                ..Check::default()
            },
            Check { id: "two".into(), label: text("Look again."), ..Check::default() },
        ],
        ending: Ending::Escalate(Default::default()),
        ..Article::default()
    };
    let product = Product {
        id: "demo".into(),
        name: "Demo".into(),
        locale: "en".into(),
        topics: vec![Topic { id: "net".into(), title: "Network".into(), ..Topic::default() }],
        links,
        maintenance,
        ..Product::default()
    };
    let bytes = encode(&KnowledgeBase { product, articles: vec![guide] });
    let pack = Rc::new(Pack::open(bytes).unwrap());
    let settings = Settings {
        heading_level: 2,
        page: "https://app.example.com/home".to_owned(),
        ..Settings::default()
    };
    State::new(pack, settings)
}

/// Opens the guide and lets its check come on screen.
fn arrive(state: &mut State) -> Outbox {
    apply(state, Action::Show("demo/net/slow".to_owned()), &Still);
    apply(state, Action::Later(Later::Arrive), &Still)
}

/// The guide as it is drawn while its probe waits for a press.
#[component]
fn Waiting() -> Html {
    let mut state = state("http-health", &[("url", OTHER)], vec![]);
    state.open = true;
    arrive(&mut state);
    panel(&state, &Still, &Heard::default())
}

const OTHER: &str = "https://api.other.test/health";

#[tokio::test]
async fn an_address_of_another_origin_is_shown_and_asked_only_after_the_press() {
    let mut state = state("http-health", &[("url", OTHER)], vec![]);
    let out = arrive(&mut state);
    assert!(out.probe.is_none(), "nothing was pressed");
    let out = apply(&mut state, Action::Run("one".to_owned()), &Still);
    assert_eq!(out.probe.map(|(id, _)| id).as_deref(), Some("one"));
    let html = yew::ServerRenderer::<Waiting>::new().hydratable(false).render().await;
    assert!(html.contains("It asks https://api.other.test/health"), "{html}");
    assert!(html.contains("Run this check"), "{html}");
}

#[test]
fn an_address_of_the_page_or_of_the_host_is_asked_by_itself() {
    let mut own = state("http-health", &[("url", "/health")], vec![]);
    assert!(arrive(&mut own).probe.is_some());
    let mut named = state("http-health", &[("url", "https://evil.test/")], vec![]);
    let url = "https://api.example.com/health".to_owned();
    named.settings.probe_urls.push(("http-health".to_owned(), url.clone()));
    let (_, probe) = arrive(&mut named).probe.unwrap();
    assert_eq!(probe.params, vec![("url".to_owned(), url)], "the host's address comes first");
}

#[test]
fn without_an_address_a_probe_could_not_run_and_the_check_goes_on_as_a_question() {
    let mut state = state("websocket", &[], vec![]);
    assert!(arrive(&mut state).probe.is_none());
    let result = state.probe.clone().unwrap();
    assert_eq!(result.outcome, Some(Outcome::CouldNotRun));
    assert_eq!(current_probe(&state).unwrap().0, "one", "the check is still open");
}

#[test]
fn schemes_that_browsers_run_are_never_asked() {
    for url in ["javascript:alert(1)", "data:text/html,x", "blob:https://app.example.com/1"] {
        let state = state("http-health", &[("url", url)], vec![]);
        let probe = Probe {
            name: "http-health".to_owned(),
            params: vec![("url".to_owned(), url.to_owned())],
        };
        assert!(
            matches!(way(&state, &probe, &Still), Way::Known(Outcome::CouldNotRun, _)),
            "{url}"
        );
    }
}

#[test]
fn a_pasted_key_is_judged_and_forgotten() {
    let mut state = state("key-format", &[("prefix", "sk_")], vec![]);
    assert!(arrive(&mut state).probe.is_none());
    let key = "pk_live_0123456789abcdef";
    apply(&mut state, Action::Paste(key.to_owned()), &Still);
    assert!(!save(&state, Still.now()).contains(key), "not even on the way");
    apply(&mut state, Action::Run("one".to_owned()), &Still);
    let result = state.probe.clone().unwrap();
    assert_eq!(result.outcome, Some(Outcome::Failed));
    assert_eq!(result.detail, "it does not begin with sk_");
    assert!(state.pasted.is_empty());
    assert!(!save(&state, Still.now()).contains(key));
    assert!(!format!("{:?}", state.sessions).contains(key));
}

#[test]
fn what_the_host_told_of_the_person_ticks_the_check() {
    let mut state = state("host-context", &[("is", "role=admin")], vec![]);
    state.context.push(("role".to_owned(), "admin".to_owned()));
    let out = arrive(&mut state);
    assert!(out.focus.is_none(), "nobody pressed anything, so the focus stays");
    assert_eq!(state.sessions[0].answers[0].outcome, Outcome::Passed);
    assert_eq!(state.walk().unwrap().2.position, unstuck_core::guide::Position::Check(1));
}

#[test]
fn what_a_deep_link_is_for_ticks_its_check_once_the_host_says_so() {
    let mut state = linked();
    arrive(&mut state);
    assert!(state.probe.is_none() && state.sessions.is_empty(), "nothing is known yet");
    apply(&mut state, Action::Follow, &Still);
    assert!(state.folded, "a sheet makes room for the page");
    state.context.push(("auto_sync".to_owned(), "on".to_owned()));
    apply(&mut state, Action::Told, &Still);
    let answer = &state.sessions[0].answers[0];
    assert_eq!((answer.outcome, answer.detail.as_str()), (Outcome::Passed, "auto_sync: on"));
}

#[component]
fn Folded() -> Html {
    let mut state = linked();
    state.open = true;
    arrive(&mut state);
    apply(&mut state, Action::Follow, &Still);
    panel(&state, &Still, &Heard::default())
}

#[tokio::test]
async fn a_sheet_folds_to_a_bar_that_leads_back_to_the_check() {
    let html = yew::ServerRenderer::<Folded>::new().hydratable(false).render().await;
    assert!(html.contains("Check 1 of 2 · Back to the check"), "{html}");
    assert!(!html.contains("<dialog"), "{html}");
}

#[test]
fn a_calling_window_says_until_when_it_is_open() {
    let mut state = state("calling-window", &[], vec![]);
    // It is Friday, 20 November 2026, midnight UTC.
    for (key, value) in [("days", "mon-thu"), ("from", "20:00"), ("to", "02:00"), ("zone", "UTC")] {
        state.context.push((["calling_", key].concat(), value.to_owned()));
    }
    arrive(&mut state);
    let answer = &state.sessions[0].answers[0];
    assert_eq!(
        (answer.outcome, answer.detail.as_str()),
        (Outcome::Passed, "calls are allowed now, until 02:00")
    );
}

#[test]
fn maintenance_under_way_fails_the_check_with_its_end() {
    let span =
        Span { days: Days::default(), from: 23 * 60, to: 24 * 60 + 30, zone: "UTC".to_owned() };
    let rule = Maintenance { title: "Nightly work".to_owned(), span, ..Maintenance::default() };
    let mut state = state("maintenance-window", &[], vec![rule]);
    arrive(&mut state);
    let result = state.probe.clone().unwrap();
    assert_eq!(result.outcome, Some(Outcome::Failed));
    assert_eq!(result.detail, "Nightly work is under way until 00:30");
}
