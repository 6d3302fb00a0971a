//! The `unstuck` command: checks, builds, searches and lists knowledge bases.
//! What the commands do lives in the library crates; here are arguments, files and output.

mod build;
mod check;
mod compile;
mod gaps;
mod pack;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The knowledge-base author's tool.
#[derive(Parser)]
#[command(name = "unstuck", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lint a knowledge base: one line a finding, exit code 1 when any is an error
    Check {
        /// The knowledge base's folder
        dir: PathBuf,
        /// Write kb.lock: pins the ids of checks that name none
        #[arg(long)]
        pin: bool,
    },
    /// Write the packs, one a locale, and print counts and sizes
    Build {
        /// The knowledge base's folder
        dir: PathBuf,
        /// Folder for the packs; made when missing
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Answer queries, one a line on standard input, with one JSON line each
    Search {
        /// A .kb file
        pack: PathBuf,
        /// The most results a query
        #[arg(long, default_value_t = 10, value_name = "N")]
        limit: usize,
    },
    /// Group searches without a good match, and propose what is missing
    Gaps {
        /// Events of the widget, one JSON object a line; `-` reads standard input
        events: PathBuf,
        /// A .kb file, to look for the nearest articles
        #[arg(long, value_name = "PACK")]
        pack: Option<PathBuf>,
        /// Searches that a group has at the least
        #[arg(long, default_value_t = 1, value_name = "N")]
        least: usize,
        /// Print JSON, one line a group
        #[arg(long)]
        json: bool,
    },
    /// Print one JSON line an article
    List {
        /// A .kb file
        pack: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
            // Nothing is left to tell when standard error is gone, too.
            let _ = std::io::Write::write_all(
                &mut std::io::stderr(),
                format!("unstuck: {}\n", chain.join(": ")).as_bytes(),
            );
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Check { dir, pin } => check::run(&dir, pin),
        Command::Build { dir, out, json } => build::run(&dir, &out, json),
        Command::Search { pack, limit } => pack::queries(&pack, limit),
        Command::Gaps { events, pack, least, json } => {
            gaps::run(&gaps::Wish { events: &events, pack: pack.as_deref(), least, json })
        }
        Command::List { pack } => pack::list(&pack),
    }
}

/// Whether whoever read the output has left, as `head` does: no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
