//! Atlassian Statuspage v2: `summary.json` and its parts. Pages of incident.io answer alike.
//! Rows of groups are components too and are taken for names only.

use super::super::draft::{Draft, id, ids, latest, phase, time, title, url, word};
use super::super::json::Json;
use super::super::{Announced, Component, Incident, Phase, State};

pub(super) fn read(root: Json<'_>, draft: &mut Draft) -> Option<()> {
    let page = root.get("page");
    let status = root.get("status");
    let rows = draft.objects(root.get("components"));
    let known = page.is_map() || !rows.is_empty();
    known.then_some(())?;
    draft.feed.url = url(page.get("url"));
    draft.feed.updated_at = time(page, &["updated_at"]);
    if !status.is_null() {
        draft.word = Some(word(status.get("indicator")));
    }
    components(&rows, draft);
    for item in draft.objects(root.get("incidents")) {
        incident(item, draft);
    }
    for item in draft.objects(root.get("scheduled_maintenances")) {
        maintenance(item, draft);
    }
    Some(())
}

fn components(rows: &[Json<'_>], draft: &mut Draft) {
    let groups: Vec<(String, String)> = rows
        .iter()
        .filter(|row| row.get("group").is_true())
        .map(|row| (id(row.get("id")), title(row.get("name"))))
        .collect();
    let parents: Vec<String> = rows.iter().map(|row| id(row.get("group_id"))).collect();
    for (row, parent) in rows.iter().zip(&parents) {
        let own = id(row.get("id"));
        // A group whose members are not listed stands for them.
        if row.get("group").is_true() && parents.contains(&own) && !own.is_empty() {
            continue;
        }
        let group = groups.iter().find(|(id, _)| id == parent);
        draft.component(Component {
            name: title(row.get("name")),
            group: group.map(|(_, name)| name.clone()).unwrap_or_default(),
            state: word(row.get("status")),
            id: own,
            unwatched: false,
        });
    }
}

/// How bad it is: an impact of "none" harms nobody, one that is missing is not known.
fn impact(item: Json<'_>) -> State {
    word(item.get("impact"))
}

/// Updates under either of the two names that are seen.
fn updates(item: Json<'_>) -> (String, Option<u64>) {
    let list = item.get("incident_updates");
    let list = if list.is_null() { item.get("event_updates") } else { list };
    latest(list.items(), "body", &["display_at", "created_at", "updated_at"])
}

/// The components that it names, itself or in an update.
fn touched(item: Json<'_>) -> Vec<String> {
    let mut out = ids(item.get("components"), &["id"]);
    if out.is_empty() {
        for update in item.get("incident_updates").items() {
            for code in ids(update.get("affected_components"), &["code", "id"]) {
                if !out.contains(&code) {
                    out.push(code);
                }
            }
        }
    }
    out
}

fn incident(item: Json<'_>, draft: &mut Draft) {
    let mut phase = phase(item.get("status"));
    if phase == Phase::Unknown && !item.get("resolved_at").is_null() {
        phase = Phase::Resolved;
    }
    let (update, updated_at) = updates(item);
    draft.incident(Incident {
        id: id(item.get("id")),
        title: title(item.get("name")),
        phase,
        state: impact(item),
        since: time(item, &["started_at", "created_at"]),
        updated_at: updated_at.or_else(|| time(item, &["updated_at"])),
        update,
        url: url(item.get("shortlink")),
        services: touched(item),
    });
}

fn maintenance(item: Json<'_>, draft: &mut Draft) {
    draft.maintenance(Announced {
        id: id(item.get("id")),
        title: title(item.get("name")),
        phase: phase(item.get("status")),
        from: time(item, &["scheduled_for", "started_at"]),
        to: time(item, &["scheduled_until"]),
        update: updates(item).0,
        url: url(item.get("shortlink")),
        services: touched(item),
    });
}
