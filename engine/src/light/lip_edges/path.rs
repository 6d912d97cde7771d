//! The cheapest smooth path around the mouth: one place on each column, where the cost of the places and of the steps
//! from column to column is least (dynamic programming; Amini, Weymouth & Jain 1990).

use super::COLUMNS;

/// Places on a column, from [`FIRST`] on, [`STEP`] apart: distances from the landmarks in widths of the mouth.
pub(super) const PLACES: usize = 49;
pub(super) const FIRST: f32 = -0.10;
pub(super) const STEP: f32 = 0.005;
/// Cost of a place where no edge may be.
pub(super) const FORBIDDEN: f32 = 1e6;
/// Farthest step from a column to the next, in places.
const REACH: usize = 4;
/// What a step costs, over its square in widths of the mouth.
const STIFFNESS: f32 = 6000.0;

/// What an edge at each place of each column costs.
pub(super) type Costs = [[f32; PLACES]; COLUMNS];

/// A place's distance from the landmarks.
pub(super) fn distance(place: usize) -> f32 {
    FIRST + STEP * place as f32
}

/// Memory for the search.
#[derive(Debug)]
pub(super) struct PathSearch {
    /// For each column but the first: the best place on the column before, [`REACH`] for the same one.
    before: Box<[[u8; PLACES]; COLUMNS]>,
}

impl Default for PathSearch {
    fn default() -> Self {
        Self { before: Box::new([[0; PLACES]; COLUMNS]) }
    }
}

impl PathSearch {
    pub fn zeroize(&mut self) {
        crate::zeroize::overwrite(&mut self.before[..], [0; PLACES]);
    }

    /// The closed path's distances from the landmarks, between the places too.
    pub fn smoothest(&mut self, costs: &Costs) -> [f32; COLUMNS] {
        // Open first. Half way round its place does not depend on the ends: there the closed path begins and ends.
        let open = self.search(costs, 0, None);
        let start = COLUMNS / 2;
        let closed = self.search(costs, start, Some(open[start]));
        std::array::from_fn(|column| {
            let here = closed[column];
            let around = [column + COLUMNS - 1, column + 1].map(|other| distance(closed[other % COLUMNS]));
            let cost = |place: usize| {
                let steps = around.map(|there| STIFFNESS * (distance(place) - there).powi(2));
                costs[column][place] + steps[0] + steps[1]
            };
            distance(here)
                + if here == 0 || here + 1 == PLACES { 0.0 } else { STEP * dip([here - 1, here, here + 1].map(cost)) }
        })
    }

    /// The cheapest path once around from a column on; if `fixed`, it begins and ends there.
    fn search(&mut self, costs: &Costs, start: usize, fixed: Option<usize>) -> [usize; COLUMNS] {
        let at = |step: usize| (start + step) % COLUMNS;
        let mut sums = costs[start];
        if let Some(fixed) = fixed {
            sums = std::array::from_fn(|place| if place == fixed { costs[start][place] } else { FORBIDDEN });
        }
        let last = if fixed.is_some() { COLUMNS } else { COLUMNS - 1 };
        let steps: [f32; 2 * REACH + 1] = std::array::from_fn(|step| {
            let away = STEP * step.abs_diff(REACH) as f32;
            STIFFNESS * away * away
        });
        // Beyond either end there is no place.
        let mut padded = [FORBIDDEN; PLACES + 2 * REACH];
        for step in 1..=last {
            padded[REACH..REACH + PLACES].copy_from_slice(&sums);
            let (mut least, mut from) = ([f32::MAX; PLACES], [0_u8; PLACES]);
            // One step for all places after the other: such loops run on several places at once.
            for (shift, cost) in steps.into_iter().enumerate() {
                for place in 0..PLACES {
                    let sum = padded[place + shift] + cost;
                    let is_less = sum < least[place];
                    least[place] = if is_less { sum } else { least[place] };
                    from[place] = if is_less { shift as u8 } else { from[place] };
                }
            }
            let own = &costs[at(step)];
            sums = std::array::from_fn(|place| least[place] + own[place]);
            self.before[step - 1] = from;
        }
        let cheapest = (0..PLACES).min_by(|&one, &other| sums[one].total_cmp(&sums[other])).unwrap_or(0);
        let mut place = fixed.unwrap_or(cheapest);
        let mut path = [place; COLUMNS];
        for step in (0..last).rev() {
            path[at(step + 1)] = place;
            place = (place + usize::from(self.before[step][place])).saturating_sub(REACH).min(PLACES - 1);
        }
        path[start] = place;
        path
    }
}

/// Where the parabola through three costs is least, in steps from the middle one.
fn dip([left, middle, right]: [f32; 3]) -> f32 {
    let bend = left - 2.0 * middle + right;
    if bend < 1e-6 || left.max(right) >= FORBIDDEN * 0.1 { 0.0 } else { (0.5 * (left - right) / bend).clamp(-0.5, 0.5) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Costs that are least at a distance which depends on the column.
    fn valley(at: impl Fn(usize) -> f32) -> Costs {
        std::array::from_fn(|column| std::array::from_fn(|place| 40_000.0 * (distance(place) - at(column)).powi(2)))
    }

    #[test]
    fn a_path_follows_its_valley_between_the_places_too() {
        let wave = |column: usize| 0.0123 + 0.02 * (column as f32 * std::f32::consts::TAU / COLUMNS as f32).sin();
        let path = PathSearch::default().smoothest(&valley(wave));
        for (column, found) in path.into_iter().enumerate() {
            assert!((found - wave(column)).abs() < 0.002, "{column}: {found} {}", wave(column));
        }
    }

    #[test]
    fn a_column_without_evidence_or_with_a_wrong_one_follows_its_neighbours() {
        let mut costs = valley(|_| 0.03);
        costs[7] = [0.0; PLACES];
        costs[40] = valley(|_| -0.08)[40].map(|cost| 0.01 * cost);
        let path = PathSearch::default().smoothest(&costs);
        assert!((path[7] - 0.03).abs() < 0.003, "{}", path[7]);
        assert!((path[40] - 0.03).abs() < 0.02, "{}", path[40]);
    }

    #[test]
    fn the_path_is_closed() {
        let mut costs = valley(|_| 0.0);
        for column in [58, 59, 0, 1, 2] {
            costs[column] = valley(|_| 0.05)[column];
        }
        let path = PathSearch::default().smoothest(&costs);
        let worst = (0..COLUMNS).map(|k| (path[k] - path[(k + 1) % COLUMNS]).abs()).fold(0.0, f32::max);
        assert!(worst <= STEP * (REACH as f32 + 1.0), "{worst}");
        assert!((path[0] - 0.05).abs() < 0.02);
    }
}
