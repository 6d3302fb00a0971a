//! Instatus, `summary.json`: the page's word, open incidents, maintenance. No components.
//! Lists are left out when empty; a duration is minutes, mostly as text.

use super::super::draft::{Draft, phase, time, title, url, word};
use super::super::json::Json;
use super::super::{Announced, Incident};

pub(super) fn read(root: Json<'_>, draft: &mut Draft) -> Option<()> {
    let page = root.get("page");
    page.is_map().then_some(())?;
    draft.feed.url = url(page.get("url"));
    draft.word = Some(word(page.get("status")));
    for item in draft.objects(root.get("activeIncidents")) {
        draft.incident(Incident {
            title: title(item.get("name")),
            phase: phase(item.get("status")),
            state: word(item.get("impact")),
            since: time(item, &["started"]),
            url: url(item.get("url")),
            ..Incident::default()
        });
    }
    for item in draft.objects(root.get("activeMaintenances")) {
        let from = time(item, &["start"]);
        let minutes: Option<u64> =
            item.get("duration").id().and_then(|text| text.trim().parse().ok());
        draft.maintenance(Announced {
            title: title(item.get("name")),
            phase: phase(item.get("status")),
            from,
            to: from
                .zip(minutes)
                .map(|(from, minutes)| from.saturating_add(minutes.saturating_mul(60_000))),
            url: url(item.get("url")),
            ..Announced::default()
        });
    }
    Some(())
}
