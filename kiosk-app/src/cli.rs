//! The command line: what a newcomer reads with `--help`.

mod look;
mod service;

use std::path::PathBuf;

use carmine::face::Camera;
use clap::{Args, Parser, Subcommand};

pub use self::look::{DecodeArgs, EncodeArgs, LookCommand};
pub use self::service::{Purpose, ServiceCommand};
use crate::catalogue;
use crate::choices::{CameraChoice, LightChoice, Size};
use crate::logging::LogFormat;
use crate::state_folder;

const ABOUT: &str = "Try make-up on in a mirror, on a photo or on a clip. Works offline; nothing is stored or sent.";

const EXAMPLES: &str = "\
Examples:
  carmine                                           the mirror, with the first camera (or a demo clip)
  carmine --input me.jpg --look classic-red         a photo in the mirror's window
  carmine render me.jpg --look classic-red -o out.png
  carmine render me.jpg --sheet -o looks.png        every look side by side
  carmine track clip.mp4 -o clip.json
  carmine look decode 'https://example.com/look#1AQDJVK8uZDQ4'  a look that somebody took home
  carmine doctor                                    what this machine has and lacks

Exit codes: 0 ok, 1 the input can't be used, 2 wrong arguments, 72 locks are missing without which the settings let nothing\nrun ([confinement] required).";

const RENDER_EXAMPLES: &str = "\
Examples:
  carmine render me.jpg --look classic-red -o me-red.png
  carmine render clip.mp4 --look my-looks/soft.toml -o frames/
  carmine render me.jpg --split --look city-rose -o before-after.png
  carmine render me.jpg --sheet --look city-rose --look velvet-smoke -o two-looks.png
  carmine render me.jpg --sheet -o every-look.png
  carmine render mannequin:8:evening --frames 1 --look city-rose -o one-frame/";

/// Everything `carmine` was asked to do.
#[derive(Debug, Parser)]
#[command(name = "carmine", version, about = ABOUT, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// Which command; the kiosk if none.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The kiosk's options.
    #[command(flatten)]
    pub kiosk: KioskArgs,
}

impl Cli {
    /// Whether this process only keeps another that has the pictures.
    pub fn is_keeper(&self) -> bool {
        cfg!(target_os = "linux") && matches!(self.command, None | Some(Command::Kiosk(_)))
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the mirror: a window that shows the camera, or a file, with make-up on
    #[command(
        after_help = format!("Example:\n  carmine kiosk --camera auto --look city-rose --fullscreen\n\nKeys: F3 timings, F11 fullscreen, Esc quits (in a window).\n\n{}", catalogue::help())
    )]
    Kiosk(KioskArgs),
    /// The process with the window, which the kiosk starts by itself
    #[cfg(target_os = "linux")]
    #[command(hide = true)]
    Mirror(KioskArgs),
    /// Find faces in a photo or clip and write their 478 landmarks and pose as JSON
    #[command(
        after_help = "Example:\n  carmine track me.jpg -o me.json\n\nA photo gives every face in it, unsmoothed; a clip gives one face a frame, smoothed, or null.\nPoints are [x, y, z] in pixels of the picture; camera_from_face is in centimetres, row-major.\nOf a clip, times_s has each frame's time in seconds."
    )]
    Track(TrackArgs),
    /// Write a photo or clip with make-up on as PNG
    #[command(
        after_help = format!("{RENDER_EXAMPLES}\n\n{}", catalogue::help())
    )]
    Render(RenderArgs),
    /// Turn a look into the link that a shopper takes home, and a link back into a look
    #[command(subcommand)]
    Look(LookCommand),
    /// Tell what this machine has: graphics, cameras, displays, models, versions
    #[command(
        after_help = "Examples:\n  carmine doctor > report.txt\n  carmine doctor --report --config kiosk.toml\n\nWhat is lacking is marked, with how to mend it; the exit code stays 0."
    )]
    Doctor(DoctorArgs),
    /// A process of the kiosk's own, which it starts by itself
    #[command(subcommand, hide = true)]
    Service(ServiceCommand),
}

