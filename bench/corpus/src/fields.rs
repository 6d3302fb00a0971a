//! An article as the peers get it: the same words that the pack's index is made of, as plain text
//! by field. Made from the model, so no engine ever sees Markdown.

use serde::Serialize;
use unstuck_core::model::{
    Article, Block, Ending, Product, Replacement, plain_blocks, plain_inlines,
};

/// One article for an engine without a compiler of its own.
#[derive(Debug, Serialize)]
pub(crate) struct Fields<'a> {
    id: &'a str,
    title: &'a str,
    /// Other words for the problem, one a line; empty in a plain folder.
    phrasings: String,
    /// Search words, codes and the topic's title.
    keywords: String,
    headings: String,
    /// Everything else that is searched: cause, checks, text, ending.
    body: String,
}

/// The fields of one article.
pub(crate) fn of<'a>(article: &'a Article, product: &Product) -> Fields<'a> {
    let mut headings = Vec::new();
    let mut body = vec![plain_inlines(&article.cause)];
    for check in &article.checks {
        body.push(plain_inlines(&check.label));
        body.push(plain_blocks(&check.detail));
        body.extend(check.links.iter().filter_map(|name| Some(product.link(name)?.label.clone())));
        body.extend(check.choices.iter().map(|choice| plain_inlines(&choice.label)));
        body.push(plain_inlines(&check.expected));
        if let Replacement::Text(text) = &check.others {
            body.push(plain_inlines(text));
        }
    }
    split(&article.body, &mut headings, &mut body);
    match &article.ending {
        Ending::Escalate(escalation) => split(&escalation.text, &mut headings, &mut body),
        Ending::Expected(text) => split(text, &mut headings, &mut body),
    }
    let topic = product.topic(&article.topic).map(|topic| topic.title.clone());
    let keywords = article.keywords.iter().chain(&article.codes).cloned().chain(topic);
    Fields {
        id: &article.id,
        title: &article.title,
        phrasings: article.phrasings.join("\n"),
        keywords: joined(keywords),
        headings: joined(headings),
        body: joined(body),
    }
}

/// The lines that hold something.
fn joined(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn split(blocks: &[Block], headings: &mut Vec<String>, body: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading(_, words) => headings.push(plain_inlines(words)),
            other => body.push(plain_blocks(core::slice::from_ref(other))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unstuck_compiler::{Folder, compile};

    #[test]
    fn headings_and_text_come_apart_and_no_mark_of_markdown_is_left() {
        let page = "# Mail\n\nIt is **late**.\n\n## Why\n\n1. Wait.\n";
        let folder = Folder::from_texts("notes", [("post/mail.md", page)]);
        let base = compile(&folder, &|_| ()).bases.remove(0);
        let fields = of(&base.articles[0], &base.product);
        assert_eq!((fields.id, fields.title), ("post/mail", "Mail"));
        assert_eq!(fields.headings, "Why");
        assert_eq!(fields.body, "It is late.\nWait.");
        assert_eq!(fields.keywords, "Post");
    }
}
