//! Better Stack, `index.json` (JSON:API): the page in `data`, everything else in `included`.
//! Its words know no "partly down": some resources down are a partial outage.

use super::super::draft::{Draft, id, ids, latest, time, title, update, word};
use super::super::json::Json;
use super::super::{Announced, Component, Incident, Phase, State};
use super::is_word;

pub(super) fn read(root: Json<'_>, draft: &mut Draft) -> Option<()> {
    let page = root.get("data").get("attributes");
    (page.is_map() && is_word(root.get("data").get("type"), "status_page")).then_some(())?;
    draft.word = Some(word(page.get("aggregate_state")));
    draft.feed.updated_at = time(page, &["updated_at"]);
    draft.feed.message = update(page.get("announcement"));
    let included = draft.objects(root.get("included"));
    let of = |kind: &'static str| {
        included.iter().copied().filter(move |item| is_word(item.get("type"), kind))
    };
    let sections: Vec<(String, String)> = of("status_page_section")
        .map(|item| (id(item.get("id")), title(item.get("attributes").get("name"))))
        .collect();
    for item in of("status_page_resource") {
        let fields = item.get("attributes");
        let section = id(fields.get("status_page_section_id"));
        let group = sections.iter().find(|(id, _)| *id == section);
        let status = fields.get("status");
        draft.component(Component {
            id: id(item.get("id")),
            name: title(fields.get("public_name")),
            group: group.map(|(_, name)| name.clone()).unwrap_or_default(),
            state: if is_word(status, "downtime") { State::MajorOutage } else { word(status) },
            unwatched: is_word(status, "not_monitored"),
        });
    }
    draft.some_down();
    let updates: Vec<Update<'_>> = of("status_update")
        .map(|item| {
            let fields = item.get("attributes");
            Update { id: id(item.get("id")), report: id(fields.get("status_report_id")), fields }
        })
        .collect();
    for item in of("status_report") {
        report(item, &updates, draft);
    }
    Some(())
}

/// An update, and the report that it belongs to.
struct Update<'a> {
    id: String,
    report: String,
    fields: Json<'a>,
}

fn report(item: Json<'_>, updates: &[Update<'_>], draft: &mut Draft) {
    let fields = item.get("attributes");
    let own = id(item.get("id"));
    let listed = ids(item.get("relationships").get("status_updates").get("data"), &["id"]);
    let mine = updates.iter().filter(|one| listed.contains(&one.id) || one.report == own);
    let (text, updated_at) =
        latest(mine.map(|one| one.fields), "message", &["published_at", "created_at"]);
    let to = time(fields, &["ends_at"]);
    let from = time(fields, &["starts_at"]);
    let affected = fields.get("affected_resources");
    let services = ids(affected, &["status_page_resource_id", "id"]);
    if is_word(fields.get("report_type"), "maintenance") {
        draft.maintenance(Announced {
            id: own,
            title: title(fields.get("title")),
            from,
            to,
            update: text,
            services,
            ..Announced::default()
        });
        return;
    }
    let state = word(fields.get("aggregate_state"));
    let worst = affected.items().map(|item| word(item.get("status")));
    draft.incident(Incident {
        id: own,
        title: title(fields.get("title")),
        phase: if to.is_some_and(|to| to <= draft.now()) {
            Phase::Resolved
        } else {
            Phase::Unknown
        },
        state: worst.filter(|state| state.is_trouble()).fold(state, State::worse),
        since: from,
        updated_at,
        update: text,
        url: None,
        services,
    });
}
