//! What a group of searches says about the knowledge base: a phrasing is missing, a title says
//! too little, an article is missing, or it is answered by now.

use super::group::Group;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;
use unstuck_core::pack::Pack;
use unstuck_core::search::{Options, Scratch, search};

/// Articles named as near at the most.
const NEAR: usize = 3;

/// Confidence, by words alone, from which an article that is no good match is worth a look.
const WORTH_A_LOOK: f32 = 0.32;

/// Share of a group that must agree on an article before it is proposed: one in so many.
const AGREE: usize = 3;

/// What to do.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// The article is there; these words do not lead to it.
    Phrasing(String),
    /// The article was shown, and nobody opened it.
    Title(String),
    /// Nothing answers it.
    Article,
    /// Today's knowledge base answers it.
    Answered(String),
}

/// A proposal for a group.
#[derive(Debug)]
pub(crate) struct Proposal {
    kind: Kind,
    /// The reason, and what to write where.
    pub(crate) why: String,
    /// Ids of the nearest articles, the best first.
    pub(crate) near: Vec<String>,
}

impl Proposal {
    /// The name in the output.
    pub(crate) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Phrasing(_) => "phrasing missing",
            Kind::Title(_) => "not opened",
            Kind::Article => "article missing",
            Kind::Answered(_) => "answered by now",
        }
    }

    /// The article it is about.
    pub(crate) fn article(&self) -> Option<&str> {
        match &self.kind {
            Kind::Phrasing(id) | Kind::Title(id) | Kind::Answered(id) => Some(id),
            Kind::Article => None,
        }
    }

    /// Whether nothing is left to do.
    pub(crate) fn is_done(&self) -> bool {
        matches!(self.kind, Kind::Answered(_))
    }
}

/// A pack, to look for what is near.
pub(crate) struct Known {
    pack: Pack,
    scratch: Scratch,
}

/// What a pack says to a query.
struct Said {
    confident: bool,
    /// Ids of the nearest articles.
    near: Vec<String>,
    /// Whether they are near enough to be worth a look.
    anything: bool,
}

impl Known {
    /// Opens a pack.
    pub(crate) fn open(path: &Path) -> Result<Known> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let pack = Pack::open(bytes).with_context(|| format!("cannot open {}", path.display()))?;
        Ok(Known { pack, scratch: Scratch::default() })
    }

    fn ask(&mut self, query: &str) -> Result<Said> {
        let index = self.pack.index()?;
        let options = Options { limit: NEAR, ..Options::default() };
        let answer = search(&index, query, &options, &mut self.scratch);
        let near: Vec<String> = answer
            .hits
            .iter()
            .filter_map(|hit| Some(self.pack.head(hit.article as usize)?.id.to_owned()))
            .collect();
        Ok(Said { confident: answer.confident, anything: answer.confidence > WORTH_A_LOOK, near })
    }
}

/// What to do about a group.
pub(crate) fn propose(group: &Group, known: Option<&mut Known>) -> Result<Proposal> {
    let wordings = group.wordings();
    let query = wordings.first().copied().unwrap_or("");
    let said = known.map(|known| known.ask(query)).transpose()?;
    let near = said.as_ref().map(|said| said.near.clone()).unwrap_or_default();
    let total = group.searches.len();
    let chosen = most(group.searches.iter().filter_map(|search| search.chosen.as_deref()));
    let shown = most(group.searches.iter().filter_map(|search| search.top.as_deref()));
    let (kind, why) = match (chosen, shown, &said) {
        // Someone looked further than the match and found it: the words lead there from now on.
        (Some((id, times)), ..) if times * AGREE >= total => (
            Kind::Phrasing(id.to_owned()),
            format!("{times} of {total} opened {id}; add \"{query}\" to its \"People also say\""),
        ),
        (_, Some((id, times)), _) if times * 2 > total => (
            Kind::Title(id.to_owned()),
            format!(
                "{id} came first {times} times of {total} and was not opened; does its title say \
                 it in these words, and does it answer \"{query}\"?"
            ),
        ),
        (.., Some(said)) if said.confident => match said.near.first() {
            Some(id) => {
                (Kind::Answered(id.clone()), format!("this pack answers \"{query}\" with {id}"))
            }
            None => nothing(query),
        },
        (.., Some(said)) if said.anything => match said.near.first() {
            Some(id) => (
                Kind::Phrasing(id.clone()),
                format!(
                    "{id} comes near; if it answers \"{query}\", add that to its \"People also \
                     say\", else an article is missing"
                ),
            ),
            None => nothing(query),
        },
        _ => nothing(query),
    };
    Ok(Proposal { kind, why, near })
}

fn nothing(query: &str) -> (Kind, String) {
    (Kind::Article, format!("nothing answers \"{query}\"; write an article with that title"))
}

/// The most frequent, and how often it stands there; of equals the first by name.
fn most<'a>(ids: impl Iterator<Item = &'a str>) -> Option<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(id).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, times)| *times)
}
