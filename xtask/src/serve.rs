//! `cargo xtask serve`: builds what the demo needs and serves it.
//! The files come from `dist`, the answers from `server`.

use anyhow::Result;

use crate::server::{Server, Site};
use crate::{dist, say, tree};

/// The options of `cargo xtask serve`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Serve the files that dist/ holds already, without building.
    #[arg(long)]
    no_build: bool,
}

/// Builds and serves, until interrupted.
///
/// # Errors
/// When the port is taken (said before anything is built) or something cannot be built.
pub(crate) fn run(args: &Args) -> Result<()> {
    let server = Server::start(site(), args.port)?;
    if !args.no_build {
        let built = dist::build()?;
        for line in built.report.broken() {
            say::warn(&format!("over budget, {line}"));
        }
    }
    println!("The demo is at http://{}  (Ctrl+C ends it)", server.address);
    server.wait();
    Ok(())
}

/// The demo's pages and the widget's files.
pub(crate) fn site() -> Site {
    Site { root: tree::root(), dist: tree::dist() }
}
