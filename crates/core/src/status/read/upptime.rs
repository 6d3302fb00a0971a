//! Upptime, `history/summary.json`: an array of monitors, nothing else.
//! Addresses in it may be placeholders of secrets: they are neither shown nor followed.

use super::super::Component;
use super::super::draft::{Draft, id, title, word};
use super::super::json::Json;

pub(super) fn read(root: Json<'_>, draft: &mut Draft) -> Option<()> {
    root.is_list().then_some(())?;
    for item in draft.objects(root) {
        draft.component(Component {
            id: id(item.get("slug")),
            name: title(item.get("name")),
            state: word(item.get("status")),
            ..Component::default()
        });
    }
    draft.some_down();
    Some(())
}
