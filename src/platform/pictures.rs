//! Pictures for the report: read from a chosen or pasted file, made smaller and drawn anew, so that
//! only what is seen is sent, without place, time and camera. How many may go is the state's matter.

use unstuck_core::handover::Attachment;
use wasm_bindgen::JsValue;

use super::js::{call, get, global, number, set, text, wait};

/// Longest side of a picture that is sent, in pixels: text on a screenshot stays readable.
const LONGEST_SIDE: f64 = 1_600.0;
/// Above so many characters of base64 a picture is sent as JPEG: 500 KB.
const LARGE: usize = 680_000;
/// Quality of the JPEG, 0 to 1.
const QUALITY: f64 = 0.85;

/// A `File` as an attachment.
///
/// # Errors
/// What the browser throws at a file that it cannot show as a picture.
pub async fn ready(file: &JsValue) -> Result<Attachment, JsValue> {
    let bitmap = wait(call(&js_sys::global(), "createImageBitmap", &[file])?).await?;
    let side = |name| get(&bitmap, name).as_f64().unwrap_or(1.0);
    let (width, height) = (side("width"), side("height"));
    let scale = (LONGEST_SIDE / width.max(height)).min(1.0);
    let [width, height] = [width, height].map(|side| number((side * scale).max(1.0)));
    let canvas = call(&global("document"), "createElement", &[&text("canvas")])?;
    set(&canvas, "width", &width);
    set(&canvas, "height", &height);
    let context = call(&canvas, "getContext", &[&text("2d")])?;
    let zero = number(0);
    // JPEG knows no transparency: it would turn black.
    set(&context, "fillStyle", &text("#fff"));
    call(&context, "fillRect", &[&zero, &zero, &width, &height])?;
    call(&context, "drawImage", &[&bitmap, &zero, &zero, &width, &height])?;
    let mut url = call(&canvas, "toDataURL", &[&text("image/png")])?;
    if url.as_string().is_some_and(|url| url.len() > LARGE) {
        url = call(&canvas, "toDataURL", &[&text("image/jpeg"), &number(QUALITY)])?;
    }
    let url = url.as_string().unwrap_or_default();
    let parts = url.strip_prefix("data:").and_then(|url| url.split_once(";base64,"));
    let Some((mime, data)) = parts.filter(|(_, data)| !data.is_empty()) else {
        return Err(JsValue::UNDEFINED);
    };
    let name = get(file, "name").as_string().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let end = if mime == "image/png" { ".png" } else { ".jpg" };
    Ok(Attachment { name: [stem, end].concat(), mime: mime.to_owned(), data: data.to_owned() })
}
