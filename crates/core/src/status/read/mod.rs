//! Bytes of a feed to a [`Feed`]: the form is recognised, its reader asked, limits kept.
//! One module a form; the rules that hold for all of them are `draft`'s.

mod betterstack;
mod cstate;
mod instatus;
mod openstatus;
mod plain;
mod statuspage;
mod upptime;

use super::draft::Draft;
use super::json::Json;
use super::{Fault, Feed, Format};

/// More bytes than this are refused before they are looked at.
const MAX_BYTES: usize = 1 << 20;

/// How to read a feed.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The form it must have; `None` to recognise it.
    pub format: Option<Format>,
    /// Now, in milliseconds since 1970.
    pub now: u64,
    /// A feed older than this many milliseconds is stale; feeds without a time never are.
    pub stale_after: u64,
}

impl Default for Options {
    /// Any form, a quarter of an hour, and a clock at 1970 (so that nothing is stale).
    fn default() -> Self {
        Options { format: None, now: 0, stale_after: 15 * 60_000 }
    }
}

/// Reads a feed. There is always an answer: what cannot be read has the state `Unknown` and says
/// why in [`Feed::fault`]. Looks at every byte a few times; 1 MB is the most it takes.
///
/// ```
/// use unstuck_core::status::{Format, Options, State, read};
/// let feed = read(br#"{"status":"operational","services":{"api":"degraded"}}"#, &Options::default());
/// assert_eq!((feed.format, feed.state), (Some(Format::Plain), State::Degraded));
/// assert!(feed.source_disagrees);
/// assert_eq!(read(b"<html>", &Options::default()).state, State::Unknown);
/// ```
pub fn read(bytes: &[u8], options: &Options) -> Feed {
    match parse(bytes, options) {
        Ok(feed) => feed,
        Err(fault) => Feed { fault: Some(fault), ..Feed::default() },
    }
}

fn parse(bytes: &[u8], options: &Options) -> Result<Feed, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::TooLarge);
    }
    let text = core::str::from_utf8(bytes).map_err(|_| Fault::NotJson)?;
    let root = Json::parse(text).ok_or(Fault::NotJson)?;
    let format = options.format.or_else(|| recognise(root)).ok_or(Fault::UnknownForm)?;
    let mut draft = Draft::new(format, options);
    match format {
        Format::Statuspage => statuspage::read(root, &mut draft),
        Format::Instatus => instatus::read(root, &mut draft),
        Format::BetterStack => betterstack::read(root, &mut draft),
        Format::Upptime => upptime::read(root, &mut draft),
        Format::CState => cstate::read(root, &mut draft),
        Format::OpenStatus => openstatus::read(root, &mut draft),
        Format::Plain => plain::read(root, &mut draft),
    }
    .ok_or(Fault::UnknownForm)?;
    Ok(draft.finish(options))
}

/// The form that a feed has by its shape; addresses are never looked at.
fn recognise(root: Json<'_>) -> Option<Format> {
    let has = |key: &str| !root.get(key).is_null();
    if root.is_list() {
        return root
            .items()
            .any(|item| !item.get("slug").is_null() && !item.get("status").is_null())
            .then_some(Format::Upptime);
    }
    if !root.is_map() {
        return None;
    }
    let page = root.get("page");
    if page.is_map() {
        if page.get("status").string().is_some() {
            return Some(Format::Instatus);
        }
        let parts = ["components", "incidents", "scheduled_maintenances"];
        if root.get("status").is_map() || parts.into_iter().any(has) {
            return Some(Format::Statuspage);
        }
    }
    if is_word(root.get("data").get("type"), "status_page") {
        Some(Format::BetterStack)
    } else if is_word(root.get("is"), "index") && has("cStateVersion") {
        Some(Format::CState)
    } else if has("pageComponents") || has("statusReports") {
        Some(Format::OpenStatus)
    } else if has("services") || root.get("status").string().is_some() {
        Some(Format::Plain)
    } else {
        None
    }
}

/// Whether a value is exactly that text.
fn is_word(value: Json<'_>, word: &str) -> bool {
    value.string().is_some_and(|text| text == word)
}
