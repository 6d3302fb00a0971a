//! OpenStatus: `feed/json`, and the badge's bare `{"status"}`.
//! Components have no state of their own: it comes from their monitor, or from open reports.

use super::super::draft::{Draft, id, ids, latest, phase, time, title, update, word};
use super::super::json::Json;
use super::super::{Announced, Component, Incident, State};
use super::is_word;

pub(super) fn read(root: Json<'_>, draft: &mut Draft) -> Option<()> {
    root.is_map().then_some(())?;
    let status = root.get("status");
    let page = word(status);
    draft.word = Some(page);
    draft.feed.updated_at = time(root, &["updatedAt"]);
    let rows = draft.objects(root.get("pageComponents"));
    let monitors = draft.objects(root.get("monitors"));
    let known = status.string().is_some() || !rows.is_empty() || !monitors.is_empty();
    known.then_some(())?;
    let groups: Vec<(String, String)> = draft
        .objects(root.get("pageComponentGroups"))
        .iter()
        .map(|item| (id(item.get("id")), title(item.get("name"))))
        .collect();
    let states: Vec<(String, State)> =
        monitors.iter().map(|item| (id(item.get("id")), monitor(*item))).collect();
    // Of each monitor: the component that stands for it.
    let mut stands: Vec<(String, String)> = Vec::new();
    for row in &rows {
        let of = id(row.get("monitorId"));
        let at = states.iter().position(|(id, _)| !of.is_empty() && *id == of);
        if !of.is_empty() {
            stands.push((of.clone(), id(row.get("id"))));
        }
        let group = id(row.get("groupId"));
        let state = match at.and_then(|at| states.get(at)) {
            Some((_, state)) => *state,
            // Its monitor is not listed.
            None if !of.is_empty() => State::Unknown,
            // Nothing watches it: it works unless a report says otherwise, if the page can be read.
            None if page == State::Unknown => State::Unknown,
            None => State::Operational,
        };
        draft.component(Component {
            id: id(row.get("id")),
            name: title(row.get("name")),
            group: groups
                .iter()
                .find(|(id, _)| *id == group)
                .map(|(_, name)| name.clone())
                .unwrap_or_default(),
            state,
            unwatched: false,
        });
    }
    for (item, (own, state)) in monitors.iter().zip(&states) {
        if !stands.iter().any(|(monitor, _)| monitor == own) {
            draft.component(Component {
                id: own.clone(),
                name: title(item.get("name")),
                state: *state,
                unwatched: is_word(item.get("status"), "empty"),
                ..Component::default()
            });
        }
    }
    draft.some_down();
    for item in draft.objects(root.get("statusReports")) {
        report(item, &stands, draft);
    }
    for item in draft.objects(root.get("maintenances")) {
        draft.maintenance(Announced {
            id: id(item.get("id")),
            title: title(item.get("name")),
            from: time(item, &["from"]),
            to: time(item, &["to"]),
            update: update(item.get("message")),
            services: touched(item, &stands),
            ..Announced::default()
        });
    }
    Some(())
}

/// The state of a monitor: of one, "error" means down.
fn monitor(item: Json<'_>) -> State {
    let status = item.get("status");
    if is_word(status, "error") { State::MajorOutage } else { word(status) }
}

/// The components that it names, else those that stand for the monitors that it names. A monitor
/// without a component stands for itself.
fn touched(item: Json<'_>, stands: &[(String, String)]) -> Vec<String> {
    let named = ids(item.get("pageComponents"), &["pageComponentId", "id"]);
    if !named.is_empty() {
        return named;
    }
    let mut out = Vec::new();
    for monitor in ids(item.get("monitors"), &["monitorId", "id"]) {
        let mut standing = stands.iter().filter(|(id, _)| *id == monitor).peekable();
        if standing.peek().is_none() {
            out.push(monitor);
        } else {
            out.extend(standing.map(|(_, component)| component.clone()));
        }
    }
    out
}

fn report(item: Json<'_>, stands: &[(String, String)], draft: &mut Draft) {
    let (text, at) =
        latest(item.get("statusReportUpdates").items(), "message", &["date", "updatedAt"]);
    let first = item.get("statusReportUpdates").items();
    let since = first.filter_map(|item| time(item, &["date", "updatedAt"])).min();
    draft.incident(Incident {
        id: id(item.get("id")),
        title: title(item.get("title")),
        phase: phase(item.get("status")),
        state: State::Degraded,
        since,
        updated_at: at.or_else(|| time(item, &["updatedAt"])),
        update: text,
        url: None,
        services: touched(item, stands),
    });
}
