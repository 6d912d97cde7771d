//! All sittings together: medians and worst values by tone and product, as a table.

use std::fmt::Write;

use super::{Mode, Sitting, Worn};

/// Everything that was measured.
#[derive(Clone, Debug)]
pub struct Report {
    /// A picture each.
    pub sittings: Vec<Sitting>,
}

/// The middle and the worst of many values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// The middle one.
    pub median: f32,
    /// The largest.
    pub worst: f32,
}

impl Spread {
    fn of(values: impl Iterator<Item = f32>) -> Self {
        let mut values: Vec<f32> = values.collect();
        values.sort_unstable_by(f32::total_cmp);
        let at = |place: usize| values.get(place).copied().unwrap_or(0.0);
        Self { median: at(values.len() / 2), worst: at(values.len().wrapping_sub(1)) }
    }
}

impl Report {
    /// The tones that were measured, in order.
    pub fn tones(&self) -> Vec<usize> {
        let mut tones: Vec<usize> = self.sittings.iter().map(|sitting| sitting.tone).collect();
        tones.sort_unstable();
        tones.dedup();
        tones
    }

    fn of(&self, tone: usize) -> impl Iterator<Item = &Sitting> {
        self.sittings.iter().filter(move |sitting| sitting.tone == tone)
    }

    /// `value` of every product worn by `tone` in `mode`, where it has one.
    pub fn spread(&self, tone: usize, mode: Mode, value: impl Fn(&Worn) -> Option<f32>) -> Spread {
        let worn = self.of(tone).flat_map(|sitting| &sitting.worn).filter(|worn| worn.mode == mode);
        Spread::of(worn.filter_map(value))
    }

    /// Masstone error (as an albedo under D65) of `tone` over its lights, poses and opaque products.
    pub fn masstone(&self, tone: usize, mode: Mode) -> Spread {
        self.spread(tone, mode, |worn| Some(worn.masstone?.albedo))
    }

    /// By how much the worst tone's median masstone error exceeds the best one's, ΔE00.
    pub fn unfairness(&self, mode: Mode) -> f32 {
        let medians: Vec<f32> = self.tones().into_iter().map(|tone| self.masstone(tone, mode).median).collect();
        let (low, high) = medians.iter().fold((f32::MAX, 0.0f32), |(low, high), &m| (low.min(m), high.max(m)));
        (high - low).max(0.0)
    }

    /// Pictures without a face.
    pub fn missed(&self) -> usize {
        self.sittings.iter().filter(|sitting| sitting.landmark_error.is_none()).count()
    }

