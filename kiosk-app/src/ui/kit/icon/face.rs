//! Icons of the face and of what is put on it: their paths in a box of 24 by 24, y down.

use super::path::PathStep::{self, Close, Curve, Dot, Half, Line, Ring, To};

/// A heart, from the notch clockwise.
pub(super) const HEART: &[PathStep] = &[
    To(12.0, 7.2),
    Curve(13.0, 5.2, 14.8, 4.2, 16.6, 4.2),
    Curve(19.3, 4.2, 21.2, 6.3, 21.2, 8.9),
    Curve(21.2, 13.2, 16.2, 16.8, 12.0, 20.2),
    Curve(7.8, 16.8, 2.8, 13.2, 2.8, 8.9),
    Curve(2.8, 6.3, 4.7, 4.2, 7.4, 4.2),
    Curve(9.2, 4.2, 11.0, 5.2, 12.0, 7.2),
];

pub(super) const COMPARE: &[PathStep] = &[
    To(4.0, 4.0),
    Line(10.4, 4.0),
    Line(10.4, 10.4),
    Line(4.0, 10.4),
    Close,
    To(13.6, 4.0),
    Line(20.0, 4.0),
    Line(20.0, 10.4),
    Line(13.6, 10.4),
    Close,
    To(4.0, 13.6),
    Line(10.4, 13.6),
    Line(10.4, 20.0),
    Line(4.0, 20.0),
    Close,
    To(13.6, 13.6),
    Line(20.0, 13.6),
    Line(20.0, 20.0),
    Line(13.6, 20.0),
    Close,
];

pub(super) const BEFORE_AFTER: &[PathStep] = &[Ring(12.0, 12.0, 8.8), Half(12.0, 12.0, 8.8)];

pub(super) const PERSON: &[PathStep] = &[
    Ring(12.0, 8.2, 4.2),
    To(4.0, 20.6),
    Curve(4.4, 16.6, 7.6, 14.8, 12.0, 14.8),
    Curve(16.4, 14.8, 19.6, 16.6, 20.0, 20.6),
];

pub(super) const LIGHT: &[PathStep] = &[
    Ring(12.0, 12.0, 4.2),
    To(12.0, 2.6),
    Line(12.0, 4.6),
    To(12.0, 19.4),
    Line(12.0, 21.4),
    To(2.6, 12.0),
    Line(4.6, 12.0),
    To(19.4, 12.0),
    Line(21.4, 12.0),
    To(5.4, 5.4),
    Line(6.8, 6.8),
    To(17.2, 17.2),
    Line(18.6, 18.6),
    To(5.4, 18.6),
    Line(6.8, 17.2),
    To(17.2, 6.8),
    Line(18.6, 5.4),
];

/// Three drops from light to dark: foundation's shades.
pub(super) const SHADE: &[PathStep] = &[Ring(8.6, 14.6, 5.6), Ring(15.4, 14.6, 5.6), Ring(12.0, 8.8, 5.6)];

pub(super) const LOOKS: &[PathStep] = &[
    To(11.0, 3.4),
    Curve(11.8, 8.6, 13.4, 10.2, 18.6, 11.0),
    Curve(13.4, 11.8, 11.8, 13.4, 11.0, 18.6),
    Curve(10.2, 13.4, 8.6, 11.8, 3.4, 11.0),
    Curve(8.6, 10.2, 10.2, 8.6, 11.0, 3.4),
    To(18.4, 15.6),
    Curve(18.7, 17.6, 19.4, 18.3, 21.4, 18.6),
    Curve(19.4, 18.9, 18.7, 19.6, 18.4, 21.6),
    Curve(18.1, 19.6, 17.4, 18.9, 15.4, 18.6),
    Curve(17.4, 18.3, 18.1, 17.6, 18.4, 15.6),
];

pub(super) const LIPS: &[PathStep] = &[
    To(2.6, 11.8),
    Curve(5.4, 8.6, 7.6, 6.8, 9.2, 6.8),
    Curve(10.4, 6.8, 11.2, 7.6, 12.0, 8.0),
    Curve(12.8, 7.6, 13.6, 6.8, 14.8, 6.8),
    Curve(16.4, 6.8, 18.6, 8.6, 21.4, 11.8),
    Curve(18.8, 15.6, 15.8, 17.8, 12.0, 17.8),
    Curve(8.2, 17.8, 5.2, 15.6, 2.6, 11.8),
    To(2.6, 11.8),
    Curve(7.0, 12.6, 9.6, 11.2, 12.0, 12.0),
    Curve(14.4, 11.2, 17.0, 12.6, 21.4, 11.8),
];

pub(super) const EYES: &[PathStep] = &[
    To(2.4, 12.0),
    Curve(5.0, 7.8, 8.2, 5.8, 12.0, 5.8),
    Curve(15.8, 5.8, 19.0, 7.8, 21.6, 12.0),
    Curve(19.0, 16.2, 15.8, 18.2, 12.0, 18.2),
    Curve(8.2, 18.2, 5.0, 16.2, 2.4, 12.0),
    Ring(12.0, 12.0, 3.2),
];

/// A face with colour on its cheeks.
pub(super) const CHEEKS: &[PathStep] = &[
    Ring(12.0, 12.0, 9.2),
    Dot(7.6, 13.2, 2.1),
    Dot(16.4, 13.2, 2.1),
    To(9.6, 17.0),
    Curve(11.0, 18.0, 13.0, 18.0, 14.4, 17.0),
];

/// A bottle of foundation.
pub(super) const FACE: &[PathStep] = &[
    To(9.4, 8.2),
    Line(9.4, 3.0),
    Line(14.6, 3.0),
    Line(14.6, 8.2),
    To(8.2, 8.2),
    Line(15.8, 8.2),
    Curve(17.4, 8.2, 18.4, 9.2, 18.4, 10.8),
    Line(18.4, 18.4),
    Curve(18.4, 20.0, 17.4, 21.0, 15.8, 21.0),
    Line(8.2, 21.0),
    Curve(6.6, 21.0, 5.6, 20.0, 5.6, 18.4),
    Line(5.6, 10.8),
    Curve(5.6, 9.2, 6.6, 8.2, 8.2, 8.2),
    To(5.6, 14.2),
    Line(18.4, 14.2),
];

pub(super) const LAYERS: &[PathStep] = &[
    To(12.0, 3.4),
    Line(21.0, 8.2),
    Line(12.0, 13.0),
    Line(3.0, 8.2),
    Close,
    To(3.0, 12.4),
    Line(12.0, 17.2),
    Line(21.0, 12.4),
    To(3.0, 16.4),
    Line(12.0, 21.2),
    Line(21.0, 16.4),
];

pub(super) const BROWS: &[PathStep] = &[
    To(2.8, 14.6),
    Curve(6.4, 9.0, 13.0, 7.2, 21.2, 10.2),
    Curve(14.4, 10.2, 8.2, 11.2, 2.8, 14.6),
    To(8.0, 19.0),
    Curve(10.6, 17.0, 14.4, 17.0, 17.0, 19.0),
];
