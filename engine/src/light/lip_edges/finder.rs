//! Finds the edges of one face's lips in one picture.

use std::array::from_fn;

use glam::{Vec2, Vec3};

use super::colour_model::ColourModel;
use super::columns::{Columns, is_lower, opposite};
use super::evidence::{ColumnColours, Edge, PerSample, SAMPLES, edge_costs, lab_at, places, sample};
use super::path::{Costs, PLACES, PathSearch};
use super::{COLUMNS, LipEdges};
use crate::face::FittedFace;
use crate::frame::Frame;
use crate::zeroize;

/// Least width of a mouth whose edges can be seen, in pixels.
const WIDTH_MIN_PX: f32 = 24.0;
/// Lips that are nowhere farther apart, in widths of the mouth, are closed: nothing shows between them.
const CLOSED: f32 = 0.03;
/// Where they are farther apart, what shows in the opening is looked at.
const OPEN: f32 = 0.05;
/// How far inside its edges lip is surely lip, and how far outside skin is surely skin, in widths of the mouth: by the
/// landmarks, and by edges that were found.
const INSIDE: [f32; 2] = [0.02, 0.025];
const OUTSIDE: [f32; 2] = [0.05, 0.03];
/// Variances that are added to a model's, in Lab: of skin and lip, of hair, of the opening.
const FLOOR: Vec3 = Vec3::new(6.0, 3.0, 3.0);
const HAIR_FLOOR: Vec3 = Vec3::new(20.0, 6.0, 6.0);
const OPENING_FLOOR: Vec3 = Vec3::new(25.0, 6.0, 6.0);
/// Squared distance from a model, in standard deviations, of what it does not explain.
const UNEXPLAINED: f32 = 9.0;
/// Of the samples of lip and skin one of so many makes the models: neighbours say nearly the same.
const EVERY: usize = 2;
/// Least samples of hair beside the lips, and in the opening of what is not like lip.
const HAIR_MIN: usize = 10;
const OPENING_MIN: usize = 9;
/// Share of what shows in the opening that must be unlike the lips for its edge to be looked for.
const UNLIKE: f32 = 0.3;
/// What a sample costs in the opening if it is like nothing that is known there, and how much more than its model says if
/// it is.
const UNKNOWN_COST: f32 = 11.0;
const OPENING_COST: f32 = 1.5;
/// What a sample costs as hair beside what its model says and how rare hair is.
const HAIR_COST: f32 = 0.5;
/// Where the opening is looked at, from its edge to its middle.
const INTO_OPENING: [f32; 4] = [0.3, 0.5, 0.7, 0.9];
/// Steps that part the opening into dark and bright.
const PARTING_ROUNDS: usize = 6;
/// Least lip between its edges, in widths of the mouth.
const LIP_MIN: f32 = 0.01;
/// Added outwards and into the opening, in widths of the mouth: lip fades over a pixel or two, and a bare rim shows more
/// than one that is covered.
const OVERLAP_OUTER: f32 = 0.008;
const OVERLAP_INNER: f32 = 0.002;

/// The search and its memory.
#[derive(Debug)]
pub(in crate::light) struct LipEdgeFinder {
    seen: Box<[ColumnColours; COLUMNS]>,
    lip_cost: Box<PerSample<f32>>,
    other_cost: Box<PerSample<f32>>,
    costs: Box<Costs>,
    path: PathSearch,
    colours: Vec<Vec3>,
    unexplained: Vec<Vec3>,
    scratch: Vec<f32>,
}

impl Default for LipEdgeFinder {
    fn default() -> Self {
        let most = COLUMNS * SAMPLES;
        Self {
            seen: Box::new([ColumnColours::BLANK; COLUMNS]),
            lip_cost: Box::new([[0.0; SAMPLES]; COLUMNS]),
            other_cost: Box::new([[0.0; SAMPLES]; COLUMNS]),
            costs: Box::new([[0.0; PLACES]; COLUMNS]),
            path: PathSearch::default(),
            colours: Vec::with_capacity(most),
            unexplained: Vec::with_capacity(most),
            scratch: Vec::with_capacity(most),
        }
    }
}

/// Distances of the edges from their landmarks along the columns, in widths of the mouth.
struct Found {
    outer: [f32; COLUMNS],
    inner: [f32; COLUMNS],
}

