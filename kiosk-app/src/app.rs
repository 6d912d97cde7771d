//! The mirror: stages on threads of their own, and the window that shows their newest picture.

pub mod gpu;
