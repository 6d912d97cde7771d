//! The consent text: the market's own, or the general one.

use std::sync::Arc;

use crate::l10n::Value;
use crate::ui::canvas::Canvas;
use crate::ui::stage::Stage;

/// A part of the text: the market's own in the language that is spoken, or the general one.
pub(super) fn text(canvas: &Canvas<'_>, stage: &Stage<'_>, part: &str, general: &'static str) -> Arc<str> {
    let args = [("minutes", Value::Number(f64::from(minutes(stage))))];
    let market = &stage.rules().market;
    let own = canvas.locale.own(&format!("consent-{market}-{part}"), &args);
    own.unwrap_or_else(|| canvas.say_with(general, &args)).into()
}

/// After how many minutes at the latest everything is erased if nobody touches the screen: a face before the camera
/// doubles the wait for the warning.
pub(in crate::ui::screens) fn minutes(stage: &Stage<'_>) -> u32 {
    let idle = stage.rules().idle;
    let longest = 2 * idle.warn_after + idle.grace;
    longest.as_secs().div_ceil(60).clamp(1, 60) as u32
}