impl LipEdgeFinder {
    pub fn zeroize(&mut self) {
        let Self { seen, lip_cost, other_cost, costs, path, colours, unexplained, scratch } = self;
        zeroize::overwrite(&mut seen[..], ColumnColours::BLANK);
        [lip_cost, other_cost].into_iter().for_each(|values| zeroize::overwrite(&mut values[..], [0.0; SAMPLES]));
        zeroize::overwrite(&mut costs[..], [0.0; PLACES]);
        path.zeroize();
        [colours, unexplained].into_iter().for_each(|values| zeroize::empty(values, Vec3::ZERO));
        zeroize::empty(scratch, 0.0);
    }

    /// The edges of a face's lips; the landmarks' where the lips are too small or too little of them is seen. `before`:
    /// where they were in the picture before, which saves half of the work.
    pub fn find(&mut self, frame: &Frame<'_>, face: &FittedFace, before: Option<&LipEdges>) -> LipEdges {
        let columns = Columns::of(face).filter(|columns| columns.width_px >= WIDTH_MIN_PX);
        let Some(columns) = columns else { return LipEdges::default() };
        sample(frame, &columns, &mut self.seen);
        let is_closed = columns.gap.iter().all(|gap| *gap < CLOSED);
        let unit = face.landmarks_px.interocular().max(1.0);
        let mut found = before.map_or(Found::LANDMARKS, |before| Found::of(before, &columns, unit));
        if is_closed {
            found.inner = columns.gap.map(|gap| -0.5 * gap);
        }
        for round in usize::from(before.is_some())..2 {
            let Some(lips) = self.score_lip_and_skin(&columns, &found, round) else { break };
            edge_costs(Edge::Outer, &columns, &self.lip_cost, &self.other_cost, &mut self.costs);
            found.outer = self.path.smoothest(&self.costs);
            // Where lips and what shows between them look alike, in a picture that is blown out, the landmarks decide.
            if !is_closed && self.score_opening(frame, &columns, &lips) {
                edge_costs(Edge::Opening, &columns, &self.other_cost, &self.lip_cost, &mut self.costs);
                found.inner = self.path.smoothest(&self.costs);
                for (column, inner) in found.inner.iter_mut().enumerate() {
                    *inner = inner.min(columns.thickness[column] + found.outer[column] - LIP_MIN);
                }
            }
        }
        found.offsets(&columns, is_closed, unit)
    }

    /// What every sample costs as lip and as what lies beyond it. Returns a model of both lips together.
    fn score_lip_and_skin(&mut self, columns: &Columns, found: &Found, round: usize) -> Option<ColourModel> {
        let Self { seen, lip_cost, other_cost, colours, unexplained, scratch, .. } = self;
        let is_lip = |column: usize, place: f32| {
            let opening = found.inner[column] - columns.thickness[column];
            place < found.outer[column] - INSIDE[round] && place > opening + INSIDE[round]
        };
        let is_skin = |column: usize, place: f32| place > found.outer[column] + OUTSIDE[round];
        let take = |colours: &mut Vec<Vec3>, is_wanted: &dyn Fn(usize, f32) -> bool| {
            colours.clear();
            for (column, seen) in seen.iter().enumerate() {
                let wanted = places(columns, column)
                    .into_iter()
                    .enumerate()
                    .filter(|(sample, place)| (column + sample) % EVERY == 0 && is_wanted(column, *place));
                colours.extend(wanted.map(|(sample, _)| seen.at(sample)));
            }
        };
        for lower in [true, false] {
            take(colours, &|column, place| is_lower(column) == lower && is_lip(column, place));
            let lip = ColourModel::fit(colours, FLOOR, scratch)?;
            take(colours, &|column, place| is_lower(column) == lower && is_skin(column, place));
            let skin = ColourModel::fit(colours, FLOOR, scratch)?;
            unexplained.clear();
            unexplained.extend(colours.iter().filter(|&&lab| skin.distance_squared(lab) > UNEXPLAINED));
            let rarity = (colours.len() as f32 / unexplained.len().max(1) as f32).ln();
            let hair =
                (unexplained.len() >= HAIR_MIN).then(|| ColourModel::fit(unexplained, HAIR_FLOOR, scratch)).flatten();
            for column in (0..COLUMNS).filter(|&column| is_lower(column) == lower) {
                let seen = &seen[column].0;
                lip_cost[column] = lip.costs(seen);
                other_cost[column] = skin.costs(seen);
                if let Some(hair) = &hair {
                    for (other, as_hair) in other_cost[column].iter_mut().zip(hair.costs(seen)) {
                        *other = other.min(as_hair + rarity + HAIR_COST);
                    }
                }
            }
        }
        take(colours, &is_lip);
        ColourModel::fit(colours, FLOOR, scratch)
    }

