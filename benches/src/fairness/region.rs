use crate::mannequin::{Posed, Zone};

/// Where on the face a product belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The red of the lips.
    Lips,
}

impl Place {
    fn holds(self, zone: Zone) -> bool {
        match self {
            Self::Lips => zone == Zone::Lips,
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

/// How far the core keeps from the edge, in interocular distances. The lips' feather is 0.036.
const CORE: f32 = 0.03;
/// How far beyond the edge a product may reach.
const MARGIN: f32 = 0.05;

impl Region {
    pub fn of(place: Place, posed: &Posed<'_>, interocular_px: f32) -> Self {
        let inside: Vec<bool> = posed.zones().iter().map(|&zone| place.holds(zone)).collect();
        let outside: Vec<bool> = inside.iter().map(|inside| !inside).collect();
        let width = posed.view().width as usize;
        let [to_edge, from_edge] = [&outside, &inside].map(|to| distances_px(to, width));
        Self {
            core: to_edge.iter().map(|&away| away > CORE * interocular_px).collect(),
            grown: from_edge.iter().map(|&away| away <= MARGIN * interocular_px).collect(),
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
