//! The component in another Yew application: the example's page, in a real browser.
//! What the widget does once it is there is tested elsewhere.

use unstuck_core::pack::Pack;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, ShadowRoot};

use super::{PACK, forget, pause};

#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "../../examples/yew_host.rs"]
mod example;

use example::{Page, PageProps};

/// The application, in a part of the page of its own.
struct Host {
    place: HtmlElement,
    app: Option<yew::AppHandle<Page>>,
}

impl Host {
    fn new(kb: &str) -> Self {
        forget();
        let document = web_sys::window().unwrap().document().unwrap();
        let place: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
        document.body().unwrap().append_child(&place).unwrap();
        let article = Pack::open(PACK.to_vec()).unwrap().head(0).unwrap().id.to_owned();
        let props = PageProps { kb: kb.to_owned().into(), article: article.into() };
        let root = place.clone().into();
        let app = yew::Renderer::<Page>::with_root_and_props(root, props).render();
        Host { place, app: Some(app) }
    }

    fn press(&self, selector: &str) {
        let button = self.place.query_selector(selector).unwrap().unwrap();
        button.unchecked_into::<HtmlElement>().click();
    }

    fn widget(&self) -> Option<HtmlElement> {
        self.place.query_selector("div[kb]").unwrap().map(JsCast::unchecked_into)
    }

    fn root(&self) -> ShadowRoot {
        self.widget().and_then(|widget| widget.shadow_root()).expect("the widget has a root")
    }

    async fn inside(&self, selector: &str) -> Element {
        for _ in 0..150 {
            let root = self.widget().and_then(|widget| widget.shadow_root());
            if let Some(found) = root.and_then(|root| root.query_selector(selector).unwrap()) {
                return found;
            }
            pause(20).await;
        }
        panic!("nothing matches {selector} in {}", self.place.inner_html());
    }

    async fn until(&self, what: &str, ask: impl Fn() -> bool) {
        for _ in 0..150 {
            if ask() {
                return;
            }
            pause(20).await;
        }
        panic!("waited in vain: {what}; the application heard {:?}", self.heard());
    }

    fn heard(&self) -> Vec<String> {
        let items = self.place.query_selector_all("#heard li").unwrap();
        (0..items.length()).filter_map(|n| items.item(n)?.text_content()).collect()
    }

    fn has_heard(&self, name: &str) -> bool {
        self.heard().iter().any(|heard| heard == name)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.place.remove();
    }
}

/// An address at which a browser finds these bytes.
fn address(bytes: &[u8]) -> String {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let global = js_sys::global();
    let blob: js_sys::Function = super::get(&global, "Blob").unchecked_into();
    let blob = js_sys::Reflect::construct(&blob, &js_sys::Array::of1(&parts)).unwrap();
    let url = super::get(&global, "URL");
    let create: js_sys::Function = super::get(&url, "createObjectURL").unchecked_into();
    create.call1(&url, &blob).unwrap().as_string().unwrap()
}

