//! The ladder on a simulated machine.

use proptest::prelude::*;

use super::*;

/// Seconds that tracking, occlusion and light take: at what time, on which rung.
type Costs<'a> = &'a dyn Fn(f64, usize) -> [f64; 3];

/// A simulated machine: one thread that shows, newest picture first, and one that tracks beside it.
struct Machine {
    governor: Governor,
    fps: f64,
    /// A display that is slower than the pictures.
    display_hz: Option<f64>,
}

/// What the simulated machine did with one picture.
#[derive(Debug)]
struct Shown {
    taken: f64,
    number: u64,
    decision: Decision,
    rung: usize,
}

impl Machine {
    fn new(fps: f64) -> Self {
        Self { governor: Governor::default(), fps, display_hz: None }
    }

    /// Pictures come in for so many seconds.
    fn run(&mut self, seconds: f64, costs: Costs<'_>) -> Vec<Shown> {
        let (mut now, mut next, mut beside, mut drawn) = (0.0, 0_u64, None, 0.0);
        let mut shown = Vec::new();
        loop {
            let newest = (now * self.fps + 1e-9) as u64;
            let number = newest.max(next);
            let taken = number as f64 / self.fps;
            if taken >= seconds {
                return shown;
            }
            (now, next) = (now.max(taken), number + 1);
            if let Some((_, times)) = beside.take_if(|(until, _)| *until <= now) {
                self.governor.took(times);
            }
            let time = Duration::from_secs_f64(taken);
            let seen = self.display_hz.is_none_or(|hz| (now * hz) as u64 != (drawn * hz) as u64);
            if seen {
                drawn = now;
            }
            let decision = self.governor.decide(Arrival { number, time, free: beside.is_none(), taken: seen });
            let rung = self.governor.tally().rung;
            match decision {
                Decision::Track(scope) => {
                    let times = times(costs(now, rung), scope);
                    now += in_all_s(times);
                    self.governor.took(times);
                }
                Decision::TrackBeside(scope) => {
                    assert!(beside.is_none(), "there is only one tracker");
                    let times = times(costs(now, rung), scope);
                    beside = Some((now + in_all_s(times), times));
                }
                Decision::Predict => {}
            }
            shown.push(Shown { taken, number, decision, rung });
        }
    }
}

fn times([track, occlusion, light]: [f64; 3], scope: Scope) -> StationTimes {
    let estimated = |seconds: f64| (scope == Scope::All).then(|| Duration::from_secs_f64(seconds));
    let track = Some(Duration::from_secs_f64(track));
    StationTimes { track, fit: None, occlusion: estimated(occlusion), light: estimated(light) }
}

fn in_all_s(times: StationTimes) -> f64 {
    [times.track, times.occlusion, times.light].into_iter().flatten().map(|time| time.as_secs_f64()).sum()
}

/// Shown, and tracked, pictures a second.
fn rates(shown: &[Shown], from: f64, to: f64) -> (f64, f64) {
    let within = |shown: &&Shown| (from..to).contains(&shown.taken);
    let all = shown.iter().filter(within).count() as f64;
    let tracked = shown.iter().filter(within).filter(|shown| shown.decision != Decision::Predict).count() as f64;
    (all / (to - from), tracked / (to - from))
}

fn missed(shown: &[Shown], from: f64, to: f64) -> u64 {
    let within: Vec<_> = shown.iter().filter(|shown| (from..to).contains(&shown.taken)).collect();
    within.windows(2).map(|pair| pair[1].number - pair[0].number - 1).sum()
}

#[test]
fn where_there_is_time_every_picture_gets_everything() {
    let mut machine = Machine::new(30.0);
    let shown = machine.run(60.0, &|_, _| [0.018, 0.0015, 0.001]);
    assert!(shown.iter().all(|shown| shown.decision == Decision::Track(Scope::All)));
    let tally = machine.governor.tally();
    assert_eq!((tally.changes, tally.missed, tally.predicted, tally.pictures), (0, 0, 0, 1800));
}

#[test]
fn a_little_too_much_costs_only_occlusion_and_light() {
    let mut machine = Machine::new(30.0);
    let shown = machine.run(30.0, &|_, _| [0.026, 0.004, 0.003]);
    assert_eq!((machine.governor.tally().rung, machine.governor.tally().changes), (1, 1));
    assert_eq!(rates(&shown, 5.0, 30.0), (30.0, 30.0));
}

