//! A graphics driver that fails on command: the Vulkan layer of `tests/faulty_gpu`, built, and steered by files.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::process::Command;
use std::time::Duration;

use crate::common::Folder;

/// `VkResult`s.
pub const DEVICE_LOST: i32 = -4;
pub const OUT_OF_DEVICE_MEMORY: i32 = -2;
pub const SURFACE_LOST: i32 = -1_000_000_000;
pub const OUT_OF_DATE: i32 = -1_000_001_004;
pub const SUBOPTIMAL: i32 = 1_000_001_003;
pub const TIMEOUT: i32 = 2;

/// For ever, as far as a test goes.
pub const FOR_EVER: Duration = Duration::from_secs(3600);

/// What strikes a Vulkan call.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// The call, such as `vkQueueSubmit`.
    pub call: &'static str,
    /// What it answers; 0 if it is carried out.
    pub result: i32,
    /// How long it blocks before.
    pub blocks: Duration,
}

/// The call answers this.
pub const fn answers(call: &'static str, result: i32) -> Fault {
    Fault { call, result, blocks: Duration::ZERO }
}

/// The call blocks for so long, and is then carried out.
pub const fn blocks(call: &'static str, blocks: Duration) -> Fault {
    Fault { call, result: 0, blocks }
}

/// The layer, and the folder that steers it.
pub struct FaultyGpu {
    layer: Folder,
    faults: Folder,
}

impl FaultyGpu {
    /// Without a fault so far.
    pub fn new() -> Self {
        let (layer, faults) = (Folder::new(), Folder::new());
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faulty_gpu/layer.c");
        let library = layer.path().join("libfaulty_gpu.so");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", source, "-o"])
            .arg(&library)
            .status()
            .expect("cc is missing: apt install gcc libc6-dev");
        assert!(built.success(), "the layer does not compile");
        let manifest = format!(
            r#"{{"file_format_version": "1.0.0", "layer": {{"name": "VK_LAYER_CARMINE_faulty_gpu", "type": "GLOBAL",
            "library_path": "{}", "api_version": "1.3.0", "implementation_version": "1", "description": "Fails on command"}}}}"#,
            library.display()
        );
        layer.file("faulty_gpu.json", manifest.as_bytes());
        Self { layer, faults }
    }

    /// The app's driver is this one.
    pub fn drives(&self, app: &mut Command) {
        app.env("VK_LAYER_PATH", self.layer.path())
            .env("VK_INSTANCE_LAYERS", "VK_LAYER_CARMINE_faulty_gpu")
            .env("FAULTY_GPU", self.faults.path())
            // It must not change over to a driver without the layer.
            .env("WGPU_BACKEND", "vulkan");
    }

    /// A fault begins.
    pub fn begin(&self, fault: Fault) {
        let (being, path) = (self.faults.path().join("being-written"), self.faults.path().join(fault.call));
        std::fs::write(&being, format!("{} {}", fault.result, fault.blocks.as_millis())).unwrap();
        std::fs::rename(being, path).unwrap();
    }

    /// It ends.
    pub fn end(&self, fault: Fault) {
        let _ = std::fs::remove_file(self.faults.path().join(fault.call));
    }
}
