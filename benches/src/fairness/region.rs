//! Where on a mannequin a product belongs, by geometry: a core that must be covered, and a margin that may be.

use glam::Vec3;

use carmine_mannequin::{LidPlace, Posed, Zone};

/// Where on the face a product belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The red of the lips.
    Lips,
    /// From the edge of the upper lids to below the brows.
    Lids,
    /// Along the edge of the upper lids.
    LashLine,
    /// The apples of the cheeks and what blush reaches from there.
    Cheeks,
    /// All bare skin of the face.
    Face,
}

impl Place {
    fn holds(self, posed: &Posed<'_>, zone: Zone, at: Vec3) -> bool {
        match self {
            Self::Lips => zone == Zone::Lips,
            Self::Lids => {
                let LidPlace { above_cm, along } = posed.lid_place(at);
                zone == Zone::Skin && at.z > 2.0 && (0.0..1.1).contains(&above_cm) && (-0.05..1.15).contains(&along)
            }
            Self::LashLine => {
                let LidPlace { above_cm, along } = posed.lid_place(at);
                at.z > 2.0 && (-0.1..0.3).contains(&above_cm) && (-0.02..1.1).contains(&along)
            }
            Self::Cheeks => zone == Zone::Skin && at.with_x(at.x.abs()).distance(Vec3::new(5.0, -0.8, 3.2)) < 3.2,
            Self::Face => zone == Zone::Skin && at.z > -2.4 && at.y > -9.2 && at.y < 8.6,
        }
    }

    /// How far the core keeps from the edge, in interocular distances. The lips' feather is 0.036; elsewhere edges are
    /// soft, or the place is too narrow to have an inside.
    fn core_inset(self) -> f32 {
        match self {
            Self::Lips => 0.03,
            Self::Lids => 0.025,
            Self::LashLine => 0.0,
            Self::Cheeks => 0.12,
            Self::Face => 0.08,
        }
    }

    /// How far beyond the edge a product may reach before it counts as leaked, in interocular distances: the
    /// landmarks' error, and the feather of soft products.
    fn margin(self) -> f32 {
        match self {
            Self::Lips | Self::LashLine | Self::Face => 0.05,
            Self::Lids => 0.10,
            Self::Cheeks => 0.20,
        }
    }
}

/// A place in a picture, per pixel.
#[derive(Debug)]
pub(super) struct Region {
    /// Well inside: what is measured there is neither the feathered rim nor the landmarks' error.
    pub core: Vec<bool>,
    /// Inside or so near that a landmark's error explains it. Make-up beyond has leaked.
    pub grown: Vec<bool>,
}

impl Region {
    pub fn of(place: Place, posed: &Posed<'_>, interocular_px: f32) -> Self {
        let points = posed.points_face_cm();
        let shown = posed.zones().iter().zip(points);
        let inside: Vec<bool> =
            shown.map(|(&zone, point)| point.is_some_and(|at| place.holds(posed, zone, at))).collect();
        let outside: Vec<bool> = inside.iter().map(|inside| !inside).collect();
        let width = posed.viewport().width as usize;
        let [to_edge, from_edge] = [&outside, &inside].map(|to| distances_px(to, width));
        Self {
            core: to_edge.iter().map(|&away| away > place.core_inset() * interocular_px).collect(),
            grown: from_edge.iter().map(|&away| away <= place.margin() * interocular_px).collect(),
        }
    }
}

/// From every pixel to the nearest one of `to`: chamfer distance (Borgefors 1986), within 8 % of Euclid's.
fn distances_px(to: &[bool], width: usize) -> Vec<f32> {
    const FAR: f32 = 1e6;
    const NEIGHBOURS: [(isize, isize, f32); 4] = [(-1, 0, 1.0), (-1, -1, 1.4), (0, -1, 1.0), (1, -1, 1.4)];
    let mut away: Vec<f32> = to.iter().map(|&reached| if reached { 0.0 } else { FAR }).collect();
    let height = away.len() / width;
    // Downwards, then upwards with the neighbours mirrored.
    for side in [1, -1] {
        for step in 0..away.len() {
            let at = if side > 0 { step } else { away.len() - 1 - step };
            let (x, y) = ((at % width) as isize, (at / width) as isize);
            for (dx, dy, length) in NEIGHBOURS {
                let (x, y) = (x + side * dx, y + side * dy);
                if (0..width as isize).contains(&x) && (0..height as isize).contains(&y) {
                    away[at] = away[at].min(away[y as usize * width + x as usize] + length);
                }
            }
        }
    }
    away
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_grow_from_the_marked_pixel() {
        let mut to = vec![false; 49];
        to[3 * 7 + 3] = true;
        let away = distances_px(&to, 7);
        assert_eq!([away[24], away[25], away[3 * 7], away[3]], [0.0, 1.0, 3.0, 3.0]);
        assert!((away[0] - 4.2).abs() < 1e-4 && (away[48] - 4.2).abs() < 1e-4);
    }
}
