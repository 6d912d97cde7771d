//! A merchant's files: sound at first, and what a kiosk makes of them.
#![allow(dead_code, clippy::print_stdout, reason = "each test file uses a part of it; what it measured is printed")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::common::display::{PATIENCE, until};
use crate::common::keeper::{is_gone, signal};
use crate::common::kiosk::Kiosk;
use crate::common::{Folder, asset};

pub const ROSE: &str =
    "name = \"Rose\"\ncategory = \"lipstick\"\nshade = \"#a8485a\"\ncoverage = 0.8\nfinish = \"matte\"\n";
pub const SOFT: &str = "name = \"Soft\"\n[[layers]]\nproduct = \"rose\"\nmask = \"bow\"\n";
pub const BOW: &str = "chart = \"lips\"\n[[shapes]]\nkind = \"ellipse\"\ncentre = [0.5, 0.0]\nradii = [0.2, 0.5]\n";
pub const CARDS: &str =
    "[[lines]]\nid = \"own\"\nname = \"Own\"\nbrand = \"Own\"\ncategory = \"lipstick\"\nitems = [\"rose\"]\n";
/// A merchant's files, all sound.
pub struct Shop {
    folder: Folder,
}

impl Shop {
    pub fn new() -> Self {
        let shop = Self { folder: Folder::new() };
        for folder in ["conf", "state", "shop/products", "shop/looks", "shop/masks", "words/en", "photos", "models"] {
            std::fs::create_dir_all(shop.path(folder)).unwrap();
        }
        shop.write("conf/kiosk.toml", shop.settings().as_bytes());
        shop.write("shop/products/rose.toml", ROSE.as_bytes());
        shop.write("shop/looks/soft.toml", SOFT.as_bytes());
        shop.write("shop/masks/bow.toml", BOW.as_bytes());
        shop.write("shop/catalogue.toml", CARDS.as_bytes());
        shop.write("words/en/own.ftl", b"idle-spoken = Own words.\n");
        shop.write("photos/one.png", &std::fs::read(asset("stills/astronaut.png")).unwrap());
        for name in ["manifest.toml", "face_detector.onnx", "face_landmarks.onnx"] {
            let model = format!("{}/../models/{name}", env!("CARGO_MANIFEST_DIR"));
            std::fs::copy(model, shop.path("models").join(name)).unwrap();
        }
        shop
    }

    /// Nobody's hands make the kiosk speak soon, through a program that only the settings name, in the shop's words.
    pub fn settings(&self) -> String {
        let speech = format!("[\"sh\", \"-c\", \"cat >> {}\"]", self.spoken().display());
        let (catalogue, messages) = (self.path("shop"), self.path("words"));
        format!(
            "[idle]\nwarn_after_s = 5\nend_after_s = 5\n[catalogue]\npath = {catalogue:?}\n\
             [messages]\npath = {messages:?}\n[sound]\nspeech = {speech}\n"
        )
    }

    /// A file or folder of the shop.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the kiosk has spoken.
    pub fn spoken(&self) -> PathBuf {
        self.path("spoken")
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// A kiosk with them, once it shows its first screen.
    pub fn start(&self, state: &Path) -> Kiosk {
        let begun = Instant::now();
        let kiosk = Kiosk::start_from(&self.path("conf/kiosk.toml"), "none", |command| {
            command.arg("--fullscreen").arg("--state").arg(state);
            command.arg("--photos").arg(self.path("photos")).arg("--models").arg(self.path("models"));
        });
        kiosk.on("Attract", 1);
        println!("attract after {:.1} s", begun.elapsed().as_secs_f32());
        kiosk
    }

    /// Everything is broken, each file in another way.
    pub fn break_all(&self) {
        self.write("conf/kiosk.toml", b"");
        self.write("shop/products/rose.toml", &ROSE.as_bytes()[..30]);
        self.write("words/en/own.ftl", b"idle-spoken Own words.\n");
        let photo = std::fs::read(self.path("photos/one.png")).unwrap();
        self.write("photos/one.png", &photo[..photo.len() / 2]);
        let mut model = std::fs::read(self.path("models/face_landmarks.onnx")).unwrap();
        let middle = model.len() / 2;
        model[middle] ^= 4;
        self.write("models/face_landmarks.onnx", &model);
    }

    /// Lets the kiosk speak: through the keeper, with the settings' program and the messages' words.
    pub fn speaks(&self, kiosk: &Kiosk) -> String {
        let _ = std::fs::remove_file(self.spoken());
        let attract = kiosk.times_said("screen: Attract");
        kiosk.touch_to((540, 1000), "Consent", kiosk.times_said("screen: Consent") + 1);
        let (mut words, begun) = (String::new(), Instant::now());
        while words.is_empty() {
            assert!(begun.elapsed() < PATIENCE, "it does not speak: {:#?}", kiosk.said());
            std::thread::sleep(Duration::from_millis(100));
            words = std::fs::read_to_string(self.spoken()).unwrap_or_default();
        }
        kiosk.on("Attract", attract + 1);
        words
    }
}

/// Ends it as its user does.
pub fn end(kiosk: Kiosk) {
    signal(kiosk.pid(), "TERM");
    until("it to end", || is_gone(kiosk.pid()));
}
