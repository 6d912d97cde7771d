//! What is in the memory of another process: searched for bytes, and for a picture of bars in whatever form it lies there.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use image::{Rgb, RgbImage};

const PAGE: u64 = 4096;

/// Whose a piece of memory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The app's heap.
    Heap,
    /// Stacks, and what C libraries have, such as a graphics driver in software.
    Other,
}

/// Starts of the areas that are left out of dumps, which only the app asks for: its heap.
fn heaps(pid: u32) -> Vec<u64> {
    let smaps = std::fs::read_to_string(format!("/proc/{pid}/smaps")).unwrap_or_default();
    let (mut start, mut found) = (0, Vec::new());
    for line in smaps.lines() {
        if let Some(flags) = line.strip_prefix("VmFlags:") {
            if flags.split_whitespace().any(|flag| flag == "dd") {
                found.push(start);
            }
        } else if let Some((from, _)) = line.split_once('-') {
            start = u64::from_str_radix(from, 16).unwrap_or(start);
        }
    }
    found
}

/// Shows every piece of writable memory of the process, as far as there are pages behind it that are not all zero.
pub fn each_piece(pid: u32, mut see: impl FnMut(&[u8], Owner)) {
    let heaps = heaps(pid);
    let open = |name: &str| File::open(format!("/proc/{pid}/{name}"));
    let (Ok(maps), Ok(mut memory), Ok(mut pages)) =
        (std::fs::read_to_string(format!("/proc/{pid}/maps")), open("mem"), open("pagemap"))
    else {
        return;
    };
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next().unwrap(), words.next().unwrap());
        if !rights.starts_with("rw") || line.contains("[vvar") {
            continue;
        }
        let (start, end) = range.split_once('-').unwrap();
        let [start, end] = [start, end].map(|text| u64::from_str_radix(text, 16).unwrap());
        let mut entries = vec![0; ((end - start) / PAGE * 8) as usize];
        if pages.seek(SeekFrom::Start(start / PAGE * 8)).is_err() || pages.read_exact(&mut entries).is_err() {
            continue;
        }
        // Bit 63: in memory; bit 62: in swap.
        let is_there: Vec<bool> = entries.chunks_exact(8).map(|entry| entry[7] & 0xC0 != 0).collect();
        let owner = if heaps.contains(&start) { Owner::Heap } else { Owner::Other };
        let mut at = 0;
        while at < is_there.len() {
            let run = is_there[at..].iter().take_while(|there| **there).count();
            let mut bytes = vec![0; run * PAGE as usize];
            // What is mapped away meanwhile is not there any more.
            if run > 0
                && memory.seek(SeekFrom::Start(start + at as u64 * PAGE)).is_ok()
                && memory.read_exact(&mut bytes).is_ok()
            {
                each_filled(&bytes, |piece| see(piece, owner));
            }
            at += run.max(1);
        }
    }
}

/// Cuts at pages of zeros, of which a heap that zeroes what is freed has many.
fn each_filled(bytes: &[u8], mut see: impl FnMut(&[u8])) {
    const ZEROS: [u8; PAGE as usize] = [0; PAGE as usize];
    let mut start = 0;
    for end in (0..=bytes.len()).step_by(ZEROS.len()) {
        let is_gap = bytes[end..].is_empty() || bytes[end..].starts_with(&ZEROS);
        if is_gap && start < end {
            see(&bytes[start..end]);
        }
        if is_gap {
            start = end + ZEROS.len();
        }
    }
}

/// How often these bytes are in its memory.
pub fn count(pid: u32, what: &[u8]) -> usize {
    let mut found = 0;
    each_piece(pid, |piece, _| {
        let mut rest = piece;
        while let Some(at) = rest.iter().position(|byte| *byte == what[0]) {
            rest = &rest[at..];
            found += usize::from(rest.starts_with(what));
            rest = &rest[1..];
        }
    });
    found
}

/// Upright bars over the whole width of a picture, dark and bright in an order that occurs nowhere else.
#[derive(Clone, Debug)]
pub struct Bars(Vec<bool>);

const BARS: u32 = 32;
/// Width of the picture that carries them.
pub const WIDTH: u32 = 640;

/// A form in which a row of the bars may lie in memory.
#[derive(Clone, Copy, Debug)]
struct Form {
    name: &'static str,
    kind: Kind,
    /// Elements from one pixel to the next.
    step: usize,
    /// Width of a bar in pixels: 20 as the camera sent it.
    bar_px: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    U8,
    F16,
    F32,
}

const fn form(name: &'static str, kind: Kind, step: usize, bar_px: usize) -> Form {
    Form { name, kind, step, bar_px }
}

