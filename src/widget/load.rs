//! How `HelpWidget` comes by its knowledge base, mounts the widget, and passes calls on to it.
//! The launcher and the host element are the component's.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::parts::{self, dispatch, pack_url};
use super::{HelpWidget, Loading, Message, Order, put};
use crate::element::{Instance, STYLES, adopt_styles, mount};
use crate::platform::js;

/// Calls that wait until the widget is loaded for another reason; the others load it.
const PASSIVE: [&str; 5] = ["configure", "setContext", "setStatus", "registerProbe", "suggest"];
/// How long the knowledge base may take, in milliseconds.
const PATIENCE: u32 = 10_000;

impl HelpWidget {
    /// Fetches the knowledge base unless that was done.
    pub(super) fn begin(&mut self, ctx: &Context<Self>) -> bool {
        if !matches!(self.loading, Loading::Not) {
            return false;
        }
        self.tries += 1;
        let number = self.tries;
        self.loading = Loading::On(number);
        let url = pack_url(ctx.props());
        let link = ctx.link().clone();
        spawn_local(async move {
            let pack = fetch(&url).await.map_err(|error| parts::words(&error));
            link.send_message(Message::Loaded(number, pack));
        });
        false
    }

    pub(super) fn loaded(
        &mut self,
        ctx: &Context<Self>,
        number: u32,
        pack: Result<Vec<u8>, String>,
    ) -> bool {
        let (Some(host), Some(inside)) = (self.host(), &self.inside) else { return false };
        if !matches!(self.loading, Loading::On(now) if now == number) {
            return false;
        }
        let mounted = pack.and_then(|pack| {
            let instance = mount(host.clone(), inside.place.clone(), pack)
                .map_err(|error| parts::words(&error.into()))?;
            // A pack that cannot be read, and is asked for again, adds no sheet each time.
            adopt_styles(&inside.place, STYLES);
            Ok(instance)
        });
        let instance = match mounted {
            Ok(instance) => instance,
            Err(why) => {
                self.loading = Loading::Not;
                dispatch(
                    &host,
                    "error",
                    &[("code", &js::text("load")), ("message", &js::text(&why))],
                );
                self.fault = Some(why);
                for order in self.calls.drain(..) {
                    let _ = order.done.call0(&JsValue::UNDEFINED);
                }
                return true;
            }
        };
        self.fault = None;
        if let Some(texts) = &ctx.props().texts {
            instance.attribute("texts".to_owned(), Some(texts.to_string()));
        }
        for (name, value) in ctx.props().attributes() {
            if let Some(value) = value {
                instance.attribute(name.to_owned(), Some(value.to_string()));
            }
        }
        for order in self.calls.drain(..) {
            pass(&instance, order);
        }
        instance.start();
        self.loading = Loading::Done(Box::new(instance));
        dispatch(&host, "ready", &[]);
        true
    }

    pub(super) fn unload(&mut self) {
        if let Loading::Done(mut instance) = core::mem::replace(&mut self.loading, Loading::Not) {
            instance.destroy();
        }
    }

    pub(super) fn call(&mut self, ctx: &Context<Self>, order: Order) {
        let open = match order.name {
            "open" => Some(true),
            "close" => Some(false),
            "toggle" => Some(!self.open),
            _ => None,
        };
        if let Some(open) = open {
            if let Some(host) = self.host() {
                put(&host, "open", open.then_some(""));
            }
            self.opened(ctx);
            let _ = order.done.call0(&JsValue::UNDEFINED);
            return;
        }
        if let Loading::Done(instance) = &self.loading {
            return pass(instance, order);
        }
        let wanted = !PASSIVE.contains(&order.name);
        self.calls.push(order);
        if wanted {
            self.begin(ctx);
        }
    }
}

/// Calls a method of the widget; its promise follows the widget's.
fn pass(instance: &Instance, order: Order) {
    let answer = instance.call(order.name.to_owned(), order.args);
    let _ = order.done.call1(&JsValue::UNDEFINED, &answer);
}

/// The bytes at an address.
async fn fetch(url: &str) -> Result<Vec<u8>, JsValue> {
    let init = crate::platform::object(&[("signal", &js::timeout(PATIENCE))]);
    let asked = js::call(&js_sys::global(), "fetch", &[&js::text(url), &init])?;
    let answer = js::wait(asked).await?;
    if !js::get(&answer, "ok").is_truthy() {
        let status = js::get(&answer, "status").as_f64().unwrap_or(0.0) as u16;
        return Err(js::text(&["the knowledge base answered ", &status.to_string()].concat()));
    }
    let bytes = js::wait(js::call(&answer, "arrayBuffer", &[])?).await?;
    Ok(js_sys::Uint8Array::new(&bytes).to_vec())
}
