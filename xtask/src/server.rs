//! The demo's web server: static files with MIME types, caching and precompressed twins, the
//! demo's product pages, and a receiver of reports. For this machine only: it listens on
//! 127.0.0.1. What is served and built before stands in `serve`.

use std::fs;
use std::io::{ErrorKind, Read};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use tiny_http::{Header, Method, Request, Response, Server as Http};

use crate::manifest;

/// How many requests are answered at the same time.
const WORKERS: usize = 8;
/// The largest report that is taken: 2 MB of pictures, grown by a third in base64, and its text.
const REPORT_LIMIT: u64 = 4 * 1024 * 1024;
/// Where the demo's pages send reports.
const REPORTS: &str = "/api/reports";

/// The reports that have arrived, in order, each with the key that it was sent under.
type Reports = Vec<(String, Value)>;

/// What `?csp=strict` adds to a page: the policy under which the widget promises to work.
const STRICT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// Where a page's address leads on disk.
pub(crate) struct Site {
    /// The project's root: `index.html`, `demo/` and `styles/demo.css` are served from it.
    pub(crate) root: PathBuf,
    /// The widget's files, served under `/unstuck/`.
    pub(crate) dist: PathBuf,
}

/// A running server; it ends with the process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    workers: Vec<thread::JoinHandle<()>>,
}

impl Server {
    /// Listens on `port` of 127.0.0.1; 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken, with the remedy, or cannot be used.
    pub(crate) fn start(site: Site, port: u16) -> Result<Self> {
        let http = Http::http((Ipv4Addr::LOCALHOST, port)).map_err(|error| listen(port, error))?;
        let address = http.server_addr().to_ip().context("the server has no address")?;
        let http = Arc::new(http);
        let shared = Arc::new((site, Mutex::new(Reports::new())));
        let workers = (0..WORKERS)
            .map(|_| {
                let (http, shared) = (Arc::clone(&http), Arc::clone(&shared));
                thread::spawn(move || {
                    for request in http.incoming_requests() {
                        // A browser that went away is no one's trouble.
                        let _ = answer(&shared.0, &shared.1, request);
                    }
                })
            })
            .collect();
        Ok(Self { address, workers })
    }

    /// Serves until the process ends.
    pub(crate) fn wait(self) {
        for worker in self.workers {
            let _ = worker.join();
        }
    }
}

fn listen(port: u16, error: Box<dyn std::error::Error + Send + Sync>) -> anyhow::Error {
    let taken = error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::AddrInUse);
    if taken {
        let other = port.checked_add(1).unwrap_or(8081);
        return anyhow!(
            "port {port} is in use by another program.\n  Stop that program, or run: cargo xtask serve --port {other}"
        );
    }
    anyhow!("cannot listen on 127.0.0.1:{port}: {error}")
}

fn answer(site: &Site, reports: &Mutex<Reports>, mut request: Request) -> Result<()> {
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    if path == REPORTS {
        return receive(reports, query, request);
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        // The body must be read, or the connection cannot be used again.
        let _ = std::io::copy(&mut request.as_reader().take(REPORT_LIMIT), &mut std::io::sink());
        let response = text(405, "Only GET and HEAD are answered here.\n")?;
        request.respond(response.with_header(header("Allow", "GET, HEAD")?))?;
        return Ok(());
    }
    match site.find(path) {
        Some(file) => send(&file, query, request),
        None => Ok(request.respond(text(404, "There is no such page here.\n")?)?),
    }
}

impl Site {
    /// The file for an address's path; `None` for what is not there or not to be served.
    fn find(&self, path: &str) -> Option<PathBuf> {
        let parts = parts(path)?;
        let names: Vec<&str> = parts.iter().map(String::as_str).collect();
        let file = match names.as_slice() {
            [] => self.root.join("index.html"),
            ["unstuck", rest @ ..] => below(&self.dist, rest),
            ["index.html"] | ["demo", _, ..] | ["styles", "demo.css"] => below(&self.root, &names),
            // The product pages route in the page, so each of their addresses is one page.
            ["product", _, ..] => self.root.join("demo/product.html"),
            _ => below(&self.root.join("demo"), &names),
        };
        if file.is_dir() {
            return Some(file.join("index.html")).filter(|file| file.is_file());
        }
        // `/support` is the page demo/support.html.
        let page = PathBuf::from(format!("{}.html", file.display()));
        [file, page].into_iter().find(|file| file.is_file())
    }
}

fn below(folder: &Path, parts: &[&str]) -> PathBuf {
    parts.iter().fold(folder.to_path_buf(), |path, part| path.join(part))
}

/// The parts of an address's path, decoded. `None` when one of them could lead out of the folder
/// or to a hidden file.
fn parts(path: &str) -> Option<Vec<String>> {
    path.split('/')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let part = decode(part)?;
            let bad = part.starts_with('.') || part.contains(['/', '\\', '\0', ':']);
            (!bad).then_some(part)
        })
        .collect()
}

