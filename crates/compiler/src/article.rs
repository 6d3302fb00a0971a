//! An article from its nodes: title, cause, phrasings, checks, ending, links to other articles.
//! A check is built in `check`; what only shows across articles is `lint`'s matter.

use crate::Finding;
use crate::check::DraftCheck;
use crate::context::Context;
use crate::resolve::Site;
use crate::topic::{RawArticle, RawTopic};
use crate::tree::{Kind, Node};
use unstuck_core::model::{self, Article, Ending, Topic, plain_blocks, plain_inlines};

/// An article, and where its parts stand.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) article: Article,
    pub(crate) file: String,
    pub(crate) line: u32,
    /// One a check, in order.
    pub(crate) checks: Vec<CheckPlace>,
    pub(crate) used_links: Vec<String>,
    pub(crate) pictures: Vec<String>,
}

/// Where a check stands and whether its id is derived from its wording.
#[derive(Clone, Debug)]
pub(crate) struct CheckPlace {
    pub(crate) line: u32,
    pub(crate) derived: bool,
}

/// The sections that mean something; any other heading is text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Text,
    Cause,
    Phrasings,
    Checks,
    Help,
    Expected,
    See,
}

fn section(title: &str) -> Section {
    match title.trim().to_lowercase().as_str() {
        "likely cause" | "what it means" => Section::Cause,
        "people also say" => Section::Phrasings,
        "checks" => Section::Checks,
        "when to get help" => Section::Help,
        "this is expected" => Section::Expected,
        "see also" => Section::See,
        _ => Section::Text,
    }
}

/// A topic and its articles.
pub(crate) fn topic(raw: &RawTopic, site: &Site<'_>) -> (Topic, Vec<Draft>, Vec<Finding>) {
    let mut context = Context::new(site, &raw.file);
    let description = context.blocks(&raw.description, 2);
    let topic = Topic {
        id: raw.id.clone(),
        title: raw.title.clone(),
        description: plain_blocks(&description).replace('\n', " "),
    };
    let mut findings = std::mem::take(&mut context.findings);
    let mut drafts = Vec::new();
    for article in &raw.articles {
        let mut builder = Builder {
            context: Context::new(site, &raw.file),
            raw: article,
            article: Article::default(),
            checks: Vec::new(),
            ended: None,
        };
        builder.build(raw);
        findings.append(&mut builder.context.findings);
        drafts.push(Draft {
            article: builder.article,
            file: raw.file.clone(),
            line: article.line,
            checks: builder.checks,
            used_links: builder.context.used_links,
            pictures: builder.context.pictures,
        });
    }
    (topic, drafts, findings)
}

pub(crate) struct Builder<'a> {
    pub(crate) context: Context<'a>,
    raw: &'a RawArticle,
    pub(crate) article: Article,
    checks: Vec<CheckPlace>,
    /// Line of the first section that ends the article.
    ended: Option<u32>,
}

impl Builder<'_> {
    fn build(&mut self, topic: &RawTopic) {
        let raw = self.raw;
        if let Some(config) = self.context.site.config {
            self.article.id = topic.article_id(config, &raw.slug);
        }
        self.article.topic.clone_from(&topic.id);
        self.article.title = plain_inlines(&self.context.inlines(&raw.heading.children));
        if self.article.title.is_empty() {
            self.context.error(raw.line, "the article has no title");
        }
        let mut part: (Section, u32, Vec<Node>) = (Section::Text, raw.line, Vec::new());
        for node in &raw.nodes {
            if let Kind::Heading(level) = node.kind {
                let next = section(&node.words());
                if level == 3 && next != Section::Text {
                    self.section(std::mem::replace(&mut part, (next, node.line, Vec::new())));
                    continue;
                }
                if level > 3 && next != Section::Text {
                    self.context.warning(
                        node.line,
                        format!("\"{}\" counts as a `###` heading only", node.words()),
                    );
                }
                if part.0 != Section::Text {
                    let text = (Section::Text, node.line, Vec::new());
                    self.section(std::mem::replace(&mut part, text));
                }
            }
            part.2.push(node.clone());
        }
        self.section(part);
        self.meta();
    }

    fn section(&mut self, (section, line, nodes): (Section, u32, Vec<Node>)) {
        match section {
            Section::Text => {
                let blocks = self.context.blocks(&nodes, 3);
                self.article.body.extend(blocks);
            }
            Section::Cause => self.cause(line, &nodes),
            Section::Phrasings => self.phrasings(line, &nodes),
            Section::Checks => self.checks(line, &nodes),
            Section::Help => {
                self.end(line);
                let escalation = self.help(&nodes);
                self.article.ending = Ending::Escalate(escalation);
            }
            Section::Expected => {
                self.end(line);
                let blocks = self.context.blocks(&nodes, 3);
                if blocks.is_empty() {
                    self.context.error(line, "say why this is expected, in a sentence or two");
                }
                self.article.ending = Ending::Expected(blocks);
            }
            Section::See => self.see(line, &nodes),
        }
    }

    fn end(&mut self, line: u32) {
        if let Some(first) = self.ended {
            self.context.error(
                line,
                format!(
                    "the article already ends at line {first}: \"When to get help\" and \"This is \
                     expected\" exclude each other and stand once"
                ),
            );
        }
        self.ended.get_or_insert(line);
    }

    fn checks(&mut self, line: u32, nodes: &[Node]) {
        let known = Self::known_checks(nodes);
        for node in nodes {
            match &node.kind {
                Kind::List(Some(_)) => {
                    for item in &node.children {
                        let DraftCheck { check, derived } = self.check(item, &known);
                        self.article.checks.push(check);
                        self.checks.push(CheckPlace { line: item.line, derived });
                    }
                }
                Kind::Html(html) => self.context.comment(html, node.line),
                _ => self.context.error(
                    node.line,
                    "\"Checks\" holds one ordered list (`1. …`); indent what belongs to a check",
                ),
            }
        }
        if self.article.checks.is_empty() {
            self.context.error(line, "the section holds no check; write an ordered list (`1. …`)");
        }
    }

    fn meta(&mut self) {
        let raw = self.raw;
        let list = |key: &str, by: fn(char) -> bool| -> Vec<String> {
            let value = raw.meta.get(key).map(|(value, _)| value.as_str()).unwrap_or_default();
            value
                .split(by)
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        self.article.services = list("services", |c| c.is_whitespace() || c == ',');
        self.article.codes = list("codes", |c| c.is_whitespace() || c == ',');
        self.article.keywords = list("keywords", |c| c == ',');
        if let Some((_, line)) = raw.meta.get("services") {
            for id in self.article.services.clone() {
                self.context.service(&id, *line);
            }
        }
        let default = if self.article.checks.is_empty() {
            model::Kind::Reference
        } else {
            model::Kind::Guide
        };
        self.article.kind = match raw.meta.get("kind") {
            Some((name, line)) => model::Kind::from_name(name).unwrap_or_else(|| {
                let text = format!("kind `{name}`: use guide, faq, code or reference");
                self.context.error(*line, text);
                default
            }),
            None => default,
        };
    }

    pub(crate) fn article_id(&self) -> &str {
        &self.article.id
    }
}
