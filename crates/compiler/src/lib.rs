//! Markdown and `kb.toml` to the model.
