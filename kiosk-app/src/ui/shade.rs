//! Darkness behind text that lies on the picture itself.

use egui::{Mesh, Pos2, Rect, Ui, Vec2};

use super::theme;

/// Darkens the picture where text lies on it, so that light text stays legible on any picture. No larger than it must be:
/// where there is no GPU, every covered pixel costs.
pub fn bottom(ui: &Ui, screen: Rect) {
    const STEPS: u32 = 10;
    let top = screen.bottom() - 330.0_f32.min(screen.height() * 0.5);
    let mut mesh = Mesh::default();
    for step in 0..=STEPS {
        let part = step as f32 / STEPS as f32;
        let y = top + (screen.bottom() - top) * part;
        // Eased, so that the shade has no visible edge.
        let color = theme::glass(0.74 * part * (2.0 - part) * part.sqrt());
        mesh.colored_vertex(Pos2::new(screen.left(), y), color);
        mesh.colored_vertex(Pos2::new(screen.right(), y), color);
        if step > 0 {
            let at = 2 * step;
            mesh.add_triangle(at - 2, at - 1, at);
            mesh.add_triangle(at - 1, at, at + 1);
        }
    }
    ui.painter().add(mesh);
}

/// A quarter of an ellipse behind the wordmark, fading outwards.
pub fn corner(ui: &Ui, screen: Rect) {
    let (at, reach) = (screen.right_top(), Vec2::new(620.0, 230.0).min(screen.size()));
    const RINGS: u32 = 8;
    const SPOKES: u32 = 12;
    let mut mesh = Mesh::default();
    for ring in 0..=RINGS {
        let part = ring as f32 / RINGS as f32;
        let color = theme::glass(0.46 * (1.0 - part).powi(2));
        for spoke in 0..=SPOKES {
            let angle = std::f32::consts::FRAC_PI_2 * (1.0 + spoke as f32 / SPOKES as f32);
            mesh.colored_vertex(at + Vec2::angled(angle) * reach * part, color);
            if ring > 0 && spoke > 0 {
                let outer = ring * (SPOKES + 1) + spoke;
                let inner = outer - (SPOKES + 1);
                mesh.add_triangle(inner - 1, inner, outer);
                mesh.add_triangle(inner - 1, outer, outer - 1);
            }
        }
    }
    ui.painter().add(mesh);
}
