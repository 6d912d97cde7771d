//! Lashes as strokes: mascara and false lashes grow from the lids' lash lines.
//!
//! In: a fitted face and the lash styles that are worn. Out: vertices of tapered strips, for as many strokes as there
//! is room for.
//!
//! 1. Per lid and style, roots are spread along the lash line, a little unevenly.
//! 2. A lash starts at an elevation over the face's horizontal that depends on how far the eye is open, and turns by
//!    its curl on the way to the tip; it leans by the style's profile, and fans out round the eyeball. Its path is the
//!    sum of short steps.
//! 3. The tips of a cluster are moved together.
//! 4. The roots together make a line, which is all that is seen of lashes from afar.
//!
//! Angles and shares were set by eye.

use carmine_shaders::StrokeVertex;
use carmine_shaders::cpu::smoothstep;
use glam::{Vec2, Vec3};

use super::chart_grid::grid_indices;
use super::eye::Eye;
use super::eye_landmarks::LID_COLUMNS;
use super::strokes::{SAMPLES, STROKE_VERTICES, Stroke, signed_hash};
use crate::face::FittedFace;
use crate::look::{LashPoint, LashStyle, Lid};

/// Lashes on one lid in one style.
const MAX_PER_LID: usize = 90;
/// Strokes that one face can wear.
const MAX_STROKES: usize = 680;
/// Strokes that draw one lid's line of roots.
const LINE_STROKES: usize = 6;

/// Width of an eye from which single lashes come into sight, and from which all of them is seen, in pixels.
const HAIRS_FROM_PX: f32 = 14.0;
const HAIRS_FULL_PX: f32 = 26.0;
/// Openness between which the upper lashes swing from the cheek to the brow.
const SHUT: f32 = 0.04;
const OPEN: f32 = 0.23;
/// Elevation of lashes over the face's horizontal, in degrees: upper ones of a closed eye, of an open one, and lower
/// ones.
const UPPER_CLOSED: Elevation = Elevation { root: -38.0, turn_straight: 12.0, turn_curled: 40.0 };
const UPPER_OPEN: Elevation = Elevation { root: 14.0, turn_straight: 35.0, turn_curled: 110.0 };
const LOWER: Elevation = Elevation { root: -25.0, turn_straight: -20.0, turn_curled: -65.0 };
/// Share of the lean that the forward-pointing part of a lash takes, as lashes fan out round the eyeball.
const FAN: f32 = 0.55;
/// Share of the lid at the inner end over which lashes grow to full length; half of it at the outer end.
const END: f32 = 0.22;
/// How much shorter they are at the very ends.
const SHORTER: f32 = 0.6;
/// Share of the distance between a cluster's tips that is closed.
const MEETING: f32 = 0.85;
/// Thickness of the line of roots in eye widths, where lashes fill half of the lid's length.
const UPPER_LINE: f32 = 0.022;
const LOWER_LINE: f32 = 0.009;
/// How much thicker it grows where the eye is too small for single lashes.
const LINE_FOR_HAIRS: f32 = 1.2;
/// Depth offset in front of the face's mesh, in eye widths.
const LIFT: f32 = 0.1;

/// How steeply a lash rises, in degrees.
#[derive(Clone, Copy)]
struct Elevation {
    /// At the root.
    root: f32,
    /// Increase from the root to the tip of a straight lash.
    turn_straight: f32,
    /// The same for a fully curled lash.
    turn_curled: f32,
}

/// The elevation of one lash along its way.
#[derive(Clone, Copy)]
struct Rise {
    root_deg: f32,
    turn_deg: f32,
}

impl Elevation {
    fn curled(self, curl: f32) -> Rise {
        let turn_deg = self.turn_straight + (self.turn_curled - self.turn_straight) * curl;
        Rise { root_deg: self.root, turn_deg }
    }
}

/// Both eyes' lashes as strokes. Reused from frame to frame: no allocation once built.
#[derive(Clone, Debug, Default)]
pub struct LashStrokes {
    pub(super) vertices: Vec<StrokeVertex>,
}

/// Triangles of [`LashStrokes`], three indices each, for as many strokes as there can be: the first
/// [`LashStrokes::index_count`] draw what was built.
pub fn lash_indices() -> Vec<u16> {
    let mut indices = Vec::with_capacity(MAX_STROKES * (SAMPLES - 1) * 6);
    for stroke in 0..MAX_STROKES {
        grid_indices(&mut indices, stroke * STROKE_VERTICES, SAMPLES, 2);
    }
    indices
}

impl LashStrokes {
    /// Most vertices that there can be.
    pub const MAX_VERTICES: usize = MAX_STROKES * STROKE_VERTICES;

    /// Strokes one after the other, from the root to the tip, both sides in turn.
    pub fn vertices(&self) -> &[StrokeVertex] {
        &self.vertices
    }

