//! What the compiler finds, as its users read it: a small folder, the findings, line by line.
#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use unstuck_compiler::{Compiled, Folder, compile};

const CONFIG: &str = r#"product = "tea"
name = "Tea"

[links.heat]
label = "Settings → Heat"
href = "/settings/heat"

[services.api]
name = "API"

[people.support]
name = "Tea support"

[[channels]]
id = "heat"
kind = "link"
name = "Heat"
address = "link:heat"
"#;

/// A guide without faults; tests change a part of it.
const GUIDE: &str = r##"# Water
<!-- topic: water -->

How the water is.

## It stays cold
<!-- id: cold; kind: guide; services: api -->

### Likely cause

The switch is off.

### People also say

- cold tea
- no heat
- it will not boil
- lukewarm at best
- where is the steam

### Checks

1. Turn it on. <!-- check: turn-on -->

   - **Go to:** [Settings → Heat](link:heat)

2. Look at the lamp. <!-- check: lamp -->

   - **If** it is red → [Turn it on](#turn-on)
   - **If** it is off → [Get help](#get-help)

### When to get help

Support can send a new one.

- **Who:** support
"##;

fn compiled(files: &[(&str, &str)]) -> Compiled {
    compile(&Folder::from_texts("tea", files.iter().copied()), &|_| ())
}

fn findings(files: &[(&str, &str)]) -> Vec<String> {
    compiled(files).findings.iter().map(ToString::to_string).collect()
}

/// The findings for the guide with one part changed.
fn with(from: &str, to: &str) -> Vec<String> {
    assert!(GUIDE.contains(from), "{from:?} is not in the guide");
    let text = GUIDE.replace(from, to);
    findings(&[("kb.toml", CONFIG), ("water.md", &text)])
}

/// The findings for `kb.toml` with one part changed.
fn with_config(from: &str, to: &str) -> Vec<String> {
    assert!(CONFIG.contains(from), "{from:?} is not in kb.toml");
    let text = CONFIG.replace(from, to);
    findings(&[("kb.toml", &text), ("water.md", GUIDE)])
}

/// Asserts that there is one finding and what it holds.
#[track_caller]
fn only(found: &[String], expected: &str) {
    assert!(
        found.len() == 1 && found[0].contains(expected),
        "expected {expected:?}, found {found:#?}"
    );
}

#[test]
fn a_loop_with_a_way_out_is_sound_because_the_guide_asks_again() {
    let found = findings(&[("kb.toml", CONFIG), ("water.md", GUIDE)]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn faults_in_an_article_are_found_where_they_stand() {
    for (from, to, expected) in [
        (
            "kind: guide",
            "kind: guid",
            "water.md:7: error: kind `guid`: use guide, faq, code or reference",
        ),
        (
            "kind: guide",
            "knid: guide",
            "water.md:7: error: unknown key `knid` in the comment; known: id, kind, services, codes, keywords; did you mean `kind`?",
        ),
        (
            "services: api",
            "services: apis",
            "water.md:7: error: kb.toml has no [services.apis]; did you mean `api`?",
        ),
        (
            "id: cold; ",
            "",
            "water.md:6: warning: the article has no id, so a new title would change its address; write `<!-- id: it-stays-cold -->`",
        ),
        ("id: cold", "id: Cold", "water.md:7: error: article id `Cold`: use lower-case letters"),
        ("id: cold", "id cold", "water.md:7: error: `id cold"),
        ("# Water\n", "", "water.md:1: error: the file has no `# Title`"),
        ("topic: water", "topics: water", "unknown key `topics`"),
        (
            "(link:heat)",
            "(link:heats)",
            "water.md:25: error: kb.toml has no [links.heats]; did you mean `heat`?",
        ),
        (
            "[Settings → Heat]",
            "[Heat]",
            "water.md:25: warning: the words are \"Heat\", [links.heat] says \"Settings → Heat\"",
        ),
        (
            "(link:heat)",
            "(https://a.example)",
            "water.md:25: error: \"Go to\" leads to `link:NAME`",
        ),
        (
            "**Who:** support",
            "**Who:** suport",
            "water.md:36: error: kb.toml has no [people.suport]; did you mean `support`?",
        ),
        ("**Who:** support", "**Straight away:** maybe", "`maybe`: \"Straight away\" is `yes`"),
        (
            "(#turn-on)",
            "(#turn-of)",
            "water.md:29: error: `#turn-of` is neither a check of this article",
        ),
        (
            "(#turn-on)",
            "(other.md#x)",
            "water.md:29: error: dead link: there is no topic file other.md",
        ),
        (
            "check: lamp",
            "check: turn-on",
            "water.md:27: error: duplicate check id `turn-on`; first at line 23",
        ),
        ("check: lamp", "check: fixed", "is the name of an ending"),
        ("- cold tea\n", "", "water.md:6: warning: the guide has 4 of 5 phrasings"),
        ("- cold tea\n", "- no heat\n", "stands twice"),
        (
            "The switch is off.",
            "It is simply off.",
            "water.md:11: warning: say it without \"simply\"",
        ),
        ("The switch is off.", "It says \"try later\".", ""),
        (
            "The switch is off.",
            "Read [this](javascript:alert(1)).",
            "water.md:11: error: the link's scheme `javascript:` is not allowed",
        ),
        ("The switch is off.", "Read [this](//a.example).", "leads to another host"),
        ("The switch is off.", "Read [this](water.md).", "names a file, not an article"),
        (
            "The switch is off.",
            "Read [this](water.md#warm).",
            "water.md:11: error: dead link: water.md has no article with the id `warm`",
        ),
        ("The switch is off.", "Read <b>this</b>.", "HTML is refused: `<b>`"),
        ("The switch is off.", "Press <kbd>F1.", "<kbd> without </kbd>"),
        ("The switch is off.", "See ![x](images/a.png).", "there is no picture images/a.png"),
        ("The switch is off.", "- a list", "the cause is one or two sentences"),
        ("**Go to:**", "**Wait:**", "a wait is a number and minutes, hours or days"),
        ("**Go to:** [Settings → Heat](link:heat)", "**Wait:** 0 minutes", "a wait is a number"),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Wiat:** 5 minutes",
            "did you mean `**Wait:**`?",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Browser check:** `onlin`",
            "unknown probe `onlin`",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Browser check:** `service-status service=ap`",
            "no [services.ap]",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Browser check:** `online x`",
            "a parameter is key=value",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Browser check:** `online url=/x`",
            "water.md:25: error: `url`: the probe `online` takes no parameters",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Browser check:** `http-health ulr=/x`",
            "the probe `http-health` takes url; did you mean `url`?",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Browser check:** `host-context`",
            "water.md:25: error: the probe `host-context` needs `keys=…` or `is=…`",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Browser check:** `host-context is=pending`",
            "expected conditions such as pending>0",
        ),
        (
            "**If** it is off →",
            "**If** it is red →",
            "water.md:27: error: two choices read \"It is red\"",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Ask boss:** Please.",
            "kb.toml has no [people.boss]",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Ask support:**",
            "write the message that the person can copy",
        ),
        (
            "**Go to:** [Settings → Heat](link:heat)",
            "**Only for bosses:** x",
            "audience `bosses`: use admin or staff",
        ),
        (
            "### When to get help",
            "### This is expected\n\nFine.\n\n### When to get help",
            "exclude each other",
        ),
        (
            "2. Look at the lamp. <!-- check: lamp -->",
            "2. <!-- check: lamp -->",
            "a check begins with its instruction",
        ),
        (
            "### Checks\n",
            "### Checks\n\nDo this.\n",
            "water.md:23: error: \"Checks\" holds one ordered list",
        ),
        (
            "Support can send",
            "<!-- check: odd --> Support can send",
            "`check:` does not count here",
        ),
    ] {
        let found = with(from, to);
        if expected.is_empty() {
            assert_eq!(found, [""; 0], "{to}");
        } else {
            assert!(
                found.iter().any(|finding| finding.contains(expected)),
                "{to}: expected {expected:?}, found {found:#?}"
            );
        }
    }
}

#[test]
fn faults_in_kb_toml_are_found_where_they_stand() {
    for (from, to, expected) in [
        ("name = \"Tea\"\n", "", "kb.toml:1: error: `name` is missing"),
        (
            "product = \"tea\"",
            "product = 5",
            "kb.toml:1: error: `product`: expected text in quotes, found integer",
        ),
        ("product = \"tea\"", "product = \"Tea\"", "kb.toml:1: error: `product`: use lower-case"),
        ("name = \"Tea\"", "name = \"Tea\"\nlocale = \"english\"", "kb.toml:3: error: `locale`"),
        (
            "name = \"Tea\"",
            "name = \"Tea\"\nhome = [\"tea/water/col\"]",
            "kb.toml:3: error: there is no article with the id `tea/water/col`; did you mean `tea/water/cold`?",
        ),
        (
            "name = \"Tea\"",
            "name = \"Tea\"\ntopics = [\"watr\"]",
            "there is no topic with the id `watr`",
        ),
        ("name = \"Tea\"", "name = \"Tea\"\nsynonyms = [[\"one\"]]", "a list of two texts or more"),
        (
            "label = \"Settings → Heat\"\n",
            "",
            "kb.toml:4: error: `label` in [links.heat] is missing",
        ),
        ("/settings/heat", "javascript:x", "kb.toml:6: error: `javascript:x`: use a path"),
        (
            "href =",
            "hreff =",
            "kb.toml:6: error: unknown key `hreff` in [links.heat]; did you mean `href`?",
        ),
        (
            "[services.api]",
            "[links.cool]\nlabel = \"x\"\n\n[services.api]",
            "kb.toml:8: warning: [links.cool] is not used",
        ),
        (
            "name = \"Tea support\"",
            "name = \"Tea support\"\nto = \"boss\"",
            "`to` in [people.support]: `boss` is none of support, admin",
        ),
        (
            "name = \"Tea support\"",
            "name = \"x\"\ninstead = \"boss\"",
            "there is no [people.…] with the id `boss`",
        ),
        ("kind = \"link\"", "kind = \"fax\"", "`kind` in [[channels]]: `fax` is none of email"),
        ("link:heat", "link:cool", "there is no [links.…] with the id `cool`"),
        (
            "address = \"link:heat\"",
            "hours = \"9 to 5\"",
            "`9 to 5` is neither \"24/7\" nor a list",
        ),
        (
            "address = \"link:heat\"",
            "hours = [{ days = \"mon-fri\", from = \"9\", to = \"17:00\", zone = \"EST\" }]",
            "`9` is no time such as 09:00",
        ),
        ("address = \"link:heat\"", "for = [\"boss\"]", "`for`: `boss` is none of"),
        (
            "kind = \"link\"\nname = \"Heat\"\naddress = \"link:heat\"",
            "kind = \"email\"\nname = \"Heat\"\naddress = \"a b@c\"",
            "`a b@c` is no e-mail address",
        ),
    ] {
        let found = with_config(from, to);
        assert!(
            found.iter().any(|finding| finding.contains(expected)),
            "{to}: expected {expected:?}, found {found:#?}"
        );
    }
}

#[test]
fn a_window_says_when_in_one_way_and_every_fault_of_it_is_named() {
    let times = "from = \"22:00\"\nto = \"02:00\"\nzone = \"Europe/Berlin\"\n";
    let window = |when: &str| {
        let text = format!("{CONFIG}\n[[maintenance]]\ntitle = \"Rest\"\n{when}\n{times}");
        findings(&[("kb.toml", &text), ("water.md", GUIDE)])
    };
    for fine in [
        "week = \"last\"\nweekday = \"friday\"",
        "days = \"daily\"",
        "days = \"sat-sun\"",
        "dates = [\"2026-12-24\", \"2027-01-02\"]",
    ] {
        assert_eq!(window(fine), [""; 0], "{fine}");
    }
    for (when, expected) in [
        ("", "says when by one of: `week` and `weekday`"),
        ("days = \"daily\"\ndates = [\"2026-12-24\"]", "says when by one of"),
        ("week = \"first\"", "`weekday` in [[maintenance]] is missing"),
        ("weekday = \"sunday\"", "`week` in [[maintenance]] is missing"),
        ("week = \"fifth\"\nweekday = \"sunday\"", "`fifth` is none of first, second"),
        ("days = \"mo-fr\"", "`mo-fr`: write mon-fri, sat or daily"),
        ("dates = [\"24.12.2026\"]", "`24.12.2026` is no date such as 2026-12-24"),
        ("dates = [\"2026-02-30\"]", "`2026-02-30` is no date"),
    ] {
        let found = window(when);
        assert_eq!(found.len(), 1, "{when}: {found:#?}");
        assert!(found[0].contains(expected), "{when}: {found:#?}");
    }
    let found = with_config(
        "address = \"link:heat\"",
        "hours = [{ days = \"sat\", from = \"09:00\", to = \"09:00\", zone = \"UTC\" }]",
    );
    assert!(found.iter().any(|text| text.contains("`to` is the same as `from`")), "{found:#?}");
}

#[test]
fn a_file_that_is_no_toml_is_said_once_and_with_its_line() {
    let found = findings(&[("kb.toml", "product = \"tea\"\nname = \n"), ("water.md", GUIDE)]);
    only(&found, "kb.toml:2: error: not TOML");
}

#[test]
fn all_findings_come_in_one_go_in_the_order_of_files_and_lines() {
    let found = findings(&[
        ("kb.toml", "product = \"tea\"\nname = \"Tea\"\nx = 1\ny = 2\n"),
        ("a.md", "no title\n\n## A\n<!-- id: a; kind: odd -->\n\n[x](y.md#z)\n"),
        ("b.md", "# B\n\n## A\n<!-- id: a; kind: guide -->\n"),
    ]);
    let places: Vec<&str> = found.iter().map(|f| f.split(": ").next().unwrap()).collect();
    let mut sorted = places.clone();
    sorted.sort_by_key(|place| {
        let (file, line) = place.split_once(':').unwrap();
        (file.to_owned(), line.parse::<u32>().unwrap())
    });
    assert_eq!(places, sorted);
    for expected in [
        "a.md:1:",
        "a.md:4:",
        "a.md:6:",
        "b.md:3: error: a guide needs checks",
        "kb.toml:3:",
        "kb.toml:4:",
    ] {
        assert!(
            found.iter().any(|finding| finding.starts_with(expected)),
            "{expected}: {found:#?}"
        );
    }
}

#[test]
fn ids_are_unique_across_files() {
    let found = findings(&[("kb.toml", CONFIG), ("a.md", GUIDE), ("b.md", GUIDE)]);
    assert!(
        found
            .iter()
            .any(|f| f.contains("b.md:6: error: duplicate id `tea/water/cold`; first at a.md:6")),
        "{found:#?}"
    );
    assert!(
        found.iter().any(|f| f.contains("b.md:1: error: topic id `water` is taken by a.md")),
        "{found:#?}"
    );
    assert!(
        found.iter().any(|f| f.contains("b.md:6: warning: the title stands at a.md:6 too")),
        "{found:#?}"
    );
}

#[test]
fn checks_that_nothing_leads_to_and_loops_that_never_end_are_errors() {
    let unreached = GUIDE.replace(
        "### When to get help",
        "3. Look again. <!-- check: again -->\n\n### When to get help",
    );
    let found = findings(&[("kb.toml", CONFIG), ("water.md", &unreached)]);
    assert!(
        found.iter().any(|f| f.contains("error: no answer leads to the check `again`")),
        "{found:#?}"
    );
    let endless = GUIDE.replace("(#get-help)", "(#lamp)");
    let found = findings(&[("kb.toml", CONFIG), ("water.md", &endless)]);
    for check in ["turn-on", "lamp"] {
        let expected = format!("error: from the check `{check}` no answer leads to an end");
        assert!(found.iter().any(|f| f.contains(&expected)), "{check}: {found:#?}");
    }
}

#[test]
fn a_round_through_two_articles_that_never_ends_is_an_error() {
    let other = GUIDE
        .replace("topic: water", "topic: milk")
        .replace("id: cold", "id: sour")
        .replace("It stays cold", "It is sour")
        .replace("(#get-help)", "(water.md#cold)");
    let cold = GUIDE.replace("(#get-help)", "(milk.md#sour)");
    let both = |water: &str, milk: &str| {
        let mut found = findings(&[("kb.toml", CONFIG), ("water.md", water), ("milk.md", milk)]);
        found.retain(|finding| finding.contains("error"));
        found
    };
    let found = both(&cold, &other);
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(
        found[0].contains("milk.md:23: error: from the check `turn-on` no answer leads to an end")
    );
    // One way out in either is enough for both.
    assert_eq!(both(GUIDE, &other), Vec::<String>::new());
}

#[test]
fn what_never_ends_for_some_readers_names_them() {
    let field = "- **Only for staff:** others → [Turn it on](#turn-on)";
    let hidden =
        GUIDE.replace("   - **If** it is red", &format!("   {field}\n   - **If** it is red"));
    let found = findings(&[("kb.toml", CONFIG), ("water.md", &hidden)]);
    for expected in [
        "water.md:23: error: from the check `turn-on` no answer leads to an end for customers and admins",
        "water.md:27: error: `others → #turn-on` leads back",
    ] {
        assert!(found.iter().any(|f| f.contains(expected)), "{expected}: {found:#?}");
    }
}

#[test]
fn translations_have_the_same_ids_and_checks() {
    let cases = [
        (
            "id: cold",
            "id: warm",
            "error: `tea/water/warm` is not in the knowledge base's own locale",
        ),
        (
            "check: lamp",
            "check: light",
            "error: check `light` stands where the original has `lamp`",
        ),
        ("kind: guide", "kind: faq", "error: kind is faq, the original's guide"),
        (
            "topic: water",
            "topic: wasser",
            "error: topic `wasser` is not in the knowledge base's own locale",
        ),
    ];
    for (from, to, expected) in cases {
        let german = GUIDE.replace(from, to);
        let found = findings(&[("kb.toml", CONFIG), ("water.md", GUIDE), ("de/water.md", &german)]);
        assert!(
            found.iter().any(|f| f.starts_with("de/water.md") && f.contains(expected)),
            "{to}: {found:#?}"
        );
    }
}

#[test]
fn what_is_not_translated_falls_back_and_says_so() {
    let more =
        format!("{GUIDE}\n## Tea\n<!-- id: tea; kind: reference -->\n\nSee [cold](#cold).\n");
    let german = GUIDE.replace("It stays cold", "Es bleibt kalt");
    let compiled = compiled(&[("kb.toml", CONFIG), ("water.md", &more), ("de/water.md", &german)]);
    assert!(!compiled.has_errors(), "{:#?}", compiled.findings);
    let [own, translated] = compiled.bases.as_slice() else { panic!("two locales") };
    assert_eq!((own.product.locale.as_str(), translated.product.locale.as_str()), ("en", "de"));
    assert_eq!(translated.articles[0].title, "Es bleibt kalt");
    assert_eq!(translated.articles[0].locale, None);
    assert_eq!(translated.articles[1].title, "Tea");
    assert_eq!(translated.articles[1].locale.as_deref(), Some("en"));
    assert_eq!(own.articles[1].locale, None);
}

#[test]
fn a_translation_brings_its_own_words_for_what_kb_toml_names() {
    let german = GUIDE.replace("[Settings → Heat]", "[Einstellungen → Wärme]");
    let words = "[links.heat]\nlabel = \"Einstellungen → Wärme\"\n\n[people.support]\nname = \"Hilfe\"\n\n\
        [[channels]]\nid = \"heat\"\nname = \"Wärme\"\n";
    let files =
        [("kb.toml", CONFIG), ("water.md", GUIDE), ("de/water.md", &german), ("de/kb.toml", words)];
    let done = compiled(&files);
    let found: Vec<_> = done.findings.iter().filter(|f| f.file.starts_with("de/")).collect();
    assert!(found.is_empty(), "{found:#?}");
    let [own, german] = [&done.bases[0].product, &done.bases[1].product];
    assert_eq!(own.link("heat").unwrap().label, "Settings → Heat");
    assert_eq!(german.link("heat").unwrap().label, "Einstellungen → Wärme");
    assert_eq!(german.link("heat").unwrap().href.as_deref(), Some("/settings/heat"));
    assert_eq!(german.person("support").unwrap().name, "Hilfe");
    assert_eq!(german.channels[0].name, "Wärme");
    assert_eq!(german.services, own.services);

    let wrong = "[links.heta]\nlabel = \"x\"\n[services.api]\nhref = \"x\"\n";
    let found = findings(&[files[0], files[1], files[2], ("de/kb.toml", wrong)]);
    for expected in [
        "de/kb.toml:1: error: kb.toml beside the topics has no `heta` in [links.heta]; did you mean `heat`?",
        "de/kb.toml:4: error: unknown key `href` in [services.api]",
    ] {
        assert!(found.iter().any(|f| f == expected), "{expected}: {found:#?}");
    }
}

#[test]
fn checks_without_ids_in_translations_take_those_in_their_place() {
    let german = GUIDE.replace(" <!-- check: turn-on -->", "").replace("(#turn-on)", "(#lamp)");
    let compiled = compiled(&[("kb.toml", CONFIG), ("water.md", GUIDE), ("de/water.md", &german)]);
    let ids: Vec<&str> =
        compiled.bases[1].articles[0].checks.iter().map(|check| check.id.as_str()).collect();
    assert_eq!(ids, ["turn-on", "lamp"]);
}

#[test]
fn pages_outside_the_known_folders_are_named() {
    let found = findings(&[("kb.toml", CONFIG), ("water.md", GUIDE), ("drafts/x.md", "# X\n")]);
    assert!(found.iter().any(|f| f.starts_with("drafts/x.md:1: warning: not read")), "{found:#?}");
}

#[test]
fn pinned_ids_outlive_new_wordings_and_new_orders() {
    let lock = "[\"tea/water/cold\"]\nturn-it-on = \"Turn it on.\"\nlook = \"Look at the lamp.\"\n";
    let loose = |first: &str, second: &str| {
        format!(
            "# Water\n<!-- topic: water -->\n\n## Cold\n<!-- id: cold -->\n\n### Checks\n\n1. {first}\n2. {second}\n"
        )
    };
    let ids = |text: &str| -> (Vec<String>, Vec<String>) {
        let compiled = compiled(&[("kb.toml", CONFIG), ("kb.lock", lock), ("water.md", text)]);
        let checks = &compiled.bases[0].articles[0].checks;
        let errors =
            compiled.findings.iter().map(ToString::to_string).filter(|f| f.contains("pinned"));
        (checks.iter().map(|check| check.id.clone()).collect(), errors.collect())
    };
    assert_eq!(
        ids(&loose("Turn it on.", "Look at the lamp.")),
        (vec!["turn-it-on".into(), "look".into()], vec![])
    );
    assert_eq!(ids(&loose("Look at the lamp.", "Turn it on.")).0, ["look", "turn-it-on"]);
    assert_eq!(ids(&loose("Switch it on.", "Look at the lamp.")).0, ["turn-it-on", "look"]);
    let (_, found) = ids(&loose("Switch it on.", "Look at the lamp.\n3. New one."));
    assert!(
        found.iter().any(|f| f.contains("error") && f.contains("turn-it-on cannot be told apart")),
        "{found:#?}"
    );
}

#[test]
fn line_ends_of_other_systems_change_nothing() {
    let files = [("kb.toml", CONFIG), ("water.md", GUIDE)];
    let crlf: Vec<(&str, String)> =
        files.iter().map(|(path, text)| (*path, text.replace('\n', "\r\n"))).collect();
    let other = compiled(&crlf.iter().map(|(p, t)| (*p, t.as_str())).collect::<Vec<_>>());
    let unix = compiled(&files);
    assert_eq!(unix.bases, other.bases);
    assert_eq!(unix.findings, other.findings);
}

#[test]
fn plain_pages_link_as_wikis_do() {
    let compiled = compiled(&[
        (
            "a.md",
            "See [[Deep page]], [[sub/Deep page|the page]], [[Deep page#part]] and [[none]].\n",
        ),
        ("sub/Deep page.md", "---\ntitle: x\n---\n\nOne.\n\n---\nkept: yes\n---\n\nTwo.\n"),
    ]);
    let found: Vec<String> = compiled.findings.iter().map(ToString::to_string).collect();
    only(&found, "a.md:1: warning: dead link: there is no page [[none]]");
    let [a, deep] = compiled.bases[0].articles.as_slice() else { panic!("two articles") };
    let links = format!("{:?}", a.body).matches("Article(\"sub/Deep page\")").count();
    assert_eq!(links, 3, "{:?}", a.body);
    assert_eq!(deep.title, "x");
    let words = unstuck_core::model::plain_blocks(&deep.body);
    assert!(words.contains("kept: yes") && words.contains("Two."), "{words}");
}

#[test]
fn plain_folders_warn_where_a_knowledge_base_would_fail() {
    let compiled = compiled(&[
        (
            "a.md",
            "# A\n\n<div>kept</div>\n\n[gone](b.md) [bad](javascript:x) [self](#a) [out](vscode:x)\n\n![pic](no.png)\n\nJust simply <kbd>**x**</kbd>.\n",
        ),
        (
            "sub/b.md",
            "---\ntitle: \"B: two\"\n---\n\n[a](../a.md#x), [also](../a), [site](/a.html)\n",
        ),
        ("sub/C.markdown", "text only\n"),
    ]);
    assert!(!compiled.has_errors(), "{:#?}", compiled.findings);
    assert_eq!(compiled.findings.len(), 6, "{:#?}", compiled.findings);
    let base = &compiled.bases[0];
    let titles: Vec<(&str, &str, &str)> =
        base.articles.iter().map(|a| (a.id.as_str(), a.topic.as_str(), a.title.as_str())).collect();
    assert_eq!(titles, [("a", "", "A"), ("sub/C", "sub", "C"), ("sub/b", "sub", "B: two")]);
    let links = format!("{:?}", base.articles[2].body);
    assert_eq!(links.matches("Article(\"a\")").count(), 3, "{links}");
    let words = unstuck_core::model::plain_blocks(&base.articles[0].body);
    assert_eq!(words, "kept\ngone bad self out\npic\nJust simply x.");
}
