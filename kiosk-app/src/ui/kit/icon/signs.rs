//! Arrows, crosses and other signs of the controls: their paths in a box of 24 by 24, y down.

use super::path::PathStep::{self, Close, Curve, Dot, Line, Ring, To};

pub(super) const BACK: &[PathStep] = &[To(14.5, 5.0), Line(7.5, 12.0), Line(14.5, 19.0)];

pub(super) const NEXT: &[PathStep] = &[To(9.5, 5.0), Line(16.5, 12.0), Line(9.5, 19.0)];

pub(super) const UP: &[PathStep] = &[To(5.0, 14.8), Line(12.0, 7.8), Line(19.0, 14.8)];

pub(super) const DOWN: &[PathStep] = &[To(5.0, 9.2), Line(12.0, 16.2), Line(19.0, 9.2)];

pub(super) const CLOSE: &[PathStep] = &[To(6.0, 6.0), Line(18.0, 18.0), To(18.0, 6.0), Line(6.0, 18.0)];

pub(super) const UNDO: &[PathStep] = &[
    To(8.2, 4.6),
    Line(4.0, 8.8),
    Line(8.2, 13.0),
    To(4.0, 8.8),
    Line(14.2, 8.8),
    Curve(17.6, 8.8, 20.0, 11.2, 20.0, 14.2),
    Curve(20.0, 17.2, 17.6, 19.6, 14.2, 19.6),
    Line(9.0, 19.6),
];

/// A drop of water, struck through: the face is washed.
pub(super) const CLEAR: &[PathStep] = &[
    To(12.0, 3.2),
    Curve(15.2, 7.2, 18.0, 10.6, 18.0, 14.2),
    Curve(18.0, 17.8, 15.4, 20.4, 12.0, 20.4),
    Curve(8.6, 20.4, 6.0, 17.8, 6.0, 14.2),
    Curve(6.0, 10.6, 8.8, 7.2, 12.0, 3.2),
    To(9.4, 14.6),
    Curve(9.5, 16.2, 10.6, 17.2, 12.0, 17.3),
];

pub(super) const INFO: &[PathStep] = &[Ring(12.0, 12.0, 9.0), To(12.0, 11.2), Line(12.0, 16.6), Dot(12.0, 7.7, 1.25)];

pub(super) const CHECK: &[PathStep] = &[To(4.6, 12.6), Line(9.8, 17.8), Line(19.6, 6.8)];

pub(super) const PLUS: &[PathStep] = &[To(12.0, 5.0), Line(12.0, 19.0), To(5.0, 12.0), Line(19.0, 12.0)];

pub(super) const MINUS: &[PathStep] = &[To(5.0, 12.0), Line(19.0, 12.0)];

/// A finger that points at the glass.
pub(super) const TOUCH: &[PathStep] = &[
    To(9.4, 13.4),
    Line(9.4, 5.0),
    Curve(9.4, 3.9, 10.2, 3.1, 11.2, 3.1),
    Curve(12.2, 3.1, 13.0, 3.9, 13.0, 5.0),
    Line(13.0, 10.2),
    Line(16.4, 10.9),
    Curve(18.4, 11.3, 19.4, 12.6, 19.2, 14.4),
    Curve(18.8, 18.8, 16.8, 21.2, 13.6, 21.2),
    Curve(10.8, 21.2, 9.4, 20.2, 8.0, 18.0),
    Line(5.0, 13.6),
    Curve(4.4, 12.6, 4.7, 11.7, 5.5, 11.3),
    Curve(6.4, 10.9, 7.3, 11.2, 8.0, 12.0),
    Line(9.4, 13.4),
];

/// A key that points back at what was typed.
pub(super) const ERASE: &[PathStep] = &[
    To(8.6, 5.4),
    Line(21.0, 5.4),
    Line(21.0, 18.6),
    Line(8.6, 18.6),
    Line(2.8, 12.0),
    Close,
    To(11.8, 9.2),
    Line(17.4, 14.8),
    To(17.4, 9.2),
    Line(11.8, 14.8),
];
