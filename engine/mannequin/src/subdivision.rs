//! Loop's subdivision: a coarse control mesh made smooth.
//!
//! In: a mesh. Out: one with four triangles for each, in which the old vertices keep their numbers.
//!
//! 1. A vertex is added on every edge: 3/8 of either end and 1/8 of the two corners opposite; on an open edge its
//!    middle.
//! 2. Old vertices move towards the mean of their neighbours, with Warren's weights (3/16 for three neighbours, else
//!    3/8 shared by all); along an open edge they follow a cubic spline (1/8, 3/4, 1/8).
//! 3. Every triangle becomes four.
//!
//! Source: Loop 1987, "Smooth Subdivision Surfaces Based on Triangles"; weights by Warren 1995.

use std::collections::HashMap;

use crate::mesh::{Mesh, Triangle, Vertex};

impl Mesh {
    /// One step of subdivision.
    pub fn smoother(&self) -> Self {
        let edges = Edges::of(self);
        let mut vertices = self.old_vertices(&edges);
        for edge in &edges.list {
            let [a, b] = edge.ends.map(|end| self.vertices[end as usize]);
            vertices.push(match edge.opposite[..] {
                [left, right] => {
                    let [left, right] = [left, right].map(|at| self.vertices[at as usize]);
                    (a + b) * 0.375 + (left + right) * 0.125
                }
                _ => (a + b) * 0.5,
            });
        }
        let mut smoother = Self { vertices, triangles: Vec::with_capacity(self.triangles.len() * 4) };
        for &Triangle { corners: [a, b, c], part } in &self.triangles {
            let [ab, bc, ca] = [[a, b], [b, c], [c, a]].map(|[p, q]| edges.vertex(p, q, self.vertices.len()));
            for corners in [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]] {
                smoother.push(corners, part);
            }
        }
        smoother
    }

    /// Where the old vertices go.
    fn old_vertices(&self, edges: &Edges) -> Vec<Vertex> {
        let mut around = vec![(Vertex::default(), 0u32); self.vertices.len()];
        let mut along = around.clone();
        for edge in &edges.list {
            let [a, b] = edge.ends;
            for (from, to) in [(a, b), (b, a)] {
                let sums = if edge.opposite.len() < 2 { &mut along } else { &mut around };
                let (sum, count) = &mut sums[to as usize];
                *sum = *sum + self.vertices[from as usize];
                *count += 1;
            }
        }
        let moved =
            self.vertices.iter().zip(around).zip(along).map(|((&vertex, around), along)| match (along, around) {
                ((ends, 2), _) => vertex * 0.75 + ends * 0.125,
                ((_, 0), (sum, count)) if count > 0 => {
                    let weight = if count == 3 { 3.0 / 16.0 } else { 3.0 / (8.0 * count as f32) };
                    vertex * (1.0 - weight * count as f32) + sum * weight
                }
                _ => vertex,
            });
        moved.collect()
    }
}

struct Edge {
    ends: [u32; 2],
    /// Corners of its triangles that are not on it: two inside the mesh, one at its rim.
    opposite: Vec<u32>,
}

struct Edges {
    list: Vec<Edge>,
    /// From both ends, the lower number first, to the place in `list`.
    place: HashMap<[u32; 2], usize>,
}

impl Edges {
    fn of(mesh: &Mesh) -> Self {
        let mut edges = Self { list: Vec::new(), place: HashMap::new() };
        for &Triangle { corners: [a, b, c], .. } in &mesh.triangles {
            for (p, q, opposite) in [(a, b, c), (b, c, a), (c, a, b)] {
                let ends = [p.min(q), p.max(q)];
                let next = edges.list.len();
                let at = *edges.place.entry(ends).or_insert(next);
                if at == next {
                    edges.list.push(Edge { ends, opposite: Vec::with_capacity(2) });
                }
                edges.list[at].opposite.push(opposite);
            }
        }
        edges
    }

    /// The vertex added on the edge from `p` to `q`; `first` is the first that was added.
    fn vertex(&self, p: u32, q: u32, first: usize) -> u32 {
        (first + self.place[&[p.min(q), p.max(q)]]) as u32
    }
}
