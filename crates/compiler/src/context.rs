//! What building a text needs at hand: the site, the file, the findings. Inlines are built here.
//! Blocks are built in `blocks`, the parts of an article in `article` and `check`.

use crate::resolve::{self, Picture, Refused, Site};
use crate::tree::{Kind, Node};
use crate::{Finding, words};
use unstuck_core::model::{Href, Inline};

/// The page being built.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) site: &'a Site<'a>,
    pub(crate) file: &'a str,
    pub(crate) findings: Vec<Finding>,
    /// Names of deep links that texts of this page used.
    pub(crate) used_links: Vec<String>,
    /// Paths of pictures that texts of this page show.
    pub(crate) pictures: Vec<String>,
    /// HTML left out of a plain page: the first line and how many.
    pub(crate) html: Option<(u32, u32)>,
    quoted: bool,
}

impl<'a> Context<'a> {
    pub(crate) fn new(site: &'a Site<'a>, file: &'a str) -> Self {
        Context {
            site,
            file,
            findings: Vec::new(),
            used_links: Vec::new(),
            pictures: Vec::new(),
            html: None,
            quoted: false,
        }
    }

    pub(crate) fn error(&mut self, line: u32, message: impl Into<String>) {
        self.findings.push(Finding::error(self.file, line, message));
    }

    pub(crate) fn warning(&mut self, line: u32, message: impl Into<String>) {
        self.findings.push(Finding::warning(self.file, line, message));
    }

    /// An error in a knowledge base, a warning in a plain folder.
    fn fault(&mut self, line: u32, message: &str) {
        if self.plain() {
            self.warning(line, message);
        } else {
            self.error(line, message);
        }
    }

    /// Whether the folder has no `kb.toml`, so nothing in it was written for us.
    pub(crate) fn plain(&self) -> bool {
        self.site.config.is_none()
    }

    /// HTML that the model has no place for.
    pub(crate) fn refuse_html(&mut self, line: u32, html: &str) {
        if self.plain() {
            let (first, count) = self.html.unwrap_or((line, 0));
            self.html = Some((first, count + 1));
        } else {
            let tag: String = html.trim().chars().take(30).collect();
            self.error(
                line,
                format!("HTML is refused: `{tag}`; only <kbd>, <br> and comments work"),
            );
        }
    }

    /// The inlines of a paragraph, a heading or a cell; blanks at both ends are cut.
    pub(crate) fn inlines(&mut self, nodes: &[Node]) -> Vec<Inline> {
        self.quoted = false;
        let mut out = self.run(nodes);
        trim(&mut out);
        out
    }

    fn run(&mut self, nodes: &[Node]) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        let mut key: Option<(String, u32)> = None;
        for node in nodes {
            if let Some((text, line)) = &mut key {
                match &node.kind {
                    Kind::InlineHtml(html) if html.eq_ignore_ascii_case("</kbd>") => {
                        out.push(Inline::Key(std::mem::take(text)));
                        key = None;
                    }
                    Kind::Text(more) => text.push_str(more),
                    _ => {
                        let line = *line;
                        text.push_str(&node.words());
                        self.fault(line, "<kbd> holds plain text only and ends with </kbd>");
                    }
                }
                continue;
            }
            match &node.kind {
                Kind::Text(text) => {
                    self.avoid(text, node.line);
                    push_text(&mut out, text);
                }
                Kind::SoftBreak => push_text(&mut out, " "),
                Kind::HardBreak => out.push(Inline::Break),
                Kind::Code(text) => out.push(Inline::Code(text.clone())),
                Kind::Strong => out.push(Inline::Strong(self.run(&node.children))),
                Kind::Emphasis => out.push(Inline::Emphasis(self.run(&node.children))),
                Kind::Link(dest) => {
                    self.link(self.site.resolve(dest, self.file), node, &mut out);
                }
                Kind::Wiki(dest) => {
                    self.link(self.site.wiki(dest, self.file), node, &mut out);
                }
                Kind::Image(src) => self.image(src, node, &mut out),
                Kind::InlineHtml(html) => match tag(html).as_str() {
                    "kbd" => key = Some((String::new(), node.line)),
                    "br" => out.push(Inline::Break),
                    "!--" => self.comment(html, node.line),
                    _ => self.refuse_html(node.line, html),
                },
                Kind::Task(_) => {}
                _ => out.extend(self.run(&node.children)),
            }
        }
        if let Some((text, line)) = key {
            self.fault(line, "<kbd> without </kbd>");
            push_text(&mut out, &text);
        }
        out
    }

    fn link(&mut self, to: Result<Href, Refused>, node: &Node, out: &mut Vec<Inline>) {
        let inner = self.run(&node.children);
        match to {
            Ok(href) => {
                if let Href::Link(name) = &href {
                    self.used_links.push(name.clone());
                }
                out.push(Inline::Link(href, inner));
            }
            Err(refused) => {
                self.findings.extend(resolve::finding(self.file, node.line, refused));
                out.extend(inner);
            }
        }
    }

    fn image(&mut self, src: &str, node: &Node, out: &mut Vec<Inline>) {
        let alt = node.words();
        match self.site.image(src, self.file) {
            Ok(Picture { src, file }) => {
                self.pictures.extend(file);
                out.push(Inline::Image { src, alt });
            }
            Err(refused) => {
                self.findings.extend(resolve::finding(self.file, node.line, refused));
                push_text(out, &alt);
            }
        }
    }

    /// A comment where none counts: an author's own remark is fine, a misplaced key is not.
    pub(crate) fn comment(&mut self, html: &str, line: u32) {
        let text = html.trim().trim_start_matches("<!--").trim_start();
        let keys = ["check:", "id:", "kind:", "topic:", "services:", "codes:", "keywords:"];
        if !self.plain()
            && let Some(key) = keys.iter().find(|key| text.starts_with(**key))
        {
            self.error(
                line,
                format!("`{key}` does not count here: `check` ends a check's first paragraph, the others stand on the line below a heading"),
            );
        }
    }

    fn avoid(&mut self, text: &str, line: u32) {
        if !self.plain() {
            for phrase in words::avoidable(text, &mut self.quoted) {
                self.warning(line, format!("say it without \"{phrase}\""));
            }
        }
    }
}

/// The name of a tag in lower case; `!--` for a comment.
pub(crate) fn tag(html: &str) -> String {
    let inner = html.trim().trim_start_matches('<');
    if inner.starts_with("!--") {
        return "!--".into();
    }
    inner
        .split(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    match out.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => out.push(Inline::Text(text.into())),
    }
}

/// Cuts blanks and breaks at both ends.
pub(crate) fn trim(inlines: &mut Vec<Inline>) {
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Text(text) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    break;
                }
            }
            Inline::Break => {}
            _ => break,
        }
        inlines.pop();
    }
    while let Some(first) = inlines.first_mut() {
        match first {
            Inline::Text(text) => {
                *text = text.trim_start().to_owned();
                if !text.is_empty() {
                    break;
                }
            }
            Inline::Break => {}
            _ => break,
        }
        inlines.remove(0);
    }
}
