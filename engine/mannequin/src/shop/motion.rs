//! How a shop mannequin moves: slow turns, blinks, and a little sway in between, in a loop of 30 seconds.

use std::time::Duration;

use crate::camera::Pose;

/// How the figure holds itself in one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Attitude {
    /// The head's turn; the shoulders stay.
    pub pose: Pose,
    /// How far the lids are closed: 0 open, 1 shut.
    pub blink: f32,
}

/// After this the movement begins again where it began.
pub const LOOP: Duration = Duration::from_secs(30);

/// A turn of the head.
struct Turn {
    begin_s: f32,
    end_s: f32,
    yaw_deg: f32,
    pitch_deg: f32,
}

const fn turn(begin_s: f32, end_s: f32, yaw_deg: f32, pitch_deg: f32) -> Turn {
    Turn { begin_s, end_s, yaw_deg, pitch_deg }
}

/// Long pauses face the front.
const TURNS: [Turn; 8] = [
    turn(5.0, 7.4, 18.0, -2.0),
    turn(8.6, 11.0, 0.0, 0.0),
    turn(14.0, 16.4, -18.0, 2.0),
    turn(17.6, 20.0, 0.0, 0.0),
    turn(23.0, 24.4, 4.0, 6.0),
    turn(24.9, 26.3, -2.0, -6.0),
    turn(26.9, 28.3, 0.0, 0.0),
    turn(30.0, 31.0, 0.0, 0.0),
];
/// When the lids begin to close, s: three to five seconds apart, as people do.
const BLINKS_S: [f32; 8] = [1.6, 5.1, 9.0, 12.1, 16.0, 19.5, 23.2, 27.4];
const CLOSING_S: f32 = 0.11;
const SHUT_S: f32 = 0.05;
const OPENING_S: f32 = 0.22;

impl Attitude {
    /// At a time since the beginning.
    pub fn at(time: Duration) -> Self {
        let seconds = (time.as_secs_f64() % LOOP.as_secs_f64()) as f32;
        let (mut yaw, mut pitch) = (0.0, 0.0);
        for Turn { begin_s, end_s, yaw_deg, pitch_deg } in TURNS {
            let t = eased((seconds - begin_s) / (end_s - begin_s));
            yaw += (yaw_deg - yaw) * t;
            pitch += (pitch_deg - pitch) * t;
        }
        // Whole numbers of swings in a loop, so that it has no seam.
        let swing = |times: f32| (seconds / LOOP.as_secs_f32() * times * std::f32::consts::TAU).sin();
        let pose = Pose { yaw_deg: yaw + 0.5 * swing(4.0), pitch_deg: pitch + 0.35 * swing(7.0) };
        let blink = BLINKS_S.iter().map(|begin| lids(seconds - begin)).fold(0.0, f32::max);
        Self { pose, blink }
    }
}

/// How far the lids are closed, so many seconds after they began to.
fn lids(since: f32) -> f32 {
    let closed = eased(since / CLOSING_S);
    closed - eased((since - CLOSING_S - SHUT_S) / OPENING_S)
}

/// From 0 to 1 without a jerk (Perlin's quintic).
fn eased(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_slow_has_no_seam_and_blinks() {
        let frame = Duration::from_millis(50);
        let all: Vec<Attitude> = (0..=600).map(|step| Attitude::at(frame * step)).collect();
        assert!((all[0].pose.yaw_deg - all[600].pose.yaw_deg).abs() < 1e-3 && all[0].blink == all[600].blink);
        for pair in all.windows(2) {
            assert!((pair[1].pose.yaw_deg - pair[0].pose.yaw_deg).abs() < 1.0, "{pair:?}");
            assert!((pair[1].pose.pitch_deg - pair[0].pose.pitch_deg).abs() < 1.0, "{pair:?}");
        }
        let most = |of: fn(&Attitude) -> f32| all.iter().map(|a| of(a).abs()).fold(0.0, f32::max);
        assert!((17.0..19.0).contains(&most(|a| a.pose.yaw_deg)) && (5.5..6.5).contains(&most(|a| a.pose.pitch_deg)));
        let front = all.iter().filter(|a| a.pose.yaw_deg.abs() < 1.0 && a.pose.pitch_deg.abs() < 1.0).count();
        assert!(front > 240, "{front} of 600 frames face the front");
        let shut = all.windows(2).filter(|pair| pair[0].blink < 0.9 && pair[1].blink >= 0.9).count();
        assert_eq!(shut, BLINKS_S.len(), "every blink is seen shut at 20 fps");
        assert!(all.iter().all(|a| (0.0..=1.0).contains(&a.blink)));
    }
}
