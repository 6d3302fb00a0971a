//! cState, `index.json`: systems with their open issues. Times are Go's default text.
//! Its templates put text between quotes as it is; `json` reads that where it can be told.

use super::super::draft::{Draft, ids, time, title, update, url, word};
use super::super::json::Json;
use super::super::when::instant_of;
use super::super::{Component, Incident, Phase, State};
use super::is_word;

pub(super) fn read(root: Json<'_>, draft: &mut Draft) -> Option<()> {
    (root.is_map() && is_word(root.get("is"), "index")).then_some(())?;
    draft.feed.url = url(root.get("baseURL"));
    draft.feed.updated_at = built(root);
    let systems = draft.objects(root.get("systems"));
    for system in &systems {
        let name = title(system.get("name"));
        draft.component(Component {
            id: name.clone(),
            name,
            group: title(system.get("category")),
            state: word(system.get("status")),
            unwatched: false,
        });
    }
    draft.some_down();
    // Whether a summary of "down" means everything is seen by the systems.
    draft.word = Some(match word(root.get("summaryStatus")) {
        State::MajorOutage => State::PartialOutage,
        other => other,
    });
    let lists = systems.iter().map(|system| system.get("unresolvedIssues"));
    let mut seen: Vec<(String, String)> = Vec::new();
    for list in lists.chain([root.get("pinnedIssues")]).collect::<Vec<_>>() {
        for item in draft.objects(list) {
            let issue = (id_of(item), title(item.get("title")));
            // An issue stands with every system that it touches.
            if !seen.contains(&issue) {
                incident(item, draft);
                seen.push(issue);
            }
        }
    }
    Some(())
}

fn id_of(item: Json<'_>) -> String {
    let permalink = title(item.get("permalink"));
    if permalink.is_empty() { title(item.get("filename")) } else { permalink }
}

fn incident(item: Json<'_>, draft: &mut Draft) {
    let other = item.get("is");
    if item.get("resolved").is_true() || !(other.is_null() || is_word(other, "issue")) {
        return;
    }
    let informational = item.get("informational").is_true();
    draft.incident(Incident {
        id: id_of(item),
        title: title(item.get("title")),
        phase: Phase::Unknown,
        state: if informational { State::Operational } else { word(item.get("severity")) },
        since: time(item, &["createdAt"]),
        updated_at: time(item, &["lastMod"]),
        update: update(item.get("body")),
        url: url(item.get("permalink")),
        services: ids(item.get("affected"), &["name"]),
    });
}

/// When the static page was built.
fn built(root: Json<'_>) -> Option<u64> {
    let part = |key: &str| root.get(key).string().unwrap_or_default();
    let parts = [part("buildDate"), part("buildTime"), part("buildTimezone")];
    instant_of(&parts.join(" ")).or_else(|| instant_of(&parts[0]))
}
