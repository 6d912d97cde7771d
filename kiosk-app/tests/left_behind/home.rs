//! A shopper who takes everything along: she wears a lipstick, has her skin read, prints her page with her picture and has
//! a photo offered. While she is there all of it is found by the searches; when she is gone none of it is: neither what was
//! read of her face, nor her look, nor a program that holds her picture, nor a file.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::common::display::until;
use crate::common::hold::Traced;
use crate::common::keeper::{is_gone, next_mirror};
use crate::common::memory::{self, Owner, each_piece};
use crate::common::{Folder, pictures, process};
use crate::readings::Readings;
use crate::shop::{Shop, send};

/// What she wears, as the catalogue calls it.
const PRODUCT: &[u8] = b"Vivid Fuchsia";
/// How every link of a look begins: what follows is hers.
const LINK: &[u8] = b"look.example/#1";
/// A page may take this long to be printed, and ends then.
const PRINTING: Duration = Duration::from_secs(20);
/// For the system to end a process, and to search its memory.
const SLACK: Duration = Duration::from_secs(10);
const EVERYWHERE: [Owner; 2] = [Owner::Heap, Owner::Other];

/// Folders of the kiosk's own: all that it is given to write to.
struct Places(Folder);

impl Places {
    const NAMES: [&str; 6] = ["state", "tmp", "home", "cache", "data", "runtime"];

    fn new() -> Self {
        let folder = Folder::new();
        for name in Self::NAMES {
            let place = folder.path().join(name);
            std::fs::create_dir(&place).unwrap();
            std::fs::set_permissions(&place, PermissionsExt::from_mode(0o700)).unwrap();
        }
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn printed(&self) -> PathBuf {
        self.0.path().join("printed.png")
    }

    /// A shop with them, whose printer takes a page at once and never has enough.
    fn open_shop(&self) -> Shop {
        let printer = format!("cat > '{}'; exec sleep 600", self.printed().display());
        let settings =
            format!("[photo]\naddress = \"127.0.0.1\"\n[print]\ncommand = [\"sh\", \"-c\", \"{printer}\"]\n");
        Shop::open_with(false, &settings, |command| {
            command.arg("--state").arg(self.at("state"));
            for (key, name) in [
                ("TMPDIR", "tmp"),
                ("HOME", "home"),
                ("XDG_CACHE_HOME", "cache"),
                ("XDG_DATA_HOME", "data"),
                ("XDG_RUNTIME_DIR", "runtime"),
            ] {
                command.env(key, self.at(name));
            }
        })
    }

    /// Files in which she can be seen: the camera's bars in any form, or any encoded picture at all.
    fn with_her(&self, shop: &Shop) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = Self::NAMES.iter().flat_map(|name| pictures::files(&self.at(name))).collect();
        files.extend(pictures::files(shop.kiosk.folder.path()));
        assert!(
            files.iter().any(|file| file.starts_with(self.at("state"))),
            "nothing was written, so this says nothing"
        );
        // What the system shares between programs: by the bars alone, since other tests leave pictures there.
        let mut shared = pictures::files(Path::new("/dev/shm"));
        shared.retain(|file| std::fs::metadata(file).is_ok_and(|file| file.len() < 64 << 20));
        let bytes = |file: &PathBuf| std::fs::read(file).unwrap_or_default();
        files.retain(|file| shop.bars.are_among(&bytes(file)) || !pictures::among(&bytes(file)).is_empty());
        shared.retain(|file| shop.bars.are_among(&bytes(file)));
        files.extend(shared);
        files
    }
}

/// The shop's programs of one kind.
fn programs(shop: &Shop, word: &str) -> Vec<u32> {
    let children = process::children(shop.kiosk.pid()).into_iter();
    children.filter(|pid| process::arguments(*pid).iter().any(|argument| argument.contains(word))).collect()
}

/// Encoded pictures in the heap of one of the kiosk's own processes.
fn pictures_in(pid: u32) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    each_piece(pid, |piece, owner| {
        if owner == Owner::Heap {
            found.extend(pictures::among(piece));
        }
    });
    found
}

