//! What an icon's path is made of.

/// A step of a path. Whole lengths of a box of 24.
#[derive(Clone, Copy, Debug)]
pub enum PathStep {
    /// Begins a line here.
    To(f32, f32),
    /// A straight line to here.
    Line(f32, f32),
    /// A cubic curve: two handles and its end.
    Curve(f32, f32, f32, f32, f32, f32),
    /// Closes the line.
    Close,
    /// A circle: its middle and radius.
    Ring(f32, f32, f32),
    /// A filled circle.
    Dot(f32, f32, f32),
    /// A filled half of a circle, on the reading end's side.
    Half(f32, f32, f32),
}
