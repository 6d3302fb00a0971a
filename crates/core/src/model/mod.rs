//! The knowledge base as data: what an author wrote, after the compiler and before the pack.
//! Here live only the types and what follows from one value alone; reading Markdown, packing and
//! searching live elsewhere.

mod article;
mod product;
mod text;

pub use article::{
    Article, Audience, Check, Choice, Ending, Escalation, Kind, Probe, Replacement, Target, Wait,
};
pub use product::{
    Channel, ChannelKind, Days, Hours, Include, Link, Maintenance, Person, Priority, ProbeDefault,
    Product, Recipient, Service, Span, Suggestion, Topic, Week, Weekday,
};
pub use text::{Align, Block, Href, Inline, ListItem, plain_blocks, plain_inlines};

/// A whole knowledge base of one product in one locale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnowledgeBase {
    /// What `kb.toml` says.
    pub product: Product,
    /// The articles, in the order of topics and then of the author.
    pub articles: Vec<Article>,
}
