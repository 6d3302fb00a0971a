//! The documents for authors against the compiler: what they show works, and nothing is left out.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use serde_json::Value;
use unstuck_compiler::{Folder, compile};
use unstuck_core::model::{Hours, Kind, Target, Wait};

const AUTHORING: &str = include_str!("../../../docs/authoring.md");
const SCHEMA: &str = include_str!("../../../docs/kb.schema.json");

/// The text between a fence and its end.
fn fenced(open: &str, close: &str) -> &'static str {
    let (_, rest) = AUTHORING.split_once(open).unwrap();
    rest.split_once(close).unwrap().0
}

fn config() -> &'static str {
    fenced("```toml\n", "\n```")
}

#[test]
fn the_example_of_a_topic_file_compiles_as_the_page_says() {
    let topic = fenced("````markdown\n", "\n````");
    let rest = "# Rest\n\n## R\n<!-- id: account-locked; kind: reference -->\n\nx\n";
    let other = |id: &str| format!("# Other\n\n## {id}\n<!-- id: {id}; kind: reference -->\n\nx\n");
    // The example stands alone; what it links to is added here.
    let topic = topic.replace("(#account-locked)", "(rest.md#account-locked)");
    let links = "\n[links.forgot-password]\nlabel = \"Sign-in → Forgot password\"\n\
        [services.dashboard]\nname = \"Dashboard\"\n[people.admin]\nname = \"Admin\"\n";
    let config = format!("{}{links}", config());
    let folder = Folder::from_texts(
        "scopien",
        [
            ("kb.toml", config.as_str()),
            ("login.md", topic.as_str()),
            ("rest.md", rest),
            ("salesforce.md", other("sync-not-working").as_str()),
            ("app-code.md", other("sync-001").as_str()),
        ],
    );
    let compiled = compile(&folder, &|_| ());
    let found: Vec<String> = compiled
        .findings
        .iter()
        .filter(|finding| finding.file == "login.md")
        .map(ToString::to_string)
        .collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("login.md:6: warning: the guide has 3 of 5 phrasings"),
        "{found:#?}"
    );
    let base = &compiled.bases[0];
    let article =
        base.articles.iter().find(|a| a.id == "scopien/login/invalid-credentials").unwrap();
    assert_eq!(article.kind, Kind::Guide);
    assert_eq!(article.codes, ["AUTH_001"]);
    assert_eq!(article.see, ["scopien/rest/account-locked", "scopien/app-code/sync-001"]);
    let ids: Vec<&str> = article.checks.iter().map(|check| check.id.as_str()).collect();
    assert_eq!(ids, ["reset-password", "wait-for-lock", "which-state", "switch-on"]);
    assert_eq!(article.checks[0].links, ["forgot-password"]);
    assert_eq!(article.checks[1].wait, Some(Wait::Minutes(30)));
    let targets: Vec<&Target> = article.checks[2].choices.iter().map(|c| &c.target).collect();
    assert_eq!(
        targets,
        [
            &Target::Check("switch-on".into()),
            &Target::Article("scopien/salesforce/sync-not-working".into()),
            &Target::GetHelp,
        ]
    );
    assert!(article.checks[3].ask.as_ref().is_some_and(|(who, _)| who == "admin"));
}

#[test]
fn the_example_of_kb_toml_has_no_fault_but_the_articles_it_stands_without() {
    let folder = Folder::from_texts("scopien", [("kb.toml", config())]);
    let compiled = compile(&folder, &|_| ());
    for finding in &compiled.findings {
        let text = finding.to_string();
        let missing = [
            "there is no article",
            "there is no topic",
            "is not used",
            "there is no [services",
            "there is no [links",
        ];
        assert!(missing.iter().any(|known| text.contains(known)), "{text}");
    }
    let product = &compiled.bases[0].product;
    assert_eq!(product.channels[0].hours, Hours::Always);
    assert_eq!(product.maintenance[0].span.from, 120);
    assert_eq!(product.people[0].instead, None);
}

/// Paths of all keys, `*` for names that the author chooses.
fn keys_of_schema(schema: &Value, path: &str, out: &mut Vec<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        for (key, inner) in properties {
            let path = format!("{path}/{key}");
            keys_of_schema(inner, &path, out);
            out.push(path);
        }
    }
    if schema["additionalProperties"].is_object() {
        keys_of_schema(&schema["additionalProperties"], &format!("{path}/*"), out);
    }
    if schema["items"].is_object() {
        keys_of_schema(&schema["items"], path, out);
    }
    for one in schema["oneOf"].as_array().into_iter().flatten() {
        keys_of_schema(one, path, out);
    }
}

fn keys_of_toml(value: &toml::Value, path: &str, out: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            let named = ["/links", "/services", "/people", "/probes"].contains(&path);
            for (key, inner) in table {
                let path = format!("{path}/{}", if named { "*" } else { key });
                keys_of_toml(inner, &path, out);
                if !named {
                    out.push(path);
                }
            }
        }
        toml::Value::Array(items) => items.iter().for_each(|item| keys_of_toml(item, path, out)),
        _ => {}
    }
}

#[test]
fn the_schema_and_the_example_know_the_same_keys() {
    let (mut schema, mut example) = (Vec::new(), Vec::new());
    keys_of_schema(&serde_json::from_str(SCHEMA).unwrap(), "", &mut schema);
    // The example shows the hours of a list in a comment.
    let text = config().replace(
        "hours = \"24/7\"",
        "hours = [{ days = \"mon-fri\", from = \"09:00\", to = \"17:00\", zone = \"-05:00\" }]",
    );
    keys_of_toml(&toml::Value::Table(text.parse().unwrap()), "", &mut example);
    example.retain(|key| key != "/probes/*/url");
    for keys in [&mut schema, &mut example] {
        keys.sort();
        keys.dedup();
    }
    assert_eq!(schema, example);
}

#[test]
fn every_key_of_the_schema_is_read() {
    // The compiler reports what it does not know, so an example with every key must be silent.
    let folder = Folder::from_texts("scopien", [("kb.toml", config())]);
    let unknown = compile(&folder, &|_| ()).findings;
    assert!(!unknown.iter().any(|finding| finding.message.contains("unknown key")), "{unknown:#?}");
}

#[test]
fn the_page_names_every_probe_and_parameter_and_no_other() {
    let table = fenced("| probe | parameters | passes when |\n|---|---|---|\n", "\n\n");
    let row = |line: &str| -> (String, Vec<String>) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let codes = |cell: &str| -> Vec<String> {
            // What stands in brackets explains the parameter before it.
            let mut plain = String::new();
            let mut depth = 0;
            for c in cell.chars() {
                match c {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    c if depth == 0 => plain.push(c),
                    _ => {}
                }
            }
            plain.split('`').skip(1).step_by(2).map(str::to_owned).collect()
        };
        let params = if cells.len() > 2 { codes(cells[1]) } else { Vec::new() };
        (codes(cells[0]).concat(), params)
    };
    let told: Vec<_> = table.lines().map(row).collect();
    let built: Vec<_> = unstuck_compiler::PROBES
        .iter()
        .map(|probe| {
            (probe.name.to_owned(), probe.params.iter().map(|p| p.name.to_owned()).collect())
        })
        .collect();
    assert_eq!(told, built);
}
