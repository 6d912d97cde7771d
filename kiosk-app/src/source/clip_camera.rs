//! A clip in place of a camera, with the same consent, mirroring and handling of loss as a real one.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::feed::{CameraDriver, CameraError, CameraStream, Read};
use super::{FrameSource, Picture, SourceError, open};

/// Opens a clip as a camera.
pub struct ClipCamera {
    /// Which file.
    pub path: PathBuf,
}

struct ClipStream {
    source: Box<dyn FrameSource>,
    /// When this round began.
    begun: Instant,
    /// The last picture's time in it.
    last: Duration,
    /// Pictures of this round.
    next: u32,
    /// The source's warning that was told last.
    warned: Option<String>,
}

/// Pictures a second of a photo: a camera before a still.
const PHOTO_FPS: f64 = 15.0;
/// How late a picture may come before the clip goes on from there.
const MOST_LATE: Duration = Duration::from_millis(500);

impl CameraDriver for ClipCamera {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        let mut source = open(&self.path).map_err(failed)?;
        source.play_live();
        Ok(Box::new(ClipStream { source, begun: Instant::now(), last: Duration::ZERO, next: 0, warned: None }))
    }

    fn is_live(&self) -> bool {
        false
    }
}

impl CameraStream for ClipStream {
    fn read(&mut self, into: &mut Picture) -> Result<Read, CameraError> {
        let started = Instant::now();
        if !self.source.next_frame(into).map_err(failed)? {
            self.warn();
            self.source.rewind().map_err(failed)?;
            // The last picture of a round is shown for as long as one of the clip's rate.
            self.begun += self.last + self.step();
            (self.last, self.next) = (Duration::ZERO, 0);
            if !self.source.next_frame(into).map_err(failed)? {
                return Err(CameraError::Failed("the clip is empty".into()));
            }
        }
        let decode = started.elapsed();
        // A photo has no times of its own.
        self.last = if self.source.info().is_still() { self.step() * self.next } else { into.time };
        self.next += 1;
        let due = self.begun + self.last;
        let now = Instant::now();
        if now < due {
            thread::sleep(due - now);
        } else if now - due > MOST_LATE {
            // What was missed, while a decoder or the machine was slow, is not made up for.
            self.begun += now - due;
        }
        Ok(Read::Picture(decode))
    }
}

impl ClipStream {
    /// From one picture to the next, by the clip's rate.
    fn step(&self) -> Duration {
        Duration::try_from_secs_f64(1.0 / self.source.info().fps.unwrap_or(PHOTO_FPS)).unwrap_or_default()
    }

    /// Tells once what the source knows only at its end: that it is cut off or damaged.
    fn warn(&mut self) {
        if let Some(text) = self.source.warning().filter(|text| self.warned.as_ref() != Some(text)) {
            crate::output::tell(&format!("carmine: {text}"));
            self.warned = Some(text);
        }
    }
}

fn failed(error: SourceError) -> CameraError {
    CameraError::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_again_at_the_end_and_keeps_time() {
        let folder = std::env::temp_dir().join(format!("carmine-clip-camera-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("three.y4m");
        let mut bytes = b"YUV4MPEG2 W16 H16 F50:1 C420jpeg\n".to_vec();
        for luma in [40_u8, 90, 140] {
            bytes.extend(b"FRAME\n");
            bytes.extend([luma; 256]);
            bytes.extend([128; 128]);
        }
        std::fs::write(&path, bytes).unwrap();
        let mut stream = ClipCamera { path: path.clone() }.open().unwrap_or_else(|error| panic!("{error}"));
        let started = Instant::now();
        let mut picture = Picture::default();
        let mut seen = Vec::new();
        for _ in 0..7 {
            assert!(matches!(stream.read(&mut picture), Ok(Read::Picture(_))));
            seen.push(picture.data[0]);
        }
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!((seen[0], seen[3], seen[6]), (seen[1].min(seen[0]), seen[0], seen[0]), "{seen:?}");
        assert!(started.elapsed() >= Duration::from_millis(60), "{:?}", started.elapsed());
        assert!(ClipCamera { path: "no/such.avi".into() }.open().is_err());
    }
}
