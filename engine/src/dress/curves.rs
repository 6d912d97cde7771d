use std::ops::Range;

use carmine_shaders::{Chart, ChartVertex};

use super::lips::{LipMesh, lip_indices};
use super::{DressedFace, Worn};
use crate::face::FittedFace;

/// Charts along curves, in the order in which their vertices lie and are drawn.
const CHARTS: [Chart; 1] = [Chart::Lips];

/// How the vertices of [`DressedFace::curves`] are joined: one list of triangles for every face, a part for each chart.
#[derive(Clone, Debug)]
pub struct CurveTopology {
    indices: Vec<u16>,
    parts: [Range<u32>; CHARTS.len()],
    vertices: [Range<usize>; CHARTS.len()],
}

impl CurveTopology {
    pub(super) fn new() -> Self {
        let (mut indices, mut first) = (Vec::new(), 0);
        let mut parts = [const { 0..0 }; CHARTS.len()];
        let mut vertices = [const { 0..0 }; CHARTS.len()];
        for (at, chart) in CHARTS.into_iter().enumerate() {
            let (own, count) = match chart {
                _ => (lip_indices(), LipMesh::VERTICES),
            };
            let start = indices.len() as u32;
            indices.extend(own.into_iter().map(|index| index + first as u16));
            parts[at] = start..indices.len() as u32;
            vertices[at] = first..first + count;
            first += count;
        }
        Self { indices, parts, vertices }
    }

    /// Triangles, three indices each.
    pub fn indices(&self) -> &[u16] {
        &self.indices
    }

    /// Vertices of one face.
    pub fn vertex_count(&self) -> usize {
        self.vertices.last().map_or(0, |last| last.end)
    }

    /// The parts of the index list that `worn` needs.
    pub fn parts(&self, worn: &Worn) -> impl Iterator<Item = Range<u32>> {
        CHARTS.into_iter().zip(&self.parts).filter(|(chart, _)| worn.has(*chart)).map(|(_, part)| part.clone())
    }
}

/// Builds the curves' vertices; holds memory between faces.
#[derive(Debug, Default)]
pub(super) struct Curves {
    lips: LipMesh,
}

impl Curves {
    /// Fills the curves of `dressed` that `worn` needs; the others are left empty of extent, at the first vertex.
    pub fn build(&mut self, face: &FittedFace, worn: &Worn, topology: &CurveTopology, dressed: &mut DressedFace) {
        dressed.curves.clear();
        dressed.strokes.clear();
        dressed.stroke_indices.clear();
        let elsewhere = ChartVertex { position_px: face.landmarks_px[1].truncate(), ..Default::default() };
        dressed.curves.resize(topology.vertex_count(), elsewhere);
        for (chart, range) in CHARTS.into_iter().zip(&topology.vertices) {
            if !worn.has(chart) {
                continue;
            }
            let to = &mut dressed.curves[range.clone()];
            match chart {
                _ => {
                    self.lips.build(face);
                    to.copy_from_slice(self.lips.vertices());
                }
            }
        }
    }
}
