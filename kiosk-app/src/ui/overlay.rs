//! F3: what each stage takes. For technicians, so plain egui text.

use egui::{Align2, Color32, FontId, Pos2, Rect, Ui, Vec2};

use super::theme;
use crate::app::stats::Stats;

const ROW: f32 = 30.0;
const COLUMNS: [f32; 4] = [0.0, 250.0, 350.0, 450.0];

/// The table, as it was when the last frame was shown.
#[derive(Default)]
pub struct Overlay {
    /// Whether it is shown.
    pub shown: bool,
    lines: Vec<[String; 4]>,
}

impl Overlay {
    /// Takes the newest times, if it is shown.
    pub fn update(&mut self, stats: &mut Stats) {
        if self.shown {
            self.lines = stats.lines();
        }
    }

    /// Draws the table below `top_left`.
    pub fn show(&self, ui: &Ui, top_left: Pos2) {
        if !self.shown {
            return;
        }
        let rows = self.lines.len() as f32 + 1.0;
        let panel = Rect::from_min_size(top_left, Vec2::new(494.0, rows * ROW + 36.0));
        ui.painter().rect_filled(panel, 18.0, theme::glass(0.82));
        let head = ["milliseconds", "median", "95 %", "worst"].map(str::to_owned);
        for (row, line) in std::iter::once(&head).chain(&self.lines).enumerate() {
            let color = if row == 0 { theme::faded(theme::IVORY, 0.62) } else { theme::IVORY };
            let y = panel.top() + 18.0 + (row as f32 + 0.5) * ROW;
            for (column, text) in line.iter().enumerate() {
                cell(ui, Pos2::new(panel.left() + 22.0 + COLUMNS[column], y), column == 0, text, color);
            }
        }
    }
}

fn cell(ui: &Ui, at: Pos2, left: bool, text: &str, color: Color32) {
    let anchor = if left { Align2::LEFT_CENTER } else { Align2::RIGHT_CENTER };
    ui.painter().text(at, anchor, text, FontId::proportional(20.0), color);
}
