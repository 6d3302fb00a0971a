//! Unstuck without a browser: the knowledge-base model, the pack, search, guide sessions and the
//! handover. Pure Rust: no browser types, no files, no network, no clock of its own.
//! Markdown lives in `unstuck-compiler`, screens in the `unstuck` package.

pub mod calendar;
pub mod guide;
pub mod handle;
pub mod handover;
pub mod model;
pub mod pack;
pub mod schedule;
pub mod search;
pub mod status;
pub mod wire;
