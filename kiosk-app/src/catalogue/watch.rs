//! A merchant's catalogue is loaded again when a file of it changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::folder::paths;
use super::{Catalogue, CatalogueError};
use crate::file_watch::{FileWatch, First, WATCH_INTERVAL};

/// Gives the catalogue whenever a file of its folder was changed.
pub type CatalogueWatch = FileWatch<Arc<Catalogue>, CatalogueError>;

/// Watches a merchant's folder from now on, which is read by `open`; see [`FileWatch::start`].
pub fn watch(
    folder: PathBuf,
    open: impl Fn(&Path) -> Result<Catalogue, CatalogueError> + Send + 'static,
    wake: impl Fn() + Send + 'static,
    first: First,
) -> Result<CatalogueWatch, std::io::Error> {
    watch_every(WATCH_INTERVAL, folder, open, wake, first)
}

fn watch_every(
    interval: Duration,
    folder: PathBuf,
    open: impl Fn(&Path) -> Result<Catalogue, CatalogueError> + Send + 'static,
    wake: impl Fn() + Send + 'static,
    first: First,
) -> Result<CatalogueWatch, std::io::Error> {
    let listed = folder.clone();
    let read = move || open(&folder).map(Arc::new);
    FileWatch::start("catalogue", interval, move || paths(&listed), read, wake, first)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::thread;
    use std::time::Instant;

    use super::*;

    const ROSE: &str =
        "name = \"Rose\"\ncategory = \"lipstick\"\nshade = \"#a8485a\"\ncoverage = 0.8\nfinish = \"matte\"\n";

    fn next(watch: &CatalogueWatch) -> Result<Arc<Catalogue>, CatalogueError> {
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
        let watch = watch_every(Duration::from_millis(20), folder.clone(), Catalogue::open, wake, First::Read).unwrap();
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
