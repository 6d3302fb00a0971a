//! Where a link leads: to an article, a named deep link, a safe address, or nowhere.
//! Knows every id of the folder before the first text is built; says nothing on texts.

use crate::address::{decode, encode, is_markdown, join, scheme};
use crate::config::Config;
use crate::topic::RawTopic;
use crate::words::nearest;
use crate::{Finding, Folder, Severity};
use std::collections::{BTreeMap, BTreeSet};
use unstuck_core::model::Href;

/// The articles of a file.
#[derive(Debug, Default)]
struct PageIds {
    /// The article that the whole file is, in a plain folder.
    whole: Option<String>,
    /// Articles by the last part of their id.
    parts: BTreeMap<String, String>,
}

/// Everything that texts may refer to.
#[derive(Debug)]
pub(crate) struct Site<'a> {
    /// What `kb.toml` says; a plain folder has none.
    pub(crate) config: Option<&'a Config>,
    folder: &'a Folder,
    product: String,
    pages: BTreeMap<String, PageIds>,
    ids: BTreeSet<String>,
    /// Paths of pages by their file name in lower case, without its ending; plain folders only.
    stems: BTreeMap<String, String>,
}

/// Why a link leads nowhere. The words of the link stay as text.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) Severity, pub(crate) String);

/// A picture that a text shows.
#[derive(Debug)]
pub(crate) struct Picture {
    /// Its address, seen from the pack.
    pub(crate) src: String,
    /// Its path in the folder, where it is a file of it.
    pub(crate) file: Option<String>,
}

impl<'a> Site<'a> {
    /// The site of a folder with `kb.toml`: the topics of all its locales.
    pub(crate) fn product(topics: &[RawTopic], config: &'a Config, folder: &'a Folder) -> Self {
        let mut site = Site {
            config: Some(config),
            folder,
            product: config.product.id.clone(),
            pages: BTreeMap::new(),
            ids: BTreeSet::new(),
            stems: BTreeMap::new(),
        };
        for topic in topics {
            let page = site.pages.entry(topic.file.clone()).or_default();
            for article in &topic.articles {
                let id = topic.article_id(config, &article.slug);
                page.parts.insert(article.slug.clone(), id.clone());
                site.ids.insert(id);
            }
        }
        site
    }

    /// The site of a plain folder: every file is an article.
    pub(crate) fn plain(folder: &'a Folder, id: impl Fn(&str) -> String) -> Self {
        let mut site = Site {
            config: None,
            folder,
            product: folder.name.clone(),
            pages: BTreeMap::new(),
            ids: BTreeSet::new(),
            stems: BTreeMap::new(),
        };
        for page in &folder.pages {
            let id = id(&page.path);
            site.ids.insert(id.clone());
            let stem = id.rsplit('/').next().unwrap_or(&id).to_lowercase();
            site.stems.entry(stem).or_insert_with(|| page.path.clone());
            site.pages
                .insert(page.path.clone(), PageIds { whole: Some(id), parts: BTreeMap::new() });
        }
        site
    }

    /// Whether an article of that whole id exists.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// All article ids, sorted.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// How bad a link is that only loses its target: a plain folder was not written for us.
    fn severity(&self) -> Severity {
        if self.config.is_some() { Severity::Error } else { Severity::Warning }
    }

    fn refuse<T>(&self, message: String) -> Result<T, Refused> {
        Err(Refused(self.severity(), message))
    }

    /// Where `dest`, written in `file`, leads.
    pub(crate) fn resolve(&self, dest: &str, file: &str) -> Result<Href, Refused> {
        let dest = dest.trim();
        if let Some(name) = dest.strip_prefix("link:") {
            return self.deep_link(name);
        }
        match scheme(dest) {
            Some(found) => match found.as_str() {
                "http" | "https" | "mailto" | "tel" => Ok(Href::Url(dest.into())),
                _ => self.refuse(format!(
                    "the link's scheme `{found}:` is not allowed; use http, https, mailto, tel, \
                     link:NAME, an article or a relative address"
                )),
            },
            None if dest.chars().take_while(|c| matches!(c, '/' | '\\')).count() > 1 => {
                self.refuse(format!("`{dest}` leads to another host; write `https:` before it"))
            }
            None => self.relative(dest, file),
        }
    }

    fn deep_link(&self, name: &str) -> Result<Href, Refused> {
        match self.config {
            Some(config) if config.product.link(name).is_none() => {
                let names = config.product.links.iter().map(|link| link.name.as_str());
                self.refuse(format!("kb.toml has no [links.{name}]{}", nearest(name, names)))
            }
            _ => Ok(Href::Link(name.into())),
        }
    }

