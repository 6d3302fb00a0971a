//! The sections of an article that hold sentences and lists: cause, phrasings, help, see also.
//! How an article falls into sections is `article`'s matter, the checks are `check`'s.

use crate::article::Builder;
use crate::tree::{Kind, Node};
use unstuck_core::model::{Block, Escalation, Href, Inline, plain_inlines};

impl Builder<'_> {
    pub(crate) fn cause(&mut self, line: u32, nodes: &[Node]) {
        if !self.article.cause.is_empty() {
            self.context.error(line, "the cause stands twice in this article");
        }
        for block in self.context.blocks(nodes, 3) {
            match block {
                Block::Paragraph(mut inlines) => {
                    if !self.article.cause.is_empty() {
                        self.article.cause.push(Inline::Text(" ".into()));
                    }
                    self.article.cause.append(&mut inlines);
                }
                _ => self.context.error(
                    line,
                    "the cause is one or two sentences; put lists, tables and code into the text",
                ),
            }
        }
        if self.article.cause.is_empty() {
            self.context.error(line, "the section is empty");
        }
    }

    pub(crate) fn phrasings(&mut self, line: u32, nodes: &[Node]) {
        for node in nodes {
            match &node.kind {
                Kind::List(None) => {
                    for item in &node.children {
                        let words: Vec<String> = item.children.iter().map(Node::words).collect();
                        let phrasing = words.join(" ");
                        if self.article.phrasings.contains(&phrasing) {
                            let text = format!("\"{phrasing}\" stands twice");
                            self.context.warning(item.line, text);
                        } else if !phrasing.is_empty() {
                            self.article.phrasings.push(phrasing);
                        }
                    }
                }
                Kind::Html(html) => self.context.comment(html, node.line),
                _ => {
                    self.context.error(node.line, "\"People also say\" holds one list of phrasings")
                }
            }
        }
        if self.article.phrasings.is_empty() {
            self.context.error(line, "the section is empty; write a list of phrasings");
        }
    }

    pub(crate) fn help(&mut self, nodes: &[Node]) -> Escalation {
        let mut escalation = Escalation::default();
        let mut text = Vec::new();
        for node in nodes {
            let fields = self.context.fields(node, &["Who", "Straight away"]);
            let Some(fields) = fields else {
                text.push(node.clone());
                continue;
            };
            for field in fields {
                let words = plain_inlines(&self.context.inlines(&field.rest));
                match field.name.as_str() {
                    "who" => {
                        for id in words.split(',').map(str::trim).filter(|id| !id.is_empty()) {
                            self.context.person(id, field.line);
                            escalation.who.push(id.into());
                        }
                    }
                    "straight away" => match words.as_str() {
                        "yes" => escalation.straight_away = true,
                        "no" => {}
                        _ => self.context.error(
                            field.line,
                            format!("`{words}`: \"Straight away\" is `yes` or left out"),
                        ),
                    },
                    name => self.context.unknown_field(name, field.line, &["Who", "Straight away"]),
                }
            }
        }
        escalation.text = self.context.blocks(&text, 3);
        escalation
    }

    pub(crate) fn see(&mut self, line: u32, nodes: &[Node]) {
        let before = self.article.see.len();
        for node in nodes {
            let Kind::List(_) = node.kind else {
                self.context.error(node.line, "\"See also\" holds one list of links to articles");
                continue;
            };
            for item in &node.children {
                for block in self.context.blocks(&item.children, 3) {
                    let Block::Paragraph(inlines) = block else { continue };
                    let mut found = false;
                    for inline in &inlines {
                        if let Inline::Link(Href::Article(id), _) = inline {
                            found = true;
                            if *id == self.article.id {
                                self.context.warning(item.line, "the article links to itself");
                            } else if !self.article.see.contains(id) {
                                self.article.see.push(id.clone());
                            }
                        } else if let Inline::Link(..) = inline {
                            found = true;
                            self.context.error(item.line, "\"See also\" links to articles only");
                        }
                    }
                    // A dead link has said so already and left its words behind.
                    let reported =
                        self.context.findings.iter().any(|finding| finding.line == item.line);
                    if !found && !reported {
                        self.context.error(item.line, "write `[words](file.md#id)`");
                    }
                }
            }
        }
        if self.article.see.len() == before && nodes.is_empty() {
            self.context.error(line, "the section is empty");
        }
    }
}
