//! `cargo xtask bench`: the benchmarks against the peers.
//! Here: the command line alone. What is measured and how stands in docs/bench-search.md and
//! docs/bench-page.md.

mod page;
mod plot;
mod results;
mod search;
mod site;
mod stats;
mod table;

use anyhow::Result;
use clap::Subcommand;

/// The options of `cargo xtask bench`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

/// What to measure; without it, all there is.
#[derive(Subcommand)]
enum What {
    /// Search: hits, speed, bytes and loading, ours and the peers' in one page.
    Search(search::Args),
    /// The page: bytes, requests and time until search is usable, ours and the peers' interfaces.
    Page(page::Args),
}

/// Runs the chosen benchmark.
///
/// # Errors
/// When something cannot be built, installed or measured. A bar that is not met is no error: the
/// table says so.
pub(crate) fn run(args: Args) -> Result<()> {
    match args.what {
        Some(What::Search(args)) => search::run(&args),
        Some(What::Page(args)) => page::run(&args),
        None => {
            search::run(&search::Args::default())?;
            page::run(&page::Args::default())
        }
    }
}