/// Options of `doctor`.
#[derive(Clone, Debug, Default, Args)]
pub struct DoctorArgs {
    /// Also show settings without secrets, restarts, faults and the log's last lines, and save all of it as FILE
    /// (carmine-report.txt if not given) once you have seen it and said yes. It holds no pictures, names of host or
    /// user, serial numbers, addresses or paths, so that it can be sent to whoever helps
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub report: Option<Option<PathBuf>>,
    /// Save the report without asking
    #[arg(long, requires = "report")]
    pub yes: bool,
    /// The kiosk's settings
    #[arg(long, value_name = "FILE", requires = "report")]
    pub config: Option<PathBuf>,
    /// The kiosk's state folder, if it is not the usual one
    #[arg(long, value_name = "DIR", requires = "report")]
    pub state: Option<PathBuf>,
}

/// Options of the mirror.
#[derive(Clone, Debug, Args)]
pub struct KioskArgs {
    /// The kiosk's settings (assets/kiosk.toml shows them all); options given here go before them
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The merchant's demo: begins on a model, with the merchant's panel, without time limits
    #[arg(long)]
    pub demo: bool,
    /// Camera to use: auto takes the first, N the one that `carmine doctor` lists so, none uses no camera, and a clip
    /// plays the camera's part
    #[arg(long, value_name = "auto|N|none|CLIP")]
    pub camera: Option<CameraChoice>,
    /// Show this photo, clip or folder of PNG/JPEG frames instead of a camera, or a mannequin of a skin tone from 1 to 10
    /// in a light (daylight, store, evening): mannequin:5, mannequin:5:evening
    #[arg(long, value_name = "FILE|DIR|mannequin:N")]
    pub input: Option<PathBuf>,
    /// The shop's own catalogue: a folder with products/, looks/, masks/ and catalogue.toml; changes are taken up live
    #[arg(long, value_name = "DIR")]
    pub catalogue: Option<PathBuf>,
    /// Photos of the shop's own models to try on, besides the bundled ones
    #[arg(long, value_name = "DIR")]
    pub photos: Option<PathBuf>,
    /// Look to start with: a bundled name, or a look file (.toml)
    #[arg(long, value_name = "NAME|FILE")]
    pub look: Option<String>,
    /// Show the make-up in another light than the room's
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "store|daylight|evening|off")]
    pub light: LightChoice,
    /// Window size in pixels
    #[arg(long, value_name = "WxH")]
    pub size: Option<Size>,
    /// Fill the screen; Esc then does not quit
    #[arg(long)]
    pub fullscreen: bool,
    /// Stop after this many shown frames
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub frames: Option<u64>,
    /// Print frame time and latency per stage: every five seconds, and as a table at the end
    #[arg(long)]
    pub stats: bool,
    /// Folder with other face models: a manifest.toml with their hashes and shapes, and the files it names
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// Where to keep compiled shaders, the last good settings and catalogue, and counters of restarts; nothing about a
    /// person. $STATE_DIRECTORY, or carmine in $XDG_STATE_HOME or ~/.local/state, if not given
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Keep nothing: the state folder does not answer
    #[arg(long, hide = true)]
    pub without_state: bool,
    /// How log lines are written; $CARMINE_LOG_FORMAT, or plain, if not given. $RUST_LOG decides which ones
    #[arg(long, value_enum, value_name = "plain|json", hide_possible_values = true)]
    pub log_format: Option<LogFormat>,
    /// Only models to try on, no camera: how the kiosk starts by itself after it has failed several times
    #[arg(long)]
    pub safe_mode: bool,
    /// Put a fresh mirror in the place of one that has served this many sessions, while nobody is there; 0: never
    #[arg(long, value_name = "SESSIONS", default_value_t = 200)]
    pub restart_after: u32,
}

impl KioskArgs {
    /// Where the kiosk keeps what must outlast it, if anywhere.
    pub fn state_folder(&self) -> Option<PathBuf> {
        if self.without_state { None } else { state_folder::find(self.state.as_deref()) }
    }
}

