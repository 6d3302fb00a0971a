//! Unstuck, the help widget: the Yew component and the element's inside.
//! `ui` holds state and screens, `platform` what the browser does for them, `element` the border to
//! JavaScript. Search, guides and the report live in `unstuck-core`.

pub mod depth;
pub mod element;
pub mod platform;
pub mod ui;
