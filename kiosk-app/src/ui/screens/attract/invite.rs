//! The invitation in each of the market's languages in turn.

use std::sync::Arc;
use std::time::Duration;

use egui::Id;

use crate::l10n::{Language, Locale};
use crate::ui::canvas::Canvas;
use crate::ui::stage::Stage;
use crate::ui::theme::time;

/// How long each language invites.
const TURN: Duration = Duration::from_millis(3200);

/// What is said now.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Invite {
    pub language: Language,
    pub words: Arc<str>,
    /// 0–1.
    pub opacity: f32,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Turn {
    index: usize,
    /// How visible the words are, 0–1.
    opacity: f32,
    /// When the next picture is due.
    due: Duration,
}

fn turn(now: Duration, count: usize) -> Turn {
    if count < 2 {
        return Turn { index: 0, opacity: 1.0, due: Duration::MAX };
    }
    let (now, turn) = (now.as_millis(), TURN.as_millis());
    let (index, within) = ((now / turn) as usize % count, (now % turn) as f32);
    let (fade, whole) = (time::CALM * 1000.0, turn as f32);
    let part = (within / fade).min((whole - within) / fade).clamp(0.0, 1.0);
    let due = if part < 1.0 { 0.0 } else { whole - fade - within };
    // Eased at both ends.
    Turn { index, opacity: part * part * (3.0 - 2.0 * part), due: Duration::from_millis(due.ceil() as u64) }
}

impl Invite {
    /// What is said now; asks for the next picture when it is due.
    pub fn now(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Self {
        let languages = &stage.rules().languages;
        let Turn { index, opacity, due } = turn(stage.now, languages.len());
        match due {
            Duration::MAX => {}
            Duration::ZERO => canvas.ui.ctx().request_repaint(),
            due => canvas.ui.ctx().request_repaint_after(due),
        }
        let language = languages.get(index).copied().unwrap_or(stage.locale.language());
        if language == stage.locale.language() {
            return Self { language, words: stage.locale.text("attract-begin"), opacity };
        }
        // Another language's words are loaded once, and kept.
        let id = Id::unique(("attract-begin", language.code()));
        let kept = canvas.ui.ctx().data(|data| data.get_temp::<Arc<str>>(id));
        let words = kept.unwrap_or_else(|| {
            let words = Locale::new(language).text("attract-begin");
            canvas.ui.ctx().data_mut(|data| data.insert_temp(id, Arc::clone(&words)));
            words
        });
        Self { language, words, opacity }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_turn_and_fades_at_both_ends() {
        let at = |milliseconds| turn(Duration::from_millis(milliseconds), 3);
        let whole = TURN.as_millis() as u64;
        let middle: Vec<_> = (0..4).map(|index| at(index * whole + whole / 2)).collect();
        assert_eq!(middle.iter().map(|turn| turn.index).collect::<Vec<_>>(), [0, 1, 2, 0]);
        assert!(middle.iter().all(|turn| turn.opacity == 1.0 && turn.due > Duration::from_secs(1)));
        let (start, end) = (at(whole), at(2 * whole - 1));
        assert!(start.opacity < 0.01 && end.opacity < 0.01 && start.index == end.index);
        assert_eq!((start.due, end.due), (Duration::ZERO, Duration::ZERO));
        // Just when the fade begins, the next picture is due.
        let due = middle[0].due;
        assert!(turn(Duration::from_millis(whole / 2) + due + Duration::from_millis(40), 3).opacity < 1.0);
    }

    #[test]
    fn a_single_language_stands_still() {
        let still = Turn { index: 0, opacity: 1.0, due: Duration::MAX };
        assert_eq!([0, 1].map(|count| turn(Duration::from_secs(77), count)), [still; 2]);
    }
}
