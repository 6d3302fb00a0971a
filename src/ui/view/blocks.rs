//! Text of articles: typed blocks and inlines to nodes. Nothing becomes HTML from a string, and an
//! address is used only when its scheme is one of those we follow.

use unstuck_core::model::{Align, Block, Href, Inline, ListItem, plain_inlines};
use yew::prelude::*;

use super::View;
use super::icon::icon;
use crate::ui::state::Action;
use crate::ui::strings::Key;

/// Blocks, one after another.
pub(super) fn blocks(view: View<'_>, blocks: &[Block]) -> Html {
    blocks.iter().map(|each| block(view, each)).collect()
}

fn block(view: View<'_>, block: &Block) -> Html {
    match block {
        Block::Heading(level, text) => {
            let level = (view.state.settings.heading_level + 1 + level).min(6);
            html! { <@{super::format_heading(level)} class="inner">{ inlines(view, text) }</@> }
        }
        Block::Paragraph(text) => html! { <p>{ inlines(view, text) }</p> },
        Block::List(None, items) => {
            let tasks = items.iter().any(|item| item.task.is_some());
            html! { <ul class={tasks.then_some("tasks")}>{ list(view, items) }</ul> }
        }
        Block::List(Some(start), items) => {
            html! { <ol start={start.to_string()}>{ list(view, items) }</ol> }
        }
        Block::Table { align, head, rows } => table(view, align, head, rows),
        Block::Code(_, text) => code(view, text),
        Block::Quote(inner) => html! { <blockquote>{ blocks(view, inner) }</blockquote> },
        Block::Rule => html! { <hr /> },
    }
}

fn list(view: View<'_>, items: &[ListItem]) -> Html {
    items
        .iter()
        .map(|item| {
            let task = item.task.map(|done| {
                let key = if done { Key::DONE_TASK } else { Key::OPEN_TASK };
                html! { <><span class={if done { "box ticked" } else { "box" }} aria-hidden="true" /><span class="hidden">{ view.text(key) }{ ": " }</span></> }
            });
            // A single paragraph needs no paragraph of its own.
            let content = match item.blocks.as_slice() {
                [Block::Paragraph(text)] => inlines(view, text),
                all => blocks(view, all),
            };
            html! { <li>{ for task }{ content }</li> }
        })
        .collect()
}

fn table(view: View<'_>, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Html {
    let class = |n: usize| match align.get(n) {
        Some(Align::End) => Some("end"),
        Some(Align::Center) => Some("center"),
        _ => None,
    };
    html! {
        <div class="table" tabindex="0" role="group" aria-label={head.first().map(|cell| plain_inlines(cell))}>
            <table>
                <thead><tr>{ for head.iter().enumerate().map(|(n, cell)| html! { <th scope="col" class={class(n)}>{ inlines(view, cell) }</th> }) }</tr></thead>
                <tbody>{ for rows.iter().map(|row| html! {
                    <tr>{ for row.iter().enumerate().map(|(n, cell)| html! { <td class={class(n)}>{ inlines(view, cell) }</td> }) }</tr>
                }) }</tbody>
            </table>
        </div>
    }
}

fn code(view: View<'_>, text: &str) -> Html {
    let copied = view.state.copied.as_deref() == Some(text);
    html! {
        <div class="code">
            <pre tabindex="0"><code>{ text }</code></pre>
            { copy_button(view, Key::COPY_CODE, copied, Action::Copy(text.to_owned(), text.to_owned())) }
        </div>
    }
}

/// A button that copies; it confirms in place.
pub(super) fn copy_button(view: View<'_>, key: Key, copied: bool, action: Action) -> Html {
    html! {
        <button type="button" class="plain small" onclick={view.click(action)}>
            { icon(if copied { "done" } else { "copy" }) }
            { view.text(key) }
            if copied { <span class="confirm">{ " · " }{ view.text(Key::COPIED) }</span> }
        </button>
    }
}

/// Inlines, one after another.
pub(super) fn inlines(view: View<'_>, text: &[Inline]) -> Html {
    text.iter().map(|each| inline(view, each)).collect()
}

fn inline(view: View<'_>, inline: &Inline) -> Html {
    match inline {
        Inline::Text(text) => html! { <>{ text }</> },
        Inline::Code(text) => html! { <code>{ text }</code> },
        Inline::Key(text) => html! { <kbd>{ text }</kbd> },
        Inline::Strong(inner) => html! { <strong>{ inlines(view, inner) }</strong> },
        Inline::Emphasis(inner) => html! { <em>{ inlines(view, inner) }</em> },
        Inline::Link(href, inner) => link(view, href, inlines(view, inner)),
        Inline::Image { src, alt } => match safe(src) {
            Some(src) => html! { <img src={src.to_owned()} alt={alt.clone()} loading="lazy" /> },
            None => html! { <>{ view.fill(Key::IMAGE_OF, &[("alt", alt)]) }</> },
        },
        Inline::Break => html! { <br /> },
    }
}

fn link(view: View<'_>, href: &Href, content: Html) -> Html {
    match href {
        Href::Url(url) => match safe(url) {
            Some(url) if url.starts_with("http") => html! {
                <a href={url.to_owned()} target="_blank" rel="noopener noreferrer">{ content }{ icon("out") }<span class="hidden">{ " (" }{ view.text(Key::NEW_TAB) }{ ")" }</span></a>
            },
            Some(url) => html! { <a href={url.to_owned()}>{ content }</a> },
            None => content,
        },
        Href::Article(id) if view.state.pack.find(id).is_some() => html! {
            <button type="button" class="link" onclick={view.click(Action::Show(id.clone()))}>{ content }</button>
        },
        Href::Article(_) => content,
        Href::Link(name) => deep_link(view, name, "link", Some(content)),
    }
}

/// A deep link of the host product: a link when its address is known and its blanks are filled,
/// else its path in words.
pub(super) fn deep_link(
    view: View<'_>,
    name: &str,
    class: &'static str,
    content: Option<Html>,
) -> Html {
    let Some(link) = view.state.pack.product().link(name) else {
        return content.unwrap_or_default();
    };
    let label = view.state.fill_blanks(&link.label);
    match view.state.href(name) {
        Some(href) => html! {
            <a class={class} href={href} data-link={name.to_owned()}>
                { content.unwrap_or_else(|| html! { <>{ label }</> }) }
                if class != "link" { { icon("next") } }
            </a>
        },
        None => {
            html! { <span class="path">{ content.unwrap_or_else(|| html! { <>{ label }</> }) }</span> }
        }
    }
}

/// The address, when it is http(s), mailto, tel or relative; everything else is refused.
pub(crate) fn safe(url: &str) -> Option<&str> {
    let url = url.trim();
    let scheme = url.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    match scheme {
        None => (!url.starts_with("//") && !url.contains(|c: char| c.is_control() || c == '\\'))
            .then_some(url),
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