/// `%41` → `A`; `None` for a broken escape or what is not UTF-8.
fn decode(part: &str) -> Option<String> {
    let mut out = Vec::with_capacity(part.len());
    let mut bytes = part.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digits = [bytes.next()?, bytes.next()?];
        let text = std::str::from_utf8(&digits).ok()?;
        out.push(u8::from_str_radix(text, 16).ok()?);
    }
    String::from_utf8(out).ok()
}

fn send(file: &Path, query: &str, request: Request) -> Result<()> {
    let name = file.to_string_lossy();
    let tag = etag(file)?;
    let mut headers = vec![
        header("Content-Type", manifest::mime(&name))?,
        header("Cache-Control", manifest::caching(&name))?,
        header("ETag", &tag)?,
        header("X-Content-Type-Options", "nosniff")?,
        header("Access-Control-Allow-Origin", "*")?,
    ];
    if query.split('&').any(|pair| pair == "csp=strict") {
        headers.push(header("Content-Security-Policy", STRICT_POLICY)?);
    }
    if value(&request, "If-None-Match").is_some_and(|tags| tags.contains(&tag)) {
        let mut response = Response::empty(304);
        headers.into_iter().for_each(|header| response.add_header(header));
        return Ok(request.respond(response)?);
    }
    let accepted = value(&request, "Accept-Encoding").unwrap_or_default();
    let mut served = file.to_path_buf();
    for (coding, ending) in [("br", "br"), ("gzip", "gz")] {
        let twin = PathBuf::from(format!("{name}.{ending}"));
        if accepts(&accepted, coding) && twin.is_file() {
            headers.push(header("Content-Encoding", coding)?);
            served = twin;
            break;
        }
    }
    headers.push(header("Vary", "Accept-Encoding")?);
    let mut response = Response::from_data(fs::read(served)?);
    headers.into_iter().for_each(|header| response.add_header(header));
    Ok(request.respond(response)?)
}

/// Whether an `Accept-Encoding` takes `coding`: named, and not with `q=0`.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|entry| {
        let mut words = entry.split(';').map(str::trim);
        let named = words.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let refused = words.any(|word| {
            word.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0)
        });
        named && !refused
    })
}

/// Changes whenever the file does: its length and the time of its last change.
fn etag(file: &Path) -> Result<String> {
    let data = fs::metadata(file)?;
    let changed = data.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("\"{:x}-{:x}\"", data.len(), changed.as_nanos()))
}

/// Takes a report (POST: 202, one a key) and shows all of them (GET). `?status=503` answers with
/// that status instead and keeps nothing, so that a page can show what it does then.
fn receive(reports: &Mutex<Reports>, query: &str, mut request: Request) -> Result<()> {
    let mut body = String::new();
    // Read before the lock is taken: a slow sender holds up no one else.
    let read = request.as_reader().take(REPORT_LIMIT + 1).read_to_string(&mut body);
    if let Some(status) = asked_status(query) {
        return Ok(request.respond(text(status, "This answer was asked for.\n")?)?);
    }
    let mut kept =
        reports.lock().map_err(|_| anyhow!("a worker ended while it held the reports"))?;
    let response = match request.method() {
        Method::Get => json(200, &Value::Array(kept.iter().map(|(_, r)| r.clone()).collect()))?,
        Method::Post => {
            let report: Option<Value> = serde_json::from_str(&body).ok();
            match report.filter(|_| read.is_ok() && body.len() as u64 <= REPORT_LIMIT) {
                None => text(400, "A report is JSON, 4 MB at most.\n")?,
                Some(report) => {
                    let id = report["id"].clone();
                    let key = value(&request, "Idempotency-Key").unwrap_or_else(|| id.to_string());
                    if kept.iter().all(|(known, _)| *known != key) {
                        kept.push((key, report));
                    }
                    json(202, &json!({ "id": id }))?
                }
            }
        }
        _ => text(405, "Reports are sent by POST and read by GET.\n")?,
    };
    Ok(request.respond(response)?)
}

/// The status that `status=503` in a query asks for.
fn asked_status(query: &str) -> Option<u16> {
    let number = query.split('&').find_map(|pair| pair.strip_prefix("status="))?;
    number.parse().ok().filter(|status| (200..600).contains(status))
}

fn value(request: &Request, name: &'static str) -> Option<String> {
    let found = request.headers().iter().find(|header| header.field.equiv(name))?;
    Some(found.value.as_str().to_owned())
}

fn header(name: &str, value: &str) -> Result<Header> {
    match Header::from_bytes(name, value) {
        Ok(header) => Ok(header),
        Err(()) => bail!("`{name}: {value}` is no header"),
    }
}

fn json(status: u16, body: &Value) -> Result<Response<std::io::Cursor<Vec<u8>>>> {
    let response = Response::from_string(body.to_string()).with_status_code(status);
    Ok(response.with_header(header("Content-Type", "application/json")?))
}

fn text(status: u16, body: &str) -> Result<Response<std::io::Cursor<Vec<u8>>>> {
    let response = Response::from_string(body).with_status_code(status);
    Ok(response.with_header(header("Content-Type", "text/plain; charset=utf-8")?))
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
