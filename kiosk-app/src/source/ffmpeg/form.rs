//! In which form ffmpeg hands over a clip's frames: as they are where the engine takes them so, else as red, green and
//! blue, which ffmpeg makes of any layout, and with 16 bits where colours must still be converted.

use std::ffi::{OsStr, OsString};

use carmine::frame::YuvCoding;
use serde::{Deserialize, Serialize};

use super::said::FrameWords;
use crate::source::colour::Meaning;

/// What comes before the input's name.
const BEFORE: [&str; 8] =
    ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+info", "-protocol_whitelist", "file,pipe"];
/// The size that makes pixels square, without losing any: the shorter side of a pixel decides, and sides stay even for
/// the chroma. A frame of square pixels keeps its size, odd or not.
const SQUARE: &str = "w='if(eq(sar,1),iw,2*round(iw*min(max(sar,1),8)/2))':\
                      h='if(eq(sar,1),ih,2*round(ih*min(max(1/sar,1),8)/2))'";
/// How colours and sizes are converted: as exactly as ffmpeg can.
const EXACT: &str = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp";

/// A form of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Y4M: luma and chroma of 8 bits at half resolution.
    Planes,
    /// PPM of 8 bits.
    Rgb8,
    /// PAM of 8 bits with alpha, for what must be laid on paper.
    Rgba8,
    /// PPM of 16 bits.
    Rgb16,
}

impl Form {
    /// The form that keeps all that a frame has.
    pub fn of(frame: &FrameWords) -> Self {
        if !matches!(meaning(frame), Meaning::Srgb) {
            return Self::Rgb16;
        }
        if has_alpha(&frame.layout) {
            return Self::Rgba8;
        }
        let is_plain = frame.layout == "yuv420p" && frame.range != "pc" && coding(frame).is_some();
        if is_plain { Self::Planes } else { Self::Rgb8 }
    }
}

/// Whether a layout, by ffmpeg's name for it, has an alpha channel.
fn has_alpha(layout: &str) -> bool {
    let anywhere = ["rgba", "bgra", "argb", "abgr"];
    let first = ["yuva", "gbrap", "ya", "pal8"];
    anywhere.iter().any(|name| layout.contains(name)) || first.iter().any(|name| layout.starts_with(name))
}

/// How planes become colours; `None` for a matrix that the engine does not know. A clip that does not say is BT.601, as
/// ffmpeg takes it.
pub fn coding(frame: &FrameWords) -> Option<YuvCoding> {
    match frame.matrix.as_str() {
        "bt709" => Some(YuvCoding { bt709: true, full_range: false }),
        "" | "unknown" | "reserved" | "smpte170m" | "bt470bg" => Some(YuvCoding::default()),
        _ => None,
    }
}

/// What red, green and blue mean. Of curves only those of high dynamic range are looked at: all others are shown as
/// they are, as players do.
pub fn meaning(frame: &FrameWords) -> Meaning {
    // ITU-T H.273.
    let transfer = match frame.transfer.as_str() {
        "smpte2084" => 16,
        "arib-std-b67" => 18,
        _ => 13,
    };
    let primaries = match frame.primaries.as_str() {
        "bt2020" => 9,
        "smpte431" => 11,
        "smpte432" => 12,
        _ => 1,
    };
    if (primaries, transfer) == (1, 13) { Meaning::Srgb } else { Meaning::of_code_points(primaries, transfer) }
}

/// Program and arguments that decode a clip to this form on standard output; an ffmpeg before 5.1 is `old`. A still is
/// handed over as it is stored, since not every ffmpeg knows how stills are turned.
pub fn command(path: &OsStr, old: bool, form: Form, is_still: bool) -> Vec<OsString> {
    // "file:" keeps a name with a colon from being taken for an address, and the whitelist keeps a playlist inside the
    // file from reaching for the network.
    let mut input = OsString::from("file:");
    input.push(path);
    // What the frames are is said of them as they are decoded.
    let says = if old { "showinfo" } else { "showinfo=checksum=0" };
    let (pixels, out): (_, &[&str]) = match form {
        Form::Planes => ("yuv420p", &["-f", "yuv4mpegpipe"]),
        Form::Rgb8 => ("rgb24", &["-f", "image2pipe", "-c:v", "ppm"]),
        Form::Rgba8 => ("rgba", &["-f", "image2pipe", "-c:v", "pam"]),
        Form::Rgb16 => ("rgb48be", &["-f", "image2pipe", "-c:v", "ppm"]),
    };
    let filters = format!("{says},scale={SQUARE}:flags={EXACT},setsar=1,format={pixels}");
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    // A picture on a record's cover is no video: V leaves it out.
    let after = ["-map", "0:V:0", "-vf", &filters, if old { "-vsync" } else { "-fps_mode" }, "passthrough"];
    let turn: &[&str] = if is_still { &["-noautorotate", "-i"] } else { &["-i"] };
    [words(&BEFORE), words(turn), vec![input], words(&after), words(out), words(&["pipe:1"])].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(layout: &str, range: &str, matrix: &str, primaries: &str, transfer: &str) -> FrameWords {
        let [layout, range, matrix, primaries, transfer] =
            [layout, range, matrix, primaries, transfer].map(str::to_owned);
        FrameWords { layout, range, matrix, primaries, transfer }
    }

    #[test]
    fn only_what_the_engine_takes_comes_as_planes() {
        let of = |layout, range, matrix| Form::of(&frame(layout, range, matrix, "unknown", "unknown"));
        for (layout, range, matrix) in
            [("yuv420p", "tv", "bt709"), ("yuv420p", "unknown", "unknown"), ("yuv420p", "tv", "smpte170m")]
        {
            assert_eq!(of(layout, range, matrix), Form::Planes, "{layout} {range} {matrix}");
        }
        for (layout, range, matrix) in [
            ("yuvj420p", "pc", "bt470bg"),
            ("yuv420p", "pc", "bt709"),
            ("yuv420p", "tv", "bt2020nc"),
            ("yuv420p10le", "tv", "bt709"),
            ("yuv444p", "tv", "bt709"),
            ("gbrp", "pc", "gbr"),
            ("0bgr", "pc", "gbr"),
        ] {
            assert_eq!(of(layout, range, matrix), Form::Rgb8, "{layout} {range} {matrix}");
        }
        for (primaries, transfer) in
            [("bt2020", "arib-std-b67"), ("bt2020", "smpte2084"), ("bt2020", "bt2020-10"), ("smpte432", "bt709")]
        {
            assert_eq!(Form::of(&frame("yuv420p10le", "tv", "bt2020nc", primaries, transfer)), Form::Rgb16);
        }
        for layout in ["bgra", "rgba64be", "yuva420p", "yuva444p10le", "gbrap", "ya8", "pal8"] {
            assert_eq!(of(layout, "pc", "gbr"), Form::Rgba8, "{layout}");
        }
        assert_eq!(Form::of(&FrameWords::default()), Form::Rgb8, "nothing is known");
        assert_eq!(
            coding(&frame("yuv420p", "tv", "bt709", "", "")),
            Some(YuvCoding { bt709: true, full_range: false })
        );
    }
}