#[wasm_bindgen_test]
async fn the_launcher_of_the_component_opens_the_panel_and_the_application_hears_it() {
    let host = Host::new(&address(PACK));
    let launcher: HtmlElement = host.inside(".launcher").await.unchecked_into();
    assert_eq!(launcher.text_content().unwrap(), "Help");
    assert_eq!(launcher.get_attribute("aria-expanded").as_deref(), Some("false"));
    assert!(host.root().query_selector("[role=combobox]").unwrap().is_none());
    launcher.click();
    host.inside("[role=combobox]").await;
    host.until("the open panel was told", || host.has_heard("unstuck-open")).await;
    assert_eq!(launcher.get_attribute("aria-expanded").as_deref(), Some("true"));
    // The launcher's styles and the panel's.
    let sheets = js_sys::Reflect::get(&host.root(), &"adoptedStyleSheets".into()).unwrap();
    let count = js_sys::Reflect::get(&sheets, &"length".into()).unwrap();
    assert!(count.as_f64() >= Some(2.0));
    launcher.click();
    host.until("the closed panel was told", || host.has_heard("unstuck-close")).await;
    assert!(host.root().query_selector("dialog").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_help_button_that_the_person_hid_is_gone_once_the_panel_is_closed() {
    let host = Host::new(&address(PACK));
    let launcher: HtmlElement = host.inside(".launcher").await.unchecked_into();
    launcher.click();
    host.inside("[role=combobox]").await;
    // As the screen does on its press.
    js_sys::Reflect::set(&host.widget().unwrap(), &"off".into(), &true.into()).unwrap();
    assert!(!launcher.hidden());
    launcher.click();
    host.until("the launcher is hidden", || launcher.hidden()).await;
    // What waits for the person brings it back, with its words.
    let mark: js_sys::Function = super::get(&host.widget().unwrap(), "mark").unchecked_into();
    mark.call1(&host.widget().unwrap(), &", a check is ready".into()).unwrap();
    host.until("the launcher is back", || !launcher.hidden()).await;
    assert_eq!(launcher.get_attribute("aria-label").as_deref(), Some("Help, a check is ready"));
}

#[wasm_bindgen_test]
async fn a_search_in_the_component_is_told_to_the_application() {
    let host = Host::new(&address(PACK));
    host.inside(".launcher").await.unchecked_into::<HtmlElement>().click();
    let field: web_sys::HtmlInputElement = host.inside("[role=combobox]").await.unchecked_into();
    let text = Pack::open(PACK.to_vec()).unwrap().head(0).unwrap().title.to_owned();
    field.set_value(&text);
    let event = super::get(&js_sys::global(), "InputEvent").unchecked_into::<js_sys::Function>();
    let options = js_sys::JSON::parse(r#"{"bubbles":true,"composed":true}"#).unwrap();
    let args = js_sys::Array::of2(&"input".into(), &options);
    let event = js_sys::Reflect::construct(&event, &args).unwrap();
    field.dispatch_event(event.unchecked_ref()).unwrap();
    host.inside("[role=option]").await;
    host.until("the search was told", || host.has_heard("unstuck-search")).await;
}

#[wasm_bindgen_test]
async fn a_call_through_the_handle_loads_the_widget_and_shows_the_article() {
    let host = Host::new(&address(PACK));
    host.inside(".launcher").await;
    host.press("#show");
    host.inside("dialog .title").await;
    host.until("the article was told", || host.has_heard("unstuck-article")).await;
}

#[wasm_bindgen_test]
async fn a_changed_property_reaches_the_host_element_at_once() {
    let host = Host::new(&address(PACK));
    host.inside(".launcher").await;
    assert_eq!(host.widget().unwrap().get_attribute("theme").as_deref(), Some("light"));
    host.press("#theme");
    host.until("the theme follows", || {
        host.widget().unwrap().get_attribute("theme").as_deref() == Some("dark")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_component_that_is_destroyed_takes_its_widget_along_and_may_come_back() {
    let host = Host::new(&address(PACK));
    host.inside(".launcher").await.unchecked_into::<HtmlElement>().click();
    host.inside("[role=combobox]").await;
    host.press("#hide");
    host.until("it is gone", || host.widget().is_none()).await;
    host.press("#hide");
    host.inside(".launcher").await.unchecked_into::<HtmlElement>().click();
    host.inside("[role=combobox]").await;
}

#[wasm_bindgen_test]
async fn a_knowledge_base_that_cannot_be_had_shows_the_applications_own_link() {
    for kb in [address(b"not a pack"), "blob:nothing-here".to_owned()] {
        let host = Host::new(&kb);
        host.inside(".launcher").await.unchecked_into::<HtmlElement>().click();
        let note = host.inside("[role=alert]").await;
        let slot = note.query_selector("slot").unwrap().unwrap();
        let assigned: js_sys::Function = super::get(&slot, "assignedElements").dyn_into().unwrap();
        let links = js_sys::Array::from(&assigned.call0(&slot).unwrap());
        assert_eq!(links.length(), 1, "the application's link is shown");
        host.until("the error was told", || host.has_heard("unstuck-error")).await;
    }
}
