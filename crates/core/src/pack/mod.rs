//! The pack: one binary file that holds a knowledge base and its search index.
