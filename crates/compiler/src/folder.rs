//! A knowledge base's folder in memory: its pages, its `kb.toml`, its `kb.lock`, its other files.
//! The only module that touches the disk; what the texts mean is the other modules' matter.

use crate::Finding;
use crate::translate::is_locale;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// A text file of the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Path inside the folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A folder that was read.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The folder's own name.
    pub name: String,
    /// `kb.toml`, where there is one.
    pub config: Option<Page>,
    /// `<locale>/kb.toml`, by path.
    pub local_configs: Vec<Page>,
    /// `kb.lock`, where there is one.
    pub lock: Option<Page>,
    /// Markdown files, by path.
    pub pages: Vec<Page>,
    /// Paths of all other files.
    pub assets: BTreeSet<String>,
    /// Files that could not be read.
    pub problems: Vec<Finding>,
}

/// Why a folder could not be opened at all.
#[derive(Debug)]
pub enum OpenError {
    /// There is nothing at that path.
    Missing(PathBuf),
    /// There is a file at that path.
    NotAFolder(PathBuf),
    /// The folder has no Markdown file.
    Empty(PathBuf),
    /// The folder could not be listed.
    Unreadable(PathBuf, io::Error),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Missing(path) => write!(f, "there is no folder {}", path.display()),
            OpenError::NotAFolder(path) => {
                write!(f, "{} is a file; name the folder that holds it", path.display())
            }
            OpenError::Empty(path) => write!(
                f,
                "{} holds no Markdown file; a knowledge base needs at least one (NAME.md)",
                path.display()
            ),
            OpenError::Unreadable(path, _) => write!(f, "cannot read {}", path.display()),
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            OpenError::Unreadable(_, error) => Some(error),
            _ => None,
        }
    }
}

impl Folder {
    /// Reads a folder and everything below it, hidden files left out, symbolic links to folders
    /// not followed. A file that cannot be read or is not UTF-8 becomes a problem, not an error.
    /// `progress` is told of every page read, from several threads at once.
    pub fn read(dir: &Path, progress: &(dyn Fn() + Sync)) -> Result<Folder, OpenError> {
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenError::Missing(dir.into()),
            _ => OpenError::Unreadable(dir.into(), error),
        };
        if !fs::metadata(dir).map_err(unreadable)?.is_dir() {
            return Err(OpenError::NotAFolder(dir.into()));
        }
        let mut folder = Folder { name: name_of(dir), ..Folder::default() };
        let mut paths = Vec::new();
        list(dir, "", &mut paths, &mut folder.problems).map_err(unreadable)?;
        let (texts, assets): (Vec<String>, Vec<String>) =
            paths.into_iter().partition(|path| is_page(path) || is_own(path));
        folder.assets = assets.into_iter().collect();
        let read: Vec<_> = texts
            .into_par_iter()
            .map(|path| {
                let bytes = fs::read(dir.join(&path));
                progress();
                (path, bytes)
            })
            .collect();
        for (path, bytes) in read {
            let text = match bytes.map(String::from_utf8) {
                Ok(Ok(text)) => text,
                Ok(Err(error)) => {
                    folder.problems.push(not_utf8(&path, &error));
                    continue;
                }
                Err(error) => {
                    folder.problems.push(Finding::error(
                        &path,
                        1,
                        format!("cannot read it: {error}"),
                    ));
                    continue;
                }
            };
            folder.add(path, text);
        }
        if folder.pages.is_empty() && folder.problems.is_empty() && folder.config.is_none() {
            return Err(OpenError::Empty(dir.into()));
        }
        folder.pages.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(folder)
    }

    /// A folder from texts in memory: pairs of path and text.
    pub fn from_texts<'a>(
        name: &str,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Folder {
        let mut folder = Folder { name: name.into(), ..Folder::default() };
        for (path, text) in texts {
            folder.add(path.into(), text.into());
        }
        folder.pages.sort_by(|a, b| a.path.cmp(&b.path));
        folder
    }

    fn add(&mut self, path: String, text: String) {
        // A byte order mark is no part of the text.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let page = Page { path, text };
        match page.path.as_str() {
            "kb.toml" => self.config = Some(page),
            "kb.lock" => self.lock = Some(page),
            path if is_local_config(path) => self.local_configs.push(page),
            path if is_page(path) => self.pages.push(page),
            _ => {
                self.assets.insert(page.path);
            }
        }
    }
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Finding {
    let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
    let line = good.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1;
    Finding::error(path, line, "the text is not UTF-8; save the file as UTF-8")
}

/// The folder's name, also for `.` and `..`.
fn name_of(dir: &Path) -> String {
    let whole = fs::canonicalize(dir).unwrap_or_else(|_| dir.into());
    whole.file_name().map_or_else(|| "kb".into(), |name| name.to_string_lossy().into_owned())
}

fn is_page(path: &str) -> bool {
    let ext = path.rsplit_once('.').map(|(_, ext)| ext).unwrap_or_default();
    ext.eq_ignore_ascii_case("md") || ext.eq_ignore_ascii_case("markdown")
}

fn is_own(path: &str) -> bool {
    path == "kb.toml" || path == "kb.lock" || is_local_config(path)
}

fn is_local_config(path: &str) -> bool {
    path.split_once('/').is_some_and(|(dir, name)| is_locale(dir) && name == "kb.toml")
}

fn list(
    dir: &Path,
    prefix: &str,
    paths: &mut Vec<String>,
    problems: &mut Vec<Finding>,
) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name.starts_with('.') || name == "node_modules" {
            continue;
        }
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if let Err(error) = list(&entry.path(), &format!("{path}/"), paths, problems) {
                problems.push(Finding::error(&path, 1, format!("cannot read it: {error}")));
            }
        } else if kind.is_file() || entry.path().is_file() {
            paths.push(path);
        }
    }
    Ok(())
}
