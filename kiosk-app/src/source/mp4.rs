//! H.264 in MP4 without an installed ffmpeg (feature `mp4`).
//!
//! In: a file. Out: pictures in the order in which they are shown.
//! 1. The container is read by `re_mp4`: where each encoded frame lies, and when each picture is shown.
//! 2. Each frame becomes a stream of Annex B (ITU-T H.264): lengths become start codes, parameter sets come first.
//! 3. OpenH264 decodes it and puts frames into showing order; what it still holds at the end is flushed.

use std::collections::VecDeque;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use carmine::frame::{PixelFormat, YuvCoding};
use openh264::OpenH264API;
use openh264::decoder::{DecodedYUV, Decoder, DecoderConfig, Flush};
use openh264::formats::YUVSource;
use re_mp4::{StsdBoxContent, TrackKind};

use super::motion_jpeg::ReadSeek;
use super::{FRAME_RATES, FrameSource, Picture, SourceError, SourceInfo, sps};
use crate::limited_read::open_regular;

/// Largest encoded frame accepted.
const MAX_SAMPLE_BYTES: u64 = 64 << 20;

/// Where an encoded frame lies in the file.
#[derive(Clone, Copy)]
struct SampleBytes {
    offset: u64,
    length: u64,
}

/// An open MP4 clip.
pub struct Mp4 {
    path: PathBuf,
    bytes: Box<dyn ReadSeek>,
    /// Where each encoded frame lies, in decoding order.
    samples: Vec<SampleBytes>,
    /// When each picture is shown, in showing order: with B-frames another order than the samples'.
    times: Vec<Duration>,
    /// Parameter sets as an Annex B stream.
    headers: Vec<u8>,
    /// Bytes of a unit's length in the file.
    length_bytes: usize,
    info: SourceInfo,
    /// The stream's own tag; untagged clips are BT.601 in limited range, as ffmpeg takes them.
    yuv: YuvCoding,
    decoder: Decoder,
    next: usize,
    shown: usize,
    /// What the decoder still held when the file ended.
    held: VecDeque<Picture>,
    flushed: bool,
    encoded: Vec<u8>,
    stream: Vec<u8>,
}

impl Mp4 {
    /// Opens the first H.264 track. Other codecs are an error.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let file = open_regular(path).map_err(|error| SourceError::Read { path: path.into(), error })?;
        Self::read(path, Box::new(BufReader::new(file)))
    }

    /// Reads a clip from memory; `name` is for messages.
    pub fn from_bytes(name: &str, bytes: impl AsRef<[u8]> + Send + 'static) -> Result<Self, SourceError> {
        Self::read(Path::new(name), Box::new(Cursor::new(bytes)))
    }

    fn read(path: &Path, mut bytes: Box<dyn ReadSeek>) -> Result<Self, SourceError> {
        let read = |error| SourceError::Read { path: path.into(), error };
        let damaged = |why: String| SourceError::damaged(path, why);
        let length = bytes.seek(SeekFrom::End(0)).map_err(read)?;
        bytes.rewind().map_err(read)?;
        let mp4 = re_mp4::Mp4::read(&mut bytes, length).map_err(|error| damaged(error.to_string()))?;
        let track = mp4.tracks().values().find(|track| track.kind == Some(TrackKind::Video));
        let track = track.ok_or_else(|| SourceError::NoPicture { path: path.into() })?;
        let StsdBoxContent::Avc1(avc) = &track.trak(&mp4).mdia.minf.stbl.stsd.contents else {
            return Err(damaged("its video is not H.264".into()));
        };
        let (width, height) = SourceError::check_size(path, track.width.into(), track.height.into())?;
        let sets = avc.avcc.sequence_parameter_sets.iter().chain(&avc.avcc.picture_parameter_sets);
        let yuv = avc.avcc.sequence_parameter_sets.first().and_then(|set| sps::coding(&set.bytes)).unwrap_or_default();
        let headers = sets.flat_map(|set| [&[0, 0, 0, 1], &set.bytes[..]].concat()).collect();
        let length_bytes = usize::from(avc.avcc.length_size_minus_one & 3) + 1;
        let samples: Vec<_> =
            track.samples.iter().map(|sample| SampleBytes { offset: sample.offset, length: sample.size }).collect();
        let scale = track.timescale.max(1) as f64;
        let seconds = |sample: &re_mp4::Sample| sample.composition_timestamp as f64 / scale;
        let mut times: Vec<_> =
            track.samples.iter().map(|s| Duration::try_from_secs_f64(seconds(s)).unwrap_or_default()).collect();
        times.sort_unstable();
        let span = times.last().map_or(0.0, Duration::as_secs_f64);
        let fps = if span > 0.0 { (times.len() - 1) as f64 / span } else { 30.0 };
        if samples.is_empty() || width % 2 == 1 || height % 2 == 1 || !FRAME_RATES.contains(&fps) {
            return Err(damaged("its frames have an odd size, a strange rate, or there are none".into()));
        }
        let info = SourceInfo { width, height, fps: Some(fps), frames: Some(samples.len()) };
        let mut clip = Self {
            path: path.into(),
            bytes,
            samples,
            times,
            headers,
            length_bytes,
            info,
            yuv,
            decoder: new_decoder(path)?,
            next: 0,
            shown: 0,
            held: VecDeque::new(),
            flushed: false,
            encoded: Vec::new(),
            stream: Vec::new(),
        };
        // Profiles that the decoder lacks (10 bits, 4:4:4) show at the first frame: then ffmpeg can be tried.
        clip.next_frame(&mut Picture::default())?;
        clip.rewind()?;
        Ok(clip)
    }

    fn read_sample(&mut self, SampleBytes { offset, length }: SampleBytes) -> Result<(), SourceError> {
        let read = |error| SourceError::Read { path: self.path.clone(), error };
        if length > MAX_SAMPLE_BYTES {
            return Err(SourceError::damaged(&self.path, "a frame claims more than 64 MiB"));
        }
        self.encoded.resize(length as usize, 0);
        self.bytes.seek(SeekFrom::Start(offset)).map_err(read)?;
        self.bytes.read_exact(&mut self.encoded).map_err(read)
    }

    /// Lengths become start codes; the parameter sets come before the first frame.
    fn convert_to_annex_b(&mut self, first: bool) {
        self.stream.clear();
        if first {
            self.stream.extend_from_slice(&self.headers);
        }
        let mut rest = &self.encoded[..];
        while rest.len() > self.length_bytes {
            let (length, units) = rest.split_at(self.length_bytes);
            let length = length.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
            let (unit, after) = units.split_at(length.min(units.len()));
            self.stream.extend_from_slice(&[0, 0, 0, 1]);
            self.stream.extend_from_slice(unit);
            rest = after;
        }
    }
}

