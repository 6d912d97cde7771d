//! How long the stages may go without a heartbeat.

use std::time::Duration;

/// A stage that has been silent for this long is started again. Each beats twice a second and more while it has nothing
/// to do; a picture takes a tracker some 100 ms on a machine that lends it a fifth of a core.
pub const STAGE: Duration = Duration::from_secs(4);
/// Loading the networks takes a tracker longer.
pub const LOADING: Duration = Duration::from_secs(40);
/// The window's thread waits for the display and the GPU's driver: a software adapter on a starved machine takes
/// seconds for a frame.
pub const WINDOW: Duration = Duration::from_secs(20);
