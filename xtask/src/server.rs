//! The demo's web server: static files with MIME types, caching and precompressed twins, the
//! demo's product pages, and a receiver of reports. For this machine only: it listens on
//! 127.0.0.1. What is served and built before stands in `serve`.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, anyhow};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderMap;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};

use crate::{feeds, manifest};

/// The largest report that is taken: 2 MB of pictures, grown by a third in base64, and its text.
const REPORT_LIMIT: usize = 4 * 1024 * 1024;
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
    /// The project's root: `index.html`, `demo/` and the sheets of `styles/` that are the demo's are served from it.
    pub(crate) root: PathBuf,
    /// The widget's files, served under `/unstuck/`.
    pub(crate) dist: PathBuf,
}

/// A running server; it ends with the process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    thread: thread::JoinHandle<()>,
}

impl Server {
    /// Listens on `port` of 127.0.0.1; 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken, with the remedy, or cannot be used.
    pub(crate) fn start(site: Site, port: u16) -> Result<Self> {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| listen(port, &error))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .context("the server's threads cannot be started")?;
        let shared = Arc::new((site, Mutex::new(Reports::new())));
        let thread = thread::spawn(move || runtime.block_on(accept(listener, shared)));
        Ok(Self { address, thread })
    }

    /// Serves until the process ends.
    pub(crate) fn wait(self) {
        let _ = self.thread.join();
    }
}

/// What all connections share.
type Shared = Arc<(Site, Mutex<Reports>)>;

/// Takes connections until the process ends; each is served beside the others.
async fn accept(listener: TcpListener, shared: Shared) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let shared = Arc::clone(&shared);
                async move { serve(&shared.0, &shared.1, request).await }
            });
            // A browser that went away is no one's trouble.
            let _ = hyper::server::conn::http1::Builder::new()
                .title_case_headers(true)
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// One request, its body read whole before it is answered.
async fn serve(
    site: &Site,
    reports: &Mutex<Reports>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, REPORT_LIMIT).collect().await.map(|body| body.to_bytes()).ok();
    let query = head.uri.query().unwrap_or("");
    let path = head.uri.path();
    let mut answer = if path == REPORTS {
        receive(reports, query, &head.method, &head.headers, body.as_deref())?
    } else if !matches!(head.method, Method::GET | Method::HEAD) {
        let refused = text(405, "Only GET and HEAD are answered here.\n");
        Answer { headers: vec![("Allow", "GET, HEAD".to_owned())], ..refused }
    } else {
        match site.find(path) {
            Some(file) if file.parent().is_some_and(|folder| folder.ends_with("demo/feeds")) => {
                let feed = fs::read_to_string(&file)?;
                status_feed(feeds::moved(&feed, jiff::Timestamp::now()))
            }
            Some(file) => send(&file, query, &head.headers)?,
            None => text(404, "There is no such page here.\n"),
        }
    };
    if head.method == Method::HEAD {
        answer.body.clear();
    }
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    Ok(response.body(Full::new(Bytes::from(answer.body)))?)
}

/// What a request is answered with.
struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

fn listen(port: u16, error: &std::io::Error) -> anyhow::Error {
    if error.kind() == ErrorKind::AddrInUse {
        let other = port.checked_add(1).unwrap_or(8081);
        return anyhow!(
            "port {port} is in use by another program.\n  Stop that program, or run: cargo xtask serve --port {other}"
        );
    }
    anyhow!("cannot listen on 127.0.0.1:{port}: {error}")
}

impl Site {
    /// The file for an address's path; `None` for what is not there or not to be served.
    fn find(&self, path: &str) -> Option<PathBuf> {
        let parts = parts(path)?;
        let names: Vec<&str> = parts.iter().map(String::as_str).collect();
        let file = match names.as_slice() {
            [] => self.root.join("index.html"),
            ["unstuck", rest @ ..] => below(&self.dist, rest),
            ["index.html"] | ["demo", _, ..] | ["styles", "demo.css" | "look.css"] => {
                below(&self.root, &names)
            }
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

fn send(file: &Path, query: &str, asked: &HeaderMap) -> Result<Answer> {
    let name = file.to_string_lossy();
    let tag = etag(file)?;
    let mut headers = vec![
        ("Content-Type", manifest::mime(&name).to_owned()),
        ("Cache-Control", manifest::caching(&name).to_owned()),
        ("ETag", tag.clone()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Access-Control-Allow-Origin", "*".to_owned()),
    ];
    if query.split('&').any(|pair| pair == "csp=strict") {
        headers.push(("Content-Security-Policy", STRICT_POLICY.to_owned()));
    }
    if value(asked, "If-None-Match").is_some_and(|tags| tags.contains(&tag)) {
        return Ok(Answer { status: 304, headers, body: Vec::new() });
    }
    let accepted = value(asked, "Accept-Encoding").unwrap_or_default();
    let mut served = file.to_path_buf();
    for (coding, ending) in [("br", "br"), ("gzip", "gz")] {
        let twin = PathBuf::from(format!("{name}.{ending}"));
        if accepts(accepted, coding) && twin.is_file() {
            headers.push(("Content-Encoding", coding.to_owned()));
            served = twin;
            break;
        }
    }
    headers.push(("Vary", "Accept-Encoding".to_owned()));
    Ok(Answer { status: 200, headers, body: fs::read(served)? })
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
fn receive(
    reports: &Mutex<Reports>,
    query: &str,
    method: &Method,
    headers: &HeaderMap,
    body: Option<&[u8]>,
) -> Result<Answer> {
    if let Some(status) = asked_status(query) {
        return Ok(text(status, "This answer was asked for.\n"));
    }
    let mut kept =
        reports.lock().map_err(|_| anyhow!("a worker ended while it held the reports"))?;
    Ok(match *method {
        Method::GET => json(200, &Value::Array(kept.iter().map(|(_, r)| r.clone()).collect())),
        Method::POST => match body.and_then(|body| serde_json::from_slice::<Value>(body).ok()) {
            None => text(400, "A report is JSON, 4 MB at most.\n"),
            Some(report) => {
                let id = report["id"].clone();
                let key = value(headers, "Idempotency-Key");
                let key = key.map_or_else(|| id.to_string(), str::to_owned);
                if kept.iter().all(|(known, _)| *known != key) {
                    kept.push((key, report));
                }
                json(202, &json!({ "id": id }))
            }
        },
        _ => text(405, "Reports are sent by POST and read by GET.\n"),
    })
}

/// The status that `status=503` in a query asks for.
fn asked_status(query: &str) -> Option<u16> {
    let number = query.split('&').find_map(|pair| pair.strip_prefix("status="))?;
    number.parse().ok().filter(|status| (200..600).contains(status))
}

fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn json(status: u16, body: &Value) -> Answer {
    let headers = vec![("Content-Type", "application/json".to_owned())];
    Answer { status, headers, body: body.to_string().into_bytes() }
}

/// A feed that is another one every hour, for pages of every origin, as feeds are.
fn status_feed(body: String) -> Answer {
    let headers = vec![
        ("Content-Type", "application/json".to_owned()),
        ("Cache-Control", "no-cache".to_owned()),
        ("Access-Control-Allow-Origin", "*".to_owned()),
    ];
    Answer { status: 200, headers, body: body.into_bytes() }
}

fn text(status: u16, body: &str) -> Answer {
    let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
    Answer { status, headers, body: body.as_bytes().to_vec() }
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
