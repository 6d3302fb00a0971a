//! What survives a reload, as text for the browser's storage.
//! Bytes become characters one by one; reading is total, and anything odd means starting afresh.

use unstuck_core::guide::{read_session, write_session};
use unstuck_core::handle::Handle;
use unstuck_core::handover::Attachment;
use unstuck_core::status::Watch;
use unstuck_core::wire::{Reader, WireError, Writer};

use super::{Draft, Fixed, Screen, Sending, State, Status, Waiting};

/// Version of the record; another one is not read.
const VERSION: u8 = 5;
/// Seven days, after which nothing of it is used.
const KEPT_FOR: u64 = 7 * 24 * 3_600_000;

/// The record of this moment.
pub fn save(state: &State, now: u64) -> String {
    let mut out = Writer::new();
    out.byte(VERSION);
    out.fixed64(now);
    out.text(&state.search.text);
    list(&mut out, state.trail.iter().chain([&state.screen]), |screen, out| {
        write_screen(screen, state, out);
    });
    out.text(&article_id(state));
    list(
        &mut out,
        state.sessions.iter().filter(|s| !s.answers.is_empty() || !s.waits.is_empty()),
        |session, out| {
            write_session(session, out);
        },
    );
    list(&mut out, state.searches.iter(), |text, out| out.text(text));
    let draft = &state.draft;
    out.text(&draft.note);
    out.text(&draft.email);
    out.text(draft.priority.as_deref().unwrap_or(""));
    list(&mut out, draft.details.iter(), |(key, value), out| {
        out.text(key);
        out.text(value);
    });
    list(&mut out, draft.removed.iter(), |name, out| out.text(name));
    out.text(&draft.id);
    out.byte(match state.sending {
        Sending::Sent(_) => 2,
        Sending::HandedOver => 3,
        _ => 0,
    });
    write_status(&state.status, &mut out);
    out.into_bytes().into_iter().map(char::from).collect()
}

/// Puts a record back. A record that is too old, of another version or broken changes nothing and
/// gives `false`.
pub fn restore(state: &mut State, record: &str, now: u64) -> bool {
    let bytes: Option<Vec<u8>> = record.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let Some(bytes) = bytes else { return false };
    read(state, &bytes, now).unwrap_or(false)
}

fn read(state: &mut State, bytes: &[u8], now: u64) -> Result<bool, WireError> {
    let mut from = Reader::new(bytes);
    if from.byte()? != VERSION {
        return Ok(false);
    }
    let saved_at = from.fixed64()?;
    if now.saturating_sub(saved_at) > KEPT_FOR {
        return Ok(false);
    }
    let search = from.text()?.to_owned();
    let trail = read_list(&mut from, |from| Ok((from.byte()?, from.text()?.to_owned())))?;
    let id = from.text()?.to_owned();
    let sessions = read_list(&mut from, read_session)?;
    let searches = read_list(&mut from, |from| Ok(from.text()?.to_owned()))?;
    let mut draft =
        Draft { note: from.text()?.to_owned(), email: from.text()?.to_owned(), ..Draft::default() };
    let priority = from.text()?;
    draft.priority = (!priority.is_empty()).then(|| priority.to_owned());
    draft.details =
        read_list(&mut from, |from| Ok((from.text()?.to_owned(), from.text()?.to_owned())))?;
    draft.removed = read_list(&mut from, |from| Ok(from.text()?.to_owned()))?;
    draft.id = from.text()?.to_owned();
    let stage = from.byte()?;
    let status = read_status(&mut from)?;
    // All of it was read: now it may take effect.
    (state.status.aside, state.status.waiting) = (status.aside, status.waiting);
    state.status.fixed = status.fixed;
    state.sessions = sessions;
    state.searches = searches;
    state.sending = match stage {
        2 => Sending::Sent(draft.id.clone()),
        3 => Sending::HandedOver,
        _ => Sending::Idle,
    };
    state.draft = draft;
    state.search.open = !search.trim().is_empty();
    state.search.text = search;
    let number = state.pack.find(&id);
    state.article = number.and_then(|number| state.pack.article(number).ok()).map(Handle::new);
    // A place that the knowledge base has no more is left out.
    state.trail = trail.iter().filter_map(|(kind, id)| read_screen(*kind, id, state)).collect();
    state.screen = state.trail.pop().unwrap_or_default();
    if let Screen::Article(shown) = state.screen
        && (number != Some(shown) || state.article.is_none())
    {
        state.screen = Screen::Home;
    }
    if state.screen == Screen::Home {
        state.trail.clear();
    }
    Ok(true)
}

