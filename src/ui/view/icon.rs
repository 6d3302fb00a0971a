//! The icon set: 20 px, a stroke of 1.75 px, drawn for this widget, hidden from screen readers.

use crate::depth;

/// Outline of the icon of that name.
pub(super) fn path(name: &str) -> Option<&'static str> {
    Some(match name {
        "back" => "M12 4 6 10l6 6",
        "close" => "m5 5 10 10M15 5 5 15",
        "search" => "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.3-1.7L17 17",
        "next" => "m8 4 6 6-6 6",
        "person" => {
            "M10 10a3.250 3.250 0 1 0 0-6.500 3.250 3.250 0 0 0 0 6.500Zm-6 7c.6-3 3-4.500 6-4.500s5.400 1.500 6 4.500"
        }
        "dot" => "M10 10h.01",
        _ => {
            let mut path = None;
            if depth::here() {
                depth::icon(&name, &mut path);
            }
            return path;
        }
    })
}

/// Outline of an icon that no first screen shows.
pub fn deep_icon(name: &&str, path: &mut Option<&'static str>) {
    *path = Some(match *name {
        "done" => "m4 10.500 4 4 8-9",
        "skip" => "M5 10h10",
        "clock" => "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-11v4l2.500 2",
        "warn" => "M10 3 2.500 16.500h15L10 3Zm0 5v4m0 2.250v.250",
        "mail" => "M3 5h14v10H3V5Zm.3.5L10 11l6.700-5.500",
        "phone" => {
            "M4 3.500h3l1.500 4-2 1.500a9 9 0 0 0 4.500 4.500l1.500-2 4 1.500v3A13 13 0 0 1 4 3.500Z"
        }
        "chat" => "M3 4.500h14v9H9l-4 3v-3H3v-9Z",
        "out" => "M11 4h5v5m0-5-8 8M8 5H4v11h11v-4",
        "copy" => "M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500V7Z",
        "picture" => "M3 4.500h14v11H3v-11Zm0 8.500 4-4 4 4 2-2 4 4M13 8h.01",
        _ => return,
    });
}

/// Its class: some icons are styled by name.
pub(super) fn class(name: &str) -> &'static str {
    match name {
        "back" | "next" => "icon turn",
        "dot" => "icon dot",
        "out" => "icon out",
        _ => "icon",
    }
}
