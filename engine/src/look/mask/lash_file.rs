//! Rows of lashes in a mask's TOML file, with the ranges that are allowed.

use std::ops::RangeInclusive;

use serde::Deserialize;
use toml::Spanned;

use super::{LashPoint, LashStyle, Lid};
use crate::look::LookError;
use crate::look::source::Source;

/// Rows of lashes in one mask.
const ROWS_MAX: usize = 4;
/// Points of one profile.
const PROFILE_MAX: usize = 32;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LashesFile {
    lid: Lid,
    count: Spanned<u16>,
    width: Spanned<f32>,
    curl: Option<Spanned<f32>>,
    jitter: Option<Spanned<f32>>,
    cluster: Option<Spanned<u8>>,
    profile: Spanned<Vec<Spanned<[f32; 3]>>>,
}

impl Source<'_> {
    pub(super) fn lashes(self, files: Vec<Spanned<LashesFile>>) -> Result<Vec<LashStyle>, LookError> {
        if files.is_empty() {
            return Err(self.error(0..0, "the mask draws nothing: add [[lashes]]"));
        }
        if let Some(one_too_many) = files.get(ROWS_MAX) {
            return Err(self.error(one_too_many.span(), format!("a mask has at most {ROWS_MAX} rows of lashes")));
        }
        files.into_iter().map(|file| self.lash_style(&file.into_inner())).collect()
    }

    fn lash_style(self, file: &LashesFile) -> Result<LashStyle, LookError> {
        let share = |what, value: &Option<Spanned<f32>>, default| match value {
            Some(value) => self.number(what, value, 0.0..=1.0),
            None => Ok(default),
        };
        let cluster = file.cluster.as_ref().map_or(1, |cluster| *cluster.get_ref());
        if !(1..=8).contains(&cluster) {
            let at = file.cluster.as_ref().map_or(0..0, Spanned::span);
            return Err(self.error(at, format!("cluster = {cluster} is out of range: give 1 to 8")));
        }
        if !(1..=400).contains(file.count.get_ref()) {
            let message = format!("count = {} is out of range: give 1 to 400", file.count.get_ref());
            return Err(self.error(file.count.span(), message));
        }
        Ok(LashStyle {
            lid: file.lid,
            count: *file.count.get_ref(),
            width: self.number("width", &file.width, 0.001..=0.05)?,
            curl: share("curl", &file.curl, 0.5)?,
            jitter: share("jitter", &file.jitter, 0.2)?,
            cluster,
            profile: self.profile(&file.profile)?,
        })
    }

    fn profile(self, file: &Spanned<Vec<Spanned<[f32; 3]>>>) -> Result<Vec<LashPoint>, LookError> {
        if !(1..=PROFILE_MAX).contains(&file.get_ref().len()) {
            let message = format!("a profile has 1 to {PROFILE_MAX} points [x, length, lean_deg]");
            return Err(self.error(file.span(), message));
        }
        let mut profile: Vec<LashPoint> = Vec::new();
        for point in file.get_ref() {
            let [x, length, lean_deg] = *point.get_ref();
            let check = |what: &str, value: f32, allowed: RangeInclusive<f32>| {
                if allowed.contains(&value) {
                    return Ok(());
                }
                let message =
                    format!("{what} = {value} is out of range: give {} to {}", allowed.start(), allowed.end());
                Err(self.error(point.span(), message))
            };
            check("x", x, 0.0..=1.0)?;
            check("length", length, 0.0..=0.6)?;
            check("lean_deg", lean_deg, -75.0..=75.0)?;
            if profile.last().is_some_and(|last| last.x >= x) {
                return Err(self.error(point.span(), "x must grow from point to point: 0 inner corner to 1 outer one"));
            }
            profile.push(LashPoint { x, length, lean_deg });
        }
        Ok(profile)
    }
}
