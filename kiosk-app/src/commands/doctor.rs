//! `carmine doctor`: a report for technicians. Everything that is missing is reported with its remedy.

mod report;
mod scrub;
mod settings_lines;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use carmine::face::{FaceTracker, TrackerConfig};
use carmine::models::{ModelId, VerifiedModel};
use carmine::render::Renderer;
use wgpu::{Backends, DeviceType, Instance, InstanceDescriptor};

use crate::cli::DoctorArgs;
use crate::commands::displays;
use crate::confine::{Missing, probe};
use crate::error::AppError;
use crate::output;
use crate::source::ffmpeg;

/// What a missing lock means.
const MEND_LOCKS: &str =
    "the mirror runs without it and says so; [confinement] in the settings can require all of them";

/// A report that is built section by section; its first column marks what is good and what is missing.
#[derive(Default)]
struct Findings {
    text: String,
    lacking: usize,
}

impl Findings {
    fn section(&mut self, name: &str) {
        let _ = writeln!(self.text, "\n{name}");
    }

    fn good(&mut self, line: &str) {
        let _ = writeln!(self.text, "  ok       {line}");
    }

    fn note(&mut self, line: &str) {
        let _ = writeln!(self.text, "           {line}");
    }

    fn lacking(&mut self, line: &str, mend: &str) {
        self.lacking += 1;
        let _ = writeln!(self.text, "  LACKING  {line}\n           → {mend}");
    }
}

/// Prints what was found; with `--report` also what helps from afar, and saves it.
pub fn run(args: &DoctorArgs) -> Result<(), AppError> {
    let findings = findings();
    match &args.report {
        None => output::print(&findings),
        Some(file) => {
            let file = file.as_deref().unwrap_or(Path::new(REPORT));
            let (config, state) = (args.config.as_deref(), args.state.as_deref());
            report::run(&findings, &report::Report { file, yes: args.yes, config, state })?;
        }
    }
    Ok(())
}

/// The report's file where none is named.
const REPORT: &str = "carmine-report.txt";

fn findings() -> String {
    let mut report = Findings::default();
    versions(&mut report);
    models(&mut report);
    displays_and_windows(&mut report);
    cameras(&mut report);
    clips(&mut report);
    adapters(&mut report);
    locks(&mut report);
    let sum = match report.lacking {
        0 => "\nNothing is lacking.".to_owned(),
        1 => "\n1 thing is lacking (marked LACKING above).".to_owned(),
        n => format!("\n{n} things are lacking (marked LACKING above)."),
    };
    let _ = writeln!(report.text, "{sum}");
    report.text
}

fn versions(report: &mut Findings) {
    report.text.push_str("Carmine doctor\n");
    report.section("Versions");
    report.note(&format!("carmine {} (app and engine), wgpu 30", env!("CARGO_PKG_VERSION")));
    report.note(&format!("{}, {} {}", os_name(), std::env::consts::OS, std::env::consts::ARCH));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    report.note(&format!("{cores} processor cores"));
}

fn os_name() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let kernel = if kernel.is_empty() { String::new() } else { format!(", kernel {}", kernel.trim()) };
    format!("{}{kernel}", name.unwrap_or(std::env::consts::FAMILY).trim_matches('"'))
}

fn models(report: &mut Findings) {
    report.section("Models");
    for id in ModelId::ALL {
        match VerifiedModel::embedded(id) {
            Ok(model) => {
                let spec = model.spec();
                report.good(&format!("{}: {} bytes, sha256 {}", spec.file, spec.bytes, spec.sha256));
            }
            Err(error) => report.lacking(&error.to_string(), "this carmine file is damaged: install it again"),
        }
    }
    let started = std::time::Instant::now();
    match FaceTracker::new(TrackerConfig::default()) {
        Ok(_) => report.good(&format!("self-test on the golden face passed ({} ms)", started.elapsed().as_millis())),
        Err(error) => report.lacking(&error.to_string(), "install carmine again; if it stays, report this machine"),
    }
}