/// Exact, halved (chroma, previews), and as the detector's input of 128 pixels.
const FORMS: [Form; 14] = [
    form("RGBA", Kind::U8, 4, 20),
    form("RGB", Kind::U8, 3, 20),
    form("YUYV", Kind::U8, 2, 20),
    form("plane", Kind::U8, 1, 20),
    form("half RGBA", Kind::U8, 4, 10),
    form("half plane", Kind::U8, 1, 10),
    form("detector RGBA", Kind::U8, 4, 4),
    form("detector RGB", Kind::U8, 3, 4),
    form("detector plane", Kind::U8, 1, 4),
    form("f16 RGBA", Kind::F16, 4, 20),
    form("f32 RGB", Kind::F32, 3, 20),
    form("f32 plane", Kind::F32, 1, 20),
    form("detector f32 RGB", Kind::F32, 3, 4),
    form("detector f32 plane", Kind::F32, 1, 4),
];

impl Bars {
    /// New ones for each call.
    pub fn new() -> Self {
        let mut state = u64::from(std::process::id()) ^ 0x9E37_79B9_7F4A_7C15;
        let bars = (0..BARS).map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state >> 40 & 1 == 1
        });
        let mut bars: Vec<bool> = bars.collect();
        // The first pair sorts out most places at once.
        (bars[0], bars[1]) = (false, true);
        Self(bars)
    }

    /// Draws them over the lowest tenth of a picture of 640 pixels' width.
    pub fn draw(&self, picture: &mut RgbImage) {
        assert_eq!(picture.width(), WIDTH);
        let (height, bar_px) = (picture.height(), WIDTH / BARS);
        for y in height - height / 10..height {
            for x in 0..WIDTH {
                let value = if self.0[(x / bar_px) as usize] { 235 } else { 20 };
                picture.put_pixel(x, y, Rgb([value; 3]));
            }
        }
    }

    /// Names of the forms in which they are in the process's memory, each with how often.
    pub fn search(&self, pid: u32) -> Vec<(&'static str, usize)> {
        self.search_of(pid, &[Owner::Heap, Owner::Other])
    }

    /// The same in the memory of these owners.
    pub fn search_of(&self, pid: u32, owners: &[Owner]) -> Vec<(&'static str, usize)> {
        let mut found = vec![0; FORMS.len()];
        each_piece(pid, |piece, owner| {
            if !owners.contains(&owner) {
                return;
            }
            for (form, found) in FORMS.iter().zip(&mut found) {
                *found += self.count(piece, *form);
            }
        });
        FORMS.iter().zip(found).filter(|(_, found)| *found > 0).map(|(form, found)| (form.name, found)).collect()
    }

    /// Whether they are among these bytes, in any form.
    pub fn are_among(&self, bytes: &[u8]) -> bool {
        FORMS.iter().any(|form| self.count(bytes, *form) > 0)
    }

    fn count(&self, piece: &[u8], form: Form) -> usize {
        let size = match form.kind {
            Kind::U8 => 1,
            Kind::F16 => 2,
            Kind::F32 => 4,
        };
        let bar = form.bar_px * form.step * size;
        let length = self.0.len() * bar;
        if piece.len() < length {
            return 0;
        }
        let (low, high) = (bar / 2 / size * size, bar + bar / 2 / size * size);
        // Bars are compared in their middle, so a quarter of one beside its start is near enough.
        let stride = (form.bar_px / 4 * form.step).max(1) * size;
        let (mut found, mut at, last) = (0, 0, piece.len() - length);
        while at <= last {
            // Bytes that differ between a dark and a bright bar: for floats, the one with the sign and exponent.
            let (dark, bright) = (piece[at + low + size - 1], piece[at + high + size - 1]);
            if dark != bright
                && (size > 1 || bright.saturating_sub(dark) > 90)
                && self.is_at(&piece[at..], form.kind, bar, low)
            {
                found += 1;
                at += length;
            } else {
                at += stride;
            }
        }
        found
    }

    /// Whether the bars begin here: all bright ones are alike, all dark ones, and far from each other.
    fn is_at(&self, bytes: &[u8], kind: Kind, bar: usize, middle: usize) -> bool {
        let value = |index: usize| {
            let at = index * bar + middle;
            match kind {
                Kind::U8 => f32::from(bytes[at]) / 255.0,
                Kind::F16 => half(u16::from_le_bytes([bytes[at], bytes[at + 1]])),
                Kind::F32 => f32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]),
            }
        };
        let (dark, bright) = (value(0), value(1));
        let range = bright - dark;
        let near = |is_bright: bool, value: f32| (value - if is_bright { bright } else { dark }).abs() < 0.25 * range;
        range.is_finite()
            && range > 0.3
            && range < 300.0
            && self.0.iter().enumerate().all(|(index, is_bright)| near(*is_bright, value(index)))
    }
}

/// A half-precision number; the subnormal ones count as zero.
fn half(bits: u16) -> f32 {
    let (sign, exponent, fraction) = (bits >> 15, bits >> 10 & 31, bits & 1023);
    if exponent == 0 {
        return 0.0;
    }
    f32::from_bits(u32::from(sign) << 31 | (u32::from(exponent) + 112) << 23 | u32::from(fraction) << 13)
}
