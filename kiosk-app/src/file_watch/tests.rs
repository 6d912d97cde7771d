//! Files that never rest, and a drive that does not answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::limited_read::tests::Folder;

#[derive(Debug)]
struct Failed(String);

impl From<Unanswered> for Failed {
    fn from(late: Unanswered) -> Self {
        Self(format!("{}: {late}", late.path.display()))
    }
}

fn next<T: Send + 'static>(watch: &FileWatch<T, Failed>) -> Result<T, Failed> {
    let begun = Instant::now();
    loop {
        if let Some(result) = watch.take() {
            return result;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "nothing came");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_file_that_is_rewritten_all_the_time_is_read_nevertheless() {
    let folder = Folder::new("restless");
    let path = folder.0.join("file");
    std::fs::write(&path, "0").unwrap();
    let (files, place) = (vec![path.clone()], path.clone());
    let read = move || match std::fs::read_to_string(&place).unwrap_or_default() {
        text if text.starts_with("broken") => Err(Failed(text)),
        text => Ok(text),
    };
    let watch =
        FileWatch::start("restless", Duration::from_millis(20), move || files.clone(), read, || {}, First::Read)
            .unwrap();
    let (broken, over) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let writer = thread::spawn({
        let (path, broken, over) = (path.clone(), Arc::clone(&broken), Arc::clone(&over));
        move || {
            for round in 1_u64.. {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let start = if broken.load(Ordering::Relaxed) { "broken " } else { "" };
                let beside = path.with_extension("new");
                std::fs::write(&beside, format!("{start}{round}{}", " ".repeat(round as usize % 50))).unwrap();
                std::fs::rename(&beside, &path).unwrap();
                thread::sleep(Duration::from_millis(10));
            }
        }
    });
    assert!(next(&watch).unwrap().trim().parse::<u64>().unwrap() > 0);
    assert!(next(&watch).unwrap().trim().parse::<u64>().unwrap() > 0, "and again");
    // What is broken is told once, and what is sound again is taken up.
    broken.store(true, Ordering::Relaxed);
    let failed = loop {
        if let Err(Failed(text)) = next(&watch) {
            break text;
        }
    };
    assert!(failed.starts_with("broken"));
    let quiet = Instant::now();
    while quiet.elapsed() < 2 * RESTLESS_TIME + Duration::from_millis(500) {
        assert!(watch.take().is_none(), "it was told already");
        thread::sleep(Duration::from_millis(20));
    }
    broken.store(false, Ordering::Relaxed);
    assert!(next(&watch).is_ok());
    over.store(true, Ordering::Relaxed);
    writer.join().unwrap();
}

#[test]
fn a_drive_that_does_not_answer_is_told_once_and_read_again_when_it_does() {
    let hangs = Arc::new(AtomicBool::new(true));
    let hanging = Arc::clone(&hangs);
    let files = move || {
        crate::limited_read::note(std::path::Path::new("/shop/products"));
        while hanging.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(5));
        }
        vec![]
    };
    let watch =
        FileWatch::start("hung", Duration::from_millis(20), files, || Ok::<_, Failed>("read"), || {}, First::Unread)
            .unwrap();
    let Failed(why) = next(&watch).unwrap_err();
    assert!(why.starts_with("/shop/products: it does not answer (waited 3."), "{why}");
    thread::sleep(Duration::from_millis(300));
    assert!(watch.take().is_none(), "once");
    hangs.store(false, Ordering::Relaxed);
    assert_eq!(next(&watch).unwrap(), "read");
}
