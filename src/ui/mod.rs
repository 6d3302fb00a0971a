//! The interface: state, strings and screens. Nothing here touches the browser; what has to happen
//! outside comes back from `state::apply` as effects, which `platform` and `element` carry out.

pub mod state;
pub mod strings;
pub mod view;
