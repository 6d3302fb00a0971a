//! `unstuck gaps`: searches without a good match, grouped, each group with a proposal.
//! Events come as the widget raised them, one JSON object a line; nothing is sent anywhere.

mod group;
mod proposal;

use crate::compile::count;
use anyhow::{Context, Result, bail};
use group::{Group, groups};
use proposal::{Known, Proposal};
use serde::Serialize;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Write, stderr, stdin, stdout};
use std::path::Path;
use std::process::ExitCode;
use unstuck_core::handover::redact;

/// Wordings of a group that are shown at the most.
const WORDINGS: usize = 5;

/// One search, as `unstuck-search` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Search {
    pub(crate) query: String,
    pub(crate) confident: bool,
    pub(crate) top: Option<String>,
    pub(crate) chosen: Option<String>,
    pub(crate) locale: String,
}

impl Search {
    /// Whether the knowledge base failed the person: no good match, or nothing worth opening.
    fn missed(&self) -> bool {
        !self.confident || self.chosen.is_none()
    }
}

#[derive(Serialize)]
struct Row<'a> {
    searches: usize,
    locale: &'a str,
    queries: Vec<&'a str>,
    proposal: &'static str,
    article: Option<&'a str>,
    near: &'a [String],
    why: &'a str,
}

/// What the command line says.
pub(crate) struct Wish<'w> {
    pub(crate) events: &'w Path,
    pub(crate) pack: Option<&'w Path>,
    pub(crate) least: usize,
    pub(crate) json: bool,
}

/// Runs the command; exit code 0 whether there are gaps or not.
pub(crate) fn run(wish: &Wish<'_>) -> Result<ExitCode> {
    let (searches, unread) = read(wish.events)?;
    if unread > 0 {
        writeln!(stderr(), "{} could not be read as JSON; passed over", count(unread, "line"))?;
    }
    if searches.is_empty() {
        bail!(
            "{}: no `unstuck-search` events; expected one JSON object a line, with `query`, \
             `confident` and `chosen`, on its own or under `detail`",
            wish.events.display()
        );
    }
    let all = searches.len();
    let missed: Vec<Search> = settled(searches).into_iter().filter(Search::missed).collect();
    let mut known = wish.pack.map(Known::open).transpose()?;
    let mut found: Vec<(Group, Proposal)> = groups(&missed)
        .into_iter()
        .filter(|group| group.searches.len() >= wish.least)
        .map(|group| {
            let proposal = proposal::propose(&group, known.as_mut())?;
            Ok((group, proposal))
        })
        .collect::<Result<_>>()?;
    // What today's knowledge base answers comes last.
    found.sort_by_key(|(group, proposal)| {
        (proposal.is_done(), std::cmp::Reverse(group.searches.len()))
    });
    let mut out = stdout().lock();
    for (group, proposal) in &found {
        let queries = group.wordings();
        let row = Row {
            searches: group.searches.len(),
            locale: group.locale(),
            queries: queries.iter().take(WORDINGS).copied().collect(),
            proposal: proposal.name(),
            article: proposal.article(),
            near: &proposal.near,
            why: &proposal.why,
        };
        if wish.json {
            serde_json::to_writer(&mut out, &row).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            show(&row, queries.len(), &mut out)?;
        }
    }
    out.flush()?;
    writeln!(
        stderr(),
        "{}, {} without a good match, {}",
        count(all, "search").replace("searchs", "searches"),
        missed.len(),
        count(found.len(), "group")
    )?;
    Ok(ExitCode::SUCCESS)
}

fn show(row: &Row<'_>, wordings: usize, to: &mut impl Write) -> Result<()> {
    let mut said: Vec<String> = row.queries.iter().map(|query| format!("\"{query}\"")).collect();
    if wordings > row.queries.len() {
        said.push(format!("and {} more", wordings - row.queries.len()));
    }
    let times = if row.searches == 1 { "once".into() } else { format!("{} times", row.searches) };
    writeln!(to, "{times}: {}", said.join(", "))?;
    writeln!(to, "  {}: {}", row.proposal, row.why)?;
    if !row.near.is_empty() {
        writeln!(to, "  near: {}", row.near.join(", "))?;
    }
    Ok(())
}

