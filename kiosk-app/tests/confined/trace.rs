//! What strace wrote of a family of processes, a file for each thread.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A system call.
#[derive(Clone, Debug)]
pub struct Call {
    pub name: String,
    /// As strace writes it, with its result.
    pub text: String,
    /// Its result, if it is a number.
    pub result: Option<i64>,
}

impl Call {
    fn of(line: &str) -> Option<Self> {
        let name = line.split_once('(')?.0;
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let result = line.rsplit_once(" = ").and_then(|(_, result)| {
            let digits: String = result.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
            digits.parse().ok()
        });
        is_name.then(|| Self { name: name.to_owned(), text: line.to_owned(), result })
    }

    /// Whether it was not refused.
    pub fn is_done(&self) -> bool {
        self.result.is_some_and(|result| result >= 0)
    }

    pub fn is_thread(&self) -> bool {
        self.name.starts_with("clone") && self.text.contains("CLONE_THREAD")
    }

    fn is_child(&self) -> bool {
        ["fork", "vfork", "clone", "clone3"].contains(&self.name.as_str()) && !self.is_thread()
    }

    /// The paths that it changed, as they are written.
    fn changed(&self) -> Vec<&str> {
        if !self.is_done() {
            return Vec::new();
        }
        let quoted = || self.text.split('"').skip(1).step_by(2);
        match self.name.as_str() {
            "open" | "openat" | "openat2" | "creat" => {
                let writes =
                    ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "creat("].iter().any(|way| self.text.contains(way));
                quoted().take(usize::from(writes)).collect()
            }
            "rename" | "renameat" | "renameat2" | "unlink" | "unlinkat" | "mkdir" | "mkdirat" | "rmdir" | "symlink"
            | "symlinkat" | "link" | "linkat" | "mknod" | "mknodat" | "truncate" | "chmod" | "fchmodat" | "chown"
            | "lchown" | "fchownat" => quoted().collect(),
            _ => Vec::new(),
        }
    }
}

/// A process with its threads.
#[derive(Debug)]
pub struct Process {
    /// Its first thread's calls in their order, then those of the others.
    pub calls: Vec<Call>,
    /// Ids of processes that it started.
    pub children: Vec<i64>,
    /// How many of the calls are the first thread's.
    first: usize,
    folder: PathBuf,
}

impl Process {
    /// The calls of this name that were not refused.
    pub fn done<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Call> {
        self.calls.iter().filter(move |call| call.name == name && call.is_done())
    }

    /// Where the first thread first made this call; `clone` stands for `clone3`, too.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.calls[..self.first].iter().position(|call| call.name.starts_with(name) && call.is_done())
    }

    /// The programs that it became.
    pub fn programs(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| call.name.starts_with("execve") && call.is_done())
    }

    /// What it opened for writing or changed.
    pub fn written(&self) -> Vec<(Call, String)> {
        let paths = self.calls.iter().flat_map(|call| call.changed().into_iter().map(move |path| (call, path)));
        paths.map(|(call, path)| (call.clone(), self.full(call, path))).collect()
    }

    /// A path from the root. strace names the folder that it starts at: `openat(7</tmp/folder>, "name"`.
    fn full(&self, call: &Call, path: &str) -> String {
        let before = call.text.split('"').next().unwrap_or_default();
        let base = before.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(base, _)| Path::new(base));
        base.unwrap_or(&self.folder).join(path).display().to_string()
    }
}

/// All of them.
pub struct Trace(Vec<Process>);

impl Trace {
    /// Reads `NAME.THREAD` in a folder.
    pub fn read(folder: &Path, name: &str) -> Self {
        let mut threads: HashMap<i64, Vec<Call>> = HashMap::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let id = path.file_name().unwrap().to_str().unwrap().strip_prefix(&format!("{name}.")).map(str::to_owned);
            if let Some(id) = id.and_then(|id| id.parse().ok()) {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                threads.insert(id, text.lines().filter_map(Call::of).collect());
            }
        }
        let made = |of: &dyn Fn(&Call) -> bool| -> HashMap<i64, i64> {
            let calls = threads.iter().flat_map(|(id, calls)| calls.iter().map(move |call| (*id, call)));
            calls
                .filter(|(_, call)| of(call))
                .filter_map(|(id, call)| Some((call.result.filter(|new| *new > 0)?, id)))
                .collect()
        };
        let (thread_of, child_of) = (made(&Call::is_thread), made(&Call::is_child));
        let process_of = |mut id: i64| {
            while let Some(parent) = thread_of.get(&id) {
                id = *parent;
            }
            id
        };
        let leaders = threads.keys().copied().filter(|id| !thread_of.contains_key(id));
        let processes = leaders.map(|leader| {
            let mut calls = threads[&leader].clone();
            let first = calls.len();
            let others = threads.keys().filter(|id| **id != leader && process_of(**id) == leader);
            calls.extend(others.flat_map(|id| threads[id].clone()));
            let children =
                child_of.iter().filter(|(_, parent)| process_of(**parent) == leader).map(|(child, _)| *child);
            Process { calls, children: children.collect(), first, folder: folder.to_owned() }
        });
        Self(processes.collect())
    }

    /// The one process whose first program had these arguments in a row.
    pub fn only(&self, arguments: &[&str]) -> &Process {
        let found = self.all(arguments);
        assert_eq!(found.len(), 1, "{arguments:?}");
        found[0]
    }

    /// The processes whose first program had these arguments in a row; at least one.
    pub fn all(&self, arguments: &[&str]) -> Vec<&Process> {
        let words = arguments.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let is_it = |process: &&Process| {
            let first = process.programs().next();
            first.is_some_and(|call| {
                call.text.contains(&format!("[\"carmine\", {words}"))
                    || call.text.contains(&format!("carmine\", {words}"))
            })
        };
        let found: Vec<&Process> = self.0.iter().filter(is_it).collect();
        let programs: Vec<_> =
            self.0.iter().filter_map(|process| process.programs().next()).map(|call| &call.text).collect();
        assert!(!found.is_empty(), "{words} among {programs:#?}");
        found
    }
}
