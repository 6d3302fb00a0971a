//! What only shows when a whole knowledge base is at hand: duplicates, unused links, names in
//! `kb.toml` that nothing answers to, guides without checks.

use crate::article::Draft;
use crate::config::{Config, Mention, What};
use crate::resolve::Site;
use crate::words::nearest;
use crate::{Finding, flow};
use std::collections::{BTreeMap, BTreeSet};
use unstuck_core::model::{Ending, Kind, KnowledgeBase, Topic};

/// Phrasings that a guide carries at the least.
const PHRASINGS: usize = 5;

/// The topics and articles of one locale, with the places where they stand.
#[derive(Debug, Default)]
pub(crate) struct Base {
    pub(crate) topics: Vec<Topic>,
    /// File and line of each topic.
    pub(crate) places: Vec<(String, u32)>,
    pub(crate) articles: Vec<Draft>,
}

impl Base {
    /// The knowledge base of the folder's own locale.
    pub(crate) fn into_model(self, config: &Config) -> KnowledgeBase {
        let mut product = config.product.clone();
        product.topics = self.topics;
        let articles = self.articles.into_iter().map(|draft| draft.article).collect();
        KnowledgeBase { product, articles }
    }
}

/// Looks at the knowledge base of the folder's own locale.
pub(crate) fn product(base: &Base, config: &Config, site: &Site<'_>, findings: &mut Vec<Finding>) {
    mentions(base, config, site, findings);
    texts(base, findings);
    links(base, config, findings);
    for draft in &base.articles {
        article(draft, findings);
    }
}

/// What holds for every locale: unique ids and sound checks.
pub(crate) fn ids(base: &Base, findings: &mut Vec<Finding>) {
    let mut topics: BTreeMap<&str, &(String, u32)> = BTreeMap::new();
    for (topic, place) in base.topics.iter().zip(&base.places) {
        if let Some((file, _)) = topics.insert(&topic.id, place) {
            findings.push(Finding::error(
                &place.0,
                place.1,
                format!("topic id `{}` is taken by {file}", topic.id),
            ));
        }
    }
    let mut articles: BTreeMap<&str, &Draft> = BTreeMap::new();
    for draft in &base.articles {
        if let Some(first) = articles.get(draft.article.id.as_str()) {
            findings.push(Finding::error(
                &draft.file,
                draft.line,
                format!(
                    "duplicate id `{}`; first at {}:{}",
                    draft.article.id, first.file, first.line
                ),
            ));
        } else {
            articles.insert(&draft.article.id, draft);
        }
        let mut checks: BTreeMap<&str, u32> = BTreeMap::new();
        for (check, place) in draft.article.checks.iter().zip(&draft.checks) {
            if ["fixed", "expected", "get-help"].contains(&check.id.as_str()) {
                findings.push(Finding::error(
                    &draft.file,
                    place.line,
                    format!("check id `{}` is the name of an ending; take another", check.id),
                ));
            }
            if let Some(line) = checks.get(check.id.as_str()) {
                findings.push(Finding::error(
                    &draft.file,
                    place.line,
                    format!("duplicate check id `{}`; first at line {line}", check.id),
                ));
            } else {
                checks.insert(&check.id, place.line);
            }
        }
    }
    flow::check(&base.articles, findings);
}

fn mentions(base: &Base, config: &Config, site: &Site<'_>, findings: &mut Vec<Finding>) {
    let product = &config.product;
    for Mention { what, name, line } in &config.mentions {
        let (kind, names): (&str, Vec<&str>) = match what {
            What::Article => {
                if site.has(name) {
                    continue;
                }
                ("article", site.ids().collect())
            }
            What::Topic => ("topic", base.topics.iter().map(|topic| topic.id.as_str()).collect()),
            What::Service => {
                ("[services.…]", product.services.iter().map(|s| s.id.as_str()).collect())
            }
            What::Person => ("[people.…]", product.people.iter().map(|p| p.id.as_str()).collect()),
            What::Priority => {
                ("[[priorities]]", product.priorities.iter().map(|p| p.id.as_str()).collect())
            }
            What::Link => ("[links.…]", product.links.iter().map(|l| l.name.as_str()).collect()),
        };
        if !names.contains(&name.as_str()) {
            let hint = nearest(name, names.into_iter());
            findings.push(Finding::error(
                "kb.toml",
                *line,
                format!("there is no {kind} with the id `{name}`{hint}"),
            ));
        }
    }
}

fn texts(base: &Base, findings: &mut Vec<Finding>) {
    let mut titles: BTreeMap<String, &Draft> = BTreeMap::new();
    for draft in &base.articles {
        let title = draft.article.title.to_lowercase();
        if let Some(first) = titles.get(&title) {
            findings.push(Finding::warning(
                &draft.file,
                draft.line,
                format!(
                    "the title stands at {}:{} too; nobody can tell them apart",
                    first.file, first.line
                ),
            ));
        } else {
            titles.insert(title, draft);
        }
    }
    let mut phrasings: BTreeMap<String, &Draft> = BTreeMap::new();
    for draft in &base.articles {
        for phrasing in &draft.article.phrasings {
            let key = phrasing.to_lowercase();
            if let Some(first) = phrasings.get(&key) {
                if first.article.id != draft.article.id {
                    findings.push(Finding::warning(
                        &draft.file,
                        draft.line,
                        format!("the phrasing \"{phrasing}\" points at `{}` too", first.article.id),
                    ));
                }
            } else {
                phrasings.insert(key, draft);
            }
        }
    }
}

fn links(base: &Base, config: &Config, findings: &mut Vec<Finding>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for draft in &base.articles {
        used.extend(draft.used_links.iter().map(String::as_str));
        used.extend(draft.article.checks.iter().flat_map(|check| &check.links).map(String::as_str));
    }
    used.extend(config.mentions.iter().filter(|m| m.what == What::Link).map(|m| m.name.as_str()));
    for (name, line) in &config.link_lines {
        if !used.contains(name.as_str()) {
            let text = format!("[links.{name}] is not used by any article or channel");
            findings.push(Finding::warning("kb.toml", *line, text));
        }
    }
}

fn article(draft: &Draft, findings: &mut Vec<Finding>) {
    let article = &draft.article;
    let mut warn = |text: String| findings.push(Finding::warning(&draft.file, draft.line, text));
    if article.kind == Kind::Guide && article.phrasings.len() < PHRASINGS {
        warn(format!(
            "the guide has {} of {PHRASINGS} phrasings in \"People also say\"; without them people \
             who do not know your words will not find it",
            article.phrasings.len()
        ));
    }
    if matches!(article.kind, Kind::Guide | Kind::Code) && article.cause.is_empty() {
        warn("no \"Likely cause\" (or \"What it means\")".into());
    }
    // An article on the lack of a code has none to name.
    let named = article.title.contains(|c: char| c.is_ascii_digit());
    if article.kind == Kind::Code && article.codes.is_empty() && named {
        warn("an article of kind code names its codes in the comment (`codes: 404`)".into());
    }
    if article.kind != Kind::Guide
        && article.body.is_empty()
        && article.cause.is_empty()
        && article.checks.is_empty()
    {
        warn("the article has no text".into());
    }
    let tells = matches!(&article.ending, Ending::Expected(_));
    if article.kind == Kind::Guide && article.checks.is_empty() && !tells {
        findings.push(Finding::error(
            &draft.file,
            draft.line,
            "a guide needs checks (`### Checks` and an ordered list), or \"This is expected\"",
        ));
    }
}
