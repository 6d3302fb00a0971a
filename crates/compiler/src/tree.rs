//! Markdown as a tree of nodes that know their line.
//! Only CommonMark and the GFM parts used here; what a node means to a topic lives elsewhere.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use unstuck_core::model::Align;

/// Deeper nesting is cut: nothing an author writes is so deep, and what walks the tree recurses.
const MAX_DEPTH: usize = 24;

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Root,
    Heading(u8),
    Paragraph,
    Quote,
    CodeBlock(String),
    Html(String),
    List(Option<u64>),
    Item,
    Table(Vec<Align>),
    TableHead,
    TableRow,
    TableCell,
    Rule,
    Text(String),
    Code(String),
    InlineHtml(String),
    SoftBreak,
    HardBreak,
    Strong,
    Emphasis,
    Link(String),
    /// A link by the name of a page.
    Wiki(String),
    Image(String),
    Task(bool),
}

/// A node, its line and what it holds.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) line: u32,
    pub(crate) children: Vec<Node>,
}

impl Node {
    fn new(kind: Kind, line: u32) -> Node {
        Node { kind, line, children: Vec::new() }
    }

    /// Whether it stands inside a paragraph.
    pub(crate) fn is_inline(&self) -> bool {
        matches!(
            self.kind,
            Kind::Text(_)
                | Kind::Code(_)
                | Kind::InlineHtml(_)
                | Kind::SoftBreak
                | Kind::HardBreak
                | Kind::Strong
                | Kind::Emphasis
                | Kind::Link(_)
                | Kind::Wiki(_)
                | Kind::Image(_)
        )
    }

    /// Its words, without marks and HTML.
    pub(crate) fn words(&self) -> String {
        fn push(node: &Node, out: &mut String) {
            match &node.kind {
                Kind::Text(text) | Kind::Code(text) => out.push_str(text),
                Kind::SoftBreak | Kind::HardBreak => out.push(' '),
                _ => node.children.iter().for_each(|child| push(child, out)),
            }
        }
        let mut out = String::new();
        push(self, &mut out);
        out.trim().to_owned()
    }
}

/// The tree of a text, and the line at which nesting went too deep, if it did.
pub(crate) fn parse(text: &str) -> (Node, Option<u32>) {
    build(text, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS)
}

/// The same for plain folders, whose pages may link as wikis do: `[[Page]]`.
pub(crate) fn parse_plain(text: &str) -> (Node, Option<u32>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_WIKILINKS;
    build(text, options)
}

fn build(text: &str, options: Options) -> (Node, Option<u32>) {
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |at: usize| starts.partition_point(|&start| start <= at) as u32;
    let mut stack = vec![Node::new(Kind::Root, 1)];
    let mut skipped = 0usize;
    let mut too_deep = None;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let at = line(range.start);
        if skipped > 0 {
            match event {
                Event::Start(_) => skipped += 1,
                Event::End(_) => skipped -= 1,
                _ => {}
            }
            continue;
        }
        let leaf = match event {
            Event::Start(tag) => {
                if stack.len() > MAX_DEPTH {
                    too_deep.get_or_insert(at);
                    skipped = 1;
                } else {
                    stack.push(Node::new(open(tag), at));
                }
                continue;
            }
            Event::End(tag) => {
                close(&mut stack, tag);
                continue;
            }
            Event::Text(text) => Kind::Text(text.into_string()),
            Event::Code(text) => Kind::Code(text.into_string()),
            Event::Html(html) => Kind::Text(html.into_string()),
            Event::InlineHtml(html) => Kind::InlineHtml(html.into_string()),
            Event::SoftBreak => Kind::SoftBreak,
            Event::HardBreak => Kind::HardBreak,
            Event::Rule => Kind::Rule,
            Event::TaskListMarker(done) => Kind::Task(done),
            // Footnotes and mathematics are switched off.
            _ => continue,
        };
        if let Some(top) = stack.last_mut() {
            top.children.push(Node::new(leaf, at));
        }
    }
    while stack.len() > 1 {
        attach(&mut stack);
    }
    let root = stack.pop().unwrap_or_else(|| Node::new(Kind::Root, 1));
    (root, too_deep)
}

