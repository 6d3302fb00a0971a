//! Where a check leads: its choices, and what readers outside its audience get.
//! Whether the checks of a guide make sense together is looked at in `flow`.

use crate::article::Builder;
use crate::context::trim;
use crate::fields::Field;
use crate::resolve;
use crate::tree::{Kind, Node};
use crate::words::nearest;
use unstuck_core::model::{Audience, Check, Choice, Href, Inline, Replacement, Target};

impl Builder<'_> {
    pub(crate) fn choice(&mut self, field: &Field, check: &mut Check, known: &[String]) {
        let Some((link, words)) = split_target(&field.rest) else {
            self.context.error(field.line, "write `- **If** words → [words](#check-id)`");
            return;
        };
        let mut label = self.context.inlines(words);
        cut_arrow(&mut label);
        capitalise(&mut label);
        if label.is_empty() {
            self.context.error(field.line, "say what the person sees, between `**If**` and `→`");
        }
        if let Some(target) = self.target(link, known) {
            check.choices.push(Choice { label, target });
        }
    }

    pub(crate) fn audience(
        &mut self,
        name: &str,
        field: &Field,
        check: &mut Check,
        known: &[String],
    ) {
        check.audience = match name {
            "admin" => Audience::Admin,
            "staff" => Audience::Staff,
            "everyone" => Audience::Everyone,
            _ => {
                self.context.error(field.line, format!("audience `{name}`: use admin or staff"));
                return;
            }
        };
        check.others = match split_target(&field.rest) {
            Some((link, words))
                if words.iter().map(Node::words).collect::<String>().contains('→') =>
            {
                self.target(link, known).map(Replacement::Go).unwrap_or_default()
            }
            _ => {
                let text = self.context.inlines(&field.rest);
                if text.is_empty() { Replacement::Nothing } else { Replacement::Text(text) }
            }
        };
    }

    /// Where a choice leads: a check of this article, an ending, another article.
    fn target(&mut self, link: &Node, known: &[String]) -> Option<Target> {
        let Kind::Link(dest) = &link.kind else { return None };
        match dest.as_str() {
            "#fixed" => return Some(Target::Fixed),
            "#expected" => return Some(Target::Expected),
            "#get-help" => return Some(Target::GetHelp),
            _ => {}
        }
        if let Some(id) = dest.strip_prefix('#')
            && known.iter().any(|known| known == id)
        {
            return Some(Target::Check(id.into()));
        }
        match self.context.site.resolve(dest, self.context.file) {
            Ok(Href::Article(id)) if id == self.article_id() => {
                self.context.error(link.line, "the choice leads back to its own article");
                None
            }
            Ok(Href::Article(id)) => Some(Target::Article(id)),
            Ok(_) => {
                self.context.error(
                    link.line,
                    format!("`{dest}`: a choice leads to a check (#id), an article (topic.md#id), #fixed, #expected or #get-help"),
                );
                None
            }
            Err(_) if dest.starts_with('#') => {
                let id = dest.trim_start_matches('#');
                let ends = ["fixed", "expected", "get-help"];
                let names = known.iter().map(String::as_str).chain(ends);
                let text = format!(
                    "`{dest}` is neither a check of this article (`<!-- check: {id} -->`) nor an \
                     article of this topic{}",
                    nearest(id, names)
                );
                self.context.error(link.line, text);
                None
            }
            Err(refused) => {
                let found = resolve::finding(self.context.file, link.line, refused);
                self.context.findings.extend(found);
                None
            }
        }
    }
}

/// The last link of an item, and everything in front of it.
fn split_target(nodes: &[Node]) -> Option<(&Node, &[Node])> {
    let at = nodes.iter().rposition(|node| matches!(node.kind, Kind::Link(_)))?;
    Some((nodes.get(at)?, nodes.get(..at)?))
}

fn cut_arrow(inlines: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        *text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '→' | ',')).into();
    }
    trim(inlines);
}

fn capitalise(inlines: &mut [Inline]) {
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        let mut chars = text.chars();
        if let Some(first) = chars.next() {
            *text = first.to_uppercase().chain(chars).collect();
        }
    }
}