/// A slow machine: for ten seconds tracking takes 60 ms where a picture has 33.
#[test]
fn under_load_tracking_gives_way_and_comes_back() {
    let mut machine = Machine::new(30.0);
    let load = |now: f64, _| if (10.0..20.0).contains(&now) { [0.06, 0.004, 0.003] } else { [0.018, 0.0015, 0.001] };
    let shown = machine.run(60.0, &load);
    assert_eq!(rates(&shown, 0.0, 10.0), (30.0, 30.0));
    // It takes three slow pictures to believe it.
    assert!(missed(&shown, 10.0, 10.5) <= 5);
    assert_eq!(missed(&shown, 10.5, 60.0), 0);
    let (pictures, tracked) = rates(&shown, 11.0, 20.0);
    assert!((pictures - 30.0).abs() < 0.2 && (9.0..=11.0).contains(&tracked), "{pictures} {tracked}");
    let back = shown.iter().rev().find(|shown| shown.rung > 0).unwrap().taken;
    assert!((23.0..40.0).contains(&back), "back at {back}");
    assert_eq!(rates(&shown, 41.0, 60.0), (30.0, 30.0));
    // Down once, up a rung at a time.
    let rungs: Vec<usize> = shown.iter().map(|shown| shown.rung).fold(vec![], |mut rungs, rung| {
        if rungs.last() != Some(&rung) {
            rungs.push(rung);
        }
        rungs
    });
    assert_eq!(rungs, [0, 4, 3, 2, 1, 0]);
}

/// Heat: the clock goes down little by little, and up again.
#[test]
fn a_machine_that_grows_hot_and_cools_down_keeps_its_pictures() {
    let mut machine = Machine::new(30.0);
    let heat = |now: f64| 1.0 + 3.5 * (1.0 - (now / 240.0 * std::f64::consts::TAU).cos()) / 2.0;
    let shown = machine.run(240.0, &|now, _| [0.018, 0.0015, 0.001].map(|cost| cost * heat(now)));
    let misses = missed(&shown, 0.0, 240.0);
    assert!(misses <= 2, "{misses}");
    assert!(rates(&shown, 110.0, 130.0).1 < 16.0);
    assert_eq!(machine.governor.tally().rung, 0);
    // Each rung once down and once up, give or take a try.
    assert!(machine.governor.tally().changes <= 14, "{}", machine.governor.tally().changes);
}

/// A display that draws three pictures a second gets each of them tracked: predicting would bring no more of them.
#[test]
fn a_slow_display_is_no_reason_to_track_less() {
    let mut machine = Machine::new(25.0);
    machine.display_hz = Some(3.0);
    let shown = machine.run(40.0, &|_, _| [0.08, 0.002, 0.012]);
    assert_eq!(machine.governor.tally().rung, 0);
    assert!(shown.iter().filter(|shown| shown.taken > 20.0).all(|shown| shown.decision == Decision::Track(Scope::All)));
}

/// A starved machine: tracking itself seems cheap, yet the thread gets the processor only every tenth of a second.
#[test]
fn missed_pictures_count_even_if_tracking_seems_cheap() {
    let mut governor = Governor::default();
    let arrive = |governor: &mut Governor, number: u64| {
        let time = Duration::from_secs_f64(number as f64 / 30.0);
        governor.decide(Arrival { number, time, free: true, taken: true });
        governor.took(times([0.012, 0.001, 0.001], Scope::All));
    };
    let mut number = 0;
    for _ in 0..4 {
        arrive(&mut governor, number);
        number += 3;
    }
    assert!(governor.tally().rung > 0 && governor.tally().missed == 6, "{:?}", governor.tally());
    for _ in 0..60 {
        arrive(&mut governor, number);
        number += 3;
    }
    let down = governor.tally().rung;
    assert!(down >= 5, "it ends on the last rung that is allowed: {down}");
    // One gap every two seconds is enough not to climb.
    for picture in 0..300 {
        arrive(&mut governor, number);
        number += if picture % 60 == 0 { 2 } else { 1 };
    }
    assert_eq!(governor.tally().rung, down);
    for _ in 0..30 * 3 * 7 {
        arrive(&mut governor, number);
        number += 1;
    }
    assert!(governor.tally().rung < down, "without any it climbs again");
}

