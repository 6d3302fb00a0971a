//! The border to JavaScript: what the loader calls, and the host's attributes and objects as
//! settings. Screens know nothing of it.

mod app;
pub mod depth;
mod host;
mod launcher;
mod route;
mod settings;

pub(crate) use app::dispatch;
pub use app::{App, AppProps, Call, Message};

use std::rc::Rc;

use unstuck_core::pack::Pack;
use wasm_bindgen::prelude::*;

/// One widget in the page, held by its element.
#[wasm_bindgen]
pub struct Instance {
    handle: Option<yew::AppHandle<App>>,
}

/// Opens a pack and puts a widget into `place`, an element inside the host's shadow root that has
/// the widget's styles.
///
/// # Errors
/// When the pack cannot be read: why, in words.
#[wasm_bindgen]
pub fn mount(
    host: web_sys::HtmlElement,
    place: web_sys::Element,
    pack: Vec<u8>,
) -> Result<Instance, JsError> {
    let pack = Pack::open(pack).map_err(|error| JsError::new(&error.words()))?;
    let props = AppProps { host, place: place.clone(), pack: Rc::new(pack) };
    let handle = yew::Renderer::<App>::with_root_and_props(place, props).render();
    Ok(Instance { handle: Some(handle) })
}

#[wasm_bindgen]
impl Instance {
    fn send(&self, message: Message) {
        if let Some(handle) = &self.handle {
            handle.send_message(message);
        }
    }

    /// An attribute changed; `undefined` when it was removed.
    pub fn attribute(&self, name: String, value: Option<String>) {
        self.send(Message::Attribute(name, value));
    }

    /// All attributes and early calls arrived: what was kept comes back, and the widget shows.
    pub fn start(&self) {
        self.send(Message::Start);
    }

    /// A method of the element. Gives a promise for `search`, else nothing.
    pub fn call(&self, name: String, args: js_sys::Array) -> JsValue {
        let first = args.get(0);
        let (resolve, promise) = promise();
        self.send(Message::Call(Call { name, args: [first, args.get(1)], resolve }));
        promise.into()
    }

    /// The second file is there, or cannot be had now.
    pub fn depth(&self, here: bool) {
        if here {
            crate::depth::arrived();
        }
        self.send(Message::Depth(here));
    }

    /// Takes the widget out of the page.
    pub fn destroy(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
    }
}

/// A promise and the function that resolves it.
pub(crate) fn promise() -> (js_sys::Function, js_sys::Promise) {
    let mut resolve = None;
    let promise = js_sys::Promise::new(&mut |function, _| resolve = Some(function));
    // It is always there: the executor runs at once. No `Function` from text, which policies forbid.
    (resolve.unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into()), promise)
}

/// Style sheet of the widget. In the element the glue carries it (`shell.js`), since a panel is
/// there before the program is.
pub const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/widget.css"));

/// Adds the styles to the shadow root as a constructed sheet, which strict policies allow.
pub(crate) fn adopt_styles(place: &web_sys::Element, styles: &str) {
    let Ok(root) = place.get_root_node().dyn_into::<web_sys::ShadowRoot>() else { return };
    let Ok(sheet) = web_sys::CssStyleSheet::new() else { return };
    let _ = sheet.replace_sync(styles);
    let sheets = crate::platform::get(&root, "adoptedStyleSheets");
    if let Ok(push) = crate::platform::get(&sheets, "push").dyn_into::<js_sys::Function>() {
        let _ = push.call1(&sheets, &sheet);
    }
}
