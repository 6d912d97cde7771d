//! What the attract screen shows: which model, in which look.

use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::look::Look;

use super::Shop;
use crate::app::capture::Input;
use crate::app::player::Player;
use crate::error::AppError;
use crate::source::still::Still;
use crate::tryable::Tryable;

impl Shop {
    /// The model of the attract screen, as one still picture: nothing runs while nobody is there.
    pub fn attract_input(&self, epoch: Instant) -> Result<Input, AppError> {
        let models: Vec<&Tryable> = self.models.iter().filter(|model| self.attract.suits(model)).collect();
        let model = models.get(self.attract.turn() % models.len().max(1)).copied().or(self.models.first());
        let still = |model: &Tryable| model.open().and_then(Still::first_of);
        let still = match model.map(still) {
            Some(Ok(still)) => still,
            // A merchant's photo may have gone since the start.
            Some(Err(error)) => {
                crate::output::tell(&format!("carmine: {error}; another model is shown"));
                Still::first_of(crate::source::clip::bundled()?)?
            }
            None => Still::first_of(crate::source::clip::bundled()?)?,
        };
        Ok(Input::Model(Player::new(Box::new(still), epoch)))
    }

    /// Starts the attract screen with the next model.
    pub fn begin_attract(&mut self, now: Duration) {
        self.attract.begin(now);
    }

    /// The look that the attract screen's model wears, and for how long already.
    pub fn attract_look(&self, now: Duration) -> (Option<Arc<Look>>, Duration) {
        let (index, since) = self.attract.look(now, self.settings.idle.attract_look);
        (self.looks.get(index % self.looks.len().max(1)).map(Arc::clone), since)
    }

    /// When it wears the next.
    pub fn attract_due(&self, now: Duration) -> Duration {
        self.attract.due(now, self.settings.idle.attract_look)
    }
}
