//! From components to services, articles, and what a person waits for.

use crate::{NOW, feed, options};
use unstuck_core::model::{Days, Maintenance, Product, Service, Span, Week, Weekday};
use unstuck_core::schedule::Zones;
use unstuck_core::status::{
    AFTER_MS, Feed, Planned, Services, State, Watch, When, next_maintenance, planned, read,
};

struct NoZones;

impl Zones for NoZones {
    fn offset_minutes(&self, _: &str, _: u64) -> Option<i32> {
        None
    }
}

fn product() -> Product {
    let service = |id: &str, name: &str, feed: Option<&str>| Service {
        id: id.into(),
        name: name.into(),
        feed: feed.map(str::to_owned),
    };
    Product {
        services: vec![
            service("api", "API", None),
            service("dashboard", "Dashboard", Some("website")),
            service("salesforce_sync", "Sync with Salesforce", None),
        ],
        maintenance: vec![Maintenance {
            title: "Monthly maintenance".into(),
            span: Span {
                days: Days::Monthly(Week::First, Weekday::Sunday),
                from: 120,
                to: 240,
                zone: "-05:00".into(),
            },
            notice_days: 7,
            services: vec!["api".into()],
            effects: "Calls may fail.".into(),
        }],
        ..Product::default()
    }
}

fn text(text: &str) -> Feed {
    read(text.as_bytes(), &options())
}

#[test]
fn services_are_found_by_what_the_host_says_then_kb_toml_then_the_same_name() {
    let product = product();
    let feed = text(
        r#"{"page":{"id":"p"},"components":[
            {"id":"1","name":"api","status":"operational"},
            {"id":"2","name":"Website","status":"degraded_performance"},
            {"id":"3","name":"Salesforce-Sync","status":"partial_outage"},
            {"id":"g","name":"Europe","group":true,"status":"major_outage"},
            {"id":"4","name":"Frankfurt","group_id":"g","status":"major_outage"},
            {"id":"5","name":"Paris","group_id":"g","status":"operational"}]}"#,
    );
    let map = Services { product: &product, host: &[] };
    assert_eq!(map.state(&feed, "api"), State::Operational);
    assert_eq!(map.state(&feed, "dashboard"), State::Degraded);
    assert_eq!(map.state(&feed, "salesforce_sync"), State::PartialOutage);
    assert_eq!(map.state(&feed, "ai_assistant"), State::Unknown);
    assert_eq!(map.worst(&feed, &["api", "dashboard"]), Some(State::Degraded));
    assert_eq!(map.worst(&feed, &["api", "ai_assistant"]), Some(State::Unknown));
    assert_eq!(map.worst::<&str>(&feed, &[]), None);
    assert_eq!(map.states(&feed)[2], ("salesforce_sync".into(), State::PartialOutage));
    assert_eq!(map.of_component(&feed.components[1]), ["dashboard"]);

    let host = [("api".into(), "Europe".into()), ("dashboard".into(), "no such".into())];
    let map = Services { product: &product, host: &host };
    assert_eq!(map.state(&feed, "api"), State::MajorOutage, "a group stands for its members");
    assert_eq!(map.state(&feed, "dashboard"), State::Unknown, "a wrong name is not guessed at");
}

#[test]
fn a_feed_without_components_answers_only_for_all_or_none() {
    let product = product();
    let map = Services { product: &product, host: &[] };
    assert_eq!(map.state(&feed("instatus/operational.json"), "api"), State::Operational);
    assert_eq!(map.state(&feed("instatus/major_outage.all.json"), "api"), State::MajorOutage);
    assert_eq!(map.state(&feed("instatus/degraded.json"), "api"), State::Unknown);
    assert_eq!(map.state(&Feed::default(), "api"), State::Unknown);
}

#[test]
fn incidents_of_an_article_come_first_and_the_others_are_told_apart() {
    let product = product();
    let map = Services { product: &product, host: &[] };
    let feed = text(
        r#"{"status":"up","services":{"api":"up","website":"up"},"incidents":[
            {"id":"a","title":"A","services":["website"]},
            {"id":"b","title":"B","services":["api"],"severity":"down"},
            {"id":"c","title":"C"},
            {"id":"d","title":"D","services":["API"]}]}"#,
    );
    let ids = |list: Vec<&unstuck_core::status::Incident>| {
        list.iter().map(|one| one.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(map.incidents(&feed, &["api"])), ["b", "d"]);
    assert_eq!(ids(map.unrelated(&feed, &["api"])), ["a", "c"]);
    assert_eq!(ids(map.incidents(&feed, &["dashboard"])), ["a"]);
    assert_eq!(ids(map.unrelated::<&str>(&feed, &[])), ["a", "b", "c", "d"]);
}

