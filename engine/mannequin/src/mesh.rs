//! Triangle meshes and what their vertices carry. Lengths in cm, in face space.

use std::ops::{Add, Mul};

use glam::Vec3;

/// Vertices 0–467 of the finished mesh are the landmarks.
pub(crate) const LANDMARK_COUNT: usize = 468;

/// A point of the surface with what is smoothed along with it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Vertex {
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
pub(crate) enum BodyPart {
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
pub(crate) struct Triangle {
    pub corners: [u32; 3],
    pub part: BodyPart,
}

/// Triangles, counter-clockwise as seen from outside.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mesh {
    pub vertices: Vec<Vertex>,
    pub triangles: Vec<Triangle>,
}

impl Mesh {
    pub fn push(&mut self, corners: [u32; 3], part: BodyPart) {
        self.triangles.push(Triangle { corners, part });
    }

    /// Rows of `columns` points each, joined to a surface; closed along the row where `around`.
    pub fn grid(rows: &[Vec<Vec3>], around: bool, part: BodyPart) -> Self {
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
}
