//! Processes that are measured: this program in another role, or a peer's.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::de::DeserializeOwned;

/// First argument of this program where it is a process that is measured; the role follows.
pub const MEASURE: &str = "measure";

/// This program in another role.
pub fn again(role: &str) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([MEASURE, role]);
    command
}

/// Starts a process on those cores; on any, where there is no `taskset`.
pub fn start(command: &Command, cores: &str) -> Child {
    let mut pinned = Command::new("taskset");
    pinned.args(["-c", cores]).arg(command.get_program());
    let mut free = Command::new(command.get_program());
    let [pinned, free] = [&mut pinned, &mut free].map(|start| {
        start.args(command.get_args()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped())
    });
    pinned.spawn().or_else(|_| free.spawn()).unwrap()
}

/// Runs a process to its end; returns its last line of JSON.
pub fn result<T: DeserializeOwned>(command: &Command, cores: &str) -> T {
    let output = start(command, cores).wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let last = told.lines().last().unwrap_or_default();
    serde_json::from_str(last)
        .unwrap_or_else(|error| unreachable!("{command:?}: {error}: {told}{}", String::from_utf8_lossy(&output.stderr)))
}

/// A process with one network, which runs it a few times on request and waits in between. So several of them share a
/// core in turn, and other load on the machine affects all of them alike.
pub struct Worker {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    /// The network's first output.
    pub answer: Vec<f32>,
}

impl Worker {
    /// Starts it and waits until it has its answer.
    pub fn start(command: &Command, cores: &str) -> Self {
        let mut child = start(command, cores);
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut worker = Self { child, stdin, stdout: BufReader::new(stdout), answer: Vec::new() };
        worker.answer = worker.line();
        worker
    }

    /// Milliseconds of each of `runs` runs, after `warm_up` that are not timed.
    pub fn measure(&mut self, warm_up: usize, runs: usize) -> Vec<f64> {
        writeln!(self.stdin, "{warm_up} {runs}").unwrap();
        self.line()
    }

    fn line<T: DeserializeOwned>(&mut self) -> T {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| {
            let mut told = String::new();
            let _ = self.child.kill();
            let _ = self.child.stderr.take().map(|mut stderr| stderr.read_to_string(&mut told));
            unreachable!("{error}: {line}{told}")
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
