//! An amount: a track that can be tapped or dragged, and a step to either side.

use std::ops::RangeInclusive;

use egui::{AsIdSalt, EventFilter, Id, Key, Pos2, Rect, Response, Sense, WidgetInfo};

use super::{Icon, IconButton, Kit, square};
use crate::ui::theme::space;

/// A slider.
#[derive(Clone, Debug)]
pub struct Slider<'a> {
    /// What it changes.
    pub name: &'a str,
    /// Names of the steps to either side, for those who do not see them.
    pub less: &'a str,
    /// The same.
    pub more: &'a str,
    /// Where it stands.
    pub value: f32,
    /// From nothing to most.
    pub range: RangeInclusive<f32>,
    /// One step.
    pub step: f32,
    /// Whether it can be moved.
    pub enabled: bool,
}

/// Thickness of the track.
const TRACK: f32 = 10.0;
/// Side of the knob.
const KNOB: f32 = 44.0;

impl Kit<'_> {
    /// The value that is asked for, if any.
    pub fn slider(&mut self, salt: impl AsIdSalt, rect: Rect, slider: &Slider<'_>) -> Option<f32> {
        let id = self.id(salt);
        let mut row = self.flow.row(rect, space::M);
        let (low, high) = (*slider.range.start(), *slider.range.end());
        let step = |by: f32| {
            let steps = (slider.value / slider.step + by * 0.999).round();
            (steps * slider.step).clamp(low, high)
        };
        let side = rect.height();
        let mut asked = None;
        let minus = IconButton::new(Icon::Minus, slider.less).enabled(slider.enabled && slider.value > low);
        if self.icon_button((id, "less"), square_in(row.take(side)), &minus) {
            asked = Some(step(-1.0));
        }
        let plus = IconButton::new(Icon::Plus, slider.more).enabled(slider.enabled && slider.value < high);
        if self.icon_button((id, "more"), square_in(row.take_end(side)), &plus) {
            asked = Some(step(1.0));
        }
        self.track(id, row.rest(), slider).or_else(|| self.keys(id, slider, step)).or(asked)
    }

    fn track(&mut self, id: Id, place: Rect, slider: &Slider<'_>) -> Option<f32> {
        let sense = if slider.enabled { Sense::click_and_drag() } else { Sense::empty() };
        let response = self.ui.interact(place, id, sense);
        let palette = self.theme.palette;
        let rail = place.shrink2(egui::vec2(KNOB / 2.0, 0.0));
        let (low, high) = (*slider.range.start(), *slider.range.end());
        let part = ((slider.value - low) / (high - low)).clamp(0.0, 1.0);
        let line = Rect::from_center_size(rail.center(), egui::vec2(place.width(), TRACK));
        self.fill(line, TRACK / 2.0, palette.sunk);
        let x = self.flow.start(rail) + self.flow.sign() * part * rail.width();
        let knob = Pos2::new(x, place.center().y);
        if slider.enabled {
            let start = self.flow.start(line);
            let done = Rect::from_x_y_ranges(start.min(x)..=start.max(x), line.y_range());
            self.fill(done, TRACK / 2.0, palette.accent);
            let pressed = if response.is_pointer_button_down_on() { 4.0 } else { 0.0 };
            let knob = square(knob, KNOB + pressed);
            self.shadow(knob, KNOB);
            self.fill(knob, KNOB, palette.surface);
            self.fill(knob.shrink(13.0), KNOB, palette.accent);
        }
        self.focus_ring(&response, square(knob, KNOB), KNOB / 2.0);
        let value = f64::from(slider.value);
        response.widget_info(|| WidgetInfo::slider(slider.enabled, value, slider.name));
        self.pointed(&response, rail, slider)
    }

    fn pointed(&self, response: &Response, rail: Rect, slider: &Slider<'_>) -> Option<f32> {
        let pointer = response.interact_pointer_pos()?;
        if !(response.is_pointer_button_down_on() || response.clicked()) {
            return None;
        }
        let part = (pointer.x - self.flow.start(rail)) * self.flow.sign() / rail.width().max(1.0);
        let (low, high) = (*slider.range.start(), *slider.range.end());
        // Hundredths: the same amount again is no change.
        let value = ((low + part.clamp(0.0, 1.0) * (high - low)) * 100.0).round() / 100.0;
        (value != slider.value).then_some(value)
    }

    fn keys(&self, id: Id, slider: &Slider<'_>, step: impl Fn(f32) -> f32) -> Option<f32> {
        if !slider.enabled || !self.ui.memory(|memory| memory.has_focus(id)) {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        self.ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let [left, right] = [Key::ArrowLeft, Key::ArrowRight].map(|key| self.ui.input(|input| input.key_pressed(key)));
        let by = (f32::from(u8::from(right)) - f32::from(u8::from(left))) * self.flow.sign();
        let value = step(by);
        (by != 0.0 && value != slider.value).then_some(value)
    }
}

fn square_in(place: Rect) -> Rect {
    square(place.center(), place.size().min_elem())
}