fn open(tag: Tag<'_>) -> Kind {
    match tag {
        Tag::Heading { level, .. } => Kind::Heading(level as u8),
        Tag::BlockQuote(_) => Kind::Quote,
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            Kind::CodeBlock(info.split([' ', ',', '{']).next().unwrap_or_default().to_owned())
        }
        Tag::CodeBlock(CodeBlockKind::Indented) => Kind::CodeBlock(String::new()),
        Tag::HtmlBlock => Kind::Html(String::new()),
        Tag::List(start) => Kind::List(start),
        Tag::Item => Kind::Item,
        Tag::Table(columns) => Kind::Table(columns.into_iter().map(align).collect()),
        Tag::TableHead => Kind::TableHead,
        Tag::TableRow => Kind::TableRow,
        Tag::TableCell => Kind::TableCell,
        Tag::Strong => Kind::Strong,
        Tag::Emphasis => Kind::Emphasis,
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
            Kind::Link(format!("mailto:{dest_url}"))
        }
        Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. } => {
            Kind::Wiki(dest_url.into_string())
        }
        Tag::Link { dest_url, .. } => Kind::Link(dest_url.into_string()),
        Tag::Image { dest_url, .. } => Kind::Image(dest_url.into_string()),
        _ => Kind::Paragraph,
    }
}

fn align(column: Alignment) -> Align {
    match column {
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
        Alignment::None | Alignment::Left => Align::Start,
    }
}

/// Finishes the top of the stack: texts of raw blocks are joined, loose inlines of tight list
/// items become paragraphs, so that every item holds blocks only.
fn close(stack: &mut Vec<Node>, tag: TagEnd) {
    if let Some(top) = stack.last_mut() {
        let joined = |node: &Node| {
            node.children
                .iter()
                .filter_map(|child| match &child.kind {
                    Kind::Text(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect::<String>()
        };
        match tag {
            TagEnd::HtmlBlock => top.kind = Kind::Html(joined(top)),
            TagEnd::Item => wrap(top),
            _ => {}
        }
        if matches!(top.kind, Kind::Html(_)) {
            top.children.clear();
        }
    }
    attach(stack);
}

fn wrap(item: &mut Node) {
    let mut blocks: Vec<Node> = Vec::new();
    let mut open = false;
    for child in std::mem::take(&mut item.children) {
        if child.is_inline() {
            if !open {
                blocks.push(Node::new(Kind::Paragraph, child.line));
                open = true;
            }
            if let Some(paragraph) = blocks.last_mut() {
                paragraph.children.push(child);
            }
        } else {
            open = open && matches!(child.kind, Kind::Task(_));
            blocks.push(child);
        }
    }
    item.children = blocks;
}

fn attach(stack: &mut Vec<Node>) {
    if stack.len() > 1
        && let Some(node) = stack.pop()
        && let Some(parent) = stack.last_mut()
    {
        parent.children.push(node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_know_their_line() {
        let (root, _) = parse("# A\n\ntext\n\n1. one\n2. two\n");
        let lines: Vec<u32> = root.children.iter().map(|node| node.line).collect();
        assert_eq!(lines, [1, 3, 5]);
        let items: Vec<u32> = root.children[2].children.iter().map(|node| node.line).collect();
        assert_eq!(items, [5, 6]);
    }

    #[test]
    fn tight_items_hold_paragraphs_too() {
        let (root, _) = parse("- one **two**\n  - three\n");
        let item = &root.children[0].children[0];
        assert_eq!(item.children[0].kind, Kind::Paragraph);
        assert_eq!(item.children[0].words(), "one two");
        assert!(matches!(item.children[1].kind, Kind::List(None)));
    }

    #[test]
    fn nesting_beyond_reason_is_cut_and_reported() {
        let text = format!("{}deep\n\nafter\n", "> ".repeat(5000));
        let (root, too_deep) = parse(&text);
        assert_eq!(too_deep, Some(1));
        assert_eq!(root.children.last().map(Node::words).as_deref(), Some("after"));
    }
}
