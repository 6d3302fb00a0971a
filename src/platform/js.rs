//! JavaScript by name: members, calls and promises of whatever the browser has. Typed bindings would
//! be safer to read, but each one is an import that the first open pays for; what lies in the second
//! file is called this way. Everything is guarded: what is not there gives `undefined` or an error.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A member of an object; `undefined` where there is none.
pub fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

/// A member of the global object.
pub fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name)
}

/// Sets a member.
pub fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(object, &JsValue::from_str(key), value);
}

/// Calls a method.
///
/// # Errors
/// What it throws; `undefined` where there is no such method.
pub fn call(object: &JsValue, name: &str, args: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: js_sys::Function = get(object, name).dyn_into()?;
    js_sys::Reflect::apply(&method, object, &list(args))
}

/// Makes an object of a class of the global object.
///
/// # Errors
/// What its constructor throws; `undefined` where there is no such class.
pub fn new(class: &str, args: &[&JsValue]) -> Result<JsValue, JsValue> {
    make(&js_sys::global(), class, args)
}

/// Makes an object of a class that is a member of another object.
///
/// # Errors
/// What its constructor throws; `undefined` where there is no such class.
pub fn make(object: &JsValue, class: &str, args: &[&JsValue]) -> Result<JsValue, JsValue> {
    let class: js_sys::Function = get(object, class).dyn_into()?;
    js_sys::Reflect::construct(&class, &list(args))
}

/// Waits for a promise; anything else is there at once.
///
/// # Errors
/// What it was rejected with.
pub async fn wait(value: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(js_sys::Promise::resolve(&value)).await
}

/// A signal that aborts after so many milliseconds; `undefined` where there is none.
pub fn timeout(ms: u32) -> JsValue {
    call(&global("AbortSignal"), "timeout", &[&number(ms)]).unwrap_or(JsValue::UNDEFINED)
}

/// Waits so many milliseconds.
pub async fn sleep(ms: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = call(&js_sys::global(), "setTimeout", &[&resolve, &number(ms)]);
    });
    let _ = JsFuture::from(promise).await;
}

/// Text as a value.
pub fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

/// A number as a value.
pub fn number(number: impl Into<f64>) -> JsValue {
    JsValue::from_f64(number.into())
}

fn list(values: &[&JsValue]) -> js_sys::Array {
    values.iter().copied().collect()
}
