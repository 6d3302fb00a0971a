//! A folder of Markdown without `kb.toml`: one file is one article.
//! Nothing in it was written for us, so whatever has no place in the model is a warning and the
//! words are kept; only a file that cannot be read is an error.

use crate::context::Context;
use crate::resolve::Site;
use crate::tree::{self, Kind, Node};
use crate::{Compiled, Finding, Folder, Page};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;
use unstuck_core::model::{Article, Kind as ArticleKind, KnowledgeBase, Product, Topic};

/// Compiles a folder without `kb.toml`. Its product is named after the folder, its locale is `en`.
pub(crate) fn compile(folder: &Folder, progress: &(dyn Fn(&str) + Sync)) -> Compiled {
    let site = Site::plain(folder, article_id);
    let built: Vec<(Article, Vec<String>, Vec<Finding>)> = folder
        .pages
        .par_iter()
        .map(|page| {
            let built = article(page, &site);
            progress(&page.path);
            built
        })
        .collect();
    let mut base = KnowledgeBase {
        product: Product {
            id: folder.name.clone(),
            name: folder.name.clone(),
            locale: "en".into(),
            ..Product::default()
        },
        articles: Vec::with_capacity(built.len()),
    };
    let mut findings = Vec::new();
    let mut pictures = BTreeSet::new();
    let mut taken = std::collections::BTreeMap::new();
    for ((article, shown, mut found), page) in built.into_iter().zip(&folder.pages) {
        findings.append(&mut found);
        pictures.extend(shown);
        if let Some(first) = taken.insert(article.id.clone(), &page.path) {
            let text = format!("duplicate id `{}`: {first} and {}", article.id, page.path);
            findings.push(Finding::error(&page.path, 1, text));
        }
        if !article.topic.is_empty() && base.product.topic(&article.topic).is_none() {
            base.product.topics.push(Topic {
                title: topic_title(&article.topic),
                id: article.topic.clone(),
                description: String::new(),
            });
        }
        base.articles.push(article);
    }
    Compiled { bases: vec![base], findings, pictures, lock: String::new() }
}

/// The path without its ending.
fn article_id(path: &str) -> String {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned()
}

/// A folder's name as words: `getting-started` is "Getting started".
fn topic_title(folder: &str) -> String {
    let name = folder.rsplit('/').next().unwrap_or(folder).replace(['-', '_'], " ");
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or(name)
}

fn article(page: &Page, site: &Site<'_>) -> (Article, Vec<String>, Vec<Finding>) {
    let mut context = Context::new(site, &page.path);
    let (front, text) = front_matter(&page.text);
    let (root, too_deep) = tree::parse_plain(&text);
    if let Some(line) = too_deep {
        context.warning(line, "nested too deeply; what lies deeper is left out");
    }
    let nodes: &[Node] = &root.children;
    let title = front.and_then(front_title);
    let heading = nodes.iter().position(|node| matches!(node.kind, Kind::Heading(_)));
    let words =
        heading.and_then(|at| nodes.get(at)).map(Node::words).filter(|words| !words.is_empty());
    let title_is_heading = title.is_none() || title == words;
    let title = title.or_else(|| words.clone());
    let id = article_id(&page.path);
    let mut body = Vec::new();
    match heading {
        // The heading that gave the title is not said twice.
        Some(at) if title_is_heading && words.is_some() => {
            body.extend(context.blocks(nodes.get(..at).unwrap_or_default(), 2));
            body.extend(context.blocks(nodes.get(at + 1..).unwrap_or_default(), 2));
        }
        _ => body.extend(context.blocks(nodes, 2)),
    }
    if let Some((line, count)) = context.html {
        let text = match count {
            1 => "HTML is left out, its words are kept".to_owned(),
            more => format!("HTML is left out, its words are kept (the first of {more})"),
        };
        context.warning(line, text);
    }
    let article = Article {
        topic: id.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default(),
        title: title.unwrap_or_else(|| id.rsplit('/').next().unwrap_or(&id).to_owned()),
        id,
        kind: ArticleKind::Reference,
        body,
        ..Article::default()
    };
    (article, context.pictures, context.findings)
}

/// The front matter (between lines of `---` or `+++` at the top) and the text without it, its
/// lines left blank so that line numbers stay.
fn front_matter(text: &str) -> (Option<&str>, Cow<'_, str>) {
    let mut lines = text.split_inclusive('\n');
    let fence = match lines.next().map(str::trim_end) {
        Some(fence @ ("---" | "+++")) => fence,
        _ => return (None, text.into()),
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut end = start;
    for line in lines {
        let after = end + line.len();
        if line.trim_end() == fence {
            let front = text.get(start..end).unwrap_or_default();
            let blank = "\n".repeat(front.matches('\n').count() + 2);
            return (Some(front), (blank + text.get(after..).unwrap_or_default()).into());
        }
        end = after;
    }
    (None, text.into())
}

/// The value of `title:` in YAML or `title =` in TOML, quotes taken off.
fn front_title(front: &str) -> Option<String> {
    let value = front.lines().find_map(|line| {
        let rest = line.strip_prefix("title")?.trim_start();
        rest.strip_prefix([':', '='])
    });
    let value = value?.trim();
    let quoted = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let title = match (quoted('"'), quoted('\'')) {
        (Some(inner), _) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        (_, Some(inner)) => inner.replace("''", "'"),
        _ => value.to_owned(),
    };
    Some(title).filter(|title| !title.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_titles_lose_their_quotes() {
        assert_eq!(front_title("a: b\ntitle: \"It's \\\"on\\\"\""), Some("It's \"on\"".into()));
        assert_eq!(front_title("title: 'It''s'"), Some("It's".into()));
        assert_eq!(front_title("title:  Plain text "), Some("Plain text".into()));
        assert_eq!(front_title("title:"), None);
        assert_eq!(front_title("subtitle: x"), None);
        assert_eq!(front_title("title = \"A = b\""), Some("A = b".into()));
        assert_eq!(front_title("titles: x"), None);
    }

    #[test]
    fn front_matter_is_only_what_stands_at_the_top_and_ends() {
        assert_eq!(front_matter("---\na: b\n---\ntext"), (Some("a: b\n"), "\n\n\ntext".into()));
        assert_eq!(front_matter("+++\r\na\r\n+++\r\nx").0, Some("a\r\n"));
        for text in ["", "---", "---\na: b\n", "text\n---\na\n---\n", "----\na\n----\n"] {
            assert_eq!(front_matter(text), (None, text.into()), "{text:?}");
        }
    }
}
