//! A topic file cut into its articles: headings, comments, ids. The texts stay as nodes.
//! `article` builds them once every id of the folder is known.

use crate::config::Config;
use crate::tree::{self, Kind, Node};
use crate::words::{is_slug, nearest, slug};
use crate::{Finding, Page};
use std::collections::BTreeMap;

/// Keys of an article's comment.
const ARTICLE_KEYS: [&str; 5] = ["id", "kind", "services", "codes", "keywords"];

/// A topic whose texts are not built yet.
#[derive(Debug)]
pub(crate) struct RawTopic {
    pub(crate) file: String,
    /// Folder of the translation; empty for the knowledge base's own locale.
    pub(crate) locale: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) line: u32,
    pub(crate) description: Vec<Node>,
    pub(crate) articles: Vec<RawArticle>,
}

/// An article whose texts are not built yet.
#[derive(Debug)]
pub(crate) struct RawArticle {
    pub(crate) slug: String,
    pub(crate) line: u32,
    pub(crate) heading: Node,
    /// Values of the comment, each with its line.
    pub(crate) meta: BTreeMap<String, (String, u32)>,
    pub(crate) nodes: Vec<Node>,
}

impl RawTopic {
    /// The whole id of an article of this topic.
    pub(crate) fn article_id(&self, config: &Config, slug: &str) -> String {
        format!("{}/{}/{slug}", config.product.id, self.id)
    }
}

/// Cuts a page. `locale` is the folder it lies in, empty for the top.
pub(crate) fn split(page: &Page, locale: &str) -> (RawTopic, Vec<Finding>) {
    let mut findings = Vec::new();
    let file = page.path.as_str();
    let (root, too_deep) = tree::parse(&page.text);
    if let Some(line) = too_deep {
        findings.push(Finding::error(
            file,
            line,
            "nested too deeply; what lies deeper is left out",
        ));
    }
    let name = file.rsplit('/').next().unwrap_or(file);
    let mut topic = RawTopic {
        file: file.into(),
        locale: locale.into(),
        id: name.rsplit_once('.').map_or(name, |(stem, _)| stem).into(),
        title: String::new(),
        line: 1,
        description: Vec::new(),
        articles: Vec::new(),
    };
    let mut nodes = root.children.into_iter().peekable();
    while let Some(node) = nodes.next() {
        match node.kind {
            Kind::Heading(1) => {
                if !topic.title.is_empty() {
                    findings.push(Finding::error(
                        file,
                        node.line,
                        "a second `#` heading; a file is one topic, an article is a `##` heading",
                    ));
                }
                topic.title = node.words();
                topic.line = node.line;
            }
            Kind::Heading(2) => {
                let mut article = RawArticle {
                    slug: String::new(),
                    line: node.line,
                    heading: node,
                    meta: BTreeMap::new(),
                    nodes: Vec::new(),
                };
                if let Some(comment) = nodes.next_if(is_comment) {
                    article.meta = meta(&comment, &ARTICLE_KEYS, file, &mut findings);
                }
                set_slug(&mut article, file, &mut findings);
                topic.articles.push(article);
            }
            _ => match topic.articles.last_mut() {
                Some(article) => article.nodes.push(node),
                None if is_comment(&node) => {
                    let found = meta(&node, &["topic"], file, &mut findings);
                    if let Some((id, _)) = found.get("topic") {
                        topic.id.clone_from(id);
                    }
                }
                None => topic.description.push(node),
            },
        }
    }
    if topic.title.is_empty() {
        findings.push(Finding::error(file, 1, "the file has no `# Title` of its topic"));
        topic.title.clone_from(&topic.id);
    }
    if !is_slug(&topic.id) {
        findings.push(Finding::error(
            file,
            topic.line,
            format!("topic id `{}`: use lower-case letters, digits and hyphens", topic.id),
        ));
    }
    if topic.articles.is_empty() {
        findings.push(Finding::warning(file, topic.line, "the topic has no article (`## Title`)"));
    }
    (topic, findings)
}

fn set_slug(article: &mut RawArticle, file: &str, findings: &mut Vec<Finding>) {
    match article.meta.get("id") {
        Some((id, line)) => {
            if !is_slug(id) {
                findings.push(Finding::error(
                    file,
                    *line,
                    format!(
                        "article id `{id}`: use lower-case letters, digits and hyphens, without \
                         product and topic"
                    ),
                ));
            }
            article.slug.clone_from(id);
        }
        None => {
            article.slug = slug(&article.heading.words(), 8);
            findings.push(Finding::warning(
                file,
                article.line,
                format!(
                    "the article has no id, so a new title would change its address; write \
                     `<!-- id: {} -->` on the line below",
                    article.slug
                ),
            ));
        }
    }
}

fn is_comment(node: &Node) -> bool {
    matches!(&node.kind, Kind::Html(html) if html.trim_start().starts_with("<!--"))
}

/// The keys and values of a comment, each with its line.
fn meta(
    comment: &Node,
    known: &[&str],
    file: &str,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, (String, u32)> {
    let mut out = BTreeMap::new();
    let Kind::Html(html) = &comment.kind else { return out };
    let Some((inner, _)) = html.trim().trim_start_matches("<!--").split_once("-->") else {
        findings.push(Finding::error(file, comment.line, "the comment does not end with `-->`"));
        return out;
    };
    let mut line = comment.line;
    for part in inner.split(';') {
        let at = line
            + part.chars().take_while(|c| c.is_whitespace()).filter(|c| *c == '\n').count() as u32;
        line += part.matches('\n').count() as u32;
        if part.trim().is_empty() {
            continue;
        }
        let Some((key, value)) = part.split_once(':') else {
            findings.push(Finding::error(
                file,
                at,
                format!("`{}` in the comment: expected `key: value; key: value`", part.trim()),
            ));
            continue;
        };
        let key = key.trim().to_owned();
        if !known.contains(&key.as_str()) {
            findings.push(Finding::error(
                file,
                at,
                format!(
                    "unknown key `{key}` in the comment; known: {}{}",
                    known.join(", "),
                    nearest(&key, known.iter().copied())
                ),
            ));
        } else if out.insert(key.clone(), (value.trim().to_owned(), at)).is_some() {
            findings.push(Finding::error(file, at, format!("`{key}` stands twice in the comment")));
        }
    }
    out
}