#[test]
fn what_she_takes_along_is_gone_with_her() {
    let places = Places::new();
    let shop = places.open_shop();
    let readings = Readings::of(&shop.picture);
    let named = || memory::count(shop.mirror, PRODUCT);
    let in_catalogue = named();
    assert_eq!(readings.search(shop.mirror, &EVERYWHERE), [], "her face, before she came");

    let Taken { photo, printer, page, .. } = takes_along(&shop);
    let found = readings.search(shop.mirror, &EVERYWHERE);
    println!("while she is there: {found:?}");
    assert_eq!(found.len(), Readings::KINDS.len(), "else nothing can be lost: {found:?}");
    assert!(named() > in_catalogue, "she wears it");
    assert!(memory::count(shop.mirror, LINK) > 0);
    assert!(!pictures_in(photo).is_empty(), "the photo waits to be fetched");

    shop.kiosk.touch_to((540, 1830), "Attract", 2);
    let left_at = Instant::now();
    until("the photo's server to be gone", || is_gone(photo) && programs(&shop, "photo").is_empty());
    shop.until_wiped(1);
    let wiped_at = Instant::now();
    let mut found = readings.search(shop.mirror, &EVERYWHERE);
    while !found.is_empty() && wiped_at.elapsed() < SLACK {
        found = readings.search(shop.mirror, &EVERYWHERE);
    }
    assert_eq!(found, [], "of what was read of her face");
    assert_eq!(memory::count(shop.mirror, LINK), 0, "of her look");
    assert!(named() <= in_catalogue, "of what she wore, beyond the catalogue itself");

    until("the last program to be gone", || process::children(shop.kiosk.pid()) == [shop.mirror]);
    assert!(is_gone(printer), "it would have gone on for ten minutes");
    println!("all programs were gone, and searched for, after {:?}", left_at.elapsed());
    assert_eq!(places.with_her(&shop), Vec::<PathBuf>::new());
    is_found_where_it_is(&places, &shop, &page);
}

#[test]
fn programs_that_break_off_leave_nothing_and_end_after_the_mirror() {
    let places = Places::new();
    let shop = places.open_shop();
    let Taken { photo, printer, at, .. } = takes_along(&shop);
    let traced = Traced::process(photo);
    send(photo, Signal::SIGABRT);
    assert_eq!(traced.at_its_end(|| pictures_in(photo)), [], "in the heap of the photo's server");

    send(shop.mirror, Signal::SIGKILL);
    let died_at = Instant::now();
    assert!(!is_gone(printer) || at.elapsed() > PRINTING - SLACK, "her page goes on");
    until("the page's end", || is_gone(printer));
    println!("the printer was gone {:?} after the mirror", died_at.elapsed());
    let next = next_mirror(&shop.kiosk, &[shop.mirror]);
    until("all that was asked for to be reaped", || process::children(shop.kiosk.pid()) == [next]);
    assert_eq!(places.with_her(&shop), Vec::<PathBuf>::new());
}

/// What she takes along: the processes that have it, her page, and when it was handed over.
struct Taken {
    photo: u32,
    printer: u32,
    page: Vec<u8>,
    at: Instant,
}

/// From the attract screen to everything that can be taken along.
fn takes_along(shop: &Shop) -> Taken {
    let kiosk = &shop.kiosk;
    shop.mirror(1);
    // Lips, and the third lipstick.
    kiosk.touch(248, 1210);
    std::thread::sleep(Duration::from_secs(3));
    kiosk.touch(567, 1515);
    std::thread::sleep(Duration::from_secs(1));
    kiosk.touch_to((380, 1852), "Shade", 1);
    kiosk.touch(540, 1715);
    // A photo as camera is looked at for six seconds.
    std::thread::sleep(Duration::from_secs(8));
    kiosk.touch_to((67, 67), "Mirror", 2);
    kiosk.touch_to((890, 1852), "TakeHome", 1);
    until("the photo to be offered", || {
        if let Some(photo) = programs(shop, "photo").first() {
            return !pictures_in(*photo).is_empty();
        }
        // Add my photo; offer my photo.
        kiosk.touch(862, 1607);
        std::thread::sleep(Duration::from_millis(1500));
        kiosk.touch(790, 1607);
        std::thread::sleep(Duration::from_millis(1500));
        false
    });
    let photo = programs(shop, "photo")[0];
    until("the page to be printed", || {
        kiosk.touch(790, 1727);
        std::thread::sleep(Duration::from_secs(2));
        !programs(shop, "sleep").is_empty()
    });
    let printer = programs(shop, "sleep")[0];
    let page = std::fs::read(format!("/proc/{printer}/fd/0")).unwrap();
    assert!(!pictures::among(&page).is_empty(), "the page is in the printer's hands");
    Taken { photo, printer, page, at: Instant::now() }
}

/// The search of the files finds her wherever she is put.
fn is_found_where_it_is(places: &Places, shop: &Shop, page: &[u8]) {
    let rows: Vec<u8> = shop.picture.as_raw().iter().map(|byte| byte / 2 + 60).collect();
    std::fs::write(places.at("cache").join("rows"), rows).unwrap();
    std::fs::write(places.at("tmp").join("page"), [b"a header", page].concat()).unwrap();
    shop.picture.save_with_format(places.at("runtime").join("jpeg"), image::ImageFormat::Jpeg).unwrap();
    let found = places.with_her(shop);
    assert_eq!(found.len(), 3, "{found:?}");
}
