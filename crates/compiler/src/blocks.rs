//! Blocks of text from the tree: paragraphs, lists, tables, code, quotes, headings.
//! Used for the body of an article, the detail of a check and the text of an ending.

use crate::context::{Context, tag};
use crate::tree::{Kind, Node};
use unstuck_core::model::{Block, Inline, ListItem};

impl Context<'_> {
    /// The blocks of some nodes. `base` is the heading level that becomes level 1.
    pub(crate) fn blocks(&mut self, nodes: &[Node], base: u8) -> Vec<Block> {
        let mut out = Vec::new();
        for node in nodes {
            match &node.kind {
                Kind::Heading(level) => {
                    let inlines = self.inlines(&node.children);
                    if !inlines.is_empty() {
                        let level = level.saturating_sub(base).saturating_add(1).clamp(1, 5);
                        out.push(Block::Heading(level, inlines));
                    }
                }
                Kind::Paragraph => {
                    let inlines = self.inlines(&node.children);
                    if !inlines.is_empty() {
                        out.push(Block::Paragraph(inlines));
                    }
                }
                Kind::Quote => {
                    let inner = self.blocks(&node.children, base);
                    if !inner.is_empty() {
                        out.push(Block::Quote(inner));
                    }
                }
                Kind::CodeBlock(language) => {
                    let mut text: String = node.children.iter().map(raw).collect();
                    text.truncate(text.trim_end_matches('\n').len());
                    out.push(Block::Code(language.clone(), text));
                }
                Kind::Html(html) => self.html_block(html, node.line, &mut out),
                Kind::List(start) => {
                    let items = node.children.iter().map(|item| self.item(item, base)).collect();
                    out.push(Block::List(start.map(|n| u32::try_from(n).unwrap_or(1)), items));
                }
                Kind::Table(align) => {
                    let mut rows: Vec<Vec<Vec<Inline>>> = node
                        .children
                        .iter()
                        .map(|row| {
                            row.children.iter().map(|cell| self.inlines(&cell.children)).collect()
                        })
                        .collect();
                    if !rows.is_empty() {
                        let head = rows.remove(0);
                        out.push(Block::Table { align: align.clone(), head, rows });
                    }
                }
                Kind::Rule => out.push(Block::Rule),
                _ => {}
            }
        }
        out
    }

    fn item(&mut self, item: &Node, base: u8) -> ListItem {
        // The mark of a task stands in the item, or in its first paragraph when items are loose.
        let task = item
            .children
            .iter()
            .take(1)
            .flat_map(|first| std::iter::once(first).chain(first.children.first()));
        let task = task.into_iter().find_map(|node| match node.kind {
            Kind::Task(done) => Some(done),
            _ => None,
        });
        ListItem { task, blocks: self.blocks(&item.children, base) }
    }

    fn html_block(&mut self, html: &str, line: u32, out: &mut Vec<Block>) {
        if tag(html) == "!--" {
            self.comment(html, line);
            let after = html.split_once("-->").map(|(_, after)| after.trim()).unwrap_or_default();
            if !after.is_empty() {
                self.html_block(after, line, out);
            }
            return;
        }
        self.refuse_html(line, html);
        if self.plain() {
            let text = text_of_html(html);
            if !text.is_empty() {
                out.push(Block::Paragraph(vec![Inline::Text(text)]));
            }
        }
    }
}

fn raw(node: &Node) -> &str {
    match &node.kind {
        Kind::Text(text) => text,
        _ => "",
    }
}

/// The words of an HTML fragment, for plain folders: tags, scripts and styles left out.
fn text_of_html(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        let name = tag(after);
        rest = after.split_once('>').map(|(_, rest)| rest).unwrap_or_default();
        if name == "script" || name == "style" {
            rest = rest.split_once("</").map(|(_, rest)| rest).unwrap_or_default();
            rest = rest.split_once('>').map(|(_, rest)| rest).unwrap_or_default();
        }
    }
    out.push_str(rest);
    for (entity, text) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, text);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_of_plain_folders_leaves_its_words() {
        assert_eq!(text_of_html("<div>a &amp; <b>b</b></div><script>x<1</script> c"), "a & b c");
        assert_eq!(text_of_html("<div"), "");
    }
}
