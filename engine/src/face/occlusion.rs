/// Side of an [`Occlusion`]'s map.
pub const OCCLUSION_SIDE: usize = 64;

/// How much something before a face covers it.
#[derive(Clone, Debug)]
pub struct Occlusion {
    /// Over canonical uv, rows from the top: 0 clear to 255 covered.
    pub map: Box<[u8; OCCLUSION_SIDE * OCCLUSION_SIDE]>,
}
