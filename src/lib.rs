//! Unstuck, the help widget: the Yew component and the element's inside.
//! `ui` holds state and screens, `platform` what the browser does for them, `element` the border to
//! JavaScript. Search, guides and the report live in `unstuck-core`.

pub mod depth;
pub mod element;
pub mod platform;
pub mod ui;
pub mod widget;

pub use widget::{HelpHandle, HelpProps, HelpWidget, SearchAnswer};

// Only in the shipped program: a library must not choose the allocator of another application.
#[cfg(unstuck_split)]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
