//! Pieces of `HelpWidget` that need nothing of its state: the launcher's nodes, observers of the
//! host element, the hotkey, and small words about packs and errors.

use gloo_events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::html::Scope;
use yew::prelude::*;

use super::{HelpProps, HelpWidget, Message};
use crate::platform::{get, get_text, js, object, window};

/// Launcher, and the note that stands in for a widget that cannot run.
pub(super) fn draw(
    name: &str,
    launcher: bool,
    open: bool,
    mark: &str,
    fault: Option<&str>,
    link: &Scope<HelpWidget>,
) -> Html {
    let toggle = link.callback(|_: MouseEvent| Message::Toggle);
    let begin = link.callback(|()| Message::Begin);
    let near = begin.clone();
    let note = fault.map(|why| {
        html! {
            <div class="fallback" role="alert">
                <p>{ name }</p>
                <slot>{ why }</slot>
            </div>
        }
    });
    html! {
        <>
            <button
                class="launcher"
                part="launcher"
                type="button"
                hidden={!launcher}
                aria-label={(!mark.is_empty()).then(|| [name, mark].concat())}
                aria-expanded={if open { "true" } else { "false" }}
                onclick={toggle}
                onpointerenter={move |_: PointerEvent| near.emit(())}
                onfocus={move |_: FocusEvent| begin.emit(())}
            >
                { name }
                <span class="mark">{ mark }</span>
            </button>
            <>{ note }</>
        </>
    }
}

/// An observer of the page; it ends when this is dropped.
pub(super) struct Watch {
    observer: JsValue,
    _heard: Closure<dyn FnMut(JsValue)>,
}

impl Watch {
    /// Tells when an attribute of `host` was written.
    pub(super) fn attribute(
        host: &HtmlElement,
        name: &str,
        tell: impl Fn() + 'static,
    ) -> Option<Watch> {
        let names: js_sys::Array = core::iter::once(js::text(name)).collect();
        let heard = Closure::<dyn FnMut(JsValue)>::new(move |_| tell());
        let observer = js::new("MutationObserver", &[heard.as_ref()]).ok()?;
        let options = object(&[("attributeFilter", &names)]);
        js::call(&observer, "observe", &[host, &options]).ok()?;
        Some(Watch { observer, _heard: heard })
    }

    /// Tells when `host` comes into view, or near it.
    pub(super) fn in_view(host: &HtmlElement, tell: impl Fn() + 'static) -> Option<Watch> {
        let heard = Closure::<dyn FnMut(JsValue)>::new(move |entries: JsValue| {
            let seen = |entry: JsValue| get(&entry, "isIntersecting").is_truthy();
            if js_sys::Array::from(&entries).iter().any(seen) {
                tell();
            }
        });
        let options = object(&[("rootMargin", &js::text("200px"))]);
        let observer = js::new("IntersectionObserver", &[heard.as_ref(), &options]).ok()?;
        js::call(&observer, "observe", &[host]).ok()?;
        Some(Watch { observer, _heard: heard })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = js::call(&self.observer, "disconnect", &[]);
    }
}

/// Hears a combination of keys such as `Control+k` in the whole page. It needs a modifier, and is
/// not heard while someone types.
pub(super) fn hotkey(keys: &str, tell: impl Fn() + 'static) -> Option<EventListener> {
    let (modifiers, key) = keys.rsplit_once('+')?;
    let (modifiers, key) = (modifiers.to_owned(), key.to_lowercase());
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    let heard = move |event: &Event| {
        let pressed: &KeyboardEvent = event.unchecked_ref();
        let all = modifiers.split('+').all(|modifier| pressed.get_modifier_state(modifier));
        let editable = event.composed_path().get(0);
        if all && pressed.key().to_lowercase() == key && !is_field(&editable) {
            event.prevent_default();
            tell();
        }
    };
    Some(EventListener::new_with_options(&window()?.into(), "keydown", options, heard))
}

fn is_field(target: &JsValue) -> bool {
    let tag = get_text(target, "localName").unwrap_or_default();
    matches!(tag.as_str(), "input" | "textarea" | "select")
        || get(target, "isContentEditable").is_truthy()
}

/// Raises an event of the widget on its host.
pub(super) fn dispatch(host: &HtmlElement, name: &str, detail: &[(&str, &JsValue)]) {
    crate::element::dispatch(host, name, &object(detail), false);
}

/// The words of a pending record whose time has come: 13 digits, the time in milliseconds since
/// 1970, and the words for then.
pub(super) fn over(record: &str) -> Option<&str> {
    let (time, words) = record.split_at_checked(13)?;
    (js_sys::Date::now() >= time.parse().ok()?).then_some(words)
}

/// Whether a time, in milliseconds since 1970, is yet to come.
pub(super) fn ahead(time: &str) -> bool {
    time.parse().is_ok_and(|time: f64| js_sys::Date::now() < time)
}

/// The product that a pack's address names: `/kb/scopien.en.kb` is of `scopien`.
pub(super) fn product(kb: &str) -> &str {
    let file = kb.rsplit('/').next().unwrap_or(kb);
    file.split('.').next().unwrap_or(file)
}

/// The address of the pack: `{locale}` in it becomes the locale that was asked for, or is the
/// page's, where there is one, else the first there is.
pub(super) fn pack_url(props: &HelpProps) -> String {
    if !props.kb.contains("{locale}") {
        return props.kb.to_string();
    }
    let page = || {
        let root = window()?.document()?.document_element()?;
        root.get_attribute("lang")
    };
    let wanted = props.locale.as_deref().map(str::to_owned).or_else(page).unwrap_or_default();
    props.kb.replace("{locale}", best(&wanted, props.kb_locales.as_deref().unwrap_or("en")))
}

/// Of the locales there are, with blanks between them, the wanted one, else that of its language,
/// else the first.
fn best<'a>(wanted: &str, there: &'a str) -> &'a str {
    let language = |tag: &str| tag.split('-').next().unwrap_or("").to_lowercase();
    let mut all = there.split_whitespace();
    let first = all.clone().next().unwrap_or("en");
    all.clone()
        .find(|tag| tag.eq_ignore_ascii_case(wanted))
        .or_else(|| all.find(|tag| language(tag) == language(wanted)))
        .unwrap_or(first)
}

/// Why something went wrong, as its error says it.
pub(super) fn words(error: &JsValue) -> String {
    error.as_string().or_else(|| get_text(error, "message")).unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{best, product};

    #[test]
    fn the_product_is_the_first_part_of_the_files_name() {
        assert_eq!(product("/unstuck/kb/scopien.en.kb"), "scopien");
        assert_eq!(product("cic.kb"), "cic");
        assert_eq!(product(""), "");
    }

    #[test]
    fn the_best_locale_is_the_wanted_one_then_its_language_then_the_first() {
        assert_eq!(best("de", "en de"), "de");
        assert_eq!(best("de-AT", "en de"), "de");
        assert_eq!(best("pt-BR", "en pt-PT PT-br"), "PT-br");
        assert_eq!(best("ja", "en de"), "en");
        assert_eq!(best("", ""), "en");
    }
}
