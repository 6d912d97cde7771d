//! Notices when a merchant's files change, and loads them again beside the running kiosk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use super::folder::paths;
use super::{Catalogue, CatalogueError};

/// How often the files' times are looked at.
const EVERY: Duration = Duration::from_secs(1);
/// A file that somebody still writes changes again within this.
const SETTLES: Duration = Duration::from_millis(200);

/// What a folder's files look like from outside: path, time of the last change, length.
type Stamps = Vec<(PathBuf, Option<SystemTime>, u64)>;

/// Watches a merchant's folder from a thread of its own, as long as it lives.
#[derive(Debug)]
pub struct Watch {
    loaded: Receiver<Result<Arc<Catalogue>, CatalogueError>>,
    /// Its end tells the thread to end.
    _stop: Sender<()>,
}

impl Watch {
    /// Watches `folder` from now on: start it before the catalogue is opened, so that no change falls between. `wake` is
    /// called on the watching thread whenever [`take`](Self::take) has something new.
    pub fn start(folder: PathBuf, wake: impl Fn() + Send + 'static) -> Result<Self, std::io::Error> {
        Self::start_at(folder, EVERY, wake)
    }

    fn start_at(folder: PathBuf, every: Duration, wake: impl Fn() + Send + 'static) -> Result<Self, std::io::Error> {
        let (stop, stopped) = channel();
        let (found, loaded) = channel();
        let mut known = stamps(&folder);
        let watch = move || {
            while pause(&stopped, every) {
                if stamps(&folder) == known {
                    continue;
                }
                let Some(settled) = settled(&folder, &stopped) else { return };
                known = settled;
                if found.send(Catalogue::open(&folder).map(Arc::new)).is_err() {
                    return;
                }
                wake();
            }
        };
        thread::Builder::new().name("catalogue".into()).spawn(watch)?;
        Ok(Self { loaded, _stop: stop })
    }

    /// What was loaded since the last call: the newest, or `None` if nothing changed. After an error the host keeps the
    /// catalogue that it has; the next change is tried again.
    pub fn take(&self) -> Option<Result<Arc<Catalogue>, CatalogueError>> {
        self.loaded.try_iter().last()
    }
}

/// Waits. Returns whether to go on.
fn pause(stopped: &Receiver<()>, time: Duration) -> bool {
    stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout)
}

/// The stamps once nobody writes any more; `None` if the watch has ended meanwhile.
fn settled(folder: &Path, stopped: &Receiver<()>) -> Option<Stamps> {
    let mut before = stamps(folder);
    loop {
        if !pause(stopped, SETTLES) {
            return None;
        }
        let now = stamps(folder);
        if now == before {
            return Some(now);
        }
        before = now;
    }
}

fn stamps(folder: &Path) -> Stamps {
    let stamp = |path: PathBuf| {
        let seen = path.metadata().ok();
        let length = seen.as_ref().map_or(0, std::fs::Metadata::len);
        (path, seen.and_then(|seen| seen.modified().ok()), length)
    };
    paths(folder).into_iter().map(stamp).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    const ROSE: &str =
        "name = \"Rose\"\ncategory = \"lipstick\"\nshade = \"#a8485a\"\ncoverage = 0.8\nfinish = \"matte\"\n";

    fn next(watch: &Watch) -> Result<Arc<Catalogue>, CatalogueError> {
        let begun = Instant::now();
        loop {
            if let Some(loaded) = watch.take() {
                return loaded;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "nothing was loaded");
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn an_edit_is_loaded_and_a_broken_one_is_told() {
        let folder = std::env::temp_dir().join(format!("carmine-watch-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("products")).unwrap();
        let rose = folder.join("products/rose.toml");
        std::fs::write(&rose, ROSE).unwrap();
        let (woken, wakes) = channel();
        let wake = move || woken.send(()).unwrap_or_default();
        let watch = Watch::start_at(folder.clone(), Duration::from_millis(20), wake).unwrap();
        assert!(wakes.recv_timeout(Duration::from_millis(400)).is_err() && watch.take().is_none(), "nothing changed");

        std::fs::write(&rose, ROSE.replace("Rose", "Red Rose")).unwrap();
        assert_eq!(next(&watch).unwrap().items()[0].product.name, "Red Rose");
        std::fs::write(&rose, "name = \n").unwrap();
        assert!(next(&watch).unwrap_err().to_string().contains("rose.toml:1:"));
        std::fs::write(&rose, ROSE).unwrap();
        std::fs::write(folder.join("products/mauve.toml"), ROSE.replace("Rose", "Mauve")).unwrap();
        assert_eq!(next(&watch).unwrap().items().len(), 2);
        std::fs::remove_file(&rose).unwrap();
        assert!(next(&watch).unwrap().item("rose").is_none());
        assert!(wakes.try_iter().count() >= 4);

        drop(watch);
        assert_eq!(wakes.recv_timeout(Duration::from_secs(20)), Err(RecvTimeoutError::Disconnected), "the thread ends");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
