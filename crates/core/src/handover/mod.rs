//! The handover: what a person says and tried, as a report that support can act on.
//! Here the report is built, cleaned of secrets and written as JSON and as text; sending it and
//! asking for it are the widget's matter.

mod channels;
mod forms;
mod json;
mod queue;
mod redact;
mod report;
mod time;

pub use crate::schedule::Zones;
pub use channels::{Need, Offer, Open, offers};
pub use forms::{Mail, mail_link};
pub use json::Json;
pub use queue::{DAY, Format, Item, Kept, LEASE, Queue, TRIES, read_queue, retry_at, write_queue};
pub use redact::{redact, redact_value};
pub use report::{Attachment, Environment, Headings, Line, PICTURES, Report, Tried, picture_fits};
pub use time::rfc3339;
