//! Whether a component unlike skin leaves an eye free: it is then no thing over it, but glasses, or light.
//!
//! In: a component as a mask. Out: whether an eye is seen in it, whether it is a part of glasses, and the component
//! without what lies around free eyes.

use super::canonical_grid::EYE_CELLS;
use super::grid::{CELLS, SIDE};
use super::samples::Samples;
use super::scored_face::Face;
use super::unlike_skin::SCORE_MIN;

/// An eye seen in a component: the share of its zone covered, the least cells of lids and eye, and how dark (log
/// luminance) and varied the eye is beside the lids.
const EYE_COVERED: f32 = 0.75;
const EYE_ZONE_CELLS: usize = 40;
const EYE_PART_CELLS: usize = 15;
const EYE_DARK: f32 = 0.6;
const EYE_VARIED: f32 = 1.15;
/// A rim has fewer cells than this, covers less than this of the eye, and more than that of the lids around it.
const RIM_CELLS_MAX: usize = 250;
const RIM_EYE_SHARE: f32 = 0.5;
const RIM_SHARE: f32 = 0.3;
/// Something lies over an eye if it covers this share of the eye with its lids.
const ONE_LENS_SHARE: f32 = 0.5;
/// From this share on an eye is wholly covered.
const EYE_WHOLE_SHARE: f32 = 0.85;
/// Steps from an eye to the skin beyond glasses, and the share of it that they cover at most.
const AROUND: std::ops::RangeInclusive<u8> = 7..=10;
const AROUND_SHARE: f32 = 0.3;
/// Less than this over an eye is no part of it.
const PARTLY_SHARE: f32 = 0.05;

/// Whether a component of `size` cells is a rim of glasses or a reflection in them.
pub(super) fn is_part_of_glasses(face: &Face<'_>, member: &[bool; CELLS], size: usize) -> bool {
    size < RIM_CELLS_MAX && (is_rim(face, member) || is_one_lens(face, member))
}

/// Whether lids and an eye, darker and more varied than they, are seen within.
pub(super) fn shows_an_eye(
    face: &Face<'_>,
    member: &[bool; CELLS],
    core: &[bool; CELLS],
    samples: &mut Samples,
) -> bool {
    let level = &face.colours.channels[0];
    face.canonical.from_eye.iter().any(|steps| {
        let zone = || face.now.seen_cells(face.canonical).filter(|&cell| steps[cell] <= EYE_CELLS);
        let covered = zone().filter(|&cell| member[cell]).count() as f32;
        let count = zone().count();
        if count < EYE_ZONE_CELLS || covered < EYE_COVERED * count as f32 {
            return false;
        }
        let inner = || zone().filter(|&cell| core[cell]);
        samples.take(inner().filter(|&cell| steps[cell] > 2).map(|cell| level[cell]));
        let (lids, lid, lid_varies) = (samples.len(), samples.median(), samples.deviation());
        samples.take(inner().filter(|&cell| steps[cell] <= 1).map(|cell| level[cell]));
        lids >= EYE_PART_CELLS
            && samples.len() >= EYE_PART_CELLS
            && samples.deviation() > EYE_VARIED * lid_varies
            && lid - samples.percentile(0.1) > EYE_DARK
    })
}

/// Whether it lies around an eye that is seen: the rim of glasses.
fn is_rim(face: &Face<'_>, member: &[bool; CELLS]) -> bool {
    face.canonical.from_eye.iter().any(|steps| {
        let share = |from: u8, to: u8| {
            let zone = || face.now.seen_cells(face.canonical).filter(|&cell| (from..=to).contains(&steps[cell]));
            let covered = zone().filter(|&cell| member[cell]).count();
            covered as f32 / zone().count().max(1) as f32
        };
        share(0, 1) < RIM_EYE_SHARE && share(2, EYE_CELLS) > RIM_SHARE
    })
}

/// Whether it lies over one eye while the other one is free: a reflection in glasses, or one eye in the shade.
fn is_one_lens(face: &Face<'_>, member: &[bool; CELLS]) -> bool {
    let zone = |side: usize| {
        let steps = &face.canonical.from_eye[side];
        face.now.seen_cells(face.canonical).filter(move |&cell| steps[cell] <= EYE_CELLS)
    };
    let share = |side: usize, is_in: &dyn Fn(usize) -> bool| {
        zone(side).filter(|&cell| is_in(cell)).count() as f32 / zone(side).count().max(1) as f32
    };
    [(0, 1), (1, 0)].into_iter().any(|(one, other)| {
        share(one, &|cell| member[cell]) > ONE_LENS_SHARE
            && share(other, &|cell| face.score[cell] > SCORE_MIN) < ONE_LENS_SHARE
    })
}

/// Takes out of `member` what lies around or only partly over an eye: rims that hang together with a hat, and
/// reflections in them.
pub(super) fn cut_free_eyes(face: &Face<'_>, member: &mut [bool; CELLS], free: &mut [bool; CELLS], is_upper: bool) {
    for steps in &face.canonical.from_eye {
        let zone = || face.now.seen_cells(face.canonical).filter(|&cell| steps[cell] <= EYE_CELLS);
        let covered = zone().filter(|&cell| member[cell]).count() as f32 / zone().count().max(1) as f32;
        let above = zone().filter(|&cell| member[cell] && is_above(steps, cell)).count();
        let below = zone().filter(|&cell| member[cell] && !is_above(steps, cell)).count();
        // A mask comes from below, and lies on the cheek, too.
        let around = || face.now.seen_cells(face.canonical).filter(|&cell| AROUND.contains(&steps[cell]));
        let reaches = around().filter(|&cell| member[cell]).count() as f32;
        let is_glasses = above > below || (is_upper && reaches < AROUND_SHARE * around().count() as f32);
        if (PARTLY_SHARE..EYE_WHOLE_SHARE).contains(&covered) && is_glasses {
            for cell in face.canonical.indices().filter(|&cell| steps[cell] <= EYE_CELLS + 1) {
                member[cell] = false;
                free[cell] = true;
            }
        }
    }
}

/// Whether a cell around an eye lies above its middle.
fn is_above(steps: &[u8; CELLS], cell: usize) -> bool {
    let rows = || steps.iter().enumerate().filter(|(_, steps)| **steps == 0).map(|(cell, _)| cell / SIDE);
    let (top, bottom) = (rows().min().unwrap_or(0), rows().max().unwrap_or(0));
    2 * (cell / SIDE) < top + bottom
}