    /// A row per tone.
    pub fn markdown(&self) -> String {
        let mut table = String::from(
            "| Monk tone | visible, ΔE00 | masstone error, ΔE00: light guessed | light known | as seen: guessed | leaked pixels | found | landmark error |\n\
             |---|---|---|---|---|---|---|---|\n",
        );
        for tone in self.tones() {
            let guessed = |value: &dyn Fn(&Worn) -> Option<f32>| self.spread(tone, Mode::Estimated, value);
            let visible = self.least(tone, |worn| worn.visibility);
            let [masstone, known] = [Mode::Estimated, Mode::Calibrated].map(|mode| self.masstone(tone, mode));
            let seen = guessed(&|worn| Some(worn.masstone?.seen));
            let (leaked, leak) = (guessed(&|worn| Some(worn.leaked)), guessed(&|worn| Some(worn.leak_delta_e)));
            let error = Spread::of(self.of(tone).filter_map(|sitting| sitting.landmark_error));
            let (found, all) = (self.of(tone).filter(|s| s.landmark_error.is_some()).count(), self.of(tone).count());
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "| {tone} | {:.1} ({:.1}) | {} | {} | {} | {:.1} % ({:.1} %), ΔE00 {:.1} | {found}/{all} | {:.1} % ({:.1} %) |",
                visible.median,
                visible.worst,
                both(masstone),
                both(known),
                both(seen),
                100.0 * leaked.median,
                100.0 * leaked.worst,
                leak.worst,
                100.0 * error.median,
                100.0 * error.worst,
            );
        }
        table
    }

    /// The pictures with the largest masstone errors.
    pub fn worst_markdown(&self, count: usize) -> String {
        let mut all: Vec<(f32, String)> = Vec::new();
        for sitting in &self.sittings {
            for (worn, error) in sitting.worn.iter().filter_map(|worn| Some((worn, worn.masstone?.albedo))) {
                all.push((error, format!("| {error:.1} | {sitting} | {} | {:?} |", worn.wear.name, worn.mode)));
            }
        }
        all.sort_by(|one, two| two.0.total_cmp(&one.0));
        let rows: Vec<String> = all.into_iter().take(count).map(|(_, row)| row).collect();
        format!("| masstone error | picture | product | light |\n|---|---|---|---|\n{}\n", rows.join("\n"))
    }

    /// The middle and the smallest over the products, light guessed.
    fn least(&self, tone: usize, value: impl Fn(&Worn) -> f32) -> Spread {
        let Spread { median, worst } =
            self.spread(tone, Mode::Estimated, |worn| worn.wear.is_to_be_seen().then(|| -value(worn)));
        Spread { median: -median, worst: -worst }
    }

    /// A row per product: its visibility on the tone where it is seen least and most, its masstone error and leak.
    pub fn product_markdown(&self) -> String {
        let mut table = String::from(
            "| product | visible, ΔE00: least and most visible tone | masstone error: best and worst tone | leaked pixels |\n\
             |---|---|---|---|\n",
        );
        let worn = || self.sittings.iter().flat_map(|sitting| &sitting.worn);
        let mut names: Vec<&str> = Vec::new();
        for worn in worn().filter(|worn| worn.mode == Mode::Estimated) {
            if !names.contains(&worn.wear.name) {
                names.push(worn.wear.name);
            }
        }
        for name in names {
            let range = |value: &dyn Fn(&Worn) -> Option<f32>| {
                let of = |worn: &Worn| if worn.wear.name == name { value(worn) } else { None };
                let medians = self.tones().into_iter().map(|tone| self.spread(tone, Mode::Estimated, of).median);
                medians.fold((f32::MAX, 0.0f32), |(low, high), median| (low.min(median), high.max(median)))
            };
            let (least, most) = range(&|worn| Some(worn.visibility));
            let masstone = match range(&|worn| Some(worn.masstone?.albedo)) {
                (_, 0.0) => "–".to_owned(),
                (best, worst) => format!("{best:.1}–{worst:.1}"),
            };
            let leaks = worn().filter(|worn| worn.wear.name == name && worn.mode == Mode::Estimated);
            let leaked = Spread::of(leaks.map(|worn| 100.0 * worn.leaked));
            let _ = writeln!(
                table,
                "| {name} | {least:.1}–{most:.1} | {masstone} | {:.1} % ({:.1} %) |",
                leaked.median, leaked.worst
            );
        }
        table
    }

    /// A row per light and tone: how the engine read the light, and what that cost.
    pub fn light_markdown(&self) -> String {
        let mut table = String::from(
            "| light | Monk tone | exposure, guessed over true | white point off, ΔE00 | product's brightness over true: guessed | known | masstone error: guessed | known |\n\
             |---|---|---|---|---|---|---|---|\n",
        );
        let mut lights: Vec<&str> = self.sittings.iter().map(|sitting| sitting.light).collect();
        lights.dedup();
        lights.sort_unstable();
        lights.dedup();
        for light in lights {
            for tone in self.tones() {
                let part: Vec<Sitting> = self.of(tone).filter(|sitting| sitting.light == light).cloned().collect();
                let part = Self { sittings: part };
                let exposures = || part.sittings.iter().filter_map(|sitting| sitting.exposure_ratio);
                let (low, high) = exposures().fold((f32::MAX, 0.0f32), |(low, high), v| (low.min(v), high.max(v)));
                let white = Spread::of(part.sittings.iter().map(|sitting| sitting.white_error));
                let [guessed, known] = [Mode::Estimated, Mode::Calibrated].map(|mode| both(part.masstone(tone, mode)));
                let [bright, known_bright] = [Mode::Estimated, Mode::Calibrated]
                    .map(|mode| part.spread(tone, mode, |worn| Some(worn.masstone?.level)).median);
                let _ = writeln!(
                    table,
                    "| {light} | {tone} | {low:.2}–{high:.2} | {:.1} | {bright:.2} | {known_bright:.2} | {guessed} | {known} |",
                    white.median
                );
            }
        }
        table
    }
}

fn both(spread: Spread) -> String {
    format!("{:.1} ({:.1})", spread.median, spread.worst)
}
