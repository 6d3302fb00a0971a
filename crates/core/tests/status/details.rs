//! What is read out of the fixtures beside the state: incidents, maintenance, names, times.

use crate::{NOW, bytes, feed, options};
use unstuck_core::handover::rfc3339;
use unstuck_core::status::{Fault, Options, Phase, State, read};

fn at(time: Option<u64>) -> String {
    time.map(rfc3339).unwrap_or_default()
}

#[test]
fn an_incident_of_statuspage_says_what_since_when_and_what_was_said_last() {
    let feed = feed("statuspage/partial_outage.json");
    let incident = &feed.incidents[0];
    assert_eq!(incident.title, "Sync is late");
    assert_eq!((incident.phase, incident.state), (Phase::Identified, State::PartialOutage));
    assert_eq!(at(incident.since), "2026-11-21T07:58:00Z");
    assert_eq!(at(incident.updated_at), "2026-11-21T09:40:00Z");
    assert_eq!(incident.update, "We found the cause & work on it.");
    assert_eq!(incident.url.as_deref(), Some("https://stspg.example/i/inc1"));
    assert_eq!(incident.services, ["c-sync"]);
    assert_eq!(feed.url.as_deref(), Some("https://status.kettle.example"));
    assert_eq!(at(feed.updated_at), "2026-11-21T09:55:00Z");
}

#[test]
fn a_component_that_an_incident_names_is_as_bad_as_the_incident() {
    let feed = feed("statuspage/partial_outage.incident-names-working-component.json");
    assert_eq!(feed.service("c-sync"), State::PartialOutage);
    assert_eq!(feed.service("Website"), State::Operational);
    assert!(feed.source_disagrees);
}

#[test]
fn rows_of_groups_are_names_not_components() {
    let feed = feed("statuspage/major_outage.groups.json");
    let groups: Vec<_> =
        feed.components.iter().map(|one| (one.name.as_str(), one.group.as_str())).collect();
    assert_eq!(groups, [("API", "Europe"), ("Website", "Europe"), ("Salesforce Sync", "")]);
}

#[test]
fn lists_that_are_objects_and_updates_of_another_name_are_read() {
    let feed = feed("statuspage/degraded.objects-for-arrays.json");
    assert_eq!(feed.components.len(), 3);
    assert_eq!(feed.incidents[0].update, "We found the cause & work on it.");
}

#[test]
fn announced_maintenance_has_its_times_and_says_whether_it_goes_on() {
    let ahead = feed("statuspage/operational.json").maintenance;
    assert_eq!(ahead[0].phase, Phase::Scheduled);
    assert_eq!(at(ahead[0].from), "2026-12-06T07:00:00Z");
    assert_eq!(at(ahead[0].to), "2026-12-06T09:00:00Z");
    assert_eq!(ahead[0].update, "Sync will pause.");
    let now = feed("plain/maintenance.json").maintenance;
    assert_eq!(
        (now[0].phase, now[0].services.as_slice()),
        (Phase::InProgress, &["api".into()][..])
    );
    let instatus = feed("instatus/maintenance.json").maintenance;
    assert_eq!(at(instatus[0].to), "2026-11-21T11:00:00Z", "two hours, told in minutes");
}

#[test]
fn maintenance_that_is_over_or_to_come_changes_no_state() {
    let feed = feed("openstatus/operational.json");
    assert_eq!(feed.maintenance.len(), 1, "the past one is dropped");
    assert_eq!(feed.service("Website"), State::Operational);
    // The same feed, read while the window is open.
    let then = 1_796_544_000_000;
    let feed = read(&bytes("openstatus/operational.json"), &Options { now: then, ..options() });
    assert_eq!(feed.service("Website"), State::Maintenance);
    assert!(feed.stale);
}

#[test]
fn javascript_dates_are_read() {
    let incident = &feed("instatus/degraded.json").incidents[0];
    assert_eq!(incident.title, "Boiler \"A\" is cold");
    assert_eq!(at(incident.since), "2026-11-21T08:30:00Z");
}

#[test]
fn better_stack_joins_sections_updates_and_resources() {
    let feed = feed("betterstack/degraded.json");
    assert_eq!(feed.components[2].group, "Boilers");
    let incident = &feed.incidents[0];
    assert_eq!((incident.update.as_str(), incident.services[0].as_str()), ("Half is back.", "102"));
    let calm = crate::feed("betterstack/operational.one-not-monitored.json");
    assert_eq!(calm.service("Salesforce Sync"), State::Unknown);
    assert_eq!(crate::feed("betterstack/operational.json").message, "All kettles are hot.");
}

#[test]
fn placeholders_of_secrets_are_never_shown() {
    for (name, _, bytes) in crate::sound() {
        let feed = read(&bytes, &options());
        assert!(!format!("{feed:?}").contains("$API"), "{name}");
    }
}

#[test]
fn quotes_that_nobody_escaped_are_part_of_the_title() {
    let feed = feed("cstate/degraded.json");
    assert_eq!(feed.incidents.len(), 1);
    let incident = &feed.incidents[0];
    assert_eq!(incident.title, "Users see \"Error 500\", then \"try again\"");
    assert_eq!(incident.services, ["Website"]);
    assert_eq!(at(incident.updated_at), "2026-11-21T09:43:40Z");
    assert_eq!(at(feed.updated_at), "2026-11-21T09:55:00Z");
    let both = crate::feed("cstate/major_outage.json");
    assert_eq!(both.incidents.len(), 1, "an issue that stands with two systems is one");
}

