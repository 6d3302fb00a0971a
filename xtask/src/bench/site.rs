//! The page of the benchmark: a server for one folder, and Chromium on it until it says it is done.
//! What the page measures stands in `bench/search/measure.mjs`.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;

use crate::browser::Browser;
use crate::{manifest, say, tree};

/// What the page sent.
enum Message {
    Say(String),
    Done(Vec<u8>),
    Failed(String),
}

/// What all connections share.
struct Shared {
    root: PathBuf,
    messages: Sender<Message>,
}

/// Opens `root/index.html` in Chromium and waits for its results, at most `limit`. What the page
/// posts to `/index/<path>` is written below `root/indexes/`.
///
/// # Errors
/// When the page reports a failure, the browser ends early, or the time is up.
pub(crate) fn measure(root: &Path, browser: &Browser, limit: Duration) -> Result<Vec<u8>> {
    let (sender, messages) = channel();
    let address = serve(Shared { root: root.to_owned(), messages: sender })?;
    let log = fs::File::create(root.join("chromium.log"))?;
    let profile = tree::target().join("bench/profile");
    let mut child = browser
        .on(&format!("http://{address}/index.html"), &profile)?
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .context("Chromium cannot be started")?;
    let done = wait(&mut child, &messages, limit);
    // It stays open otherwise; whether it has ended already does not matter.
    let _ = child.kill();
    let _ = child.wait();
    done
}

fn wait(child: &mut Child, messages: &Receiver<Message>, limit: Duration) -> Result<Vec<u8>> {
    let begun = Instant::now();
    loop {
        match messages.recv_timeout(Duration::from_secs(1)) {
            Ok(Message::Say(text)) => say::step(&format!("{} {text}", say::time(begun.elapsed()))),
            Ok(Message::Done(results)) => return Ok(results),
            Ok(Message::Failed(text)) => bail!("the page failed: {text}"),
            Err(_) => {}
        }
        if let Some(status) = child.try_wait()? {
            bail!("Chromium ended before the page was done ({status}); see chromium.log");
        }
        if begun.elapsed() > limit {
            bail!("the page was not done after {}", say::time(limit));
        }
    }
}

/// Starts the server on a free port; it ends with the process.
fn serve(shared: Shared) -> Result<std::net::SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    // One thread: the browser needs the others.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("the server's thread cannot be started")?;
    let shared = Arc::new(shared);
    thread::spawn(move || runtime.block_on(accept(listener, shared)));
    Ok(address)
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let shared = Arc::clone(&shared);
                async move { answer(&shared, request).await }
            });
            // A browser that went away is no one's trouble.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(shared: &Shared, request: Request<Incoming>) -> Result<Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let (status, kind, bytes) = if head.method == Method::POST {
        receive(shared, path, body.collect().await?.to_bytes())?;
        (204, "text/plain", Vec::new())
    } else {
        match file(&shared.root, path).map(fs::read) {
            Some(Ok(bytes)) => (200, manifest::mime(path), bytes),
            _ => (404, "text/plain", Vec::new()),
        }
    };
    let response = Response::builder()
        .status(status)
        .header("Content-Type", kind)
        .header("Cache-Control", "no-store")
        // With these two the page is isolated, and its clock goes in steps of 5 microseconds.
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Embedder-Policy", "require-corp")
        .body(Full::new(Bytes::from(bytes)))?;
    Ok(response)
}

fn receive(shared: &Shared, path: &str, body: Bytes) -> Result<()> {
    let text = || String::from_utf8_lossy(&body).into_owned();
    let message = match path {
        "/say" => Message::Say(text()),
        "/done" => Message::Done(body.to_vec()),
        "/failed" => Message::Failed(text()),
        _ => {
            let Some(name) = path.strip_prefix("/index/") else { return Ok(()) };
            if let Some(target) = file(&shared.root.join("indexes"), name) {
                fs::create_dir_all(target.parent().unwrap_or(&shared.root))?;
                fs::write(target, &body)?;
            }
            return Ok(());
        }
    };
    // No one listens once the page has failed.
    let _ = shared.messages.send(message);
    Ok(())
}

/// The file for an address's path; `None` when it would lead out of the folder.
fn file(root: &Path, path: &str) -> Option<PathBuf> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let plain = parts.iter().all(|part| !part.starts_with('.') && !part.contains(['\\', '%']));
    plain.then(|| parts.iter().fold(root.to_path_buf(), |path, part| path.join(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let root = Path::new("/site");
        assert_eq!(file(root, "/a/b.js"), Some(PathBuf::from("/site/a/b.js")));
        assert_eq!(file(root, "/../x"), None);
        assert_eq!(file(root, "/%2e%2e/x"), None);
    }
}
