//! The spaces that names carry.
//!
//! | suffix or prefix | space | unit and axes |
//! |---|---|---|
//! | `_px`, `frame_px` | the upright frame | pixels, x right, y down; whole numbers are pixel **centres** (as in OpenCV and MediaPipe); landmark z in x's scale, smaller is nearer |
//! | `crop_px` | a model's square input | pixels of that input |
//! | `face` | the canonical face | centimetres, right-handed, x to the person's left, y up, z out of the face |
//! | `camera` | the camera | centimetres, right-handed, x right, y up, looking along −z |
//!
//! A transform is named `target_from_source`: `camera_from_face * point_face` is in camera space.
//!
//! Texture coordinates (0–1, y down) of a point are `(point_px + 0.5) / size_px`: whole numbers in `frame_px` are pixel
//! centres, while texture coordinate 0 is a pixel's edge.