    /// How many of [`lash_indices`] to draw.
    pub fn index_count(&self) -> u32 {
        (self.vertices.len() / STROKE_VERTICES * (SAMPLES - 1) * 6) as u32
    }

    /// Builds the lashes of every style on both eyes.
    pub fn build<'a>(&mut self, face: &FittedFace, styles: impl Iterator<Item = &'a LashStyle> + Clone) {
        self.vertices.clear();
        self.vertices.reserve(Self::MAX_VERTICES);
        for side in 0..2 {
            let Some(eye) = Eye::new(face, side) else { continue };
            for (index, style) in styles.clone().enumerate() {
                let row = LashRow { eye: &eye, style, seed: (side as u32) << 24 | (index as u32) << 16 };
                self.root_line(&row);
                self.hairs(&row);
            }
        }
    }

    fn push(&mut self, stroke: &Stroke) {
        if self.vertices.len() + STROKE_VERTICES > Self::MAX_VERTICES || !stroke.is_drawable() {
            return;
        }
        self.vertices.extend(stroke.vertices());
    }

    fn hairs(&mut self, row: &LashRow<'_>) {
        let (eye, style) = (row.eye, row.style);
        let seen = smoothstep(HAIRS_FROM_PX, HAIRS_FULL_PX, eye.frame.width_px);
        let count = usize::from(style.count).min(MAX_PER_LID);
        if seen > 0.0 {
            (0..count).for_each(|index| self.push(&row.lash(index, count, seen)));
        }
    }

    /// The line that the roots make together: what is seen of lashes from afar.
    fn root_line(&mut self, row: &LashRow<'_>) {
        let (eye, style) = (row.eye, row.style);
        let hairs = smoothstep(HAIRS_FROM_PX, HAIRS_FULL_PX, eye.frame.width_px);
        let longest = style.profile.iter().map(|point| point.length).fold(0.0, f32::max);
        let filled = (f32::from(style.count) * style.width / 0.5).clamp(0.0, 1.5);
        let thickness =
            row.pick(UPPER_LINE, LOWER_LINE) * filled * (1.0 + (1.0 - hairs) * LINE_FOR_HAIRS) * eye.frame.width_px;
        let (from, to) = row.range();
        let steps = LINE_STROKES * (SAMPLES - 1);
        for stroke in 0..LINE_STROKES {
            let mut line = Stroke::default();
            for sample in 0..SAMPLES {
                let t = (stroke * (SAMPLES - 1) + sample) as f32 / steps as f32;
                let root = row.root(from + (to - from) * t);
                let length = row.profile(root.x).length / longest.max(1e-6);
                let thin = length * smoothstep(0.0, 0.15, t) * smoothstep(0.0, 0.08, 1.0 - t);
                let half_width = (0.5 * thickness * thin).max(0.02);
                let away = root.away * (0.5 * half_width / eye.frame.width_px);
                line.points[sample] = eye.frame.point(root.point, away.extend(0.0));
                line.half_widths[sample] = half_width;
                line.visibility[sample] = root.seen;
            }
            line.lift = LIFT * eye.frame.width_px;
            self.push(&line);
        }
    }
}

/// One style on one eye.
struct LashRow<'a> {
    eye: &'a Eye,
    style: &'a LashStyle,
    seed: u32,
}

/// Where a lash grows.
#[derive(Clone, Copy)]
struct Root {
    x: f32,
    point: Vec3,
    away: Vec2,
    seen: f32,
}