#[test]
fn what_a_person_waits_for_is_over_only_when_it_is_known_to_work() {
    let product = product();
    let map = Services { product: &product, host: &[] };
    let down = text(
        r#"{"status":"down","services":{"api":"down","website":"down"},
            "incidents":[{"id":"i","title":"I","services":["api"]}]}"#,
    );
    let watch = Watch::of(&map, &down, &["api"]).unwrap();
    assert_eq!(watch, Watch { services: vec!["api".into()], incidents: vec!["i".into()] });
    assert!(Watch::of(&map, &down, &["salesforce_sync"]).is_none());

    let over = |feed: &Feed| watch.is_over(&map, feed);
    assert!(!over(&down));
    assert!(over(&text(r#"{"status":"down","services":{"api":"up","website":"down"}}"#)));
    assert!(!over(&text(r#"{"status":"up","services":{"api":"slow"}}"#)));
    assert!(!over(&text(r#"{"status":"up","services":{"api":null}}"#)));
    assert!(!over(&text(r#"{"status":"up","services":{"website":"up"}}"#)));
    assert!(!over(&text("<html>")));
    assert!(!over(&Feed::default()));
    let old = r#"{"status":"up","services":{"api":"up"},"updated_at":"2026-11-20T00:00:00Z"}"#;
    assert!(!over(&text(old)), "what is stale says nothing of now");
    let open = r#"{"status":"up","services":{"api":"up"},"incidents":[{"id":"i","title":"I"}]}"#;
    assert!(!over(&text(open)));
}

#[test]
fn an_incident_of_the_whole_page_can_be_waited_for() {
    let product = product();
    let map = Services { product: &product, host: &[] };
    let watch = Watch::of(&map, &feed("instatus/degraded.json"), &["api"]).unwrap();
    assert!(watch.services.is_empty());
    assert!(!watch.is_over(&map, &feed("instatus/degraded.json")));
    assert!(watch.is_over(&map, &feed("instatus/operational.json")));
    assert!(!watch.is_over(&map, &feed("instatus/unknown.new-word.json")));
}

/// The window of 6 December 2026, 07:00 to 09:00 UTC.
const FROM: u64 = 1_796_540_400_000;
const TO: u64 = FROM + 2 * 3_600_000;

fn at(now: u64, feed: Option<&Feed>) -> Vec<Planned> {
    let product = product();
    planned(&Services { product: &product, host: &[] }, feed, now, &NoZones)
}

#[test]
fn a_rule_is_told_of_before_during_and_after() {
    let day = 86_400_000;
    assert!(at(FROM - 7 * day - 1, None).is_empty());
    let when = |now| at(now, None).first().map(|one| one.when);
    assert_eq!(when(FROM - 7 * day), Some(When::Before));
    assert_eq!(when(FROM - 1), Some(When::Before));
    assert_eq!(when(FROM), Some(When::During));
    assert_eq!(when(TO - 1), Some(When::During));
    assert_eq!(when(TO), Some(When::After));
    assert_eq!(when(TO + AFTER_MS - 1), Some(When::After));
    assert_eq!(when(TO + AFTER_MS), None);
    let one = at(FROM, None).remove(0);
    assert_eq!((one.from, one.to), (Some(FROM), Some(TO)));
    assert_eq!(one.services, ["api"]);
}

#[test]
fn work_that_the_feed_announces_stands_for_the_rule_of_the_same_time() {
    let announced = feed("statuspage/operational.json");
    let both = at(FROM - 1, Some(&announced));
    assert_eq!(both.len(), 1);
    assert_eq!((both[0].title.as_str(), both[0].when), ("Database upgrade", When::Before));
    assert_eq!(both[0].services, ["salesforce_sync"]);
    let other = feed("statuspage/maintenance.json");
    let both = at(FROM - 86_400_000, Some(&other));
    assert_eq!(both[0].when, When::During);
    assert_eq!(both[1].title, "Monthly maintenance");
}

#[test]
fn the_next_window_of_a_service_is_found() {
    let rules = product().maintenance;
    let window = |service| next_maintenance(&rules, service, NOW, &NoZones).map(|(_, at)| at.from);
    assert_eq!(window(None), Some(FROM));
    assert_eq!(window(Some("api")), Some(FROM));
    assert_eq!(window(Some("dashboard")), None);
}