fn displays_and_windows(report: &mut Findings) {
    report.section("Displays");
    for name in ["DISPLAY", "WAYLAND_DISPLAY"] {
        let value = std::env::var(name).unwrap_or_else(|_| "not set".into());
        report.note(&format!("{name}: {value}"));
    }
    match displays::list() {
        Ok(displays) if displays.is_empty() => {
            report.lacking("the display server has no screen", "connect one, or start Xvfb for a virtual one");
        }
        Ok(displays) => displays.iter().for_each(|display| report.good(display)),
        Err(why) => report.lacking(
            &format!("no display: {why}"),
            "start a desktop session or Xvfb and set DISPLAY; `carmine render` and `track` need none",
        ),
    }
}

#[cfg(feature = "camera")]
fn cameras(report: &mut Findings) {
    report.section("Cameras");
    match crate::source::camera::list(Duration::from_secs(4)) {
        Ok(cameras) if cameras.is_empty() => report.lacking(
            "no camera found",
            "connect one; on Linux see that /dev/video* exists and that you are in the group video",
        ),
        Ok(cameras) => {
            for camera in cameras {
                let head = format!("--camera {}: {}", camera.index, camera.name);
                match camera.formats {
                    Ok(formats) => {
                        report.good(&head);
                        formats.iter().for_each(|format| report.note(&format!("  {format}")));
                    }
                    Err(why) => report.lacking(&format!("{head}: {why}"), "close the program that uses it"),
                }
            }
        }
        Err(why) => report.lacking(&why, "pull the camera out and in again"),
    }
}

#[cfg(not(feature = "camera"))]
fn cameras(report: &mut Findings) {
    report.section("Cameras");
    report.lacking("this carmine was built without cameras", "build it with the feature `camera`");
}

fn clips(report: &mut Findings) {
    report.section("Clips");
    report.good("motion-JPEG AVI, Y4M and folders of PNG or JPEG are read without help");
    match ffmpeg::version(Duration::from_secs(3)) {
        Some(version) => report.good(&format!("other clips through {version}")),
        None => report.lacking("ffmpeg is not installed, so MP4, MKV, WebM and GIF are not read", "apt install ffmpeg"),
    }
}

fn adapters(report: &mut Findings) {
    report.section("Graphics adapters");
    let instance = Instance::new(InstanceDescriptor::new_without_display_handle_from_env());
    let adapters = pollster::block_on(instance.enumerate_adapters(Backends::all()));
    if adapters.is_empty() {
        let mend = "install a graphics driver, or software rendering: apt install mesa-vulkan-drivers libgl1-mesa-dri";
        report.lacking("no graphics adapter, not even a software one", mend);
    }
    for adapter in &adapters {
        let (info, limits) = (adapter.get_info(), adapter.limits());
        let kind = match info.device_type {
            DeviceType::DiscreteGpu => "discrete GPU",
            DeviceType::IntegratedGpu => "integrated GPU",
            DeviceType::VirtualGpu => "virtual GPU",
            DeviceType::Cpu => "software",
            DeviceType::Other => "unknown kind",
        };
        let head = format!("{}: {} ({kind})", info.backend, info.name);
        if Renderer::required_limits().check_limits(&limits) {
            report.good(&head);
        } else {
            report.lacking(&format!("{head} is below what the renderer needs"), "use another adapter or driver");
        }
        report.note(&format!("  driver {} {}", info.driver, info.driver_info));
        report.note(&format!("  textures up to {} px", limits.max_texture_dimension_2d));
    }
    if !adapters.is_empty() && adapters.iter().all(|a| a.get_info().device_type == DeviceType::Cpu) {
        report.note("Only software rendering: everything works, but slowly.");
    }
}

/// Which locks the mirror would hold on this machine.
fn locks(report: &mut Findings) {
    report.section("Locks");
    let locks = probe::ask();
    for lock in locks.held {
        report.good(&format!("held against {}", lock.name()));
    }
    for Missing { lock, why } in locks.missing {
        report.lacking(&format!("against {}: {why}", lock.name()), MEND_LOCKS);
    }
}
