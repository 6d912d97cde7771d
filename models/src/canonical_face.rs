//! MediaPipe's canonical face: the mesh that every metric face is fitted to.

use serde::Deserialize;

use crate::{DataId, Manifest, ModelError, embedded, integrity};

const VERTICES: usize = 468;
const TRIANGLES: usize = 898;

/// The canonical face mesh in face space: centimetres, right-handed, x to the person's left, y up, z out of the
/// face. Vertex *i* is landmark *i*; the ten iris landmarks 468–477 have none.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CanonicalFace {
    /// 468 positions x, y, z in cm.
    pub vertices_cm: Vec<[f32; 3]>,
    /// 468 texture coordinates u, v in [0, 1].
    pub uv: Vec<[f32; 2]>,
    /// 898 triangles of vertex indices, all wound alike.
    pub triangles: Vec<[u16; 3]>,
    /// The 33 points that the pose is fitted by, each once.
    pub procrustes_weights: Vec<ProcrustesWeight>,
}

/// How much a landmark counts when the pose is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(from = "(u16, f32)")]
pub struct ProcrustesWeight {
    /// Its index among the landmarks.
    pub landmark: u16,
    /// Above zero.
    pub weight: f32,
}

impl From<(u16, f32)> for ProcrustesWeight {
    fn from((landmark, weight): (u16, f32)) -> Self {
        Self { landmark, weight }
    }
}

impl CanonicalFace {
    /// The embedded mesh, verified against the manifest and checked: counts, indices in range, finite numbers.
    pub fn embedded() -> Result<Self, ModelError> {
        let manifest = Manifest::embedded()?;
        let spec = manifest.data(DataId::CanonicalFace)?;
        integrity::check(&spec.file, spec.bytes, &spec.sha256, embedded::CANONICAL_FACE)?;
        Self::parse(embedded::CANONICAL_FACE).map_err(|reason| ModelError::Content { file: spec.file.clone(), reason })
    }

    fn parse(json: &[u8]) -> Result<Self, String> {
        let face: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        face.validate()?;
        Ok(face)
    }

    fn validate(&self) -> Result<(), String> {
        let counts = [self.vertices_cm.len(), self.uv.len(), self.triangles.len()];
        let expected = [VERTICES, VERTICES, TRIANGLES];
        if counts != expected {
            return Err(format!("{counts:?} vertices, uv, triangles instead of {expected:?}"));
        }
        let in_range = |index: u16| usize::from(index) < VERTICES;
        if let Some(at) = self.vertices_cm.iter().position(|vertex| !vertex.iter().all(|x| x.is_finite())) {
            return Err(format!("vertex {at} is not finite"));
        }
        if let Some(at) = self.uv.iter().position(|uv| !uv.iter().all(|x| (0.0..=1.0).contains(x))) {
            return Err(format!("uv {at} is outside [0, 1]"));
        }
        if let Some(at) = self.triangles.iter().position(|corners| !corners.iter().all(|&index| in_range(index))) {
            return Err(format!("triangle {at} points past the last vertex"));
        }
        let mut seen = [false; VERTICES];
        for &ProcrustesWeight { landmark, weight } in &self.procrustes_weights {
            match seen.get_mut(usize::from(landmark)) {
                Some(seen) if !*seen && weight.is_finite() && weight > 0.0 => *seen = true,
                _ => {
                    return Err(format!(
                        "Procrustes weight {weight} of landmark {landmark} is unusable or named twice"
                    ));
                }
            }
        }
        // Three points fix a rotation; fewer would make every pose a guess.
        if self.procrustes_weights.len() < 3 {
            return Err("fewer than three Procrustes weights".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(spoil: impl FnOnce(&mut CanonicalFace)) -> String {
        let mut face = CanonicalFace::embedded().unwrap();
        spoil(&mut face);
        face.validate().unwrap_err()
    }

    #[test]
    fn it_is_the_size_of_a_face_and_symmetric() {
        let face = CanonicalFace::embedded().unwrap();
        let [nose_tip, forehead, chin, right_eye, left_eye] =
            [1, 10, 152, 33, 263].map(|at: usize| face.vertices_cm[at]);
        assert!((12.0..20.0).contains(&(forehead[1] - chin[1])));
        assert!((8.0..10.0).contains(&(left_eye[0] - right_eye[0])));
        assert!((left_eye[0] + right_eye[0]).abs() < 0.01 && nose_tip[2] > forehead[2]);
        assert_eq!(face.procrustes_weights.len(), 33);
    }

    #[test]
    fn triangles_face_outwards_all_alike() {
        let face = CanonicalFace::embedded().unwrap();
        let outward = face.triangles.iter().filter(|corners| {
            let [a, b, c] = corners.map(|index| face.vertices_cm[usize::from(index)]);
            (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0.0
        });
        assert!(outward.count() > 800);
        let mut edges = std::collections::HashSet::new();
        for &[a, b, c] in &face.triangles {
            for edge in [(a, b), (b, c), (c, a)] {
                assert!(edges.insert(edge), "edge {edge:?} runs the same way twice");
            }
        }
    }

    #[test]
    fn a_mesh_that_would_crash_later_is_refused_now() {
        assert!(refusal(|face| face.vertices_cm.truncate(467)).contains("467"));
        assert!(refusal(|face| face.vertices_cm[7][2] = f32::NAN).contains("vertex 7"));
        assert!(refusal(|face| face.uv[3][0] = 1.5).contains("uv 3"));
        assert!(refusal(|face| face.triangles[5][1] = 468).contains("triangle 5"));
        assert!(refusal(|face| face.procrustes_weights[0].landmark = 468).contains("landmark 468"));
        assert!(refusal(|face| face.procrustes_weights[1] = face.procrustes_weights[0]).contains("twice"));
        assert!(refusal(|face| face.procrustes_weights.clear()).contains("three"));
    }

    #[test]
    fn broken_json_is_refused_with_its_line() {
        assert!(CanonicalFace::parse(b"{\n\"uv\": x").unwrap_err().contains("line 2"));
    }
}
