//! The golden self-test: a face and what the models answer to it, so that a device can check its own inference.

use serde::Deserialize;

use crate::{DataId, DataSpec, Manifest, ModelError, embedded, integrity};

const LANDMARKS: usize = 478;
const PICTURE_BYTES: usize = 256 * 256 * 3;

/// One face and the models' answers to it, as ONNX Runtime gave them in f32. The TFLite interpreter comes within
/// 2e-4 of every number here, so a runtime that is off by 0.01 has gone wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Golden {
    /// 256×256 RGB, u8, rows top down without padding: one upright face as the landmark model likes it.
    /// The landmark model takes it ÷ 255.
    pub face_256_rgb: &'static [u8],
    /// 478 × x, y, z in pixels of that picture; z has x's scale, smaller is nearer.
    pub landmarks_crop_px: Vec<[f32; 3]>,
    /// Logit that a face is there, the landmark model's second output.
    pub presence_logit: f32,
    /// What the detector answers to the same picture at half the size.
    pub detector: GoldenDetection,
}

/// The detector's best anchor on the golden face: each 2×2 block of the picture averaged to one of 128×128 pixels
/// (unrounded), then ÷ 127.5 − 1.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldenDetection {
    /// Its index in 0..896.
    pub anchor: usize,
    /// Its logit; the next best lies 0.05 below.
    pub score_logit: f32,
    /// Its row: box centre x, y, width, height, then six keypoints x, y, in pixels of the 128 input from the
    /// anchor's centre.
    pub regressors: [f32; 16],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    presence_logit: f32,
    detector: GoldenDetection,
    landmarks_crop_px: Vec<[f32; 3]>,
}

impl Golden {
    /// The embedded self-test, verified against the manifest.
    pub fn embedded() -> Result<Self, ModelError> {
        let manifest = Manifest::embedded()?;
        let picture = manifest.data(DataId::GoldenFace)?;
        integrity::check(&picture.file, picture.bytes, &picture.sha256, embedded::GOLDEN_FACE)?;
        if embedded::GOLDEN_FACE.len() != PICTURE_BYTES {
            return Err(refuse(picture, "it is not 256×256 RGB".to_owned()));
        }
        let spec = manifest.data(DataId::GoldenAnswers)?;
        integrity::check(&spec.file, spec.bytes, &spec.sha256, embedded::GOLDEN_ANSWERS)?;
        let answers = parse(embedded::GOLDEN_ANSWERS).map_err(|reason| refuse(spec, reason))?;
        Ok(Self {
            face_256_rgb: embedded::GOLDEN_FACE,
            landmarks_crop_px: answers.landmarks_crop_px,
            presence_logit: answers.presence_logit,
            detector: answers.detector,
        })
    }
}

fn parse(json: &[u8]) -> Result<Answers, String> {
    let answers: Answers = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    match (answers.landmarks_crop_px.len(), answers.detector.anchor) {
        (LANDMARKS, 0..896) => Ok(answers),
        (LANDMARKS, anchor) => Err(format!("the detector has no anchor {anchor}")),
        (count, _) => Err(format!("{count} landmarks instead of {LANDMARKS}")),
    }
}

fn refuse(spec: &DataSpec, reason: String) -> ModelError {
    ModelError::Content { file: spec.file.clone(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_face_that_both_models_are_sure_of() {
        let golden = Golden::embedded().unwrap();
        assert_eq!(golden.face_256_rgb.len(), PICTURE_BYTES);
        assert_eq!(golden.landmarks_crop_px.len(), LANDMARKS);
        assert!(golden.presence_logit > 10.0 && golden.detector.score_logit > 2.0);
    }

    #[test]
    fn the_face_fills_two_thirds_of_the_crop() {
        let points = Golden::embedded().unwrap().landmarks_crop_px;
        let extent = |axis: usize| {
            let values = points.iter().map(|point| point[axis]);
            values.clone().fold(f32::MIN, f32::max) - values.fold(f32::MAX, f32::min)
        };
        assert!((extent(0).max(extent(1)) / 256.0 * 1.5 - 1.0).abs() < 0.05);
    }

    #[test]
    fn answers_that_do_not_fit_the_models_are_refused() {
        let text = str::from_utf8(embedded::GOLDEN_ANSWERS).unwrap();
        let refusal = |from: &str, to: &str| parse(text.replacen(from, to, 1).as_bytes()).err().unwrap();
        assert!(refusal("\"anchor\": 676", "\"anchor\": 896").contains("no anchor 896"));
        assert!(refusal("\"landmarks_crop_px\": [", "\"landmarks_crop_px\": [[0,0,0],").contains("479 landmarks"));
        assert!(refusal("presence", "absence").contains("line 2"));
    }
}
