//! Where the words of a screen lie, found among what was painted: none may be cut, leave its place, or lie on another.

use std::collections::HashMap;

use carmine_kiosk::ui::Screens;
use egui::epaint::ClippedShape;
use egui::{Rect, Shape, TextureId};

/// How far two texts' boxes may reach into each other, in points: lines are set closer than their boxes are high.
const TOUCH: f32 = 3.0;

/// The texts that a screen may show.
#[derive(Default)]
pub struct Texts(HashMap<TextureId, Text>);

struct Text {
    text: String,
    pad: f32,
    is_cut: bool,
}

/// One text on a screen.
struct Word<'a> {
    text: &'a str,
    is_cut: bool,
    /// Its advance box.
    place: Rect,
    /// What is visible of its surroundings.
    clip: Rect,
    /// Behind it in painting order lies what has a smaller number.
    order: usize,
}

/// What was painted, in order.
#[derive(Default)]
struct Painted<'a> {
    words: Vec<Word<'a>>,
    /// Opaque grounds, which hide what was painted before.
    grounds: Vec<(usize, Rect)>,
    count: usize,
}

impl Texts {
    /// Takes note of all that is kept.
    pub fn note(&mut self, screens: &Screens) {
        for kept in screens.texts() {
            let text = Text { text: kept.text.to_owned(), pad: kept.pad, is_cut: kept.is_cut };
            self.0.insert(kept.texture, text);
        }
    }

    /// What is wrong with the words of a screen, a line each. `may_be_cut` says which texts may end in an ellipsis.
    pub fn faults(&self, screen: Rect, shapes: &[ClippedShape], may_be_cut: impl Fn(&str) -> bool) -> Vec<String> {
        let mut painted = Painted::default();
        for shape in shapes {
            painted.take(self, &shape.shape, shape.clip_rect);
        }
        let mut faults = Vec::new();
        let shown: Vec<&Word<'_>> = painted.words.iter().filter(|word| painted.is_visible(word)).collect();
        if shown.is_empty() {
            faults.push("there is no word at all".to_owned());
        }
        for (index, word) in shown.iter().enumerate() {
            let Word { text, place, clip, .. } = word;
            if word.is_cut && !may_be_cut(text) {
                faults.push(format!("'{text}' is cut at {place:?}"));
            }
            // What scrolls leaves its window along it, never across.
            let scrolls = *clip != screen && !screen.expand(1.0).contains_rect(clip.expand(2.0));
            let window = if scrolls || clip.width() < screen.width() - 1.0 {
                Rect::from_x_y_ranges(f32::NEG_INFINITY..=f32::INFINITY, clip.y_range())
            } else {
                screen
            };
            if !window.expand(TOUCH).contains_rect(*place) && !scrolls_down(*clip, screen) {
                faults.push(format!("'{text}' leaves its place: {place:?} in {clip:?}"));
            }
            for other in &shown[index + 1..] {
                let shadow = other.text == *text && other.place.min.distance(place.min) < 2.5;
                let both = place.intersect(*clip).intersect(other.place.intersect(other.clip)).shrink(TOUCH / 2.0);
                let hidden = || painted.is_hidden(both, word.order, other.order);
                if both.is_positive() && !shadow && !hidden() {
                    faults.push(format!("'{text}' lies on '{}': {place:?} and {:?}", other.text, other.place));
                }
            }
        }
        faults
    }
}

/// Whether a window is lower than the screen: a page that scrolls.
fn scrolls_down(clip: Rect, screen: Rect) -> bool {
    clip.height() < screen.height() - 1.0 && clip.height() > screen.height() * 0.3
}

impl<'a> Painted<'a> {
    fn take(&mut self, texts: &'a Texts, shape: &Shape, clip: Rect) {
        self.count += 1;
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.take(texts, shape, clip)),
            Shape::Rect(rect) if rect.brush.is_none() && rect.fill.a() == 255 => {
                self.grounds.push((self.count, rect.rect.intersect(clip)));
            }
            Shape::Rect(rect) => {
                let texture = rect.brush.as_ref().map(|brush| brush.fill_texture_id);
                self.word(texts, texture, rect.rect, clip, rect.fill.a());
            }
            Shape::Mesh(mesh) => {
                let alpha = mesh.vertices.first().map_or(0, |vertex| vertex.color.a());
                self.word(texts, Some(mesh.texture_id), mesh.calc_bounds(), clip, alpha);
            }
            _ => {}
        }
    }

    fn word(&mut self, texts: &'a Texts, texture: Option<TextureId>, rect: Rect, clip: Rect, alpha: u8) {
        let Some(Text { text, pad, is_cut }) = texture.and_then(|texture| texts.0.get(&texture)) else { return };
        if alpha > 0 {
            let (place, order) = (rect.shrink(*pad), self.count);
            self.words.push(Word { text, is_cut: *is_cut, place, clip, order });
        }
    }

    /// Some of it lies in its window, and nothing was painted over all of it.
    fn is_visible(&self, word: &Word<'_>) -> bool {
        let seen = word.place.intersect(word.clip);
        seen.is_positive() && !self.is_hidden(seen, word.order, usize::MAX)
    }

    /// Whether an opaque ground was painted over a place between two steps.
    fn is_hidden(&self, place: Rect, after: usize, before: usize) -> bool {
        let between = |order: &usize| *order > after && *order < before;
        self.grounds.iter().any(|(order, ground)| between(order) && ground.expand(1.0).contains_rect(place))
    }
}
