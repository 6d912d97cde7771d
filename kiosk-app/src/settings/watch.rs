//! Notices that the settings file was changed, and reads it again beside the running kiosk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use super::{Settings, SettingsError};

/// How often the file's time is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// A file that somebody still writes changes again within this.
const SETTLES: Duration = Duration::from_millis(200);

/// What the file looks like from outside.
type Stamp = Option<(Option<SystemTime>, u64)>;

/// Watches a settings file from a thread of its own, as long as it lives.
#[derive(Debug)]
pub struct Watch {
    read: Receiver<Result<Arc<Settings>, SettingsError>>,
    /// Its end tells the thread to end.
    _stop: Sender<()>,
}

impl Watch {
    /// Watches from now on: start it before the file is opened, so that no change falls between. `wake` is called on the
    /// watching thread whenever [`take`](Self::take) has something new.
    pub fn start(path: PathBuf, wake: impl Fn() + Send + 'static) -> Result<Self, std::io::Error> {
        Self::start_at(path, EVERY, wake)
    }

    fn start_at(path: PathBuf, every: Duration, wake: impl Fn() + Send + 'static) -> Result<Self, std::io::Error> {
        let (stop, stopped) = channel();
        let (found, read) = channel();
        let mut known = stamp(&path);
        let watch = move || {
            let pause = |time| stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            while pause(every) {
                let mut now = stamp(&path);
                if now == known {
                    continue;
                }
                loop {
                    if !pause(SETTLES) {
                        return;
                    }
                    let before = std::mem::replace(&mut now, stamp(&path));
                    if now == before {
                        break;
                    }
                }
                known = now;
                if found.send(Settings::open(&path).map(Arc::new)).is_err() {
                    return;
                }
                wake();
            }
        };
        thread::Builder::new().name("settings".into()).spawn(watch)?;
        Ok(Self { read, _stop: stop })
    }

    /// What was read since the last call: the newest, or `None` if nothing changed. After an error the kiosk keeps the
    /// settings that it has; the next change is tried again.
    pub fn take(&self) -> Option<Result<Arc<Settings>, SettingsError>> {
        self.read.try_iter().last()
    }
}

fn stamp(path: &Path) -> Stamp {
    let seen = path.metadata().ok()?;
    Some((seen.modified().ok(), seen.len()))
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn an_edit_is_read_and_a_mistake_is_told() {
        let path = std::env::temp_dir().join(format!("carmine-settings-{}.toml", std::process::id()));
        std::fs::write(&path, "").unwrap();
        let (woken, wakes) = channel();
        let watch = Watch::start_at(path.clone(), Duration::from_millis(20), move || _ = woken.send(())).unwrap();
        assert!(watch.take().is_none());
        let next = || {
            wakes.recv_timeout(Duration::from_secs(20)).unwrap();
            watch.take().unwrap()
        };
        std::fs::write(&path, "[idle]\nwarn_after_s = 30\n").unwrap();
        assert_eq!(next().unwrap().idle.warn_after, Duration::from_secs(30));
        std::fs::write(&path, "[idle]\nwarn_after = 30\n").unwrap();
        assert!(next().unwrap_err().to_string().contains(":2: idle.warn_after: "));
        std::fs::remove_file(&path).unwrap();
        assert!(next().unwrap_err().to_string().contains("it does not exist"));
        // An editor that writes a new file and renames it over the old one.
        let beside = path.with_extension("new");
        std::fs::write(&beside, "[sound]\nvolume = 0.25\n").unwrap();
        std::fs::rename(&beside, &path).unwrap();
        assert_eq!(next().unwrap().sound.volume, 0.25);
        let begun = Instant::now();
        drop(watch);
        assert!(begun.elapsed() < Duration::from_secs(1));
        std::fs::remove_file(&path).unwrap();
    }
}
