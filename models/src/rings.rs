//! Named features of the face mesh, as rows of vertex indices: 0 to 467 are vertices of the canonical face and the
//! first landmarks of the landmark model, 468 to 477 its two irises. "Right" and "left" are the person's.
//!
//! The numbering is MediaPipe's face mesh: that of this crate's canonical face and landmark model.

/// The lips' outer edge: right corner, along the lower lip, left corner, back along the upper lip.
pub const LIPS_OUTER: [u16; 20] =
    [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];
/// One step inside [`LIPS_OUTER`], in step with it.
pub const LIPS_OUTER_MIDDLE: [u16; 20] =
    [76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 408, 304, 303, 302, 11, 72, 73, 74, 184];
/// Two steps inside [`LIPS_OUTER`], in step with it.
pub const LIPS_INNER_MIDDLE: [u16; 20] =
    [62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 407, 272, 271, 268, 12, 38, 41, 42, 183];
/// The edge of the mouth's opening, in step with [`LIPS_OUTER`].
pub const LIPS_INNER: [u16; 20] =
    [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191];
/// The right eye's opening.
pub const RIGHT_EYE: [u16; 16] = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246];
/// The left eye's opening.
pub const LEFT_EYE: [u16; 16] = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466];
/// Lower and upper edge of the right and the left brow, each from the head to the tail.
pub const BROW_EDGES: [[[u16; 5]; 2]; 2] =
    [[[55, 65, 52, 53, 46], [107, 66, 105, 63, 70]], [[285, 295, 282, 283, 276], [336, 296, 334, 293, 300]]];
/// The right brow: lower edge, then upper edge.
pub const RIGHT_BROW: [u16; 10] = [46, 53, 52, 65, 55, 70, 63, 105, 66, 107];
/// The left brow: lower edge, then upper edge.
pub const LEFT_BROW: [u16; 10] = [276, 283, 282, 295, 285, 300, 293, 334, 296, 336];
/// The right iris: centre, then four points of its rim.
pub const RIGHT_IRIS: [u16; 5] = [468, 469, 470, 471, 472];
/// The left iris: centre, then four points of its rim.
pub const LEFT_IRIS: [u16; 5] = [473, 474, 475, 476, 477];
/// The outline of the face.
pub const FACE_OVAL: [u16; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
