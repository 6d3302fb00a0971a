//! What a Yew application sets on [`HelpWidget`](super::HelpWidget), and what it hears from it.
//! One property an attribute of `<unstuck-help>`, one callback an event; how they take effect
//! stands in the component.

use web_sys::CustomEvent;
use yew::prelude::*;

use super::HelpHandle;

/// Properties of [`HelpWidget`](super::HelpWidget). A change takes effect at once; a changed `kb`,
/// `kb_locales` or `locale` loads the knowledge base anew; `hotkey` and `preload` are
/// read once.
///
/// Attributes that are not set are `None` and mean their default. Each callback gets the event
/// itself: its `detail` holds what `docs/embedding.md` lists, and `prevent_default` on
/// `on_navigate` and `on_escalate` says that the application takes over.
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// URL of a pack; `{locale}` in it stands for one of `kb_locales`.
    pub kb: AttrValue,
    /// The locales that there are packs for, with blanks between them.
    #[prop_or_default]
    pub kb_locales: Option<AttrValue>,
    /// `launcher` (the default), `inline`, or `panel` for a panel without a button.
    #[prop_or_default]
    pub mode: Option<AttrValue>,
    /// Whether the panel shall be open. The person may close it all the same (`on_close`); it
    /// opens again when this goes from `false` to `true`.
    #[prop_or_default]
    pub open: bool,
    /// Id of an article to show.
    #[prop_or_default]
    pub article: Option<AttrValue>,
    /// Language of the knowledge base, where `kb` holds `{locale}`; the page's own without it.
    #[prop_or_default]
    pub locale: Option<AttrValue>,
    /// `auto` (the default), `light` or `dark`.
    #[prop_or_default]
    pub theme: Option<AttrValue>,
    /// URL of a status feed.
    #[prop_or_default]
    pub status: Option<AttrValue>,
    /// Form of that feed; guessed without it.
    #[prop_or_default]
    pub status_format: Option<AttrValue>,
    /// URL that takes the report as a POST.
    #[prop_or_default]
    pub contact_endpoint: Option<AttrValue>,
    /// What it takes: `unstuck` (the default) or `zendesk`.
    #[prop_or_default]
    pub contact_format: Option<AttrValue>,
    /// Cookies that go along: `same-origin` (the default), `omit` or `include`.
    #[prop_or_default]
    pub contact_credentials: Option<AttrValue>,
    /// The customer's plan.
    #[prop_or_default]
    pub plan: Option<AttrValue>,
    /// Path for suggestions, instead of the page's own.
    #[prop_or_default]
    pub route: Option<AttrValue>,
    /// When the knowledge base is fetched: `intent` (the default) or `idle`.
    #[prop_or_default]
    pub preload: Option<AttrValue>,
    /// Level of the panel's headings, 1 to 6; 2 without it.
    #[prop_or_default]
    pub heading_level: Option<u8>,
    /// Keys that open and close the panel, such as `Control+k`; none without it.
    #[prop_or_default]
    pub hotkey: Option<AttrValue>,
    /// JSON, as `configure` takes it.
    #[prop_or_default]
    pub config: Option<AttrValue>,
    /// What the launcher says; "Help" without it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The interface in another language than English: the text of one of the files
    /// `unstuck-<language>-<hash>.txt` that `cargo xtask dist` writes. Taken as it is when the
    /// knowledge base has loaded.
    #[prop_or_default]
    pub texts: Option<AttrValue>,
    /// What calls the methods; its calls wait until the widget is there.
    #[prop_or_default]
    pub handle: Option<HelpHandle>,
    /// The link that is shown where the widget cannot run.
    #[prop_or_default]
    pub children: Html,

    /// The widget has loaded.
    #[prop_or_default]
    pub on_ready: Callback<CustomEvent>,
    /// The panel was opened.
    #[prop_or_default]
    pub on_open: Callback<CustomEvent>,
    /// The panel was closed.
    #[prop_or_default]
    pub on_close: Callback<CustomEvent>,
    /// A search has come to rest.
    #[prop_or_default]
    pub on_search: Callback<CustomEvent>,
    /// An article is shown.
    #[prop_or_default]
    pub on_article: Callback<CustomEvent>,
    /// A check was answered.
    #[prop_or_default]
    pub on_check: Callback<CustomEvent>,
    /// A guide ended with the problem solved.
    #[prop_or_default]
    pub on_resolved: Callback<CustomEvent>,
    /// A deep link was pressed; cancelable.
    #[prop_or_default]
    pub on_navigate: Callback<CustomEvent>,
    /// A report is to be sent; cancelable.
    #[prop_or_default]
    pub on_escalate: Callback<CustomEvent>,
    /// The state of the services is known, or another.
    #[prop_or_default]
    pub on_status: Callback<CustomEvent>,
    /// "Did this help?" was answered.
    #[prop_or_default]
    pub on_feedback: Callback<CustomEvent>,
    /// Something could not be had.
    #[prop_or_default]
    pub on_error: Callback<CustomEvent>,
}

impl HelpProps {
    /// Attributes of the host element with their values, but for `open`, which goes both ways.
    pub(super) fn attributes(&self) -> [(&'static str, Option<AttrValue>); 17] {
        let level = self.heading_level.map(|level| AttrValue::from(level.to_string()));
        [
            ("kb", Some(self.kb.clone())),
            ("kb-locales", self.kb_locales.clone()),
            ("mode", self.mode.clone()),
            ("article", self.article.clone()),
            ("locale", self.locale.clone()),
            ("theme", self.theme.clone()),
            ("status", self.status.clone()),
            ("status-format", self.status_format.clone()),
            ("contact-endpoint", self.contact_endpoint.clone()),
            ("contact-format", self.contact_format.clone()),
            ("contact-credentials", self.contact_credentials.clone()),
            ("plan", self.plan.clone()),
            ("route", self.route.clone()),
            ("preload", self.preload.clone()),
            ("heading-level", level),
            ("hotkey", self.hotkey.clone()),
            ("config", self.config.clone()),
        ]
    }

    /// The callback of an event, by its name after `unstuck-`.
    pub(super) fn callback(&self, event: &str) -> Option<&Callback<CustomEvent>> {
        Some(match event {
            "ready" => &self.on_ready,
            "open" => &self.on_open,
            "close" => &self.on_close,
            "search" => &self.on_search,
            "article" => &self.on_article,
            "check" => &self.on_check,
            "resolved" => &self.on_resolved,
            "navigate" => &self.on_navigate,
            "escalate" => &self.on_escalate,
            "status" => &self.on_status,
            "feedback" => &self.on_feedback,
            "error" => &self.on_error,
            _ => return None,
        })
    }
}

/// The events, by their names after `unstuck-`.
pub(super) const EVENTS: [&str; 12] = [
    "ready", "open", "close", "search", "article", "check", "resolved", "navigate", "escalate",
    "status", "feedback", "error",
];
