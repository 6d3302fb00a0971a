//! Runs other programs: output into a log, a sign of life while it takes long, the log on failure.
//! What a program is run for is said by the caller with `say::step`.
//! Servers and interactive programs are started elsewhere.

use std::fs::{self, File};
use std::io::{IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{say, tree};

/// How a program ended, and all that it printed (standard output and error in one).
pub(crate) struct Outcome {
    pub(crate) status: ExitStatus,
    pub(crate) log: String,
}

/// Runs `command` and waits, with a sign of life on long runs.
///
/// # Errors
/// When the program cannot be started; a failing exit status is no error here.
pub(crate) fn watch(name: &str, command: &mut Command) -> Result<Outcome> {
    let path = log_path(name)?;
    let log = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let program = command.get_program().to_string_lossy().into_owned();
    let begun = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn().with_context(
            || format!("cannot start `{program}`; is it installed and on the PATH?"),
        )?;
    let mut life = SignOfLife::new();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(50));
        life.show(begun.elapsed(), &path);
    };
    life.clear();
    let log = fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())?;
    Ok(Outcome { status, log })
}

/// Runs `command` and returns what it printed.
///
/// # Errors
/// When it cannot be started or fails; all that it printed goes to standard error then.
pub(crate) fn succeed(name: &str, command: &mut Command) -> Result<String> {
    let outcome = watch(name, command)?;
    if !outcome.status.success() {
        eprintln!("{}", outcome.log.trim_end());
        bail!("{name} failed ({}); its output stands above", outcome.status);
    }
    Ok(outcome.log)
}

/// The standard output of a short program, trimmed; `None` when it is missing or fails.
pub(crate) fn answer(program: impl AsRef<Path>, args: &[&str]) -> Option<String> {
    let output = Command::new(program.as_ref()).args(args).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// The first of `names` that lies on the `PATH` as a file.
pub(crate) fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        folders.iter().map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
    })
}

fn log_path(name: &str) -> Result<PathBuf> {
    let folder = tree::target().join("xtask-logs");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    // The process id keeps two commands that run at the same time apart.
    Ok(folder.join(format!("{file}-{}.log", std::process::id())))
}

/// A line with the time and the program's last words: rewritten in place on a terminal, else one
/// line every half minute.
struct SignOfLife {
    terminal: bool,
    next: Duration,
    shown: bool,
}

impl SignOfLife {
    fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self { terminal, next: Duration::from_secs(if terminal { 1 } else { 30 }), shown: false }
    }

    fn show(&mut self, spent: Duration, log: &Path) {
        if spent < self.next {
            return;
        }
        let last = last_line(log).unwrap_or_default();
        if self.terminal {
            self.next = spent + Duration::from_millis(250);
            eprint!("\r\x1b[2K    {} · {last}", say::time(spent));
            let _ = std::io::stderr().flush();
        } else {
            self.next = spent + Duration::from_secs(30);
            eprintln!("    {} · {last}", say::time(spent));
        }
        self.shown = true;
    }

    fn clear(&self) {
        if self.terminal && self.shown {
            eprint!("\r\x1b[2K");
        }
    }
}

fn last_line(log: &Path) -> Option<String> {
    let mut file = File::open(log).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(512))).ok()?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let text = String::from_utf8_lossy(&tail);
    let line = text.lines().rev().find(|line| !line.trim().is_empty())?;
    Some(line.trim().chars().filter(|c| !c.is_control()).take(70).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_missing_has_no_answer() {
        assert_eq!(answer("no-such-program-anywhere", &[]), None);
    }

    #[test]
    fn a_missing_program_is_an_error_that_names_it() {
        let error = watch("missing", &mut Command::new("no-such-program-anywhere")).err();
        let text = error.map(|e| e.to_string()).unwrap_or_default();
        assert!(text.contains("no-such-program-anywhere"), "{text}");
    }

    #[test]
    fn the_log_holds_standard_output_and_standard_error() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let outcome = watch("both streams", &mut command).unwrap();
        assert_eq!(outcome.status.code(), Some(3));
        assert!(outcome.log.contains("out\n") && outcome.log.contains("err\n"));
    }
}