/// A screen as its kind and the id of what it shows.
fn write_screen(screen: &Screen, state: &State, out: &mut Writer) {
    let (kind, id) = match *screen {
        Screen::Home => (0, ""),
        Screen::Topic(n) => (1, state.product().topics.get(n).map_or("", |topic| &*topic.id)),
        Screen::Article(n) => (2, state.pack.head(n).map_or("", |head| head.id)),
        Screen::Handover => (3, ""),
        Screen::Kept => (4, ""),
    };
    out.byte(kind);
    out.text(id);
}

fn read_screen(kind: u8, id: &str, state: &State) -> Option<Screen> {
    match kind {
        0 => Some(Screen::Home),
        1 => state.product().topics.iter().position(|topic| topic.id == id).map(Screen::Topic),
        2 => state.pack.find(id).map(Screen::Article),
        3 => Some(Screen::Handover),
        4 => Some(Screen::Kept),
        _ => None,
    }
}

/// What the person said about the services; what a feed said is not kept.
fn write_status(status: &Status, out: &mut Writer) {
    write_watch(&status.aside, out);
    out.byte(u8::from(status.waiting.is_some()));
    if let Some(waiting) = &status.waiting {
        write_watch(&waiting.watch, out);
        out.fixed64(waiting.until);
        out.byte(u8::from(waiting.notify));
    }
    out.byte(u8::from(status.fixed.is_some()));
    if let Some(fixed) = &status.fixed {
        out.fixed64(fixed.at);
        out.text(&fixed.services);
        out.byte(u8::from(fixed.seen));
    }
}

fn read_status(from: &mut Reader<'_>) -> Result<Status, WireError> {
    let mut status = Status { aside: read_watch(from)?, ..Status::default() };
    if from.byte()? != 0 {
        status.waiting = Some(Waiting {
            watch: read_watch(from)?,
            until: from.fixed64()?,
            notify: from.byte()? != 0,
        });
    }
    if from.byte()? != 0 {
        status.fixed = Some(Fixed {
            at: from.fixed64()?,
            services: from.text()?.to_owned(),
            seen: from.byte()? != 0,
        });
    }
    Ok(status)
}

fn write_watch(watch: &Watch, out: &mut Writer) {
    for ids in [&watch.services, &watch.incidents] {
        list(out, ids.iter(), |id, out| out.text(id));
    }
}

fn read_watch(from: &mut Reader<'_>) -> Result<Watch, WireError> {
    let mut ids = || read_list(from, |from| Ok(from.text()?.to_owned()));
    Ok(Watch { services: ids()?, incidents: ids()? })
}

/// The pictures of the draft, as text for the browser's storage.
pub fn save_pictures(state: &State) -> String {
    let mut out = Writer::new();
    list(&mut out, state.draft.pictures.iter(), |picture, out| {
        out.text(&picture.name);
        out.text(&picture.mime);
        out.text(&picture.data);
    });
    out.into_bytes().into_iter().map(char::from).collect()
}

/// Puts pictures back; a broken record gives none.
pub fn restore_pictures(state: &mut State, record: &str) {
    let bytes: Option<Vec<u8>> = record.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let pictures = read_list(&mut Reader::new(&bytes.unwrap_or_default()), |from| {
        Ok(Attachment {
            name: from.text()?.to_owned(),
            mime: from.text()?.to_owned(),
            data: from.text()?.to_owned(),
        })
    });
    state.draft.pictures = pictures.unwrap_or_default();
}

fn article_id(state: &State) -> String {
    state.article.as_ref().map_or_else(String::new, |article| article.id.clone())
}

fn list<T>(out: &mut Writer, items: impl Iterator<Item = T>, write: impl Fn(T, &mut Writer)) {
    let mut body = Writer::new();
    let mut count = 0;
    for item in items {
        write(item, &mut body);
        count += 1;
    }
    out.varint(count);
    out.raw(&body.into_bytes());
}

fn read_list<T>(
    from: &mut Reader<'_>,
    read: impl Fn(&mut Reader<'_>) -> Result<T, WireError>,
) -> Result<Vec<T>, WireError> {
    let count = from.count()?;
    let mut items = Vec::new();
    for _ in 0..count {
        items.push(read(from)?);
    }
    Ok(items)
}
