//! Icons of things: their paths in a box of 24 by 24, y down.

use super::path::PathStep::{self, Close, Curve, Dot, Line, Ring, To};

pub(super) const LANGUAGE: &[PathStep] = &[
    Ring(12.0, 12.0, 9.0),
    To(3.0, 12.0),
    Line(21.0, 12.0),
    To(12.0, 3.0),
    Curve(9.2, 5.4, 8.0, 8.6, 8.0, 12.0),
    Curve(8.0, 15.4, 9.2, 18.6, 12.0, 21.0),
    To(12.0, 3.0),
    Curve(14.8, 5.4, 16.0, 8.6, 16.0, 12.0),
    Curve(16.0, 15.4, 14.8, 18.6, 12.0, 21.0),
];

pub(super) const CAMERA: &[PathStep] = &[
    To(3.4, 8.4),
    Curve(3.4, 7.4, 4.0, 6.8, 5.0, 6.8),
    Line(7.6, 6.8),
    Line(9.0, 4.6),
    Line(15.0, 4.6),
    Line(16.4, 6.8),
    Line(19.0, 6.8),
    Curve(20.0, 6.8, 20.6, 7.4, 20.6, 8.4),
    Line(20.6, 17.6),
    Curve(20.6, 18.6, 20.0, 19.2, 19.0, 19.2),
    Line(5.0, 19.2),
    Curve(4.0, 19.2, 3.4, 18.6, 3.4, 17.6),
    Close,
    Ring(12.0, 12.8, 3.6),
];

/// An arrow down onto a line: everything comes down within reach.
pub(super) const REACH: &[PathStep] = &[
    To(12.0, 3.4),
    Line(12.0, 14.4),
    To(7.0, 9.6),
    Line(12.0, 14.6),
    Line(17.0, 9.6),
    To(4.0, 19.8),
    Line(20.0, 19.8),
];

pub(super) const TEXT_SIZE: &[PathStep] = &[
    To(2.6, 19.0),
    Line(8.6, 4.8),
    Line(14.6, 19.0),
    To(4.8, 14.2),
    Line(12.4, 14.2),
    To(15.4, 19.0),
    Line(18.4, 11.6),
    Line(21.4, 19.0),
    To(16.5, 16.5),
    Line(20.3, 16.5),
];

pub(super) const ACCESS: &[PathStep] = &[
    Dot(12.0, 4.6, 1.9),
    To(4.6, 8.6),
    Curve(9.4, 10.2, 14.6, 10.2, 19.4, 8.6),
    To(12.0, 10.0),
    Line(12.0, 14.0),
    To(8.2, 20.8),
    Line(12.0, 13.6),
    Line(15.8, 20.8),
];

pub(super) const QR: &[PathStep] = &[
    To(4.0, 4.0),
    Line(10.0, 4.0),
    Line(10.0, 10.0),
    Line(4.0, 10.0),
    Close,
    To(14.0, 4.0),
    Line(20.0, 4.0),
    Line(20.0, 10.0),
    Line(14.0, 10.0),
    Close,
    To(4.0, 14.0),
    Line(10.0, 14.0),
    Line(10.0, 20.0),
    Line(4.0, 20.0),
    Close,
    Dot(7.0, 7.0, 1.1),
    Dot(17.0, 7.0, 1.1),
    Dot(7.0, 17.0, 1.1),
    Dot(14.6, 14.6, 1.1),
    Dot(19.4, 14.6, 1.1),
    Dot(17.0, 17.0, 1.1),
    Dot(14.6, 19.4, 1.1),
    Dot(19.4, 19.4, 1.1),
];

pub(super) const PRINT: &[PathStep] = &[
    To(7.0, 9.0),
    Line(7.0, 3.6),
    Line(17.0, 3.6),
    Line(17.0, 9.0),
    To(7.0, 17.4),
    Line(3.6, 17.4),
    Line(3.6, 9.0),
    Line(20.4, 9.0),
    Line(20.4, 17.4),
    Line(17.0, 17.4),
    To(7.0, 14.0),
    Line(17.0, 14.0),
    Line(17.0, 20.6),
    Line(7.0, 20.6),
    Close,
];

pub(super) const PHONE: &[PathStep] = &[
    To(8.4, 2.8),
    Line(15.6, 2.8),
    Curve(16.8, 2.8, 17.6, 3.6, 17.6, 4.8),
    Line(17.6, 19.2),
    Curve(17.6, 20.4, 16.8, 21.2, 15.6, 21.2),
    Line(8.4, 21.2),
    Curve(7.2, 21.2, 6.4, 20.4, 6.4, 19.2),
    Line(6.4, 4.8),
    Curve(6.4, 3.6, 7.2, 2.8, 8.4, 2.8),
    To(10.8, 18.0),
    Line(13.2, 18.0),
];

pub(super) const BASKET: &[PathStep] = &[
    To(4.8, 8.4),
    Line(19.2, 8.4),
    Line(20.4, 20.6),
    Line(3.6, 20.6),
    Close,
    To(8.4, 11.0),
    Line(8.4, 7.0),
    Curve(8.4, 4.6, 10.0, 3.2, 12.0, 3.2),
    Curve(14.0, 3.2, 15.6, 4.6, 15.6, 7.0),
    Line(15.6, 11.0),
];

pub(super) const LEAF: &[PathStep] = &[
    To(20.0, 4.0),
    Curve(20.6, 12.6, 17.0, 18.2, 10.8, 18.2),
    Curve(7.0, 18.2, 4.8, 15.8, 4.8, 12.6),
    Curve(4.8, 7.2, 10.6, 4.4, 20.0, 4.0),
    To(3.6, 21.0),
    Curve(6.0, 16.2, 9.6, 12.6, 14.4, 9.8),
];

pub(super) const CAMERA_OFF: &[PathStep] = &[
    To(9.4, 4.6),
    Line(15.0, 4.6),
    Line(16.4, 6.8),
    Line(19.0, 6.8),
    Curve(20.0, 6.8, 20.6, 7.4, 20.6, 8.4),
    Line(20.6, 16.4),
    To(17.8, 19.2),
    Line(5.0, 19.2),
    Curve(4.0, 19.2, 3.4, 18.6, 3.4, 17.6),
    Line(3.4, 8.4),
    Curve(3.4, 7.4, 4.0, 6.8, 5.0, 6.8),
    Line(6.0, 6.8),
    To(14.7, 15.2),
    Curve(12.2, 17.4, 8.4, 15.8, 8.4, 12.6),
    Curve(8.4, 11.7, 8.7, 10.9, 9.2, 10.2),
    To(3.2, 3.6),
    Line(20.8, 21.2),
];

pub(super) const LOCK: &[PathStep] = &[
    To(5.4, 10.8),
    Line(18.6, 10.8),
    Line(18.6, 20.6),
    Line(5.4, 20.6),
    Close,
    To(8.2, 10.8),
    Line(8.2, 7.4),
    Curve(8.2, 5.0, 9.8, 3.4, 12.0, 3.4),
    Curve(14.2, 3.4, 15.8, 5.0, 15.8, 7.4),
    Line(15.8, 10.8),
    To(12.0, 14.4),
    Line(12.0, 17.0),
];

pub(super) const CLOCK: &[PathStep] = &[Ring(12.0, 12.0, 9.0), To(12.0, 6.8), Line(12.0, 12.2), Line(15.8, 14.6)];
