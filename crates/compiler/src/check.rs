//! A check from its list item: instruction, detail, and the items that open with a bold word.
//! How checks lead to one another is looked at in `flow`.

use crate::article::Builder;
use crate::fields::Field;
use crate::probes::{self, PROBES};
use crate::tree::{Kind, Node};
use crate::words::{is_slug, nearest, slug};
use unstuck_core::model::{Check, Href, Inline, Probe, Wait, plain_inlines};

/// Items of a check; "Ask" and "Only for" are followed by a name.
const FIELDS: [&str; 8] =
    ["Go to", "Wait", "Wait until", "Browser check", "Ask", "If", "Expected", "Only for"];

/// A check and whether its id comes from its wording.
pub(crate) struct DraftCheck {
    pub(crate) check: Check,
    pub(crate) derived: bool,
}

impl Builder<'_> {
    /// Ids that the checks of a section name. Only these can be led to: a derived id may yet be
    /// replaced by the pinned one.
    pub(crate) fn known_checks(nodes: &[Node]) -> Vec<String> {
        let lists = nodes.iter().filter(|node| matches!(node.kind, Kind::List(Some(_))));
        lists.flat_map(|list| &list.children).filter_map(named).map(|(id, _)| id).collect()
    }

    /// Builds a check. `known` are the ids that checks of the article name.
    pub(crate) fn check(&mut self, item: &Node, known: &[String]) -> DraftCheck {
        let mut check = Check::default();
        let name = named(item);
        if let Some((id, line)) = &name
            && !is_slug(id)
        {
            let text = format!("check id `{id}`: use lower-case letters, digits and hyphens");
            self.context.error(*line, text);
        }
        let derived = name.is_none();
        check.id = name.map(|(id, _)| id).unwrap_or_default();
        let mut nodes = item.children.iter().filter(|node| !is_check_comment(node));
        match nodes.next() {
            Some(first) if first.kind == Kind::Paragraph => {
                let kept: Vec<Node> =
                    first.children.iter().filter(|node| !is_check_comment(node)).cloned().collect();
                check.label = self.context.inlines(&kept);
            }
            _ => {}
        }
        if check.label.is_empty() {
            self.context.error(item.line, "a check begins with its instruction, in one sentence");
        }
        let mut detail = Vec::new();
        for node in nodes {
            match self.context.fields(node, &FIELDS) {
                Some(fields) => {
                    fields.into_iter().for_each(|field| self.field(&field, &mut check, known))
                }
                None => detail.push(node.clone()),
            }
        }
        check.detail = self.context.blocks(&detail, 3);
        DraftCheck { check, derived }
    }

    fn field(&mut self, field: &Field, check: &mut Check, known: &[String]) {
        let line = field.line;
        let words = |nodes: &[Node]| {
            nodes.iter().map(Node::words).collect::<Vec<_>>().join(" ").trim().to_owned()
        };
        match field.name.as_str() {
            "go to" => self.go_to(field, check),
            "wait" => match minutes(&words(&field.rest)) {
                Some(minutes) => self.once(check.wait.is_some(), "wait", line, || {
                    check.wait = Some(Wait::Minutes(minutes));
                }),
                None => self.context.error(
                    line,
                    format!(
                        "`{}`: a wait is a number and minutes, hours or days; `**Wait until:**` has \
                         no fixed length",
                        words(&field.rest)
                    ),
                ),
            },
            "wait until" => {
                let until = self.context.inlines(&field.rest);
                self.once(check.wait.is_some(), "wait", line, || {
                    check.wait = Some(Wait::Until(until));
                });
            }
            "browser check" => {
                let probe = self.probe(&words(&field.rest), line);
                self.once(check.probe.is_some(), "browser check", line, || check.probe = probe);
            }
            "if" => self.choice(field, check, known),
            "expected" => {
                check.expected = self.context.inlines(&field.rest);
                if check.expected.is_empty() {
                    self.context.error(line, "say what the person finds when all is as expected");
                }
            }
            name => {
                if let Some(person) = name.strip_prefix("ask ") {
                    let message = plain_inlines(&self.context.inlines(&field.rest));
                    self.context.person(person, line);
                    if message.is_empty() {
                        self.context.error(line, "write the message that the person can copy");
                    }
                    let ask = Some((person.to_owned(), message));
                    self.once(check.ask.is_some(), "person to ask", line, || check.ask = ask);
                } else if let Some(audience) = name.strip_prefix("only for ") {
                    self.audience(audience, field, check, known);
                } else {
                    self.context.unknown_field(name, line, &FIELDS);
                }
            }
        }
    }

    fn once(&mut self, taken: bool, what: &str, line: u32, set: impl FnOnce()) {
        if taken {
            self.context.error(line, format!("a check has one {what}; make it two checks"));
        } else {
            set();
        }
    }

    fn go_to(&mut self, field: &Field, check: &mut Check) {
        let mut any = false;
        for inline in self.context.inlines(&field.rest) {
            match inline {
                Inline::Link(Href::Link(name), words) => {
                    any = true;
                    let label = self
                        .context
                        .site
                        .config
                        .and_then(|config| config.product.link(&name))
                        .map(|link| link.label.clone());
                    let words = plain_inlines(&words);
                    if let Some(label) = label.filter(|label| *label != words) {
                        self.context.warning(
                            field.line,
                            format!("the words are \"{words}\", [links.{name}] says \"{label}\""),
                        );
                    }
                    check.links.push(name);
                }
                Inline::Link(..) => {
                    any = true;
                    self.context.error(
                        field.line,
                        "\"Go to\" leads to `link:NAME`; put other links into the detail",
                    );
                }
                _ => {}
            }
        }
        let reported = self.context.findings.iter().any(|finding| finding.line == field.line);
        if !any && !reported {
            self.context.error(field.line, "write `[Label](link:NAME)` and define it in kb.toml");
        }
    }

    fn probe(&mut self, text: &str, line: u32) -> Option<Probe> {
        let mut words = text.split_whitespace();
        let Some(name) = words.next() else {
            self.context.error(line, "name the probe, as in `` `service-status service=api` ``");
            return None;
        };
        let shared = self
            .context
            .site
            .config
            .and_then(|config| config.product.probes.iter().find(|probe| probe.name == name));
        let known = probes::find(name);
        if known.is_none() && shared.is_none() {
            let names = PROBES.iter().map(|probe| probe.name);
            let text = format!(
                "unknown probe `{name}`; known: {}, and those of [probes] in kb.toml{}",
                names.clone().collect::<Vec<_>>().join(", "),
                nearest(name, names)
            );
            self.context.error(line, text);
        }
        let mut probe = Probe { name: name.into(), params: Vec::new() };
        for word in words {
            let Some((key, value)) = word.split_once('=') else {
                self.context
                    .error(line, format!("`{word}`: a parameter is key=value, without blanks"));
                continue;
            };
            if probe.params.iter().any(|(other, _)| other == key) {
                self.context.error(line, format!("`{key}` stands twice"));
            }
            if let Some(text) = known.and_then(|known| probes::fault(known, key, value)) {
                self.context.error(line, text);
            } else if key == "service" {
                self.context.service(value, line);
            }
            probe.params.push((key.into(), value.into()));
        }
        let given = |name: &str| {
            let shared = shared.map_or(&[][..], |shared| shared.params.as_slice());
            probe.params.iter().chain(shared).any(|(key, _)| key == name)
        };
        if let Some(known) = known
            && !known.needs.is_empty()
            && !known.needs.iter().any(|name| given(name))
        {
            let text = format!("the probe `{name}` needs `{}=…`", known.needs.join("=…` or `"));
            self.context.error(line, text);
        }
        Some(probe)
    }
}