fn new_decoder(path: &Path) -> Result<Decoder, SourceError> {
    // Flushing after each frame would tear B-frames out of their order.
    let config = DecoderConfig::new().flush_after_decode(Flush::NoFlush);
    Decoder::with_api_config(OpenH264API::from_source(), config)
        .map_err(|error| SourceError::damaged(path, format!("the H.264 decoder does not start: {error}")))
}

/// Copies a decoded picture without its padding.
fn copy(yuv: &DecodedYUV<'_>, into: &mut Picture) {
    let (width, height) = yuv.dimensions();
    let (y_stride, u_stride, v_stride) = yuv.strides();
    let out = into.shape(PixelFormat::I420, width as u32, height as u32);
    let (luma, chroma) = out.split_at_mut(width * height);
    let (u, v) = chroma.split_at_mut(chroma.len() / 2);
    for (plane, stride, row, to) in
        [(yuv.y(), y_stride, width, luma), (yuv.u(), u_stride, width / 2, u), (yuv.v(), v_stride, width / 2, v)]
    {
        for (to, from) in to.chunks_exact_mut(row).zip(plane.chunks(stride)) {
            to.copy_from_slice(&from[..row]);
        }
    }
}

impl FrameSource for Mp4 {
    fn info(&self) -> SourceInfo {
        self.info
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        let mut found = false;
        while !found && self.next < self.samples.len() {
            self.read_sample(self.samples[self.next])?;
            self.convert_to_annex_b(self.next == 0);
            self.next += 1;
            let decoded = self.decoder.decode(&self.stream).map_err(|error| {
                SourceError::damaged(&self.path, format!("frame {} does not decode ({error}); install ffmpeg, which reads more, or export it as 8-bit 4:2:0", self.next))
            })?;
            if let Some(yuv) = decoded {
                copy(&yuv, into);
                found = true;
            }
        }
        if !found && !std::mem::replace(&mut self.flushed, true) {
            for yuv in self.decoder.flush_remaining().unwrap_or_default() {
                let mut picture = Picture::default();
                copy(&yuv, &mut picture);
                self.held.push_back(picture);
            }
        }
        if !found && let Some(held) = self.held.pop_front() {
            into.copy_from(&held);
            found = true;
        }
        if !found && self.shown == 0 {
            return Err(SourceError::Empty { path: self.path.clone() });
        }
        if found {
            into.yuv = self.yuv;
            into.time = self.times.get(self.shown).copied().unwrap_or_default();
            self.shown += 1;
        }
        Ok(found)
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.decoder = new_decoder(&self.path)?;
        self.held.clear();
        (self.next, self.shown, self.flushed) = (0, 0, false);
        Ok(())
    }
}
