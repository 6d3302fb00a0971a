//! Search: from the words of a stuck person to articles.
