use std::collections::HashMap;
use std::ops::{Add, Mul};

use glam::Vec3;

/// Vertices 0–467 of the finished mesh are the landmarks.
pub(super) const LANDMARKS: usize = 468;

/// A point of the surface with what is smoothed along with it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Vertex {
    /// Face space.
    pub position_cm: Vec3,
    /// 1 on the lips, 0.5 on their outer edge, 0 elsewhere.
    pub lip: f32,
    /// 1 where the lips meet.
    pub slit: f32,
}

impl Add for Vertex {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            position_cm: self.position_cm + other.position_cm,
            lip: self.lip + other.lip,
            slit: self.slit + other.slit,
        }
    }
}

impl Mul<f32> for Vertex {
    type Output = Self;
    fn mul(self, by: f32) -> Self {
        Self { position_cm: self.position_cm * by, lip: self.lip * by, slit: self.slit * by }
    }
}

/// What a triangle is a piece of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Skin,
    Lip,
    LidRim,
    Eyeball,
    Ear,
    Hair,
    Torso,
    Pearl,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Triangle {
    pub corners: [u32; 3],
    pub part: Part,
}

/// Triangles, counter-clockwise as seen from outside.
#[derive(Clone, Debug, Default)]
pub(super) struct Mesh {
    pub vertices: Vec<Vertex>,
    pub triangles: Vec<Triangle>,
}

impl Mesh {
    pub fn push(&mut self, corners: [u32; 3], part: Part) {
        self.triangles.push(Triangle { corners, part });
    }

    /// Rows of `columns` points each, joined to a surface; closed along the row where `around`.
    pub fn grid(rows: &[Vec<Vec3>], around: bool, part: Part) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        let points = rows.iter().flatten();
        let vertices = points.map(|&position_cm| Vertex { position_cm, ..Default::default() }).collect();
        let mut mesh = Self { vertices, triangles: Vec::new() };
        for row in 1..rows.len() {
            for column in 0..if around { columns } else { columns - 1 } {
                let at = |r: usize, c: usize| ((row - 1 + r) * columns + (column + c) % columns) as u32;
                mesh.push([at(0, 0), at(1, 0), at(0, 1)], part);
                mesh.push([at(0, 1), at(1, 0), at(1, 1)], part);
            }
        }
        mesh
    }

    pub fn append(&mut self, other: Self) {
        let base = self.vertices.len() as u32;
        self.vertices.extend(other.vertices);
        let moved = other.triangles.into_iter();
        self.triangles.extend(moved.map(|t| Triangle { corners: t.corners.map(|corner| corner + base), ..t }));
    }

    /// Only the vertices that triangles need, renumbered.
    pub fn without_loose(mut self) -> Self {
        let mut places = vec![u32::MAX; self.vertices.len()];
        let mut kept = Vec::new();
        for corner in self.triangles.iter_mut().flat_map(|triangle| &mut triangle.corners) {
            let place = &mut places[*corner as usize];
            if *place == u32::MAX {
                *place = kept.len() as u32;
                kept.push(self.vertices[*corner as usize]);
            }
            *corner = *place;
        }
        self.vertices = kept;
        self
    }

    pub fn centroid(&self, corners: [u32; 3]) -> Vec3 {
        corners.iter().map(|&corner| self.vertices[corner as usize].position_cm).sum::<Vec3>() / 3.0
    }

    /// Not yet of unit length: a triangle's normal times twice its area.
    pub fn area_normal(&self, corners: [u32; 3]) -> Vec3 {
        let [a, b, c] = corners.map(|corner| self.vertices[corner as usize].position_cm);
        (b - a).cross(c - a)
    }

    /// Turns every triangle to face away from `inside(centroid)`.
    pub fn face_away_from(mut self, inside: impl Fn(Vec3) -> Vec3) -> Self {
        for index in 0..self.triangles.len() {
            let corners = self.triangles[index].corners;
            let centroid = self.centroid(corners);
            if self.area_normal(corners).dot(centroid - inside(centroid)) < 0.0 {
                self.triangles[index].corners.swap(1, 2);
            }
        }
        self
    }

    /// Unit normals of the vertices.
    pub fn normals(&self) -> Vec<Vec3> {
        let mut normals = vec![Vec3::ZERO; self.vertices.len()];
        for triangle in &self.triangles {
            let normal = self.area_normal(triangle.corners);
            for corner in triangle.corners {
                normals[corner as usize] += normal;
            }
        }
        normals.into_iter().map(|normal| normal.normalize_or(Vec3::Z)).collect()
    }

    /// One step of Loop's subdivision (1987, with Warren's weights); open edges become cubic splines of their own.
    /// A vertex keeps its number.
    pub fn smoother(&self) -> Self {
        let edges = Edges::of(self);
        let mut vertices = self.even(&edges);
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

    fn even(&self, edges: &Edges) -> Vec<Vertex> {
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
    opposite: Vec<u32>,
}

struct Edges {
    list: Vec<Edge>,
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

    fn vertex(&self, p: u32, q: u32, first: usize) -> u32 {
        (first + self.place[&[p.min(q), p.max(q)]]) as u32
    }
}
