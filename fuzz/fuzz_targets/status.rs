//! Any bytes as a status feed, recognised and forced into every form. Whatever comes
//! out keeps to the rules of `docs/decisions/status.md`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unstuck_core::model::{Product, Service};
use unstuck_core::status::{Feed, Format, Options, Services, State, Watch, read};

const NOW: u64 = 1_795_255_200_000;

fuzz_target!(|data: &[u8]| {
    let options = Options { now: NOW, ..Options::default() };
    judge(&read(data, &options));
    for format in Format::ALL {
        judge(&read(data, &Options { format: Some(format), ..options }));
    }
});

fn judge(feed: &Feed) {
    let open = feed.incidents.iter().any(|incident| incident.state.is_trouble());
    let trouble = feed.components.iter().any(|component| component.state.is_trouble());
    assert!(!(open || trouble) || feed.state.is_trouble());
    for component in &feed.components {
        let known = component.unwatched || component.state != State::Unknown;
        assert!(known || feed.state != State::Operational);
        assert!(
            feed.state == State::Unknown || component.state.severity() <= feed.state.severity()
        );
        shown(&component.name);
    }
    for incident in &feed.incidents {
        shown(&incident.title);
        shown(&incident.update);
        link(incident.url.as_deref());
    }
    for planned in &feed.maintenance {
        shown(&planned.title);
        shown(&planned.update);
        link(planned.url.as_deref());
    }
    shown(&feed.message);
    link(feed.url.as_deref());
    let service = Service { id: "api".into(), ..Service::default() };
    let product = Product { services: vec![service], ..Product::default() };
    let map = Services { product: &product, host: &[] };
    if let Some(watch) = Watch::of(&map, feed, &["api"]) {
        assert!(!watch.is_over(&map, feed), "what is waited for is not over at once");
    }
}

fn shown(text: &str) {
    assert!(text.chars().count() <= 1_001 && !text.chars().any(char::is_control));
}

fn link(url: Option<&str>) {
    let Some(url) = url else { return };
    let head = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let path = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
    assert!(head.starts_with("http://") || head.starts_with("https://") || path, "{url}");
}
