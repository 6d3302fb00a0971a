//! What an author got wrong: file, line, words.
//! Only the type; each stage of the compiler decides what it reports.

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The knowledge base works; a reader would be better off without it.
    Warning,
    /// The knowledge base must not ship like this.
    Error,
}

impl Severity {
    /// The word in messages: "warning" or "error".
    pub fn name(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Path inside the knowledge base's folder, with `/`.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// How bad it is.
    pub severity: Severity,
    /// What was expected, what was found, how to repair it.
    pub message: String,
}

impl Finding {
    /// An error at a line of a file.
    pub fn error(file: &str, line: u32, message: impl Into<String>) -> Finding {
        Finding { file: file.into(), line, severity: Severity::Error, message: message.into() }
    }

    /// A warning at a line of a file.
    pub fn warning(file: &str, line: u32, message: impl Into<String>) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(file, line, message) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.severity.name(), self.message)
    }
}
