//! Cameras through nokhwa: the only file that names it. Its calls can block for ever, so they are made on the feed's
//! worker thread ([`super::feed`]), or under a deadline ([`list`]).

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use carmine::frame::PixelFormat;
use nokhwa::utils::{ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType};
use nokhwa::{Camera, NokhwaError};

use super::feed::{CameraDriver, CameraError, CameraStream, Read};
use super::{Picture, jpeg};

/// Formats that are handed on as they are, or decoded.
const READ: [FrameFormat; 3] = [FrameFormat::NV12, FrameFormat::YUYV, FrameFormat::MJPEG];

/// The system's cameras.
pub struct SystemCamera {
    /// Its number, or the first that opens.
    pub index: Option<u32>,
}

impl CameraDriver for SystemCamera {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        let listed = nokhwa::query(ApiBackend::Auto).map_err(|error| CameraError::Failed(one_line(&error)))?;
        let mut trouble = self.index.map_or(CameraError::NotFound, CameraError::Missing);
        for info in listed {
            let number = info.index().as_index().ok();
            if self.index.is_some() && self.index != number {
                continue;
            }
            match open_stream(info.index()) {
                Ok(stream) => return Ok(stream),
                Err(error) => trouble = error,
            }
        }
        Err(trouble)
    }

    fn is_live(&self) -> bool {
        true
    }
}

fn open_stream(index: &CameraIndex) -> Result<Box<dyn CameraStream>, CameraError> {
    let any = RequestedFormat::with_formats(RequestedFormatType::None, &READ);
    let mut camera = Camera::new(index.clone(), any).map_err(classify)?;
    let offered = camera.compatible_camera_formats().map_err(classify)?;
    if let Some(best) = best_format(&offered) {
        let wanted = [best.format()];
        let exact = RequestedFormat::with_formats(RequestedFormatType::Exact(best), &wanted);
        camera.set_camera_requset(exact).map_err(classify)?;
    }
    camera.open_stream().map_err(classify)?;
    Ok(Box::new(Stream { camera }))
}

/// Fluent first, then as near to 720p as can be (larger costs more than it shows), then the least work to decode.
fn best_format(offered: &[CameraFormat]) -> Option<CameraFormat> {
    let readable = offered.iter().filter(|format| READ.contains(&format.format()));
    let cost = |format: &&CameraFormat| {
        let slow = format.frame_rate() < 24;
        let size = format.resolution();
        let from_720p = size.height().abs_diff(720) + size.width().abs_diff(1280);
        let work = READ.iter().position(|f| *f == format.format());
        (slow, from_720p, work, u32::MAX - format.frame_rate().min(60))
    };
    readable.min_by_key(cost).copied()
}

struct Stream {
    camera: Camera,
}

impl CameraStream for Stream {
    fn read(&mut self, into: &mut Picture) -> Result<Read, CameraError> {
        let (format, size) = (self.camera.frame_format(), self.camera.resolution());
        let raw = self.camera.frame_raw().map_err(classify)?;
        let started = Instant::now();
        let layout = match format {
            FrameFormat::MJPEG => {
                return Ok(match jpeg::decode(&raw, into) {
                    Ok(_) => Read::Picture(started.elapsed()),
                    Err(error) => Read::Bad(error.to_string()),
                });
            }
            FrameFormat::YUYV => PixelFormat::Yuyv,
            FrameFormat::NV12 => PixelFormat::Nv12,
            other => return Err(CameraError::Failed(format!("it sends {other}, which is not read"))),
        };
        let pixels = into.shape(layout, size.width(), size.height());
        match raw.get(..pixels.len()) {
            Some(whole) => pixels.copy_from_slice(whole),
            None => return Ok(Read::Bad("it sent part of a picture".into())),
        }
        Ok(Read::Picture(started.elapsed()))
    }
}

fn one_line(error: &NokhwaError) -> String {
    error.to_string().replace('\n', " ")
}

fn classify(error: NokhwaError) -> CameraError {
    let text = one_line(&error);
    let lower = text.to_lowercase();
    if lower.contains("busy") || lower.contains("os error 16") {
        CameraError::Busy
    } else if lower.contains("no such") || lower.contains("os error 2)") || lower.contains("not found") {
        CameraError::NotFound
    } else {
        CameraError::Failed(text)
    }
}

/// A camera as `carmine doctor` shows it.
pub struct Listing {
    /// Its number for `--camera`.
    pub index: String,
    /// What it calls itself.
    pub name: String,
    /// The formats it offers, or why they are not known.
    pub formats: Result<Vec<String>, String>,
}

/// Every camera, or an error if the drivers do not answer before `deadline`.
pub fn list(deadline: Duration) -> Result<Vec<Listing>, String> {
    let (sender, receiver) = mpsc::channel();
    let asked = thread::Builder::new().name("camera-list".into()).spawn(move || {
        let listed = nokhwa::query(ApiBackend::Auto)
            .map(|infos| infos.iter().map(|info| listing(info.index(), info.human_name())).collect::<Vec<_>>());
        // Nobody listens any more after the deadline.
        let _ = sender.send(listed.map_err(|error| one_line(&error)));
    });
    asked.map_err(|error| error.to_string())?;
    receiver.recv_timeout(deadline).unwrap_or_else(|_| Err("the camera drivers do not answer".into()))
}

fn listing(index: &CameraIndex, name: String) -> Listing {
    let any = RequestedFormat::with_formats(RequestedFormatType::None, &READ);
    let formats = Camera::new(index.clone(), any).and_then(|mut camera| camera.compatible_camera_formats());
    let formats = formats.map_err(|error| one_line(&error)).map(|mut formats| {
        formats.sort_by_key(|format| (format.resolution(), format.frame_rate()));
        formats.dedup();
        formats.iter().rev().map(|f| format!("{} {} {} fps", f.resolution(), f.format(), f.frame_rate())).collect()
    });
    Listing { index: index.to_string(), name, formats }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nokhwa::utils::Resolution;

    #[test]
    fn the_format_nearest_to_720p_that_is_fluent() {
        let format = |w, h, kind, fps| CameraFormat::new(Resolution::new(w, h), kind, fps);
        let offered = [
            format(1920, 1080, FrameFormat::MJPEG, 30),
            format(1280, 720, FrameFormat::YUYV, 10),
            format(1280, 720, FrameFormat::MJPEG, 30),
            format(640, 480, FrameFormat::YUYV, 30),
            format(1280, 720, FrameFormat::RAWRGB, 60),
        ];
        assert_eq!(best_format(&offered), Some(offered[2]));
        assert_eq!(best_format(&offered[4..]), None);
    }

    #[test]
    fn listing_ends_by_its_deadline() {
        let started = Instant::now();
        let _ = list(Duration::from_millis(500));
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}
