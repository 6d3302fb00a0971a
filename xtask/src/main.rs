//! The project's commands: `serve`, `test`, `dist`, `bench`, `fuzz`. One subcommand, one module.
//! Here: the command line alone. What a command does lives in its module; the knowledge-base
//! author's tool is the crate `unstuck-cli`.

mod apt;
mod bench;
mod browser;
mod compress;
mod dist;
mod feeds;
mod fuzz;
mod journeys;
mod js;
mod kb;
mod locale;
mod manifest;
mod names;
mod node;
mod npm;
mod run;
mod say;
mod serve;
mod server;
mod snip;
mod split;
#[path = "../../build/squeeze.rs"]
mod squeeze;
mod summary;
mod test;
mod tree;
mod wasm;
mod wasm_toolchain;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's commands.", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve the demo on http://127.0.0.1:8080.
    Serve(serve::Args),
    /// Everything: format, lints, native, wasm, fuzz and browser tests.
    Test(test::Args),
    /// The files to embed, into dist/, with a table of their bytes.
    Dist(dist::Args),
    /// The benchmarks against other search engines.
    Bench(bench::Args),
    /// Run the fuzz targets.
    Fuzz(fuzz::Args),
    /// Run one wasm test binary in Chromium (cargo calls this).
    #[command(hide = true, disable_help_flag = true)]
    WasmTestRunner {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(args) => serve::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Dist(args) => dist::run(&args),
        Command::Bench(args) => bench::run(args),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::WasmTestRunner { args } => browser::run_wasm_test(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::error(&error);
            ExitCode::FAILURE
        }
    }
}
