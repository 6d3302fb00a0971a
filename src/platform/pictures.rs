//! Pictures for the report: read from a chosen or pasted file, made smaller and drawn anew, so that
//! only what is seen is sent, without place, time and camera. How many may go is the state's matter.

use unstuck_core::handover::Attachment;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::window;

/// Longest side of a picture that is sent, in pixels: text on a screenshot stays readable.
const LONGEST_SIDE: f64 = 1_600.0;
/// Above so many characters of base64 a picture is sent as JPEG: 500 KB.
const LARGE: usize = 680_000;
/// Quality of the JPEG, 0 to 1.
const QUALITY: f64 = 0.85;

/// The file as an attachment.
///
/// # Errors
/// `None` for what the browser cannot show as a picture.
pub async fn ready(file: &File) -> Option<Attachment> {
    let window = window()?;
    let promise = window.create_image_bitmap_with_blob(file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (LONGEST_SIDE / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).max(1.0), (height * scale).max(1.0));
    let canvas: HtmlCanvasElement =
        window.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // JPEG knows no transparency: it would turn black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height).ok()?;
    bitmap.close();
    let mut url = canvas.to_data_url_with_type("image/png").ok()?;
    if url.len() > LARGE {
        let quality = JsValue::from_f64(QUALITY);
        url = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &quality).ok()?;
    }
    let (head, data) = url.strip_prefix("data:")?.split_once(";base64,")?;
    if data.is_empty() {
        return None;
    }
    let stem = file.name();
    let stem = stem.rsplit_once('.').map_or(stem.as_str(), |(stem, _)| stem).to_owned();
    let end = if head == "image/png" { ".png" } else { ".jpg" };
    Some(Attachment { name: stem + end, mime: head.to_owned(), data: data.to_owned() })
}
