//! A process with the app's heap that breaks off while it holds a picture in several places: at its last moment nothing of
//! the picture is in the heap, whether it panics, panics while it panics, aborts or overflows its stack. A thread that
//! panics alone takes its picture with it.
//!
//! The process is this program itself, told by its environment to be it.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

mod common;

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use common::Folder;
use common::hold::Traced;
use common::memory::{Bars, Owner, WIDTH};
use image::RgbImage;

#[global_allocator]
static HEAP: carmine_heap::Heap = carmine_heap::Heap;

/// How the process is to break off, and the file of the picture that it holds.
const WAY: &str = "CARMINE_TEST_WAY";
const PICTURE: &str = "CARMINE_TEST_PICTURE";

#[test]
#[ignore = "the process that the other tests look at"]
fn the_process() {
    let (Ok(way), Ok(picture)) = (std::env::var(WAY), std::env::var(PICTURE)) else { return };
    carmine_heap::wipe_at_the_end();
    let held = image::open(picture).unwrap().to_rgb8();
    let alone = way == "thread";
    if !alone {
        // One that nobody drops any more, and one in the hands of a thread that goes on.
        std::mem::forget(held.clone());
        let other = held.clone();
        thread::spawn(move || {
            loop {
                black_box(&other);
                thread::sleep(Duration::from_millis(1));
            }
        });
    }
    println!("\nready");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    if alone {
        let broken = thread::spawn(move || -> () { panic!("on purpose, with {} bytes", held.len()) });
        assert!(broken.join().is_err());
        println!("\ngone");
        std::io::stdin().read_line(&mut String::new()).unwrap();
        return;
    }
    break_off(&way, held);
}

fn break_off(way: &str, held: RgbImage) {
    struct PanicsAgain;
    impl Drop for PanicsAgain {
        fn drop(&mut self) {
            panic!("once more");
        }
    }
    match way {
        "panic" => panic!("on purpose, with {} bytes", held.len()),
        "twice" => {
            let _again = PanicsAgain;
            panic!("on purpose, with {} bytes", held.len());
        }
        "abort" => std::process::abort(),
        "overflow" => println!("{}", overflow(u64::from(held.width()))),
        "exit" => std::process::exit(3),
        other => panic!("there is no way {other}"),
    }
}

fn overflow(depth: u64) -> u64 {
    let here = black_box([depth; 64]);
    if depth == 0 { 0 } else { overflow(black_box(depth + 1)) + here[depth as usize % 64] }
}

/// The process, which holds the picture.
struct Process {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
    bars: Bars,
    _folder: Folder,
}

impl Process {
    fn start(way: &str) -> Self {
        let (folder, bars) = (Folder::new(), Bars::new());
        let mut picture = RgbImage::from_pixel(WIDTH, WIDTH, image::Rgb([90, 92, 96]));
        bars.draw(&mut picture);
        let file = folder.path().join("picture.png");
        picture.save(&file).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_process", "--ignored", "--nocapture", "--test-threads=1"])
            .env(WAY, way)
            .env(PICTURE, &file)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let mut process = Self { child, said, bars, _folder: folder };
        process.wait_for("ready");
        assert_ne!(process.in_heap(), [], "{way}: else nothing can be lost");
        process
    }

    fn wait_for(&mut self, word: &str) {
        let mut line = String::new();
        while line.trim() != word {
            line.clear();
            assert_ne!(self.said.read_line(&mut line).unwrap(), 0, "it ended before it said {word}");
        }
    }

    fn go_on(&mut self) {
        self.child.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }

    fn in_heap(&self) -> Vec<(&'static str, usize)> {
        self.bars.search_of(self.child.id(), &[Owner::Heap])
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn however_it_breaks_off_nothing_is_left() {
    for way in ["panic", "twice", "abort", "overflow", "exit"] {
        let mut process = Process::start(way);
        let traced = Traced::process(process.child.id());
        process.go_on();
        let left = traced.at_its_end(|| process.in_heap());
        assert_eq!(left, [], "{way}");
    }
}

#[test]
fn a_thread_that_panics_leaves_nothing_while_the_process_goes_on() {
    let mut process = Process::start("thread");
    process.go_on();
    process.wait_for("gone");
    assert_eq!(process.in_heap(), []);
}
