//! Text of articles as typed blocks and inlines, never as HTML.
//! The compiler makes them from Markdown, the pack stores them, the widget draws them.

/// Where a link leads. Built by the compiler, which refuses every other scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Href {
    /// `http:`, `https:`, `mailto:`, `tel:` or a relative address, as written.
    Url(String),
    /// Another article of this knowledge base, by its whole id.
    Article(String),
    /// A named deep link of `kb.toml`.
    Link(String),
}

/// A run of text inside a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// A literal name, value or command.
    Code(String),
    /// A key or key combination, such as `F12`.
    Key(String),
    /// Strong importance.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// A link and its words.
    Link(Href, Vec<Inline>),
    /// A picture: source relative to the pack or http(s), and its text alternative.
    Image {
        /// Address of the picture.
        src: String,
        /// Text alternative; empty for a decorative picture.
        alt: String,
    },
    /// A line break that the author asked for.
    Break,
}

/// Alignment of a table column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// By the direction of the text.
    #[default]
    Start,
    /// Centred.
    Center,
    /// Against the direction of the text, as numbers are.
    End,
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListItem {
    /// `Some(done)` for an item of a task list.
    pub task: Option<bool>,
    /// What the item holds.
    pub blocks: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading inside an article; level 1 is the level below the article's title.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; `Some(n)` for an ordered one that begins at n.
    List(Option<u32>, Vec<ListItem>),
    /// A table: alignments, head cells, rows of cells.
    Table {
        /// One alignment a column.
        align: Vec<Align>,
        /// Cells of the head row.
        head: Vec<Vec<Inline>>,
        /// Cells of the other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Code to copy: language (may be empty) and text.
    Code(String, String),
    /// A quotation or a note.
    Quote(Vec<Block>),
    /// A thematic break.
    Rule,
}

/// The words of some inlines, without marks. A break becomes a blank, a picture its alternative.
///
/// ```
/// use unstuck_core::model::{Inline, plain_inlines};
/// let inlines = [Inline::Text("Press ".into()), Inline::Key("F12".into())];
/// assert_eq!(plain_inlines(&inlines), "Press F12");
/// ```
pub fn plain_inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_inlines(inlines, &mut out);
    out
}

/// The words of some blocks, one block a line.
pub fn plain_blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_blocks(blocks, &mut out);
    out
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Key(text) => out.push_str(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner) => {
                push_inlines(inner, out);
            }
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Break => out.push(' '),
        }
    }
}

fn push_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        match block {
            Block::Heading(_, inlines) | Block::Paragraph(inlines) => push_inlines(inlines, out),
            Block::List(_, items) => {
                for item in items {
                    push_blocks(&item.blocks, out);
                }
            }
            Block::Table { head, rows, .. } => {
                for row in core::iter::once(head).chain(rows) {
                    if !out.is_empty() && !out.ends_with('\n') {
                        out.push('\n');
                    }
                    for (n, cell) in row.iter().enumerate() {
                        if n > 0 {
                            out.push(' ');
                        }
                        push_inlines(cell, out);
                    }
                }
            }
            Block::Code(_, text) => out.push_str(text),
            Block::Quote(inner) => push_blocks(inner, out),
            Block::Rule => {}
        }
    }
}
