//! A Yew application that embeds the help widget as a component: properties, callbacks, a handle.
//! Built for the web with `trunk` or `wasm-pack`; `tests/element.rs` runs it in a browser.

use unstuck::{HelpHandle, HelpWidget};
use wasm_bindgen::JsValue;
use web_sys::CustomEvent;
use yew::prelude::*;

/// Where the knowledge base lies.
#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    /// URL of a pack.
    #[prop_or("/unstuck/kb/scopien.en.kb".into())]
    pub kb: AttrValue,
    /// An article that the page's own button opens.
    #[prop_or("scopien/login/account-locked".into())]
    pub article: AttrValue,
}

/// A page with the widget, a button of its own, and a list of what the widget told it.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let help = use_memo((), |()| HelpHandle::new());
    let dark = use_state(|| false);
    let shown = use_state(|| true);
    let heard = use_state(Vec::<String>::new);
    let newest = use_mut_ref(Vec::<String>::new);
    let hear = {
        let heard = heard.clone();
        Callback::from(move |event: CustomEvent| {
            newest.borrow_mut().push(event.type_());
            heard.set(newest.borrow().clone());
        })
    };
    // Routing stays in the application: the widget's own navigation does not happen.
    let route = {
        let hear = hear.clone();
        Callback::from(move |event: CustomEvent| {
            event.prevent_default();
            hear.emit(event);
        })
    };
    let show = {
        let (help, article) = (help.clone(), props.article.clone());
        Callback::from(move |_: MouseEvent| help.show(&article))
    };
    let configure = {
        let help = help.clone();
        Callback::from(move |_: CustomEvent| {
            help.set_context(&JsValue::from(js_sys::Object::new()));
        })
    };
    let (turn, hide) = (
        Callback::from({
            let dark = dark.clone();
            move |_: MouseEvent| dark.set(!*dark)
        }),
        Callback::from({
            let shown = shown.clone();
            move |_: MouseEvent| shown.set(!*shown)
        }),
    );
    html! {
        <main>
            <h1>{ "Settings" }</h1>
            <button id="show" onclick={show}>{ "I cannot sign in" }</button>
            <button id="theme" onclick={turn}>{ "Light or dark" }</button>
            <button id="hide" onclick={hide}>{ "With or without help" }</button>
            <ul id="heard">{ for heard.iter().map(|name| html! { <li>{ name }</li> }) }</ul>
            if *shown {
                <HelpWidget
                    kb={&props.kb}
                    theme={if *dark { "dark" } else { "light" }}
                    handle={(*help).clone()}
                    on_ready={configure}
                    on_open={&hear}
                    on_close={&hear}
                    on_search={&hear}
                    on_article={&hear}
                    on_navigate={route}
                    on_error={&hear}
                >
                    <a href="/support">{ "Contact support" }</a>
                </HelpWidget>
            }
        </main>
    }
}

fn main() {
    yew::Renderer::<Page>::with_props(yew::props!(PageProps {})).render();
}