fn is_check_comment(node: &Node) -> bool {
    check_comment(node).is_some()
}

fn check_comment(node: &Node) -> Option<String> {
    let (Kind::InlineHtml(html) | Kind::Html(html)) = &node.kind else { return None };
    let inner = html.trim().strip_prefix("<!--")?.split("-->").next()?.trim();
    Some(inner.strip_prefix("check:")?.trim().to_owned())
}

/// The id that a check's comment names, and its line.
fn named(item: &Node) -> Option<(String, u32)> {
    let inside = item.children.first().into_iter().flat_map(|first| &first.children);
    inside
        .chain(item.children.iter().take(2))
        .find_map(|node| check_comment(node).map(|id| (id, node.line)))
}

/// An id from a wording, distinct from those that are taken.
pub(crate) fn unique(wording: &str, taken: &[String]) -> String {
    let mut base = slug(wording, 6);
    if base.is_empty() {
        base.push_str("check");
    }
    let mut id = base.clone();
    let mut n = 2;
    while taken.contains(&id) {
        id = format!("{base}-{n}");
        n += 1;
    }
    id
}

/// "15 minutes", "1 hour", "2 days" in minutes.
fn minutes(text: &str) -> Option<u32> {
    let (number, unit) = text.trim().trim_end_matches('.').split_once(char::is_whitespace)?;
    let factor = match unit.trim() {
        "minute" | "minutes" | "min" => 1,
        "hour" | "hours" => 60,
        "day" | "days" => 24 * 60,
        _ => return None,
    };
    number.parse::<u32>().ok().filter(|&n| n > 0)?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_read_in_minutes() {
        for (text, expected) in [
            ("15 minutes", Some(15)),
            ("1 hour", Some(60)),
            ("2 days.", Some(2880)),
            ("0 minutes", None),
            ("a while", None),
            ("4000000 days", None),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn derived_ids_are_distinct() {
        let taken = ["open-it".to_owned(), "open-it-2".to_owned()];
        assert_eq!(unique("Open it.", &taken), "open-it-3");
        assert_eq!(unique("開く", &[]), "check");
    }
}
