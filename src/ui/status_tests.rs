//! Incidents, maintenance and waiting for news, without a browser.

use std::rc::Rc;
use std::sync::OnceLock;

use unstuck_core::guide::Outcome;
use unstuck_core::handover::Environment;
use unstuck_core::model::{
    Article, Check, Days, Inline, KnowledgeBase, Maintenance, Probe, Product, Service, Span, Topic,
    Week, Weekday,
};
use unstuck_core::pack::{Pack, encode};
use unstuck_core::status::{Feed, Options, read};

use unstuck_core::schedule::Zones;
use yew::prelude::*;

use super::state::{
    Action, Env, Event, Later, News, Outbox, Settings, State, Way, apply, probe_status, restore,
    save, way,
};
use super::view::{Heard, panel};

/// 21 November 2026, 12:00 UTC.
const NOON: u64 = 1_795_262_400_000;

/// A world at a moment, in UTC.
struct Still(u64);

impl Still {
    fn at(now: u64) -> Still {
        Still(now)
    }
}

impl Zones for Still {
    fn offset_minutes(&self, _: &str, _: u64) -> Option<i32> {
        None
    }
}

impl Env for Still {
    fn now(&self) -> u64 {
        self.0
    }
    fn time_of_day(&self, at: u64, _: &str) -> String {
        let minutes = at / 60_000 % 1_440;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }
    fn uuid(&self) -> String {
        String::new()
    }
    fn environment(&self) -> Environment {
        Environment::default()
    }
}

#[derive(Properties, PartialEq)]
struct ShotProps {
    html: Html,
}

#[component]
fn Shot(props: &ShotProps) -> Html {
    props.html.clone()
}

/// The HTML of the panel.
async fn draw(state: &State) -> String {
    let html = panel(state, &Still::at(NOON), &Heard::default());
    let renderer = yew::LocalServerRenderer::<Shot>::with_props(ShotProps { html });
    let drawn = renderer.hydratable(false).render();
    tokio::task::LocalSet::new().run_until(drawn).await
}

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

fn knowledge_base() -> KnowledgeBase {
    let guide = |id: &str, title: &str, services: &[&str]| Article {
        id: id.to_owned(),
        topic: "sync".to_owned(),
        title: title.to_owned(),
        cause: text("Something holds it up."),
        checks: vec![Check {
            id: "look".to_owned(),
            label: text("Look at the connection."),
            probe: Some(Probe { name: "service-status".to_owned(), params: Vec::new() }),
            ..Check::default()
        }],
        services: services.iter().map(|id| (*id).to_owned()).collect(),
        ..Article::default()
    };
    let service = |id: &str, name: &str| Service {
        id: id.to_owned(),
        name: name.to_owned(),
        ..Service::default()
    };
    let span = Span {
        days: Days::Monthly(Week::First, Weekday::Sunday),
        from: 120,
        to: 240,
        zone: "-05:00".to_owned(),
    };
    let product = Product {
        id: "demo".to_owned(),
        name: "Demo".to_owned(),
        locale: "en".to_owned(),
        topics: vec![Topic { id: "sync".to_owned(), title: "Sync".to_owned(), ..Topic::default() }],
        services: vec![service("sync", "Sync"), service("api", "API")],
        maintenance: vec![Maintenance {
            title: "Monthly maintenance".to_owned(),
            span,
            notice_days: 7,
            services: vec!["api".to_owned()],
            effects: "The API may fail.".to_owned(),
        }],
        ..Product::default()
    };
    KnowledgeBase {
        product,
        articles: vec![
            guide("demo/sync/late", "Records arrive late", &["sync"]),
            guide("demo/sync/key", "The key is refused", &["api"]),
        ],
    }
}

#[allow(clippy::unwrap_used, reason = "a helper of tests")]
fn state() -> State {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| encode(&knowledge_base()));
    let pack = Rc::new(Pack::open(bytes.clone()).unwrap());
    let settings = Settings {
        heading_level: 2,
        status: Some("/status.json".to_owned()),
        ..Settings::default()
    };
    let mut state = State::new(pack, settings);
    apply(&mut state, Action::Open, &Still::at(NOON));
    state
}

