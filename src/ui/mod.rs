//! The interface: state, strings and screens. Nothing here touches the browser; what has to happen
//! outside comes back from `state::apply` as effects, which `platform` and `element` carry out.

#[cfg(all(test, not(target_arch = "wasm32")))]
mod injection_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod probe_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod saved_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod status_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub mod state;
pub mod strings;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod texts;
pub mod view;