#[test]
fn openstatus_joins_components_with_monitors_and_reports() {
    let feed = feed("openstatus/degraded.json");
    assert_eq!(feed.components.len(), 3, "monitors are not counted beside their components");
    assert_eq!(
        (feed.components[0].group.as_str(), feed.components[0].id.as_str()),
        ("Boilers", "11")
    );
    assert_eq!(feed.incidents[0].update, "Nearly there.");
    assert_eq!(at(feed.incidents[0].since), "2026-11-21T08:00:00Z");
    let named = crate::feed("openstatus/degraded.report-names-monitor.json");
    assert_eq!(named.service("Salesforce Sync"), State::Degraded);
}

#[test]
fn a_service_that_says_what_is_wrong_is_an_incident() {
    let feed = feed("plain/partial_outage.json");
    assert_eq!(feed.components[0].name, "Public API");
    let incident = &feed.incidents[0];
    assert_eq!(incident.title, "Writes fail & reads work");
    assert_eq!(incident.url.as_deref(), Some("/incidents/1"));
    assert_eq!(incident.services, ["api"]);
}

#[test]
fn a_feed_is_stale_after_its_time_and_never_without_one() {
    let bytes = bytes("plain/operational.json");
    let stale = |now| read(&bytes, &Options { now, ..options() }).stale;
    let made = NOW - 5 * 60_000;
    assert!(!stale(made + 15 * 60_000));
    assert!(stale(made + 15 * 60_000 + 1));
    assert!(!stale(made - 60_000), "a clock that is slow makes nothing stale");
    let patient = Options { now: made + 3_600_000, stale_after: 7_200_000, ..options() };
    assert!(!read(&bytes, &patient).stale);
    assert!(!feed("upptime/operational.json").stale);
}

#[test]
fn limits_hold_and_what_is_beyond_them_still_counts() {
    let large = vec![b' '; (1 << 20) + 1];
    assert_eq!(read(&large, &options()).fault, Some(Fault::TooLarge));
    let mut services: Vec<String> = (0..600).map(|n| format!("\"s{n}\":\"up\"")).collect();
    services.push("\"last\":\"down\"".into());
    let text = format!("{{\"status\":\"up\",\"services\":{{{}}}}}", services.join(","));
    let feed = read(text.as_bytes(), &options());
    assert_eq!((feed.components.len(), feed.state), (500, State::MajorOutage));
    let incidents: Vec<String> = (0..300)
        .map(|n| {
            format!(
                "{{\"title\":\"{n}\",\"severity\":\"{}\"}}",
                if n < 299 { "slow" } else { "red" }
            )
        })
        .collect();
    let text = format!("{{\"status\":\"up\",\"incidents\":[{}]}}", incidents.join(","));
    let feed = read(text.as_bytes(), &options());
    assert_eq!((feed.incidents.len(), feed.state), (100, State::MajorOutage));
}

#[test]
fn links_that_are_not_for_the_web_are_left_out() {
    for (url, kept) in [
        ("javascript:alert(1)", false),
        ("//evil.example/x", false),
        ("/\\\\evil.example", false),
        ("data:text/html,x", false),
        ("/incidents/1", true),
        ("https://status.example/1", true),
    ] {
        let text = format!(r#"{{"status":"down","incidents":[{{"title":"x","url":"{url}"}}]}}"#);
        let feed = read(text.as_bytes(), &options());
        assert_eq!(feed.incidents[0].url.is_some(), kept, "{url}");
    }
}

#[test]
fn a_megabyte_of_cross_references_is_read_in_no_time() {
    let reports: Vec<String> = (0..2_500)
        .map(|n| {
            format!(
                r#"{{"id":"{n}","type":"status_report","attributes":{{"title":"{n}","status":"x"}},"relationships":{{"status_updates":{{"data":[{{"id":"u{n}"}}]}}}}}},{{"id":"u{n}","type":"status_update","attributes":{{"message":"{n}"}}}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"data":{{"id":"1","type":"status_page","attributes":{{"aggregate_state":"operational"}}}},"included":[{}]}}"#,
        reports.join(",")
    );
    let open = r#"{"id":1,"title":"x","pageComponents":[],"monitors":[1,2,3,4,5,6,7,8,9,10,11]}"#;
    let rows: Vec<String> =
        (0..2_500).map(|n| format!(r#"{{"id":{n},"name":"x","monitorId":{n}}}"#)).collect();
    let other = format!(
        r#"{{"status":"success","pageComponents":[{}],"statusReports":[{}]}}"#,
        rows.join(","),
        vec![open; 2_500].join(",")
    );
    for text in [text, other] {
        let start = std::time::Instant::now();
        let feed = read(text.as_bytes(), &options());
        let taken = start.elapsed();
        assert_eq!(feed.state, State::Degraded);
        // A debug build on a busy machine; what must not happen takes minutes.
        assert!(taken.as_secs() < 20, "{} bytes took {taken:?}", text.len());
    }
}
