//! Text of articles: typed blocks and inlines to nodes. Nothing becomes HTML from a string, and an
//! address is used only when its scheme is one of those we follow.

use unstuck_core::model::{Align, Block, Href, Inline, ListItem, plain_inlines};

use super::build::Build;
use crate::ui::state::Action;
use crate::ui::strings::Key;

/// Blocks, one after another.
pub(super) fn blocks(b: &mut Build<'_>, blocks: &[Block]) {
    for each in blocks {
        block(b, each);
    }
}

fn block(b: &mut Build<'_>, block: &Block) {
    match block {
        Block::Heading(level, text) => {
            let tag = b.heading_tag(*level);
            b.open(tag, "inner");
            inlines(b, text);
            b.close();
        }
        Block::Paragraph(text) => {
            b.open("p", "");
            inlines(b, text);
            b.close();
        }
        Block::List(start, items) => {
            let tasks = items.iter().any(|item| item.task.is_some());
            match start {
                Some(start) => {
                    b.open("ol", "");
                    b.attr_text("start", &start.to_string());
                }
                None => b.open("ul", if tasks { "tasks" } else { "" }),
            }
            list(b, items);
            b.close();
        }
        Block::Table { align, head, rows } => table(b, align, head, rows),
        Block::Code(_, text) => code(b, text),
        Block::Quote(inner) => {
            b.open("blockquote", "");
            blocks(b, inner);
            b.close();
        }
        Block::Rule => {
            b.open("hr", "");
            b.close();
        }
    }
}

fn list(b: &mut Build<'_>, items: &[ListItem]) {
    for item in items {
        b.open("li", "");
        if let Some(done) = item.task {
            b.open("span", if done { "box ticked" } else { "box" });
            b.close();
            b.open("span", "hidden");
            b.say(if done { Key::DONE_TASK } else { Key::OPEN_TASK });
            b.text(": ");
            b.close();
        }
        // A single paragraph needs no paragraph of its own.
        match item.blocks.as_slice() {
            [Block::Paragraph(text)] => inlines(b, text),
            all => blocks(b, all),
        }
        b.close();
    }
}

fn table(b: &mut Build<'_>, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
    b.open("div", "table");
    b.attr("tabindex", "0");
    b.attr("role", "group");
    if let Some(first) = head.first() {
        b.attr_text("aria-label", &plain_inlines(first));
    }
    b.open("table", "");
    b.open("thead", "");
    row(b, "th", align, head);
    b.close();
    b.open("tbody", "");
    for cells in rows {
        row(b, "td", align, cells);
    }
    b.close();
    b.close();
    b.close();
}

fn row(b: &mut Build<'_>, tag: &'static str, align: &[Align], cells: &[Vec<Inline>]) {
    b.open("tr", "");
    for (n, cell) in cells.iter().enumerate() {
        let class = match align.get(n) {
            Some(Align::End) => "end",
            Some(Align::Center) => "center",
            _ => "",
        };
        b.open(tag, class);
        if tag == "th" {
            b.attr("scope", "col");
        }
        inlines(b, cell);
        b.close();
    }
    b.close();
}

fn code(b: &mut Build<'_>, text: &str) {
    b.open("div", "code");
    b.open("pre", "");
    b.attr("tabindex", "0");
    b.put("code", "", text);
    b.close();
    let copied = b.state.copied.as_deref() == Some(text);
    copy_button(b, Key::COPY_CODE, copied, Action::Copy(text.to_owned(), text.to_owned()));
    b.close();
}

/// A button that copies; it confirms in place.
pub(super) fn copy_button(b: &mut Build<'_>, key: Key, copied: bool, action: Action) {
    b.button("secondary small", action);
    b.icon(if copied { "done" } else { "copy" });
    b.say(key);
    if copied {
        b.text(" · ");
        b.say(Key::COPIED);
    }
    b.close();
}

/// Inlines, one after another.
pub(super) fn inlines(b: &mut Build<'_>, text: &[Inline]) {
    for each in text {
        match each {
            Inline::Text(text) => b.text(text),
            Inline::Code(text) => b.put("code", "", text),
            Inline::Key(text) => b.put("kbd", "", text),
            Inline::Strong(inner) => within(b, "strong", inner),
            Inline::Emphasis(inner) => within(b, "em", inner),
            Inline::Link(href, inner) => link(b, href, inner),
            Inline::Image { src, alt } => match b.state.picture(src) {
                Some(src) => {
                    b.open("img", "");
                    b.attr_text("src", &src);
                    b.attr_text("alt", alt);
                    b.attr("loading", "lazy");
                    b.close();
                }
                None => b.fill(Key::IMAGE_OF, &[("alt", alt)]),
            },
            Inline::Break => {
                b.open("br", "");
                b.close();
            }
        }
    }
}

fn within(b: &mut Build<'_>, tag: &'static str, inner: &[Inline]) {
    b.open(tag, "");
    inlines(b, inner);
    b.close();
}

fn link(b: &mut Build<'_>, href: &Href, inner: &[Inline]) {
    match href {
        Href::Url(url) => {
            let Some(url) = safe(url) else { return inlines(b, inner) };
            b.open("a", "");
            b.attr_text("href", url);
            inlines(b, inner);
            if url.starts_with("http") {
                b.attr("target", "_blank");
                b.attr("rel", "noopener noreferrer");
                b.icon("out");
                b.open("span", "hidden");
                b.text(" (");
                b.say(Key::NEW_TAB);
                b.text(")");
                b.close();
            }
            b.close();
        }
        Href::Article(id) if b.state.pack.find(id).is_some() => {
            b.button("link", Action::Show(id.clone()));
            inlines(b, inner);
            b.close();
        }
        Href::Article(_) => inlines(b, inner),
        Href::Link(name) => match b.state.href(name) {
            Some(href) => {
                open_deep_link(b, name, "link", &href);
                inlines(b, inner);
                b.close();
            }
            None => inlines(b, inner),
        },
    }
}

fn open_deep_link(b: &mut Build<'_>, name: &str, class: &'static str, href: &str) {
    b.open("a", class);
    b.attr_text("href", href);
    b.attr_text("data-link", name);
}

/// A deep link as the best part of a check: a link when its address is known and its blanks are
/// filled, else its path in words.
pub(super) fn deep_link(b: &mut Build<'_>, name: &str) {
    let Some(link) = b.state.product().link(name) else { return };
    let label = b.state.fill_blanks(&link.label);
    b.open("p", "go");
    match b.state.href(name) {
        Some(href) => {
            open_deep_link(b, name, "primary go-there", &href);
            b.text(&label);
            b.icon("next");
            b.close();
        }
        None => b.put("span", "path", &label),
    }
    b.close();
}

/// The address, when it is http(s), mailto, tel or relative; everything else is refused.
pub(crate) fn safe(url: &str) -> Option<&str> {
    let url = url.trim();
    let scheme = url.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    match scheme {
        None => {
            let odd = url.starts_with("//") || url.contains(|c: char| c.is_control() || c == '\\');
            (!odd).then_some(url)
        }
        Some((scheme, _)) => {
            let known = ["http", "https", "mailto", "tel"];
            known.iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(url)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn only_known_schemes_and_relative_addresses_are_followed() {
        for good in
            ["https://a.example", "mailto:a@b.example", "tel:+1", "/settings", "a.md#b", "?x=1:2"]
        {
            assert_eq!(safe(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            " vbscript:x",
            "//evil.example",
            "\\\\evil",
            "java\nscript:x",
        ] {
            assert_eq!(safe(bad), None, "{bad}");
        }
    }
}