#[test]
fn a_hiccup_changes_nothing() {
    let mut machine = Machine::new(30.0);
    let stumbles = |now: f64, _| [if now % 2.0 < 0.02 { 0.3 } else { 0.018 }, 0.0015, 0.001];
    machine.run(60.0, &stumbles);
    assert_eq!(machine.governor.tally().changes, 0);
}

/// What seems to fit from below does not when it is tried.
#[test]
fn a_better_rung_that_never_holds_is_tried_ever_less_often() {
    let mut machine = Machine::new(30.0);
    let shown = machine.run(600.0, &|_, rung| [if LADDER[rung].track_every == 1 { 0.045 } else { 0.02 }, 0.001, 0.001]);
    let changes = machine.governor.tally().changes;
    assert!(changes <= 32, "{changes} changes in ten minutes");
    assert!(missed(&shown, 1.0, 600.0) <= u64::from(changes as u32) * 3);
}

#[test]
fn a_slow_camera_is_never_tracked_less_than_seven_times_a_second() {
    for fps in [8.0, 10.0, 12.5, 15.0, 24.0, 25.0, 30.0, 50.0, 60.0] {
        let mut machine = Machine::new(fps);
        let shown = machine.run(20.0, &|_, _| [0.1, 0.002, 0.002]);
        let (_, tracked) = rates(&shown, 4.0, 20.0);
        assert!(tracked >= 7.0 - 0.2, "{tracked} at {fps}");
    }
}

#[test]
fn a_model_beyond_all_rungs_still_lets_pictures_through() {
    let mut machine = Machine::new(30.0);
    let shown = machine.run(20.0, &|_, _| [0.4, 0.01, 0.01]);
    assert_eq!(missed(&shown, 3.0, 20.0), 0);
    let (_, tracked) = rates(&shown, 4.0, 20.0);
    assert!((2.0..2.6).contains(&tracked), "{tracked}");
}

#[test]
fn other_pictures_start_with_everything_on_any_rung() {
    let mut machine = Machine::new(30.0);
    machine.run(5.0, &|_, _| [0.06, 0.004, 0.003]);
    assert_eq!(machine.governor.tally().rung, 4);
    for number in [0, 7, 3] {
        machine.governor.reset();
        let arrival = Arrival { number, time: Duration::from_secs(99), free: true, taken: true };
        let decision = machine.governor.decide(arrival);
        assert_eq!(decision, Decision::Track(Scope::All));
    }
}

#[test]
fn odd_times_and_numbers_are_survived() {
    let mut governor = Governor::default();
    for (number, seconds) in [(0, 0.0), (0, 0.0), (9, 5.0), (3, 5.0), (u64::MAX, 1.0), (0, 1e9), (1, 1e9), (2, 1e9)] {
        let time = Duration::from_secs_f64(seconds);
        governor.decide(Arrival { number, time, free: true, taken: number % 2 == 0 });
        governor.took(StationTimes { track: Some(Duration::MAX), ..StationTimes::default() });
    }
    assert!(governor.tally().rung < LADDER.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn pictures_are_kept_where_any_rung_could_keep_them(
        fps in proptest::sample::select(vec![12.0, 15.0, 24.0, 25.0, 30.0, 50.0, 60.0]),
        trace in proptest::collection::vec((1.0_f64..200.0, 0.0_f64..25.0, 0.0_f64..15.0), 1..8),
    ) {
        const EACH_S: f64 = 6.0;
        const SETTLE_S: f64 = 2.0;
        let costs = |index: usize| {
            let (track, occlusion, light) = trace[index.min(trace.len() - 1)];
            [track / 1e3, occlusion / 1e3, light / 1e3]
        };
        let mut machine = Machine::new(fps);
        let shown = machine.run(EACH_S * trace.len() as f64, &|now, _| costs((now / EACH_S) as usize));
        for index in 0..trace.len() {
            let [track, occlusion, light] = costs(index);
            let could = LADDER.iter().any(|rung| {
                let (every, estimate) = (f64::from(rung.track_every), (occlusion + light) / f64::from(rung.estimate_every));
                let whole = track + occlusion + light;
                let fits = (track + estimate) / every <= 0.88 / fps && (every > 1.0 || whole <= 1.45 / fps);
                fits && (every == 1.0 || every / fps <= 1.0 / 7.0)
            });
            let from = EACH_S * index as f64;
            let missed = missed(&shown, from + SETTLE_S, from + EACH_S);
            prop_assert!(!could || missed == 0, "{missed} missed at {fps} with {:?}", costs(index));
        }
    }
}
