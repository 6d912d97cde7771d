//! Shared by the meshes along curves: grids of triangles, and the edge distance of vertices that need no soft edge.

/// An edge distance, in widths of the soft rim, that counts as inside however coarse the mesh is.
pub(super) const BEYOND_ANY_RIM: f32 = 16.0;

/// Two triangles for each cell of a grid whose vertices lie column after column.
pub(super) fn grid_indices(indices: &mut Vec<u16>, base: usize, columns: usize, rows: usize) {
    for column in 0..columns - 1 {
        for row in 0..rows - 1 {
            let corner = |c: usize, r: usize| (base + (column + c) * rows + row + r) as u16;
            let (a, b, c, d) = (corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1));
            indices.extend([a, b, c, c, b, d]);
        }
    }
}
