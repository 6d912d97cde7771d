//! What fairness is measured on.

use crate::mannequin::{Pose, View};

/// The size of every picture.
pub const VIEW: View = View { width: 480, height: 600 };

/// The poses that fairness is measured in.
pub const POSES: [Pose; 3] = [
    Pose { yaw_deg: -30.0, pitch_deg: 6.0 },
    Pose { yaw_deg: 0.0, pitch_deg: 0.0 },
    Pose { yaw_deg: 30.0, pitch_deg: -6.0 },
];