fn feed(text: &str) -> Feed {
    read(text.as_bytes(), &Options { now: NOON, ..Options::default() })
}

const CALM: &str =
    r#"{"status":"operational","services":{"sync":"operational","api":"operational"}}"#;
const OUTAGE: &str = r#"{"services":{"sync":{"status":"major_outage","name":"Salesforce sync"},"api":"operational"},
    "incidents":[{"id":"i1","title":"Sync is down","status":"identified","impact":"major_outage","services":["sync"],
    "started_at":"2026-11-21T09:12:00Z","updated_at":"2026-11-21T10:24:00Z","message":"A queue is <b>full</b>.","url":"https://status.example/i1"}]}"#;

fn run(state: &mut State, actions: &[Action]) -> Outbox {
    run_at(state, NOON, actions)
}

fn run_at(state: &mut State, now: u64, actions: &[Action]) -> Outbox {
    let env = Still::at(now);
    actions.iter().map(|action| apply(state, action.clone(), &env)).last().unwrap_or_default()
}

fn hear(text: &str) -> Action {
    Action::Feed(News::new(feed(text)))
}

fn show(id: &str) -> Action {
    Action::Show(id.to_owned())
}

fn events(out: &Outbox) -> Vec<&Event> {
    out.events.iter().collect()
}

