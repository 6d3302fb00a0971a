//! Translations: `<locale>/` folders with the same ids; what is not translated falls back.
//! The texts themselves are built like those of the folder's own locale.

use crate::article::Draft;
use crate::config::Config;
use crate::lint::Base;
use crate::{Finding, Folder};
use unstuck_core::model::{Article, KnowledgeBase};

/// Whether a name is a language tag: `en`, `pt-BR`, `zh-Hans-CN`.
pub(crate) fn is_locale(name: &str) -> bool {
    let mut parts = name.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.chars().all(|c| c.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

/// The locales that have a folder, and a finding for pages in any other folder.
pub(crate) fn locales(
    folder: &Folder,
    config: &Config,
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for page in &folder.pages {
        let Some((dir, rest)) = page.path.split_once('/') else { continue };
        if !is_locale(dir) || rest.contains('/') {
            findings.push(Finding::warning(
                &page.path,
                1,
                "not read: topics lie beside kb.toml, translations in a folder named after the locale",
            ));
        } else if dir == config.product.locale {
            findings.push(Finding::error(
                &page.path,
                1,
                format!("`{dir}` is the locale of kb.toml; its topics lie beside kb.toml"),
            ));
        } else if !out.iter().any(|known| known == dir) {
            out.push(dir.into());
        }
    }
    out
}

/// The knowledge base of a locale: translated articles in the order of the own ones, the others
/// as they are, marked with their locale.
pub(crate) fn merge(
    base: &Base,
    local: Base,
    locale: &str,
    config: &Config,
    findings: &mut Vec<Finding>,
) -> KnowledgeBase {
    let mut product = config.product.clone();
    product.locale = locale.into();
    product.topics.clone_from(&base.topics);
    for (topic, (file, line)) in local.topics.into_iter().zip(local.places) {
        match product.topics.iter_mut().find(|own| own.id == topic.id) {
            Some(own) => *own = topic,
            None => findings.push(Finding::error(
                &file,
                line,
                format!("topic `{}` is not in the knowledge base's own locale", topic.id),
            )),
        }
    }
    let mut local = local.articles;
    let mut articles = Vec::with_capacity(base.articles.len());
    for own in &base.articles {
        match local.iter().position(|draft| draft.article.id == own.article.id) {
            Some(at) => articles.push(translated(own, local.swap_remove(at), findings)),
            None => articles.push(Article {
                locale: Some(config.product.locale.clone()),
                ..own.article.clone()
            }),
        }
    }
    for draft in local {
        findings.push(Finding::error(
            &draft.file,
            draft.line,
            format!("`{}` is not in the knowledge base's own locale", draft.article.id),
        ));
    }
    KnowledgeBase { product, articles }
}

fn translated(own: &Draft, mut draft: Draft, findings: &mut Vec<Finding>) -> Article {
    let mut error =
        |line: u32, text: String| findings.push(Finding::error(&draft.file, line, text));
    let from = &own.article;
    if draft.article.kind != from.kind {
        let text =
            format!("kind is {}, the original's {}", draft.article.kind.name(), from.kind.name());
        error(draft.line, text);
    }
    if draft.article.checks.len() != from.checks.len() {
        let text = format!(
            "{} checks, the original has {}: a translation has the same checks in the same order",
            draft.article.checks.len(),
            from.checks.len()
        );
        error(draft.line, text);
        return draft.article;
    }
    for ((check, place), original) in
        draft.article.checks.iter_mut().zip(&draft.checks).zip(&from.checks)
    {
        if place.derived {
            // A check that names no id takes the one in its place.
            check.id.clone_from(&original.id);
        } else if check.id != original.id {
            let text =
                format!("check `{}` stands where the original has `{}`", check.id, original.id);
            error(place.line, text);
        }
    }
    draft.article
}

#[cfg(test)]
mod tests {
    use super::is_locale;

    #[test]
    fn locales_are_language_tags() {
        assert!(is_locale("en") && is_locale("pt-BR") && is_locale("zh-Hans-CN"));
        assert!(!is_locale("images") && !is_locale("") && !is_locale("e"));
    }
}