    fn relative(&self, dest: &str, file: &str) -> Result<Href, Refused> {
        let (path, fragment) = match dest.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (dest, None),
        };
        let path = decode(path.split('?').next().unwrap_or_default());
        let target = if path.is_empty() { file.to_owned() } else { join(file, &path) };
        let part = fragment.filter(|fragment| !fragment.is_empty());
        if self.config.is_none() {
            return self.plain_target(dest, &path, &target, file);
        }
        if !path.is_empty() && !is_markdown(&path) {
            return if part.is_none()
                && !path.starts_with('/')
                && !self.folder.assets.contains(&target)
                && self.folder.assets.iter().any(|asset| asset.starts_with("images/"))
                && target.starts_with("images/")
            {
                self.refuse(format!("there is no file {target}"))
            } else {
                Ok(Href::Url(dest.into()))
            };
        }
        let Some(part) = part else {
            return self.refuse(format!("`{dest}` names a file, not an article; add its #id"));
        };
        // An untranslated article stands in the file of the folder's own locale.
        let own = target.rsplit('/').next().unwrap_or(&target);
        let pages = [self.pages.get(&target), self.pages.get(own)];
        if pages.iter().all(Option::is_none) {
            let files = self.pages.keys().map(String::as_str);
            return self.refuse(format!(
                "dead link: there is no topic file {target}{}",
                nearest(own, files)
            ));
        }
        let mut parts = pages.iter().flatten().flat_map(|page| &page.parts);
        match parts.find(|(slug, _)| slug.as_str() == part) {
            Some((_, id)) => Ok(Href::Article(id.clone())),
            None => {
                let slugs =
                    pages.iter().flatten().flat_map(|page| page.parts.keys().map(String::as_str));
                self.refuse(format!(
                    "dead link: {target} has no article with the id `{part}`{}",
                    nearest(part, slugs)
                ))
            }
        }
    }

    /// In a plain folder links follow what site generators accept: with and without `.md`, and a
    /// folder for its index page.
    fn plain_target(
        &self,
        dest: &str,
        path: &str,
        target: &str,
        file: &str,
    ) -> Result<Href, Refused> {
        if path.is_empty() {
            // A place in the same page: nothing to open.
            return Err(Refused(Severity::Warning, String::new()));
        }
        let stem = target.trim_end_matches('/');
        let tries = [
            target.to_owned(),
            format!("{stem}.md"),
            format!("{stem}.markdown"),
            format!("{stem}/index.md"),
            format!("{stem}/README.md"),
            format!("{}.md", stem.trim_end_matches(".html")),
        ];
        let found = tries.iter().find_map(|path| self.pages.get(path));
        match found.and_then(|page| page.whole.clone()) {
            Some(id) => Ok(Href::Article(id)),
            None if is_markdown(path) => {
                self.refuse(format!("dead link: there is no file {target} (seen from {file})"))
            }
            None => Ok(Href::Url(dest.into())),
        }
    }

    /// Where a link by the name of a page leads: to the page at that path from here or from the
    /// top, else to the first page of that file name.
    pub(crate) fn wiki(&self, dest: &str, file: &str) -> Result<Href, Refused> {
        let name = dest.split(['#', '|']).next().unwrap_or_default().trim();
        if name.is_empty() {
            return Err(Refused(Severity::Warning, String::new()));
        }
        let stem = name.strip_suffix(".md").unwrap_or(name);
        let last = stem.rsplit('/').next().unwrap_or(stem).to_lowercase();
        let paths = [join(file, &format!("{stem}.md")), format!("{stem}.md")];
        let by_path = paths.iter().find_map(|path| self.pages.get(path));
        let page = by_path.or_else(|| self.stems.get(&last).and_then(|path| self.pages.get(path)));
        match page.and_then(|page| page.whole.clone()) {
            Some(id) => Ok(Href::Article(id)),
            None => self.refuse(format!("dead link: there is no page [[{name}]]")),
        }
    }

    /// The address of a picture: http(s), or a file of the folder that exists, whose address begins
    /// with the product's id, because the pictures of several products lie beside their packs.
    pub(crate) fn image(&self, src: &str, file: &str) -> Result<Picture, Refused> {
        let src = src.trim();
        match scheme(src).as_deref() {
            Some("http" | "https") => return Ok(Picture { src: src.into(), file: None }),
            Some(found) => {
                return self
                    .refuse(format!("a picture cannot come from `{found}:`; use a file or https"));
            }
            None => {}
        }
        let target = join(file, &decode(src.split(['?', '#']).next().unwrap_or_default()));
        if src.starts_with(['/', '\\']) || !self.folder.assets.contains(&target) {
            return self.refuse(format!("there is no picture {target}"));
        }
        let src = format!("{}/{}", encode(&self.product), encode(&target));
        Ok(Picture { src, file: Some(target) })
    }
}

/// A finding for a link that leads nowhere; `None` where there is nothing to say.
pub(crate) fn finding(file: &str, line: u32, refused: Refused) -> Option<Finding> {
    let Refused(severity, message) = refused;
    (!message.is_empty()).then(|| Finding { severity, ..Finding::error(file, line, message) })
}