impl LashRow<'_> {
    fn pick(&self, upper: f32, lower: f32) -> f32 {
        if self.style.lid == Lid::Upper { upper } else { lower }
    }

    /// Where along the lid the first and the last lash grow.
    fn range(&self) -> (f32, f32) {
        match self.style.profile.as_slice() {
            [first, .., last] => (first.x.clamp(0.0, 1.0), last.x.clamp(0.0, 1.0)),
            _ => (0.05, 0.97),
        }
    }

    fn profile(&self, x: f32) -> LashPoint {
        let points = &self.style.profile;
        let next = points.iter().position(|point| point.x > x).unwrap_or(points.len());
        let (Some(a), Some(b)) = (points.get(next.saturating_sub(1)), points.get(next.min(points.len().max(1) - 1)))
        else {
            return LashPoint { x, length: 0.0, lean_deg: 0.0 };
        };
        let t = ((x - a.x) / (b.x - a.x).max(1e-6)).clamp(0.0, 1.0);
        let mix = |a: f32, b: f32| a + (b - a) * t;
        LashPoint { x, length: mix(a.length, b.length), lean_deg: mix(a.lean_deg, b.lean_deg) }
    }

    fn root(&self, x: f32) -> Root {
        let lid = &self.eye.lids[usize::from(self.style.lid == Lid::Lower)];
        let next = lid.x.partition_point(|&at| at < x).clamp(1, LID_COLUMNS - 1);
        let (a, b) = (next - 1, next);
        let t = ((x - lid.x[a]) / (lid.x[b] - lid.x[a]).max(1e-6)).clamp(0.0, 1.0);
        let seen = |column: usize| lid.relief[column].surface(0.0).seen;
        Root {
            x,
            point: lid.line[a].lerp(lid.line[b], t),
            away: lid.away[a].lerp(lid.away[b], t),
            seen: seen(a) + (seen(b) - seen(a)) * t,
        }
    }

    fn lash(&self, index: usize, count: usize, visibility: f32) -> Stroke {
        let (eye, style) = (self.eye, self.style);
        let cluster = usize::from(style.cluster.max(1));
        let group = index / cluster;
        let jitter = style.jitter.clamp(0.0, 1.0);
        let own = |what: u32| jitter * signed_hash(self.seed | index as u32, what);
        let shared = |what: u32| jitter * signed_hash(self.seed | 0x8000 | group as u32, what);
        let (from, to) = self.range();
        let place = |index: f32| from + (to - from) * (index + 0.5) / count as f32;
        let root = self.root(place(index as f32 + 0.7 * own(0)).clamp(0.0, 1.0));
        let middle = 0.5 * (cluster.min(count - group * cluster) - 1) as f32 + (group * cluster) as f32;
        let meeting = (self.root(place(middle + 0.5 * shared(0)).clamp(0.0, 1.0)).point - root.point) * MEETING;
        let at = self.profile(root.x);
        // Most lashes have about the style's length and some are much shorter, since natural lashes differ in age.
        let short = own(1).abs() * (0.25 + 0.55 * own(4).abs());
        let ends =
            1.0 - (1.0 - smoothstep(from, from + END, root.x) * smoothstep(to, to - 0.5 * END, root.x)) * SHORTER;
        let length = at.length / self.seen_part() * ends * (1.0 + 0.3 * shared(1) - short).max(0.3);
        // Fewer lashes than wanted grow thicker, so that they fill the lid nearly as well.
        let width = style.width * (f32::from(style.count) / count as f32).sqrt();
        let open = smoothstep(SHUT, OPEN, eye.openness);
        let Rise { root_deg, turn_deg } = self.rise(open, (style.curl + 0.2 * own(2)).clamp(0.0, 1.0));
        // Lashes start perpendicular to the lid: to one side of it on an open upper lid, to the other on a closed one.
        let root_lean = root.away.x.clamp(-0.9, 0.9).asin() * self.pick(2.0 * open - 1.0, 1.0);
        let tip_lean = (at.lean_deg + 14.0 * own(3) + 16.0 * shared(3)).to_radians();

        let mut stroke = Stroke { lift: LIFT * eye.frame.width_px, ..Stroke::default() };
        let mut travelled = Vec3::ZERO;
        for sample in 0..SAMPLES {
            let t = sample as f32 / (SAMPLES - 1) as f32;
            if sample > 0 {
                let before = t - 0.5 / (SAMPLES - 1) as f32;
                let elevation = (root_deg + turn_deg * before).to_radians();
                let lean = root_lean + (tip_lean - root_lean) * before;
                let (up, forward) = elevation.sin_cos();
                let aside = lean.sin() * (FAN * forward).max(up.abs());
                let way = Vec3::new(aside, up * lean.cos(), forward);
                travelled += way.normalize_or_zero() * (length / (SAMPLES - 1) as f32);
            }
            let to_cluster = if cluster > 1 { meeting * t.powf(1.5) } else { Vec3::ZERO };
            stroke.points[sample] = eye.frame.point(root.point, travelled) + to_cluster;
            stroke.half_widths[sample] = (0.5 * width * eye.frame.width_px * (1.0 - 0.85 * t * t)).max(0.01);
            stroke.visibility[sample] = visibility * root.seen;
        }
        stroke
    }

    /// Share of a lash's length seen from the front with the eye open, which is how styles give lengths.
    fn seen_part(&self) -> f32 {
        let Rise { root_deg, turn_deg } = self.rise(1.0, self.style.curl.clamp(0.0, 1.0));
        let (from, to) = (root_deg.to_radians(), (root_deg + turn_deg).to_radians());
        // The mean of the sine on the way.
        ((from.cos() - to.cos()) / (to - from)).abs().clamp(0.4, 1.0)
    }

    /// Upper lashes swing with the lid, lower ones stay.
    fn rise(&self, open: f32, curl: f32) -> Rise {
        match self.style.lid {
            Lid::Upper => {
                let (closed, opened) = (UPPER_CLOSED.curled(curl), UPPER_OPEN.curled(curl));
                let mix = |a: f32, b: f32| a + (b - a) * open;
                Rise {
                    root_deg: mix(closed.root_deg, opened.root_deg),
                    turn_deg: mix(closed.turn_deg, opened.turn_deg),
                }
            }
            Lid::Lower => LOWER.curled(curl),
        }
    }
}
