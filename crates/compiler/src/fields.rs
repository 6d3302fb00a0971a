//! List items that open with a bold word, and the names from `kb.toml` that they mention.
//! What an item means is said where it is used: in `check` and in `article`.

use crate::context::Context;
use crate::tree::{Kind, Node};
use crate::words::{distance, nearest};

/// A list item that opens with a bold word.
pub(crate) struct Field {
    /// The bold words in lower case, without the colon.
    pub(crate) name: String,
    pub(crate) line: u32,
    /// What follows the bold words.
    pub(crate) rest: Vec<Node>,
}

impl Context<'_> {
    /// The items of a list that opens with bold words, or `None` when it is an ordinary node.
    pub(crate) fn fields(&mut self, node: &Node, known: &[&str]) -> Option<Vec<Field>> {
        let Kind::List(None) = node.kind else { return None };
        let fields: Vec<Option<Field>> = node.children.iter().map(field).collect();
        let is_known = |field: &Field| {
            known.iter().any(|name| {
                let name = name.to_lowercase();
                field.name == name || field.name.starts_with(&format!("{name} "))
            })
        };
        if !fields.iter().flatten().any(is_known) {
            for field in fields.iter().flatten() {
                let close =
                    known.iter().find(|name| distance(&name.to_lowercase(), &field.name) <= 2);
                if let Some(name) = close.filter(|name| name.len() > 3) {
                    self.warning(
                        field.line,
                        format!("`{}` is ordinary text; did you mean `**{name}:**`?", field.name),
                    );
                }
            }
            return None;
        }
        let mut out = Vec::new();
        for (field, item) in fields.into_iter().zip(&node.children) {
            match field {
                Some(field) => out.push(field),
                None => self.error(
                    item.line,
                    "an item without a bold word in a list of items with one; put text into a list of its own",
                ),
            }
        }
        Some(out)
    }

    pub(crate) fn unknown_field(&mut self, name: &str, line: u32, known: &[&str]) {
        self.error(line, format!("unknown item `{name}`; known: {}", known.join(", ")));
    }

    /// Reports a person that `kb.toml` does not know.
    pub(crate) fn person(&mut self, id: &str, line: u32) {
        if let Some(config) = self.site.config
            && config.product.person(id).is_none()
        {
            let names = config.product.people.iter().map(|person| person.id.as_str());
            self.error(line, format!("kb.toml has no [people.{id}]{}", nearest(id, names)));
        }
    }

    /// Reports a service that `kb.toml` does not know.
    pub(crate) fn service(&mut self, id: &str, line: u32) {
        if let Some(config) = self.site.config
            && !config.product.services.iter().any(|service| service.id == id)
        {
            let names = config.product.services.iter().map(|service| service.id.as_str());
            self.error(line, format!("kb.toml has no [services.{id}]{}", nearest(id, names)));
        }
    }
}

/// The bold words of an item and what follows them, when it opens with bold words.
fn field(item: &Node) -> Option<Field> {
    let first = item.children.first().filter(|node| node.kind == Kind::Paragraph)?;
    let (bold, rest) = first.children.split_first()?;
    if bold.kind != Kind::Strong {
        return None;
    }
    let name = bold.words().trim_end_matches(':').trim().to_lowercase();
    Some(Field { name, line: item.line, rest: rest.to_vec() })
}
