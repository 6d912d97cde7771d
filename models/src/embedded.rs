//! The files themselves, embedded at compile time.

pub(crate) const MANIFEST: &str = include_str!("../manifest.toml");
pub(crate) const FACE_DETECTOR: &[u8] = include_bytes!("../face_detector.onnx");
pub(crate) const FACE_LANDMARKS: &[u8] = include_bytes!("../face_landmarks.onnx");
pub(crate) const CANONICAL_FACE: &[u8] = include_bytes!("../canonical_face.json");
pub(crate) const GOLDEN_FACE: &[u8] = include_bytes!("../golden/face_256.rgb");
pub(crate) const GOLDEN_ANSWERS: &[u8] = include_bytes!("../golden/expected.json");
