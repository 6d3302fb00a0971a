//! Markdown and `kb.toml` to the model: reading folders, parsing, resolving links, linting.
//! Everything an author can get wrong becomes a [`Finding`], all of them in one go.
//! Packing lives in `unstuck-core`, the command line in `unstuck-cli`.

mod address;
mod article;
mod blocks;
mod check;
mod choice;
mod config;
mod context;
mod fields;
mod finding;
mod flow;
mod folder;
mod kbtoml;
mod lint;
mod lock;
mod plain;
mod probes;
mod resolve;
mod sections;
mod topic;
mod translate;
mod tree;
mod words;

pub use finding::{Finding, Severity};
pub use folder::{Folder, OpenError, Page};
pub use probes::{PROBES, ParamKind, ParamSpec, ProbeSpec};

use rayon::prelude::*;
use std::collections::BTreeSet;
use unstuck_core::model::KnowledgeBase;

/// What a folder compiles to.
#[derive(Debug, Default)]
pub struct Compiled {
    /// One knowledge base a locale, the folder's own locale first. Where a finding is an error the
    /// faulty part is missing; a folder whose `kb.toml` cannot be used gives none.
    pub bases: Vec<KnowledgeBase>,
    /// Everything found, by file and line.
    pub findings: Vec<Finding>,
    /// Paths in the folder of the pictures that the texts show. Beside the packs they lie under
    /// `<product>/`, as the texts say.
    pub pictures: BTreeSet<String>,
    /// What `kb.lock` should hold: the derived ids of checks and their wording. Empty when every
    /// check names its id.
    pub lock: String,
}

impl Compiled {
    /// Whether any finding is an error.
    ///
    /// ```
    /// use unstuck_compiler::{Folder, compile};
    /// let folder = Folder::from_texts("notes", [("a.md", "# Hello\n\nText.\n")]);
    /// let compiled = compile(&folder, &|_| ());
    /// assert!(!compiled.has_errors());
    /// assert_eq!(compiled.bases[0].articles[0].title, "Hello");
    /// ```
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Compiles a folder that was read. `progress` is told the path of every page that is done, from several
/// threads at once. Time grows with the text; pages are worked on in parallel.
pub fn compile(folder: &Folder, progress: &(dyn Fn(&str) + Sync)) -> Compiled {
    let mut compiled = match &folder.config {
        Some(config) => product(folder, config, progress),
        None => plain::compile(folder, progress),
    };
    compiled.findings.splice(0..0, folder.problems.iter().cloned());
    compiled.findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    compiled
}

/// A folder with `kb.toml`: a base of its own locale and one for each translation.
fn product(folder: &Folder, config: &Page, progress: &(dyn Fn(&str) + Sync)) -> Compiled {
    let mut findings = Vec::new();
    let Some(config) = config::read(config, &mut findings) else {
        return Compiled { findings, ..Compiled::default() };
    };
    let pins = lock::Pins::read(folder.lock.as_ref(), &mut findings);
    let locales = translate::locales(folder, &config, &mut findings);
    let topics = split(folder, &locales, &config, &mut findings);
    let site = resolve::Site::product(&topics, &config, folder);
    let mut base = build(&topics, "", &site, progress, &mut findings);
    if base.topics.is_empty() {
        findings.push(Finding::error("kb.toml", 1, "there is no topic file (NAME.md) beside it"));
    }
    let lock = pins.apply(&mut base, &mut findings);
    lint::product(&base, &config, &site, &mut findings);
    lint::ids(&base, &mut findings);
    let shown = |base: &lint::Base| -> Vec<String> {
        base.articles.iter().flat_map(|draft| draft.pictures.iter().cloned()).collect()
    };
    let mut pictures = BTreeSet::from_iter(shown(&base));
    let mut translations = Vec::new();
    for locale in &locales {
        let mut found = Vec::new();
        let path = format!("{locale}/kb.toml");
        let page = folder.local_configs.iter().find(|page| page.path == path);
        let config = match page {
            Some(page) => &config::local::read(page, &config, &mut found),
            None => &config,
        };
        let site = resolve::Site::product(&topics, config, folder);
        let local = build(&topics, locale, &site, progress, &mut found);
        lint::ids(&local, &mut found);
        pictures.extend(shown(&local));
        translations.push(translate::merge(&base, local, locale, config, &mut found));
        findings.append(&mut found);
    }
    let mut bases = vec![base.into_model(&config)];
    bases.append(&mut translations);
    Compiled { bases, findings, pictures, lock }
}

/// Cuts all topic files, of every locale, into articles; sorted by the order of `topics` and then
/// by file name.
fn split(
    folder: &Folder,
    locales: &[String],
    config: &config::Config,
    findings: &mut Vec<Finding>,
) -> Vec<topic::RawTopic> {
    let mut raw: Vec<(topic::RawTopic, Vec<Finding>)> = folder
        .pages
        .par_iter()
        .filter_map(|page| match page.path.split_once('/') {
            Some((dir, rest)) => (locales.iter().any(|locale| locale == dir)
                && !rest.contains('/'))
            .then(|| topic::split(page, dir)),
            // A read-me explains the folder on a code host.
            None if page.path.eq_ignore_ascii_case("readme.md") => None,
            None => Some(topic::split(page, "")),
        })
        .collect();
    let place = |id: &str| config.product_topics.iter().position(|topic| topic == id);
    raw.sort_by_key(|(topic, _)| (place(&topic.id).unwrap_or(usize::MAX), topic.file.clone()));
    for (_, found) in &mut raw {
        findings.append(found);
    }
    raw.into_iter().map(|(topic, _)| topic).collect()
}

/// The topics and articles of one locale.
fn build(
    topics: &[topic::RawTopic],
    locale: &str,
    site: &resolve::Site<'_>,
    progress: &(dyn Fn(&str) + Sync),
    findings: &mut Vec<Finding>,
) -> lint::Base {
    let of_locale: Vec<&topic::RawTopic> =
        topics.iter().filter(|topic| topic.locale == locale).collect();
    let built: Vec<_> = of_locale
        .par_iter()
        .map(|topic| {
            let built = article::topic(topic, site);
            progress(&topic.file);
            built
        })
        .collect();
    let mut base = lint::Base::default();
    for ((topic, articles, mut found), raw) in built.into_iter().zip(of_locale) {
        base.topics.push(topic);
        base.places.push((raw.file.clone(), raw.line));
        base.articles.extend(articles);
        findings.append(&mut found);
    }
    base
}