#[tokio::test]
async fn an_incident_stands_before_the_guide_and_no_answer_button_with_it() {
    let mut state = state();
    run(&mut state, &[hear(OUTAGE), show("demo/sync/late")]);
    let html = draw(&state).await;
    for words in [
        "Sync is down",
        "Salesforce sync: down · since 09:12",
        "A queue is full.",
        "updated 10:24",
        "https://status.example/i1",
        "Tell me when it is fixed",
        "I have something else",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    for words in ["That fixed it", "Still stuck", "Skip", "Run this check", "Look at the conn"] {
        assert!(!html.contains(words), "{words}");
    }
    assert!(html.find("Sync is down") < html.find("Records arrive late"));
    assert_eq!(html.matches("id=\"title\"").count(), 1);
    run(&mut state, &[Action::Aside]);
    let html = draw(&state).await;
    assert!(html.contains("That fixed it") && html.contains("Known incident: Sync is down"));
}

#[tokio::test]
async fn an_incident_that_begins_inside_a_guide_comes_before_its_next_check() {
    let mut state = state();
    run(&mut state, &[hear(CALM), show("demo/sync/late")]);
    assert!(draw(&state).await.contains("Still stuck"));
    let out = run(&mut state, &[hear(OUTAGE)]);
    assert!(out.refocus && state.said.contains("Sync is down"));
    assert!(!draw(&state).await.contains("Still stuck"));
    let out = run(&mut state, &[hear(CALM)]);
    assert!(out.refocus && draw(&state).await.contains("Still stuck"));
}

#[tokio::test]
async fn an_incident_elsewhere_is_one_quiet_line_beside_the_checks() {
    let mut state = state();
    run(&mut state, &[hear(OUTAGE), show("demo/sync/key")]);
    let html = draw(&state).await;
    assert!(html.contains("Known incident: Sync is down") && html.contains("Still stuck"));
    assert!(!html.contains("I have something else"));
}

#[tokio::test]
async fn a_search_meets_the_incident_and_marks_its_hits() {
    let mut state = state();
    run(&mut state, &[hear(OUTAGE), Action::Type("records arrive late".to_owned())]);
    let html = draw(&state).await;
    assert!(html.find("I have something else") < html.find("role=\"listbox\""), "{html}");
    assert!(html.contains("Salesforce sync is down now"));
    run(&mut state, &[Action::Aside]);
    let html = draw(&state).await;
    assert!(!html.contains("I have something else"));
    assert!(html.contains("Salesforce sync is down now"), "the mark stays");
    // Known to be well again: the same trouble later is met anew.
    run(&mut state, &[hear(CALM), hear(OUTAGE)]);
    assert!(draw(&state).await.contains("I have something else"));
}

#[tokio::test]
async fn nothing_unknown_is_said_to_work_and_old_news_tell_their_time() {
    let mut state = state();
    assert!(draw(&state).await.contains("Service status unknown"));
    run(&mut state, &[hear(CALM)]);
    assert!(draw(&state).await.contains("All services work"));
    for broken in ["<!doctype html>", "", r#"{"status":"#, r#"{"status":"fine, honestly"}"#] {
        run(&mut state, &[hear(CALM), hear(broken)]);
        assert!(draw(&state).await.contains("Service status unknown"), "{broken}");
    }
    let old = CALM.replace("{\"status\"", "{\"updated_at\":\"2026-11-21T09:41:00Z\",\"status\"");
    run(&mut state, &[hear(&old)]);
    assert!(draw(&state).await.contains("as of 09:41"));
    // A bad line does not hide a known incident; a long time does.
    run(&mut state, &[hear(OUTAGE), hear("<html>")]);
    let html = draw(&state).await;
    assert!(html.contains("Sync is down") && html.contains("as of 12:00"), "{html}");
    run_at(&mut state, NOON + 16 * 60_000, &[hear("<html>")]);
    assert!(draw(&state).await.contains("Service status unknown"));
}

#[tokio::test]
async fn who_asked_is_told_when_it_is_fixed_and_not_before() {
    let mut state = state();
    run(&mut state, &[hear(OUTAGE), show("demo/sync/late")]);
    let out = run(&mut state, &[Action::Tell(true)]);
    assert!(out.permit && out.save);
    assert!(draw(&state).await.contains("We will tell you here"));
    run(&mut state, &[Action::Permitted, Action::Close]);
    let record = save(&state, NOON);
    let mut later = self::state();
    assert!(restore(&mut later, &record, NOON));
    later.open = false;
    for not_yet in [OUTAGE, "<html>", r#"{"status":"operational"}"#.replace("op", "x").as_str()] {
        let out = run(&mut later, &[hear(not_yet)]);
        assert!(later.status.waiting.is_some() && !out.notify, "{not_yet}");
    }
    let out = run(&mut later, &[hear(CALM)]);
    assert!(out.notify);
    assert!(later.status.waiting.is_none() && out.save);
    assert!(later.status.fixed.as_ref().is_some_and(|fixed| !fixed.seen));
    run(&mut later, &[Action::Open]);
    assert!(draw(&later).await.contains("Sync works again."));
}

#[test]
fn without_permission_nothing_is_notified() {
    let mut state = state();
    run(&mut state, &[hear(OUTAGE), show("demo/sync/late"), Action::Tell(true)]);
    let out = run(&mut state, &[hear(CALM)]);
    assert!(!out.notify && state.said == "Sync works again.");
    run(&mut state, &[hear(OUTAGE), Action::Tell(true), Action::Tell(false)]);
    assert!(state.status.waiting.is_none());
}

#[tokio::test]
async fn from_behind_an_incident_that_was_set_aside_one_can_still_wait_for_its_end() {
    let mut state = state();
    run(&mut state, &[hear(OUTAGE), show("demo/sync/late"), Action::Aside]);
    let end = Action::Answer("look".to_owned(), Outcome::StillStuck);
    run(&mut state, &[end]);
    let html = draw(&state).await;
    assert!(html.contains("What happened") && html.contains("Tell me when it is fixed"), "{html}");
    run(&mut state, &[Action::Tell(true)]);
    assert!(draw(&state).await.contains("We will tell you here"));
    // A second incident is another thing to wait for.
    let both = OUTAGE.replace("\"api\":\"operational\"", "\"api\":\"degraded\"");
    run(&mut state, &[hear(&both), show("demo/sync/key")]);
    assert!(draw(&state).await.contains("Tell me when it is fixed"));
    run(&mut state, &[Action::Tell(true)]);
    let waiting = state.status.waiting.as_ref();
    assert!(waiting.is_some_and(|one| one.watch.services == ["api", "sync"]));
    assert!(run(&mut state, &[hear(CALM)]).save && state.status.waiting.is_none());
}

#[test]
fn hosts_hear_each_change_once() {
    let mut state = state();
    let out = run(&mut state, &[hear(CALM)]);
    let event = events(&out)[0];
    assert_eq!(event.name, "status");
    let expected =
        r#"{"state":"operational","services":{"sync":"operational","api":"operational"}}"#;
    assert_eq!(event.detail, expected);
    assert!(run(&mut state, &[hear(CALM)]).events.is_empty());
    assert!(
        run(&mut state, &[hear(OUTAGE)]).events[0].detail.contains("\"sync\":\"major_outage\"")
    );
    let out = run(&mut self::state(), &[hear("<html>")]);
    assert!(events(&out).iter().any(|event| event.name == "error"));
}

#[test]
fn the_report_says_how_the_services_are() {
    let mut state = state();
    let other =
        OUTAGE.replace("\"api\":\"operational\"", "\"api\":\"operational\",\"mail\":\"down\"");
    run(&mut state, &[hear(&other), show("demo/sync/key"), Action::Contact]);
    let pair = |id: &str, state: &str| (id.to_owned(), state.to_owned());
    let expected =
        [pair("sync", "major_outage"), pair("api", "operational"), pair("mail", "major_outage")];
    assert_eq!(state.report(&Still::at(NOON), "").status, expected);
}

#[test]
fn the_probe_asks_the_feed_that_is_there() {
    let mut state = state();
    run(&mut state, &[show("demo/sync/late"), Action::Run("look".to_owned())]);
    assert_eq!(probe_status(&state, "").0, Outcome::CouldNotRun);
    // The answer arrives while the probe waits for it.
    run(&mut state, &[hear(CALM)]);
    let (_, _, walk) = state.walk().unwrap();
    assert_eq!(walk.steps.len(), 1);
    run(&mut state, &[hear(OUTAGE)]);
    assert_eq!(probe_status(&state, "sync").0, Outcome::Failed);
    assert_eq!(probe_status(&state, "api").0, Outcome::Passed);
    assert_eq!(probe_status(&state, "elsewhere").0, Outcome::CouldNotRun);
}

#[tokio::test]
async fn planned_work_is_told_before_during_and_after() {
    // The first Sunday of December 2026, 02:00 to 04:00 at UTC-5.
    let (from, to) = (1_796_540_400_000, 1_796_547_600_000);
    let mut state = state();
    let look = |state: &mut State, now: u64| {
        run_at(state, now, &[hear(CALM)]);
    };
    look(&mut state, from - 8 * 24 * 3_600_000);
    assert!(!draw(&state).await.contains("Monthly maintenance"));
    look(&mut state, from - 6 * 24 * 3_600_000);
    let html = draw(&state).await;
    assert!(html.contains("Monthly maintenance: 07:00 to 09:00"), "{html}");
    look(&mut state, from + 60_000);
    run_at(&mut state, from + 60_000, &[show("demo/sync/key")]);
    let html = draw(&state).await;
    assert!(html.contains("Under way until 09:00") && !html.contains("Still stuck"), "{html}");
    look(&mut state, to + 60_000);
    let html = draw(&state).await;
    assert!(html.contains("over since 09:00") && html.contains("Still stuck"), "{html}");
}

/// Every state of both services, with an incident on one, the other, both, none in particular or
/// nowhere, of every weight, before and after it was set aside.
#[tokio::test]
async fn whatever_a_feed_says_no_check_is_asked_before_i_have_something_else() {
    const STATES: [&str; 7] = [
        "operational",
        "maintenance",
        "degraded",
        "partial_outage",
        "major_outage",
        "unknown",
        "fine, honestly",
    ];
    let mut met = 0;
    for (sync, api) in STATES.iter().flat_map(|sync| STATES.iter().map(move |api| (sync, api))) {
        for (on, impact) in [
            ("", "none"),
            (r#""sync""#, "minor"),
            (r#""api""#, "critical"),
            (r#""api","sync""#, "maintenance"),
            ("", "major_outage"),
        ] {
            let incidents = format!(
                r#"[{{"id":"1","title":"T","status":"identified","impact":"{impact}","services":[{on}]}}]"#
            );
            let told = if impact == "none" { "[]".to_owned() } else { incidents };
            let feed =
                format!(r#"{{"services":{{"sync":"{sync}","api":"{api}"}},"incidents":{told}}}"#);
            let mut state = state();
            run(&mut state, &[hear(&feed), show("demo/sync/late")]);
            let trouble = [1, 2, 3, 4].iter().any(|n| STATES[*n] == *sync)
                || on.contains("sync") && impact != "none";
            let html = draw(&state).await;
            let asked = ["That fixed it", "Still stuck", "Skip", "Run this check"]
                .iter()
                .any(|words| html.contains(words));
            assert_eq!(html.contains("I have something else"), trouble, "{feed}: {html}");
            assert_eq!(asked, !trouble, "{feed}: {html}");
            met += usize::from(trouble);
            run(&mut state, &[Action::Aside]);
            assert!(draw(&state).await.contains("Still stuck"), "{feed}");
        }
    }
    assert!(met > 100, "{met}");
}

#[test]
fn the_incident_that_a_search_meets_is_said_with_the_count() {
    let mut state = state();
    run(&mut state, &[hear(OUTAGE), Action::Type("records arrive late".to_owned())]);
    let rest = Action::Later(Later::Rest(state.typed));
    run(&mut state, core::slice::from_ref(&rest));
    assert!(state.said.starts_with("Known incident: Sync is down. "), "{}", state.said);
    run(&mut state, &[Action::Aside, rest.clone()]);
    assert!(!state.said.contains("incident"), "{}", state.said);
    run(&mut state, &[show("demo/sync/late"), rest]);
    assert!(!state.said.contains("result"), "{}", state.said);
}

#[test]
fn without_a_feed_the_probe_asks_the_address_of_the_knowledge_base_and_shows_it_first() {
    let mut state = state();
    let url = ("url".to_owned(), "https://status.example/feed".to_owned());
    let probe = Probe { name: "service-status".to_owned(), params: vec![url.clone()] };
    let env = Still::at(NOON);
    assert_eq!(way(&state, &probe, &env), Way::Itself, "the page's own feed comes");
    state.settings.status = None;
    assert_eq!(way(&state, &probe, &env), Way::Address(url.1.clone()));
    state.settings.probe_urls = vec![("service-status".to_owned(), url.1)];
    assert_eq!(way(&state, &probe, &env), Way::Itself);
    let nowhere = Probe { name: "service-status".to_owned(), params: Vec::new() };
    assert!(matches!(way(&state, &nowhere, &env), Way::Known(Outcome::CouldNotRun, _)));
    run(&mut state, &[hear(OUTAGE)]);
    assert!(matches!(way(&state, &nowhere, &env), Way::Known(Outcome::Failed, _)));
}

#[test]
fn a_host_may_name_the_services_of_its_feed() {
    let mut state = state();
    state.settings.services = vec![("sync".to_owned(), "cmp_1".to_owned())];
    let page = r#"{"page":{"id":"p","name":"P"},"status":{"indicator":"none"},
        "components":[{"id":"cmp_1","name":"Data bridge","status":"major_outage"}],"incidents":[]}"#;
    run(&mut state, &[hear(page), show("demo/sync/late")]);
    assert!(state.blocked());
    assert_eq!(state.service_title("sync"), "Data bridge");
}
