//! From a shape's TOML to a [`Shape`], with the ranges that are allowed.

use std::ops::{Range, RangeInclusive};

use carmine_shaders::Chart;
use glam::{Vec2, Vec3};
use toml::Spanned;

use super::outline;
use super::shape::{BandSide, Kind, Shape, Texture};
use super::shape_file::{Feather, KindName, ShapeFile, TextureFile};
use crate::look::source::Source;
use crate::look::{LookError, Wing};

/// Points of one curve.
const POINTS_MAX: usize = 128;
/// Positions in any chart; well beyond every tile.
const POSITION: RangeInclusive<f32> = -4.0..=4.0;
/// Smallest radius, and smallest grain of a texture.
const SMALLEST: f32 = 1e-3;

impl Source<'_> {
    pub(super) fn shape(self, chart: Chart, file: Spanned<ShapeFile>) -> Result<Shape, LookError> {
        let span = file.span();
        let file = file.into_inner();
        self.check_keys(chart, &file)?;
        let feather = match &file.feather {
            None => Vec2::ZERO,
            Some(feather) => {
                let widths = match *feather.get_ref() {
                    Feather::Even(width) => [width; 2],
                    Feather::Uneven(widths) => widths,
                };
                self.within("feather", feather.span(), widths, 0.0..=2.0)?
            }
        };
        Ok(Shape {
            op: file.op,
            strength: file.strength.as_ref().map_or(Ok(1.0), |value| self.number("strength", value, 0.0..=1.0))?,
            texture: file.texture.as_ref().map(|texture| self.texture(texture)).transpose()?,
            feather,
            kind: self.kind(span, &file)?,
        })
    }

    fn kind(self, span: Range<usize>, file: &ShapeFile) -> Result<Kind, LookError> {
        let name = *file.kind.get_ref();
        let missing = |key: &str| self.error(span.clone(), format!("{} needs {key}: add it", name.name()));
        let number = |what, value: &Option<Spanned<f32>>, default: Option<f32>, allowed| match (value, default) {
            (Some(value), _) => self.number(what, value, allowed),
            (None, Some(default)) => Ok(default),
            (None, None) => Err(missing(what)),
        };
        let pair = |what: &str, value: &Option<Spanned<[f32; 2]>>, allowed| {
            let value = value.as_ref().ok_or_else(|| missing(what))?;
            self.within(what, value.span(), *value.get_ref(), allowed)
        };
        let outline = |points: Vec<Vec2>| {
            let grow = number("grow", &file.grow, Some(0.0), -0.3..=0.3)?;
            Ok(Kind::Outline { outline: outline::closed(points), grow })
        };
        match name {
            KindName::All => Ok(Kind::All),
            KindName::Area => {
                let points = self.points::<2>(file.points.as_ref().ok_or_else(|| missing("points"))?, 3)?;
                outline(points.into_iter().map(Vec2::from).collect())
            }
            KindName::Landmarks => outline(self.landmarks(file.ids.as_ref().ok_or_else(|| missing("ids"))?)?),
            KindName::Ring => outline(self.ring(file.ring.as_ref().ok_or_else(|| missing("ring"))?)?),
            KindName::Stroke => {
                let points = self.points::<3>(file.points.as_ref().ok_or_else(|| missing("points"))?, 2)?;
                let points: Vec<_> = points.into_iter().map(Vec3::from).collect();
                let line = outline::smooth(&points, false);
                Ok(Kind::Stroke { line: line.into_iter().map(|point| point.with_z(point.z.max(0.0))).collect() })
            }
            KindName::Ellipse => Ok(Kind::Ellipse {
                centre: pair("centre", &file.centre, POSITION)?,
                radii: pair("radii", &file.radii, SMALLEST..=4.0)?,
                turn: turn(number("angle_deg", &file.angle_deg, Some(0.0), -360.0..=360.0)?),
            }),
            KindName::Gradient => {
                Ok(Kind::Gradient { from: pair("from", &file.from, POSITION)?, to: pair("to", &file.to, POSITION)? })
            }
            KindName::Wing => Ok(Kind::Wing {
                wing: Wing {
                    angle_deg: number("angle_deg", &file.angle_deg, None, Wing::ANGLE_DEG)?,
                    length: number("length", &file.length, None, Wing::LENGTH)?,
                },
                width: number("width", &file.width, Some(0.06), 0.0..=0.3)?,
                start: number("start", &file.start, Some(0.6), 0.0..=1.0)?,
            }),
            KindName::Band => {
                let range = pair("between", &file.between, 0.0..=1.0)?;
                let side = file.side.as_ref().map_or(BandSide::Both, |side| *side.get_ref());
                Ok(Kind::Band { low: range.min_element(), high: range.max_element(), side })
            }
            KindName::Annulus => {
                let radii = pair("radii", &file.radii, 0.0..=2.0)?;
                Ok(Kind::Annulus { inner: radii.min_element(), outer: radii.max_element() })
            }
            KindName::Spokes => {
                let count = file.count.as_ref().ok_or_else(|| missing("count"))?;
                if !(3..=400).contains(count.get_ref()) {
                    return Err(self.error(count.span(), "count is out of range: give 3 to 400"));
                }
                Ok(Kind::Spokes { count: *count.get_ref(), seed: file.seed.as_ref().map_or(0, |seed| *seed.get_ref()) })
            }
        }
    }

    fn texture(self, file: &TextureFile) -> Result<Texture, LookError> {
        let angle_deg = &file.angle_deg;
        let angle_deg = angle_deg.as_ref().map_or(Ok(0.0), |angle| self.number("angle_deg", angle, -360.0..=360.0))?;
        Ok(Texture {
            amount: self.number("amount", &file.amount, 0.0..=1.0)?,
            grain: self.within("grain", file.grain.span(), *file.grain.get_ref(), SMALLEST..=4.0)?,
            turn: turn(angle_deg),
            seed: file.seed.unwrap_or_default(),
        })
    }

    fn within(
        self,
        what: &str,
        at: Range<usize>,
        pair: [f32; 2],
        allowed: RangeInclusive<f32>,
    ) -> Result<Vec2, LookError> {
        match pair.iter().find(|value| !allowed.contains(value)) {
            None => Ok(pair.into()),
            Some(value) => {
                let message =
                    format!("{value} in {what} is out of range: give {} to {}", allowed.start(), allowed.end());
                Err(self.error(at, message))
            }
        }
    }

    /// Points of N numbers; a third one is a width.
    fn points<const N: usize>(
        self,
        file: &Spanned<Vec<Spanned<Vec<f32>>>>,
        at_least: usize,
    ) -> Result<Vec<[f32; N]>, LookError> {
        self.check_count(file.span(), file.get_ref().len(), at_least)?;
        let point = |point: &Spanned<Vec<f32>>| {
            let form = if N == 2 { "[x, y]" } else { "[x, y, width]" };
            let values = <[f32; N]>::try_from(point.get_ref().as_slice())
                .map_err(|_| self.error(point.span(), format!("a point of this kind is {form}")))?;
            if !values.iter().all(|value| POSITION.contains(value)) {
                return Err(self.error(point.span(), "the point is out of range: give -4 to 4"));
            }
            if values.get(2).is_some_and(|width| !(0.0..=1.0).contains(width)) {
                return Err(self.error(point.span(), "the point's width is out of range: give 0 to 1"));
            }
            Ok(values)
        };
        file.get_ref().iter().map(point).collect()
    }

    fn landmarks(self, file: &Spanned<Vec<Spanned<u16>>>) -> Result<Vec<Vec2>, LookError> {
        self.check_count(file.span(), file.get_ref().len(), 3)?;
        let uv = |id: &Spanned<u16>| {
            let message = || format!("there is no landmark {} on the mesh: give 0 to 467", id.get_ref());
            outline::landmark_uv(*id.get_ref()).ok_or_else(|| self.error(id.span(), message()))
        };
        file.get_ref().iter().map(uv).collect()
    }

    fn ring(self, name: &Spanned<String>) -> Result<Vec<Vec2>, LookError> {
        let ids = outline::ring(name.get_ref()).ok_or_else(|| {
            let message = format!("there is no ring '{}': choose {}", name.get_ref(), outline::RING_NAMES.join(", "));
            self.error(name.span(), message)
        })?;
        Ok(ids.into_iter().filter_map(outline::landmark_uv).collect())
    }

    fn check_count(self, at: Range<usize>, count: usize, at_least: usize) -> Result<(), LookError> {
        if (at_least..=POINTS_MAX).contains(&count) {
            return Ok(());
        }
        Err(self.error(at, format!("{count} points make no such shape: give {at_least} to {POINTS_MAX}")))
    }
}

fn turn(angle_deg: f32) -> Vec2 {
    Vec2::from_angle(angle_deg.to_radians())
}