    /// What every sample costs as a part of the opening: teeth, the mouth's dark, gums, tongue. Returns whether most of
    /// what shows there is unlike the lips.
    fn score_opening(&mut self, frame: &Frame<'_>, columns: &Columns, lips: &ColourModel) -> bool {
        let Self { seen, other_cost, colours, unexplained, scratch, .. } = self;
        colours.clear();
        let mut looked_at = 0;
        for column in (0..COLUMNS).filter(|&column| columns.gap[column] > OPEN) {
            let [here, across] =
                [column, opposite(column)].map(|column| columns.at(column, -columns.thickness[column]));
            let middle = here.midpoint(across);
            let shown = INTO_OPENING.map(|part| lab_at(frame, here.lerp(middle, part)));
            looked_at += shown.len();
            colours.extend(shown.into_iter().filter(|&lab| lips.distance_squared(lab) > UNEXPLAINED));
        }
        if looked_at > 0 && (colours.len() as f32) < UNLIKE * looked_at as f32 {
            return false;
        }
        let mut models = [None; 2];
        if colours.len() >= OPENING_MIN {
            let parting = parting(colours, scratch);
            for (model, is_bright) in models.iter_mut().zip([false, true]) {
                unexplained.clear();
                unexplained.extend(colours.iter().filter(|lab| (lab.x > parting) == is_bright));
                *model = ColourModel::fit(unexplained, OPENING_FLOOR, scratch);
            }
        }
        for (costs, seen) in other_cost.iter_mut().zip(seen.iter()) {
            costs.fill(UNKNOWN_COST);
            for model in models.iter().flatten() {
                for (cost, known) in costs.iter_mut().zip(model.costs(&seen.0)) {
                    *cost = cost.min(known + OPENING_COST);
                }
            }
        }
        true
    }
}

/// The lightness between what is dark and what is bright (two means).
fn parting(colours: &[Vec3], scratch: &mut Vec<f32>) -> f32 {
    scratch.clear();
    scratch.extend(colours.iter().map(|lab| lab.x));
    scratch.sort_unstable_by(f32::total_cmp);
    let at = |share: f32| scratch[((scratch.len() - 1) as f32 * share) as usize];
    let (mut dark, mut bright) = (at(0.1), at(0.9));
    for _ in 0..PARTING_ROUNDS {
        let parting = 0.5 * (dark + bright);
        let split = scratch.partition_point(|&lightness| lightness <= parting);
        let mean = |values: &[f32], none: f32| {
            if values.is_empty() { none } else { values.iter().sum::<f32>() / values.len() as f32 }
        };
        (dark, bright) = (mean(&scratch[..split], dark), mean(&scratch[split..], bright));
    }
    0.5 * (dark + bright)
}

impl Found {
    const LANDMARKS: Self = Self { outer: [0.0; COLUMNS], inner: [0.0; COLUMNS] };

    /// Of edges in interocular distances of `unit` pixels.
    fn of(edges: &LipEdges, columns: &Columns, unit: f32) -> Self {
        let along = |offset: Vec2, column: usize| offset.dot(columns.outwards[column]) * unit / columns.width_px;
        Self {
            outer: from_fn(|k| along(edges.outer[k], k) - OVERLAP_OUTER),
            inner: from_fn(|k| along(edges.inner[k], k) + OVERLAP_INNER),
        }
    }

    fn offsets(&self, columns: &Columns, is_closed: bool, unit: f32) -> LipEdges {
        let (outer, inner) = (steadied(&self.outer), steadied(&self.inner));
        let from = |landmark: Vec2, column: usize, place: f32| (columns.at(column, place) - landmark) / unit;
        LipEdges {
            outer: from_fn(|k| from(columns.outer[k], k, outer[k] + OVERLAP_OUTER)),
            inner: from_fn(|k| {
                if is_closed {
                    return Vec2::ZERO;
                }
                from(columns.inner[k], k, inner[k] - columns.thickness[k] - OVERLAP_INNER)
            }),
        }
    }
}

/// Each value with its neighbours.
fn steadied(values: &[f32; COLUMNS]) -> [f32; COLUMNS] {
    from_fn(|k| 0.25 * (values[(k + COLUMNS - 1) % COLUMNS] + 2.0 * values[k] + values[(k + 1) % COLUMNS]))
}
