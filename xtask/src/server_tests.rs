//! The demo's web server, spoken to over a socket as a browser would.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::*;

/// A site in a folder of its own, and the server on a free port.
fn start(name: &str) -> SocketAddr {
    let root = std::env::temp_dir().join(format!("unstuck-server-{name}-{}", std::process::id()));
    let dist = root.join("dist");
    for folder in ["demo", "dist/kb", "styles", "src"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    for (path, content) in [
        ("index.html", "status page"),
        ("demo/product.html", "product page"),
        ("demo/status.json", "{}"),
        ("demo/support.html", "support page"),
        ("styles/demo.css", "a{}"),
        ("styles/tokens.css", "secret"),
        ("src/lib.rs", "secret"),
        ("demo/.hidden", "secret"),
        ("dist/unstuck.js", "loader"),
        ("dist/unstuck.js.br", "br twin"),
        ("dist/unstuck.js.gz", "gz twin"),
        ("dist/unstuck-0123456789ab.wasm", "wasm"),
        ("dist/kb/scopien.en.kb", "pack"),
    ] {
        fs::write(root.join(path), content).unwrap();
    }
    Server::start(Site { root, dist }, 0).unwrap().address
}

/// Sends the request's lines and returns the whole answer.
fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = request.replace('\n', "\r\n");
    write!(stream, "{request}\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn post(address: SocketAddr, query: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /api/reports{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_status_page_stands_at_the_root() {
    let address = start("root");
    let answer = ask(address, "GET / HTTP/1.1");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("text/html; charset=utf-8") && answer.ends_with("status page"));
}

#[test]
fn every_address_of_a_product_is_its_page() {
    let address = start("product");
    for path in ["/product/scopien", "/product/scopien/settings/billing?x=1"] {
        let answer = ask(address, &format!("GET {path} HTTP/1.1"));
        assert!(answer.ends_with("product page"), "{path}: {answer}");
    }
    assert!(ask(address, "GET /products HTTP/1.1").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_file_of_the_demo_is_found_at_the_root_too() {
    let address = start("demo");
    assert!(ask(address, "GET /status.json HTTP/1.1").contains("application/json"));
    assert!(ask(address, "GET /support HTTP/1.1").ends_with("support page"));
    assert!(ask(address, "GET /styles/demo.css HTTP/1.1").contains("text/css"));
}

#[test]
fn nothing_but_the_demo_and_the_widget_is_served() {
    let address = start("closed");
    for path in [
        "/src/lib.rs",
        "/styles/tokens.css",
        "/demo/.hidden",
        "/../index.html",
        "/demo/../src/lib.rs",
        "/demo/%2e%2e/src/lib.rs",
        "/demo/..%2fsrc/lib.rs",
        "/unstuck/../src/lib.rs",
        "/unstuck/%2e%2e%5csrc",
        "/%zz",
        "/%ff",
        "/unstuck/",
        "/unstuck/missing.js",
    ] {
        let answer = ask(address, &format!("GET {path} HTTP/1.1"));
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        assert!(!answer.contains("secret"), "{path}");
    }
}

#[test]
fn compressed_twins_go_to_those_who_take_them() {
    let address = start("twins");
    let with = |header: &str| ask(address, &format!("GET /unstuck/unstuck.js HTTP/1.1{header}"));
    assert!(with("\nAccept-Encoding: gzip, deflate, br").ends_with("br twin"));
    assert!(with("\nAccept-Encoding: gzip").ends_with("gz twin"));
    assert!(with("\nAccept-Encoding: br;q=0, gzip;q=0.5").ends_with("gz twin"));
    let plain = with("");
    assert!(plain.ends_with("loader") && !plain.contains("Content-Encoding"), "{plain}");
    assert!(with("\nAccept-Encoding: br").contains("Vary: Accept-Encoding"));
}

#[test]
fn hashed_files_are_cached_for_ever_and_others_are_asked_for() {
    let address = start("cache");
    let hashed = ask(address, "GET /unstuck/unstuck-0123456789ab.wasm HTTP/1.1");
    assert!(hashed.contains("immutable") && hashed.contains("application/wasm"), "{hashed}");
    let pack = ask(address, "GET /unstuck/kb/scopien.en.kb HTTP/1.1");
    assert!(pack.contains("Cache-Control: no-cache"), "{pack}");
    let tag = pack.lines().find_map(|line| line.strip_prefix("Etag: ")).unwrap();
    let again =
        ask(address, &format!("GET /unstuck/kb/scopien.en.kb HTTP/1.1\nIf-None-Match: {tag}"));
    assert!(again.starts_with("HTTP/1.1 304"), "{again}");
}

#[test]
fn a_report_is_kept_once_however_often_it_is_sent() {
    let address = start("reports");
    let first = post(address, "", r#"{"v":1,"id":"a"}"#);
    assert!(first.starts_with("HTTP/1.1 202") && first.ends_with(r#"{"id":"a"}"#), "{first}");
    assert!(post(address, "", r#"{"v":1,"id":"a"}"#).starts_with("HTTP/1.1 202"));
    assert!(post(address, "", "not json").starts_with("HTTP/1.1 400"));
    let all = ask(address, "GET /api/reports HTTP/1.1");
    assert!(all.ends_with(r#"[{"id":"a","v":1}]"#), "{all}");
}

#[test]
fn a_refusal_that_was_asked_for_keeps_nothing() {
    let address = start("refusal");
    assert!(post(address, "?status=503", r#"{"id":"a"}"#).starts_with("HTTP/1.1 503"));
    assert!(post(address, "?status=9", r#"{"id":"b"}"#).starts_with("HTTP/1.1 202"));
    assert!(ask(address, "GET /api/reports HTTP/1.1").ends_with(r#"[{"id":"b"}]"#));
}

#[test]
fn the_strict_policy_comes_when_it_is_asked_for() {
    let address = start("policy");
    assert!(ask(address, "GET /?csp=strict HTTP/1.1").contains("trusted-types 'none'"));
    assert!(!ask(address, "GET / HTTP/1.1").contains("Content-Security-Policy"));
}

#[test]
fn other_methods_are_refused() {
    let address = start("methods");
    assert!(ask(address, "DELETE /index.html HTTP/1.1").starts_with("HTTP/1.1 405"));
    let head = ask(address, "HEAD / HTTP/1.1");
    assert!(head.starts_with("HTTP/1.1 200") && !head.contains("status page"), "{head}");
}

#[test]
fn a_taken_port_is_an_error_with_the_remedy() {
    let address = start("taken");
    let root = std::env::temp_dir();
    let site = Site { root: root.clone(), dist: root };
    let error = Server::start(site, address.port()).err().unwrap().to_string();
    assert!(error.contains("in use") && error.contains("--port"), "{error}");
}
