//! Why a pack could not be read, in words that a widget can show.
//! Faults inside one value are [`WireError`]s; here they are tied to their section.

use crate::wire::WireError;
use core::fmt;

/// Why a pack could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    /// The bytes are something else: a page, an archive, nothing at all.
    NotAPack,
    /// The pack was written for a newer version of the format, or has a part that this one must
    /// not leave out.
    TooNew {
        /// Format version of the pack.
        found: u8,
        /// The newest version that is read here.
        supported: u8,
    },
    /// The pack ends too early.
    Truncated,
    /// A part is not what was written.
    Corrupt {
        /// Tag of the section; 0 for the header.
        section: u8,
    },
    /// There is no article of that number.
    NoArticle,
    /// The file of meaning was built with another pack.
    OtherPack,
    /// The search sections contradict each other.
    Search(WireError),
}

impl PackError {
    /// What [`Display`](fmt::Display) writes, without the code that can format anything.
    pub fn words(&self) -> String {
        match self {
            PackError::NotAPack => "this is not a knowledge base (.kb file)".to_owned(),
            PackError::TooNew { found, supported } => [
                "the knowledge base needs a newer Unstuck: its format is ",
                &found.to_string(),
                ", this one reads up to ",
                &supported.to_string(),
            ]
            .concat(),
            PackError::Truncated => {
                "the knowledge base is cut short; load the file again".to_owned()
            }
            PackError::Corrupt { section } => [
                "the knowledge base is damaged (part ",
                &section.to_string(),
                "); load the file again",
            ]
            .concat(),
            PackError::NoArticle => "the knowledge base has no article of that number".to_owned(),
            PackError::OtherPack => {
                "the file belongs to another build of the knowledge base".to_owned()
            }
            PackError::Search(error) => ["the search index is damaged: ", &error.words()].concat(),
        }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl core::error::Error for PackError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            PackError::Search(error) => Some(error),
            _ => None,
        }
    }
}
