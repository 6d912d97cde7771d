//! The meshes along curves (lips, irises, lids, brows) as one list of vertices and one of triangles, and the lashes.
//!
//! In: a fitted face with its light, and a prepared look. Out: the vertices of the charts that the look needs, each
//! chart at its own place in the list; those of the other charts lie in one point and draw nothing.

use std::ops::Range;

use bytemuck::Zeroable;
use carmine_shaders::{Chart, ChartVertex, StrokeVertex};

use super::brows::{BrowMesh, brow_indices};
use super::dressed_face::DressedFace;
use super::irises::{IrisMesh, iris_indices};
use super::lashes::LashStrokes;
use super::lids::{LidMesh, lid_indices};
use super::lips::{LipMesh, lip_indices};
use super::prepared_look::PreparedLook;
use crate::face::FittedFace;
use crate::light::FaceLight;
use crate::zeroize;

/// Charts along curves, in the order in which their vertices lie and are drawn.
const CHARTS: [Chart; 4] = [Chart::Lips, Chart::Iris, Chart::Eyes, Chart::Brows];

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
        let meshes = [
            (lip_indices(), LipMesh::VERTICES),
            (iris_indices(), IrisMesh::VERTICES),
            (lid_indices(), LidMesh::VERTICES),
            (brow_indices(), BrowMesh::VERTICES),
        ];
        for (at, (own, count)) in meshes.into_iter().enumerate() {
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

    /// The parts of the index list that `look` needs.
    pub fn parts(&self, look: &PreparedLook) -> impl Iterator<Item = Range<u32>> {
        CHARTS.into_iter().zip(&self.parts).filter(|(chart, _)| look.has(*chart)).map(|(_, part)| part.clone())
    }
}

/// Builds the curves' vertices; keeps its buffers from face to face.
#[derive(Debug, Default)]
pub(super) struct Curves {
    lips: LipMesh,
    irises: IrisMesh,
    lids: LidMesh,
    brows: BrowMesh,
    lashes: LashStrokes,
}

impl Curves {
    /// Overwrites what was built.
    pub fn zeroize(&mut self) {
        let Self { lips, irises, lids, brows, lashes } = self;
        for vertices in [&mut lips.vertices, &mut irises.vertices, &mut lids.vertices, &mut brows.vertices] {
            zeroize::empty(vertices, ChartVertex::zeroed());
        }
        zeroize::empty(&mut lashes.vertices, StrokeVertex::zeroed());
    }

    /// Fills the curves of `dressed` that `look` needs; the others are all put into one point, the tip of the nose,
    /// where their triangles cover nothing.
    pub fn build(
        &mut self,
        face: &FittedFace,
        lit: &FaceLight,
        look: &PreparedLook,
        topology: &CurveTopology,
        dressed: &mut DressedFace,
    ) {
        let elsewhere = ChartVertex { position_px: face.landmarks_px[1].truncate(), ..Default::default() };
        dressed.curves.clear();
        dressed.curves.resize(topology.vertex_count(), elsewhere);
        for (chart, range) in CHARTS.into_iter().zip(&topology.vertices) {
            if !look.has(chart) {
                continue;
            }
            let vertices = match chart {
                Chart::Iris => {
                    self.irises.build(face);
                    self.irises.vertices()
                }
                Chart::Eyes => {
                    self.lids.build(face);
                    self.lids.vertices()
                }
                Chart::Brows => {
                    self.brows.build(face, &lit.brows);
                    self.brows.vertices()
                }
                _ => {
                    self.lips.build(face, &lit.lips.edges);
                    self.lips.vertices()
                }
            };
            for (to, from) in dressed.curves[range.clone()].iter_mut().zip(vertices) {
                *to = *from;
            }
        }
        dressed.strokes.clear();
        dressed.stroke_index_count = 0;
        if look.has(Chart::Lashes) {
            self.lashes.build(face, look.lashes());
            dressed.strokes.extend_from_slice(self.lashes.vertices());
            dressed.stroke_index_count = self.lashes.index_count();
        }
    }
}
