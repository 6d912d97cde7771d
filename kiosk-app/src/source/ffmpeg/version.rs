//! Which ffmpeg is installed.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

/// More than any version's words.
const MOST_VERSION_BYTES: u64 = 1 << 14;

/// What the installed ffmpeg calls itself, if there is one that answers in time.
pub fn version(deadline: Duration) -> Option<String> {
    version_of(&mut Command::new("ffmpeg"), deadline)
}

fn version_of(program: &mut Command, deadline: Duration) -> Option<String> {
    let mut child =
        program.arg("-version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (sender, receiver) = std::sync::mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut said = Vec::new();
            let _ = stdout.take(MOST_VERSION_BYTES).read_to_end(&mut said);
            // Nobody listens any more after the deadline.
            let _ = sender.send(said);
        });
    }
    let said = receiver.recv_timeout(deadline);
    // Both fail only where it has ended already.
    let _ = child.kill();
    let _ = child.wait();
    let said = said.ok()?;
    Some(String::from_utf8_lossy(&said).lines().next()?.split(" Copyright").next()?.to_owned())
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use crate::child::tests::{ProgramFolder, is_gone};

    #[test]
    fn a_program_that_keeps_its_version_to_itself_is_ended() {
        let folder = ProgramFolder::new("ffmpeg-version");
        let version = |script: &str, deadline: Duration| {
            let command = folder.program("ffmpeg", script);
            version_of(Command::new(&command[0]).arg(&command[1]), deadline)
        };
        let said = version("echo 'ffmpeg version 7 Copyright (c) nobody'; cat", Duration::from_secs(60));
        assert_eq!(said.as_deref(), Some("ffmpeg version 7"));
        let hung = "echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 600";
        assert_eq!(version(hung, Duration::from_secs(3)), None);
        assert!(is_gone(&folder.path("pid")), "it runs on");
    }
}
