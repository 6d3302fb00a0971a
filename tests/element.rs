//! The wasm's border, in a real browser: what the loader calls, without the loader.
//! Whole journeys lie in `journeys/`, the core's and the screens' tests beside their code.
#![cfg(target_arch = "wasm32")]

#[path = "element/yew_host.rs"]
mod yew_host;

use unstuck::element::{Instance, mount};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

/// A pack of format 1, as the first release wrote it.
const PACK: &[u8] = include_bytes!("fixtures/pack-v1.kb");

/// An element in the page with a shadow root, as the loader prepares it.
struct Place {
    host: HtmlElement,
    root: ShadowRoot,
    place: Element,
}

impl Place {
    fn new() -> Self {
        forget();
        let document = web_sys::window().unwrap().document().unwrap();
        let host: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
        document.body().unwrap().append_child(&host).unwrap();
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
        let place = document.create_element("div").unwrap();
        root.append_child(&place).unwrap();
        Self { host, root, place }
    }

    fn mount(&self, pack: &[u8]) -> Result<Instance, wasm_bindgen::JsError> {
        mount(self.host.clone(), self.place.clone(), pack.to_vec())
    }

    /// An inline widget that has begun, with its search field on the screen.
    async fn started(&self) -> Instance {
        let instance = self.mount(PACK).ok().unwrap();
        instance.attribute("mode".to_owned(), Some("inline".to_owned()));
        instance.start();
        self.wait_for("[role=combobox]").await;
        instance
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).unwrap()
    }

    /// Waits until something matches `selector`; fails after two seconds.
    async fn wait_for(&self, selector: &str) -> Element {
        for _ in 0..100 {
            if let Some(found) = self.find(selector) {
                return found;
            }
            pause(20).await;
        }
        panic!("nothing matches {selector} in {}", self.place.inner_html());
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.host.remove();
    }
}

/// What an earlier test left in the browser must not come back in this one.
fn forget() {
    let storage = web_sys::window().unwrap().local_storage().unwrap();
    storage.unwrap().clear().unwrap();
}

async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(key)).unwrap()
}

#[wasm_bindgen_test]
fn bytes_that_are_no_pack_are_an_error_and_draw_nothing() {
    let place = Place::new();
    for bytes in [&b""[..], b"not a pack", &PACK[..PACK.len() / 2]] {
        let error = place.mount(bytes).err().expect("these bytes are no pack");
        assert_ne!(get(&error.into(), "message").as_string().unwrap(), "");
    }
    assert_eq!(place.place.child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn a_pack_of_the_first_format_opens_with_a_search_field() {
    let place = Place::new();
    let _instance = place.started().await;
    assert!(place.find("[role=combobox]").is_some());
}

#[wasm_bindgen_test]
async fn the_second_file_brings_its_styles_as_a_constructed_sheet_and_the_first_none() {
    let place = Place::new();
    let _instance = place.started().await;
    // Those of the first are the glue's, or the component's: there before the program is.
    assert_eq!(get(&get(&place.root, "adoptedStyleSheets"), "length").as_f64(), Some(1.0));
    assert!(place.find("style, link, [style*=color]").is_none());
}

#[wasm_bindgen_test]
async fn a_search_by_method_resolves_to_what_was_found() {
    let place = Place::new();
    let instance = place.started().await;
    let promise = instance.call("search".to_owned(), js_sys::Array::of1(&"zzqx vvkw".into()));
    let answer = JsFuture::from(js_sys::Promise::from(promise)).await.unwrap();
    assert_eq!(get(&answer, "confident").as_bool(), Some(false));
    assert!(get(&answer, "count").as_f64().is_some());
}

#[wasm_bindgen_test]
async fn a_widget_that_is_taken_out_leaves_nothing_behind() {
    let place = Place::new();
    let mut instance = place.started().await;
    instance.destroy();
    for _ in 0..100 {
        if place.place.child_element_count() == 0 {
            break;
        }
        pause(20).await;
    }
    assert_eq!(place.place.inner_html(), "");
    // A second time, and a message after it, are harmless.
    instance.destroy();
    instance.attribute("theme".to_owned(), Some("dark".to_owned()));
}
