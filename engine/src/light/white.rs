use glam::{Vec2, Vec3};

/// Steps along the line of lights, and the ln(green / blue) of the first and the last.
const STEPS: usize = 40;
const RANGE: (f32, f32) = (-0.45, 0.75);
/// Greener or pinker than that line by this, as ln(red / green), is seldom light.
const TINT: f32 = 0.08;

/// What neutral surfaces show: lights from the sky's to a lamp's, and how much of the surroundings each explains.
///
/// Daylight and glowing bodies lie on a line of chromaticities, which in ln(red / green) over ln(green / blue) is nearly
/// straight. Whatever lies on it may be grey in a light of that colour; a red wall or skin does not.
#[derive(Debug)]
pub(super) struct Surroundings {
    /// Weight, weight · place, weight · tint.
    steps: [Vec3; STEPS],
    total: f32,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self { steps: [Vec3::ZERO; STEPS], total: 0.0 }
    }
}

/// Where a light lies on the line, and beside it.
#[derive(Clone, Copy, Debug)]
struct Cast {
    place: f32,
    tint: f32,
}

impl Cast {
    /// From ln(red / green) and ln(blue / green).
    fn of(chroma: Vec2) -> Self {
        let place = -chroma.y;
        Self { place, tint: chroma.x - slope(place) * place }
    }

    /// Linear RGB of luminance 1.
    fn white_linear(self) -> Vec3 {
        let white = Vec3::new((slope(self.place) * self.place + self.tint).exp(), 1.0, (-self.place).exp());
        white / carmine_shaders::cpu::luminance(white)
    }
}

/// Red over green grows by this along the line of lamps and of the sky (Planck's locus and daylight's in linear sRGB).
fn slope(place: f32) -> f32 {
    if place > 0.0 { 0.68 } else { 0.3 }
}

impl Surroundings {
    /// Adds what lies around: its ln(red / green) and ln(blue / green), and luminance.
    pub fn add(&mut self, chroma: Vec2, level: f32) {
        self.total += level;
        let cast = Cast::of(chroma);
        let at = (cast.place - RANGE.0) / (RANGE.1 - RANGE.0) * STEPS as f32;
        let off = cast.tint / TINT;
        if (0.0..STEPS as f32).contains(&at) && off.abs() < 3.0 {
            let weight = level * (-off * off).exp();
            self.steps[at as usize] += Vec3::new(1.0, cast.place, cast.tint) * weight;
        }
    }

    /// The white point as linear RGB of luminance 1, and how good it is, 0–1. `sclera`: ln(blue / green) of the white of the
    /// eyes; its red is the blood's, which takes away as much blue as green.
    ///
    /// Three witnesses: cameras take most of a cast out; surroundings are mostly grey, or of any colour; and what colours
    /// the light colours the eyes too, but a beige wall does not. Weak evidence moves it little from white.
    pub fn white(&self, sclera: Option<f32>) -> (Vec3, f32) {
        /// What cameras leave of a cast (of an exponential distribution).
        const LEFT: f32 = 0.14;
        /// How much the light's place differs over grey things in one room.
        const ALIKE: f32 = 0.05;
        /// Of surroundings, what is in line with a light by chance.
        const CHANCE: f32 = 0.15;
        /// ln(blue / green) of the sclera in white light and its spread, in 40 pictures of 35 people.
        const SCLERA: (f32, f32) = (-0.08, 0.16);
        if self.total <= 0.0 && sclera.is_none() {
            return (Vec3::ONE, 0.0);
        }
        // Surroundings are few things, not many pixels.
        let things = if sclera.is_some() { 1.5 } else { 1.0 };
        let (mut sum, mut cast, mut explained) = (0.0, Vec2::ZERO, 0.0);
        for step in 0..STEPS {
            let place = RANGE.0 + (step as f32 + 0.5) / STEPS as f32 * (RANGE.1 - RANGE.0);
            let mut near = Vec3::ZERO;
            for (other, weights) in self.steps.iter().enumerate() {
                let off = (other.abs_diff(step) as f32) * (RANGE.1 - RANGE.0) / STEPS as f32 / ALIKE;
                if off < 3.0 {
                    near += *weights * (-0.5 * off * off).exp();
                }
            }
            let part = near.x / self.total.max(1e-6);
            let off = sclera.map_or(0.0, |seen| (seen + place - SCLERA.0) / SCLERA.1);
            let likely = (CHANCE + part).powf(things) * (-0.5 * off * off - place.abs() / LEFT).exp();
            // Where grey things are, the light is theirs, to a hair.
            let own = near.y / near.x.max(1e-6);
            let sure = part / (part + CHANCE);
            sum += likely;
            cast += likely * Vec2::new(place + (own - place) * sure, near.z / near.x.max(1e-6) * sure);
            explained += likely * part;
        }
        let cast = cast / sum.max(1e-9);
        (Cast { place: cast.x, tint: cast.y }.white_linear(), (2.0 * explained / sum.max(1e-9)).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(things: &[(f32, f32, f32)], sclera: Option<f32>) -> Cast {
        let mut surroundings = Surroundings::default();
        things.iter().for_each(|&(red, blue, level)| surroundings.add(Vec2::new(red, blue), level));
        let white = surroundings.white(sclera).0;
        Cast::of(Vec2::new((white.x / white.y).ln(), (white.z / white.y).ln()))
    }

    #[test]
    fn eyes_tell_a_lamp_from_a_beige_wall() {
        let wall = [(0.19, -0.28, 1.0)];
        assert!(of(&wall, Some(-0.36)).place > 0.23);
        assert!(of(&wall, Some(-0.08)).place < 0.1);
    }

    #[test]
    fn grey_things_are_believed_and_coloured_ones_are_not() {
        assert!((of(&[(0.03, -0.05, 1.0)], None).place - 0.05).abs() < 0.02);
        assert!(of(&[(2.0, 0.0, 1.0)], None).place.abs() < 0.02, "a red wall");
        assert!(of(&[(0.5, -0.5, 1.0)], Some(-0.08)).place.abs() < 0.06, "wood");
        assert!(of(&[], Some(-0.08)).place.abs() < 0.02);
    }
}
