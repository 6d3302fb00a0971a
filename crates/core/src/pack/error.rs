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

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackError::NotAPack => f.write_str("this is not a knowledge base (.kb file)"),
            PackError::TooNew { found, supported } => {
                f.write_str("the knowledge base needs a newer Unstuck: its format is ")?;
                fmt::Display::fmt(found, f)?;
                f.write_str(", this one reads up to ")?;
                fmt::Display::fmt(supported, f)
            }
            PackError::Truncated => {
                f.write_str("the knowledge base is cut short; load the file again")
            }
            PackError::Corrupt { section } => {
                f.write_str("the knowledge base is damaged (part ")?;
                fmt::Display::fmt(section, f)?;
                f.write_str("); load the file again")
            }
            PackError::NoArticle => f.write_str("the knowledge base has no article of that number"),
            PackError::OtherPack => {
                f.write_str("the file belongs to another build of the knowledge base")
            }
            PackError::Search(error) => {
                f.write_str("the search index is damaged: ")?;
                fmt::Display::fmt(error, f)
            }
        }
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
