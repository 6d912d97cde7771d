//! How long each stage takes, and what the governor left out, for F3 and `--stats`.

use std::fmt::Write;
use std::time::Duration;

use carmine::StationTimes;
use carmine::governor::{LADDER, Tally};

/// What is timed of a frame's way, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timed {
    /// Encoded bytes to pixels.
    Decode,
    /// Landmarks.
    Track,
    /// Pose and mesh.
    Fit,
    /// What hides the face.
    Cover,
    /// Light in the room.
    Light,
    /// Upload and what is worn.
    Prepare,
    /// Draw and hand to the display, waiting for it included.
    Show,
    /// From the picture in memory to the picture shown.
    Latency,
    /// From one shown picture to the next.
    Frame,
}

impl Timed {
    const ALL: [Self; 9] = [
        Self::Decode,
        Self::Track,
        Self::Fit,
        Self::Cover,
        Self::Light,
        Self::Prepare,
        Self::Show,
        Self::Latency,
        Self::Frame,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Track => "track",
            Self::Fit => "fit",
            Self::Cover => "cover",
            Self::Light => "light",
            Self::Prepare => "prepare",
            Self::Show => "show",
            Self::Latency => "latency",
            Self::Frame => "frame time",
        }
    }
}

/// Newest samples kept of each stage.
const KEPT: usize = 600;

/// Times of the newest frames. Allocates only once.
pub struct Stats {
    rings: [Ring; Timed::ALL.len()],
    sorted: Vec<f32>,
    tally: Tally,
}

#[derive(Clone)]
struct Ring {
    millis: Vec<f32>,
    next: usize,
}

/// One stage's times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Middle value.
    pub median: f32,
    /// 19 of 20 are no longer.
    pub p95: f32,
    /// Longest.
    pub worst: f32,
}

impl Default for Stats {
    fn default() -> Self {
        let ring = Ring { millis: Vec::with_capacity(KEPT), next: 0 };
        Self { rings: std::array::from_fn(|_| ring.clone()), sorted: Vec::with_capacity(KEPT), tally: Tally::default() }
    }
}

impl Stats {
    /// Notes that `stage` took `time`.
    pub fn add(&mut self, stage: Timed, time: Duration) {
        let ring = &mut self.rings[stage as usize];
        let millis = time.as_secs_f32() * 1e3;
        match ring.millis.get_mut(ring.next) {
            Some(old) => *old = millis,
            None => ring.millis.push(millis),
        }
        ring.next = (ring.next + 1) % KEPT;
    }

    /// Notes how long the engine's stations took, those that did anything.
    pub fn add_stations(&mut self, times: StationTimes) {
        let StationTimes { track, fit, occlusion, light } = times;
        let times = [(Timed::Track, track), (Timed::Fit, fit), (Timed::Cover, occlusion), (Timed::Light, light)];
        for (stage, time) in times {
            if let Some(time) = time {
                self.add(stage, time);
            }
        }
    }

    /// Notes what the governor did up to the newest picture.
    pub fn follow(&mut self, tally: Tally) {
        self.tally = tally;
    }

    /// A stage's times, if it ran.
    pub fn summary(&mut self, stage: Timed) -> Option<Summary> {
        self.sorted.clone_from(&self.rings[stage as usize].millis);
        self.sorted.sort_by(f32::total_cmp);
        let at = |part: usize| self.sorted.get((self.sorted.len() * part / 100).min(self.sorted.len() - 1)).copied();
        let worst = *self.sorted.last()?;
        Some(Summary { median: at(50)?, p95: at(95)?, worst })
    }

    /// Every stage that ran, a line each: name, median, 95 %, worst.
    pub fn lines(&mut self) -> Vec<[String; 4]> {
        let mut lines = Vec::with_capacity(Timed::ALL.len());
        for stage in Timed::ALL {
            if let Some(Summary { median, p95, worst }) = self.summary(stage) {
                lines.push([stage.name().to_owned(), millis(median), millis(p95), millis(worst)]);
            }
        }
        lines
    }

    /// A table for the terminal.
    pub fn table(&mut self) -> String {
        let mut out = format!("{:<12}{:>10}{:>10}{:>10}   (milliseconds)\n", "stage", "median", "95 %", "worst");
        for [name, median, p95, worst] in self.lines() {
            let _ = writeln!(out, "{name:<12}{median:>10}{p95:>10}{worst:>10}");
        }
        let _ = writeln!(out, "{}", self.ladder());
        out
    }

    /// One line for the terminal.
    pub fn line(&mut self) -> String {
        let medians: Vec<_> = self.lines().into_iter().map(|[name, median, _, _]| format!("{name} {median}")).collect();
        format!("median ms: {}; {}", medians.join(", "), self.ladder())
    }

    /// The same as a line like those of the stages.
    pub fn ladder_line(&self) -> [String; 4] {
        let Tally { rung, pictures, predicted, missed, .. } = self.tally;
        let percent = predicted as f64 * 100.0 / pictures.max(1) as f64;
        ["rung, predicted, missed".to_owned(), rung.to_string(), format!("{percent:.0} %"), missed.to_string()]
    }

    /// The governor's present rung and its counts of pictures.
    pub fn ladder(&self) -> String {
        let Tally { rung, pictures, predicted, missed, changes } = self.tally;
        let percent = predicted as f64 * 100.0 / pictures.max(1) as f64;
        let last = LADDER.len() - 1;
        format!(
            "rung {rung} of {last}, {percent:.0} % of pictures predicted, {missed} missed, {changes} changes of rung"
        )
    }
}

fn millis(value: f32) -> String {
    format!("{value:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_follow_the_newest() {
        let mut stats = Stats::default();
        assert_eq!(stats.summary(Timed::Track), None);
        for millis in 0..2 * KEPT as u64 {
            stats.add(Timed::Track, Duration::from_millis(millis));
        }
        let summary = stats.summary(Timed::Track).unwrap();
        assert_eq!((summary.median, summary.worst), (900.0, 1199.0));
        assert!(stats.table().contains("track") && !stats.table().contains("decode"));
        stats.follow(Tally { rung: 3, pictures: 200, predicted: 50, missed: 4, changes: 2 });
        let ladder = "rung 3 of 7, 25 % of pictures predicted, 4 missed, 2 changes of rung";
        assert!(stats.table().ends_with(&format!("{ladder}\n")) && stats.line().ends_with(ladder));
    }
}
