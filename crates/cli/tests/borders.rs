//! The borders between crates: no browser in the core, no Markdown in the widget.
//! Read from the resolved dependency graph, so that a border crossed by way of another crate
//! shows, too.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Packages of the resolved graph: name and direct dependencies, by id.
struct Graph {
    names: BTreeMap<String, String>,
    edges: BTreeMap<String, Vec<String>>,
}

impl Graph {
    /// The graph for one target, tests and build scripts left out.
    fn of(target: &str) -> Graph {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", target])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let names = metadata["packages"].as_array().unwrap().iter();
        let nodes = metadata["resolve"]["nodes"].as_array().unwrap().iter();
        Graph {
            names: names.map(|package| (text(&package["id"]), text(&package["name"]))).collect(),
            edges: nodes
                .map(|node| {
                    let dependencies = node["deps"].as_array().unwrap().iter();
                    let normal = dependencies.filter(|dependency| {
                        let mut kinds = dependency["dep_kinds"].as_array().unwrap().iter();
                        kinds.any(|kind| kind["kind"].is_null())
                    });
                    (text(&node["id"]), normal.map(|d| text(&d["pkg"])).collect())
                })
                .collect(),
        }
    }

    /// Names of everything that ends up in a package.
    fn within(&self, package: &str) -> BTreeSet<&str> {
        let (id, _) = self.names.iter().find(|(_, name)| *name == package).unwrap();
        let mut open = vec![id];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(&self.edges[id]);
            }
        }
        seen.into_iter().map(|id| self.names[id].as_str()).collect()
    }
}

fn assert_without(graph: &Graph, package: &str, forbidden: &[&str]) {
    let within = graph.within(package);
    for name in forbidden {
        assert!(!within.contains(name), "{package} depends on {name}");
    }
}

#[test]
fn core_and_compiler_never_see_a_browser() {
    let browser = ["web-sys", "js-sys", "wasm-bindgen", "yew"];
    for target in ["wasm32-unknown-unknown", "x86_64-unknown-linux-gnu"] {
        let graph = Graph::of(target);
        assert_without(&graph, "unstuck-core", &browser);
        assert_without(&graph, "unstuck-compiler", &browser);
        assert_without(&graph, "unstuck-cli", &browser);
    }
}

#[test]
fn the_widget_never_holds_the_parsers_of_authors_files() {
    let graph = Graph::of("wasm32-unknown-unknown");
    let parsers = ["pulldown-cmark", "toml", "toml_parser", "unstuck-compiler", "regex", "chrono"];
    assert_without(&graph, "unstuck", &parsers);
    assert!(graph.within("unstuck").contains("unstuck-core"), "the graph is read wrongly");
}

#[test]
fn the_core_stays_small() {
    let graph = Graph::of("wasm32-unknown-unknown");
    assert_without(&graph, "unstuck-core", &["serde", "serde_json", "regex", "hashbrown"]);
}
