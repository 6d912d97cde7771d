//! The settings file is read again when it changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::{Settings, SettingsError};
use crate::file_watch::{FileWatch, First, WATCH_INTERVAL};

/// Gives the settings whenever their file was changed.
pub type SettingsWatch = FileWatch<Arc<Settings>, SettingsError>;

/// Watches a settings file from now on, which is read by `open`; see [`FileWatch::start`].
pub fn watch(
    path: PathBuf,
    open: impl Fn(&Path) -> Result<Arc<Settings>, SettingsError> + Send + 'static,
    wake: impl Fn() + Send + 'static,
) -> Result<SettingsWatch, std::io::Error> {
    watch_every(WATCH_INTERVAL, path, open, wake)
}

fn watch_every(
    interval: Duration,
    path: PathBuf,
    open: impl Fn(&Path) -> Result<Arc<Settings>, SettingsError> + Send + 'static,
    wake: impl Fn() + Send + 'static,
) -> Result<SettingsWatch, std::io::Error> {
    let files = vec![path.clone()];
    FileWatch::start("settings", interval, move || files.clone(), move || open(&path), wake, First::Read)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Instant;

    use super::*;

    #[test]
    fn an_edit_is_read_and_a_mistake_is_told() {
        let path = std::env::temp_dir().join(format!("carmine-settings-{}.toml", std::process::id()));
        std::fs::write(&path, "").unwrap();
        let (woken, wakes) = channel();
        let open = |path: &Path| Settings::open(path).map(Arc::new);
        let watch = watch_every(Duration::from_millis(20), path.clone(), open, move || _ = woken.send(())).unwrap();
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
