use super::*;

fn fails() -> Result<(), &'static str> {
    Err("no adapter")
}

fn works() -> Result<(), &'static str> {
    Ok(())
}

fn lost() -> Loss {
    Loss::Gpu("device lost".into())
}

/// The device, a clock that starts now, and what happened on the way.
struct Trial {
    device: Device<()>,
    now: Instant,
}

impl Trial {
    fn new(gives_up_after: Option<Duration>) -> Self {
        Self { device: Device::running((), gives_up_after), now: Instant::now() }
    }

    fn wait(&mut self, time: Duration) {
        self.now += time;
    }

    /// Waits until a try may be made, and makes it. Returns how long it waited.
    fn try_when_due(&mut self, make: fn() -> Result<(), &'static str>) -> Result<Duration, AppError> {
        let due = self.device.next_due().map_or(self.now, |due| due.max(self.now));
        let waited = due - self.now;
        self.now = due;
        self.device.try_again(self.now, make).map(|_| waited)
    }
}

#[test]
fn half_a_second_of_losses_is_outlived_whether_building_fails_or_drawing() {
    for builds in [true, false] {
        let mut trial = Trial::new(Some(Duration::from_secs(20)));
        let begun = trial.now;
        trial.device.lose(&lost(), trial.now);
        while trial.now - begun < Duration::from_millis(500) {
            trial.try_when_due(if builds { works } else { fails }).unwrap();
            if builds {
                assert!(trial.device.lose(&lost(), trial.now).is_some(), "it was built and drew nothing");
            }
        }
        trial.try_when_due(works).unwrap();
        assert!(trial.device.surface().is_some());
        assert!(trial.now - begun < Duration::from_millis(1600), "at most as long again");
        trial.device.note_shown(trial.now);
        trial.wait(PAUSES.held);
        trial.device.note_shown(trial.now);
        assert!(trial.device.fault.is_none() && trial.device.next_due().is_none(), "it is over");
    }
}

#[test]
fn pauses_grow_and_settle_and_nothing_is_tried_before_they_are_over() {
    let mut trial = Trial::new(None);
    trial.device.lose(&lost(), trial.now);
    let early = trial.device.try_again(trial.now, works).unwrap();
    assert_eq!(early, Attempt::Later(trial.now + PAUSES.first));
    let waited: Vec<u128> = (0..12).map(|_| trial.try_when_due(fails).unwrap().as_millis()).collect();
    assert_eq!(waited[..8], [50, 100, 200, 400, 800, 1600, 3200, 4000]);
    assert!(waited[8..].iter().all(|pause| *pause == 4000), "for ever, where nothing would start it again");
}

#[test]
fn what_shows_a_frame_and_is_lost_again_is_one_fault() {
    let mut trial = Trial::new(Some(Duration::from_secs(20)));
    let begun = trial.now;
    trial.device.lose(&lost(), trial.now);
    for _ in 0..30 {
        trial.try_when_due(works).unwrap();
        trial.device.note_shown(trial.now);
        trial.wait(Duration::from_millis(100));
        trial.device.lose(&lost(), trial.now);
    }
    assert_eq!(trial.device.fault.as_ref().map(|fault| fault.since), Some(begun));
    assert_eq!(trial.try_when_due(works).unwrap(), PAUSES.most, "pauses have grown, but frames were shown");
}

#[test]
fn it_gives_itself_up_when_nothing_was_shown_for_long() {
    let mut trial = Trial::new(Some(Duration::from_secs(20)));
    let begun = trial.now;
    trial.device.lose(&lost(), trial.now);
    while trial.try_when_due(fails).is_ok() {}
    let lasted = trial.now - begun;
    assert!(lasted >= Duration::from_secs(20) && lasted < Duration::from_secs(25), "{lasted:?}");
    assert!(matches!(trial.device.try_again(trial.now, works), Err(AppError::GpuLost)));
}

#[test]
fn a_display_that_takes_no_pictures_is_waited_for() {
    let mut trial = Trial::new(Some(Duration::from_secs(20)));
    for _ in 0..50 {
        trial.device.lose(&Loss::Display("no picture for 2 s".into()), trial.now);
        trial.try_when_due(works).unwrap();
    }
}

#[test]
fn what_was_given_back_is_made_at_once() {
    let mut trial = Trial::new(None);
    assert!(trial.device.give_back().is_some());
    assert_eq!(trial.device.try_again(trial.now, works).unwrap(), Attempt::Made);
    assert!(trial.device.fault.is_none());
}