/// The searches of a file, `-` for standard input, and the number of lines that are no JSON.
fn read(path: &Path) -> Result<(Vec<Search>, usize)> {
    let from: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(stdin().lock())
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        Box::new(BufReader::new(file))
    };
    let (mut searches, mut unread) = (Vec::new(), 0);
    for line in from.split(b'\n') {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice(&line) {
            Ok(event) => searches.extend(search(&event)),
            Err(_) => unread += 1,
        }
    }
    Ok((searches, unread))
}

/// The search that an event tells of; `None` for another event. The name may stand under `event`,
/// `type` or `name`, the search under `detail`, `data` or at the top.
fn search(event: &Value) -> Option<Search> {
    let name = ["event", "type", "name"].iter().find_map(|key| event.get(key)?.as_str());
    if name.is_some_and(|name| !matches!(name, "unstuck-search" | "search")) {
        return None;
    }
    let detail = event.get("detail").or_else(|| event.get("data")).unwrap_or(event);
    let text = |key: &str| {
        detail.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
    };
    Some(Search {
        query: redact(&text("query")?.split_whitespace().collect::<Vec<_>>().join(" ")),
        confident: detail.get("confident").and_then(Value::as_bool).unwrap_or(false),
        top: text("top").map(str::to_owned),
        chosen: text("chosen").map(str::to_owned),
        locale: text("locale").unwrap_or("").to_owned(),
    })
}

/// Leaves out what was not the last word: the widget tells of a search when the text rests and
/// once more when a result is opened, and a text may rest while it is still being typed.
fn settled(searches: Vec<Search>) -> Vec<Search> {
    let mut out: Vec<Search> = Vec::with_capacity(searches.len());
    for search in searches {
        let unfinished = out.last().is_some_and(|last| {
            last.chosen.is_none()
                && search.query.to_lowercase().starts_with(&last.query.to_lowercase())
        });
        if unfinished
            && (search.chosen.is_some()
                || search.query.len() > out.last().map_or(0, |last| last.query.len()))
        {
            out.pop();
        }
        out.push(search);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(query: &str, chosen: Option<&str>) -> Search {
        Search {
            query: query.into(),
            confident: true,
            top: None,
            chosen: chosen.map(str::to_owned),
            locale: "en".into(),
        }
    }

    #[test]
    fn a_text_that_was_still_being_typed_or_was_opened_in_the_end_is_no_gap() {
        let told = vec![
            event("how do", None),
            event("how do i export", None),
            event("how do i export", Some("a/b/c")),
            event("export", None),
            event("export", None),
            event("billing", None),
        ];
        let kept: Vec<_> = settled(told).into_iter().map(|s| (s.query, s.chosen)).collect();
        let row = |query: &str, chosen: Option<&str>| (query.to_owned(), chosen.map(str::to_owned));
        assert_eq!(
            kept,
            [
                row("how do i export", Some("a/b/c")),
                row("export", None),
                row("export", None),
                row("billing", None)
            ]
        );
    }

    #[test]
    fn events_are_read_in_the_shapes_in_which_teams_log_them() {
        let read = |text: &str| search(&serde_json::from_str(text).unwrap()).map(|s| s.query);
        for text in [
            r#"{"query":"a  b","confident":false}"#,
            r#"{"event":"unstuck-search","detail":{"query":" a b "}}"#,
            r#"{"type":"search","data":{"query":"a b","chosen":null}}"#,
        ] {
            assert_eq!(read(text).as_deref(), Some("a b"), "{text}");
        }
        assert_eq!(read(r#"{"event":"unstuck-article","detail":{"id":"x","query":"no"}}"#), None);
        assert_eq!(
            read(r#"{"query":"password: hunter2"}"#).as_deref(),
            Some("password: [removed]")
        );
        assert_eq!(read("[1]"), None);
    }
}