/// Options of `track`.
#[derive(Clone, Debug, Args)]
pub struct TrackArgs {
    /// Photo (PNG, JPEG, WebP, HEIC), clip, folder of frames, or mannequin:1 to mannequin:10 with --frames
    #[arg(value_name = "INPUT")]
    pub input: PathBuf,
    /// Where the JSON goes; standard output if not given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Stop after this many frames of a clip
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub frames: Option<u64>,
    /// Vertical field of view of the camera, in degrees from 10 to 150: how far away a face seems depends on it
    #[arg(long, value_name = "DEGREES", default_value = "63", value_parser = camera_of)]
    pub fov: Camera,
    /// Folder with other face models: a manifest.toml with their hashes and shapes, and the files it names
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
}

/// Options of `render`.
#[derive(Clone, Debug, Args)]
pub struct RenderArgs {
    /// Photo (PNG, JPEG, WebP, HEIC), clip, folder of frames, or mannequin:1 to mannequin:10 with --frames
    #[arg(value_name = "INPUT")]
    pub input: PathBuf,
    /// What to wear: a bundled name, or a look file (.toml); with --sheet any number of them
    #[arg(long = "look", value_name = "NAME|FILE", required_unless_present = "sheet")]
    pub looks: Vec<String>,
    /// Put the bare face and several looks side by side into one labelled picture: the looks given, or every bundled one
    #[arg(long, conflicts_with_all = ["split", "frames"])]
    pub sheet: bool,
    /// On a sheet, show the whole picture and not only the face
    #[arg(long, requires = "sheet")]
    pub whole: bool,
    /// Put the look only on the picture's right, from the middle of the face on: before and after in one
    #[arg(long)]
    pub split: bool,
    /// Show the make-up in another light than the room's
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, value_name = "store|daylight|evening|off")]
    pub light: LightChoice,
    /// A .png file for a photo, or a folder that is there; a folder for a clip or a folder of frames
    #[arg(short, long, value_name = "OUT.png|OUT_DIR")]
    pub output: PathBuf,
    /// In a folder, let files that are there give way to results of the same name; without this none is overwritten
    #[arg(long)]
    pub overwrite: bool,
    /// Scale the result to fit into this many pixels; the input's own size if not given
    #[arg(long, value_name = "WxH")]
    pub size: Option<Size>,
    /// Write a picture in which no face is found as it is; without this it is an error
    #[arg(long)]
    pub allow_no_face: bool,
    /// Stop after this many frames of a clip
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub frames: Option<u64>,
    /// Vertical field of view of the camera, in degrees from 10 to 150: how far away a face seems depends on it
    #[arg(long, value_name = "DEGREES", default_value = "63", value_parser = camera_of)]
    pub fov: Camera,
    /// Folder with other face models: a manifest.toml with their hashes and shapes, and the files it names
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
}

/// A camera with this vertical field of view.
fn camera_of(degrees: &str) -> Result<Camera, String> {
    let camera = degrees.parse().ok().map(Camera::with_vertical_fov_deg);
    camera.filter(|camera| camera.check().is_ok()).ok_or_else(|| "give degrees from 10 to 150, such as 55".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn fields_of_view() {
        let fov = |arguments: &[&str]| match Cli::try_parse_from(arguments) {
            Ok(Cli { command: Some(Command::Track(track)), .. }) => Ok(track.fov),
            Ok(_) => panic!("not a track command"),
            Err(error) => Err(error.to_string()),
        };
        assert_eq!(fov(&["carmine", "track", "me.jpg"]), Ok(Camera::default()));
        let wide = Camera::with_vertical_fov_deg(90.0);
        assert_eq!(fov(&["carmine", "track", "me.jpg", "--fov", "90"]), Ok(wide));
        for bad in ["0", "180", "-5", "nan", "wide", ""] {
            assert!(
                fov(&["carmine", "track", "me.jpg", &format!("--fov={bad}")]).is_err_and(|e| e.contains("10 to 150"))
            );
        }
    }
}
