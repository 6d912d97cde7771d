//! Vertex buffer layouts of the meshes. A test compares every attribute with the shaders' inputs.

use std::mem::offset_of;

use carmine_shaders::{ChartVertex, StrokeVertex};
use wgpu::VertexFormat::{Float32, Float32x2, Float32x3, Uint32};

const CHART: [wgpu::VertexAttribute; 7] = [
    attribute(0, Float32x2, offset_of!(ChartVertex, position_px)),
    attribute(1, Float32, offset_of!(ChartVertex, depth_px)),
    attribute(2, Float32, offset_of!(ChartVertex, visibility)),
    attribute(3, Float32x2, offset_of!(ChartVertex, chart_position)),
    attribute(4, Float32x2, offset_of!(ChartVertex, edge_distance)),
    attribute(5, Float32x3, offset_of!(ChartVertex, normal_camera)),
    attribute(6, Uint32, offset_of!(ChartVertex, chart)),
];

const STROKE: [wgpu::VertexAttribute; 5] = [
    attribute(0, Float32x2, offset_of!(StrokeVertex, position_px)),
    attribute(1, Float32, offset_of!(StrokeVertex, depth_px)),
    attribute(2, Float32, offset_of!(StrokeVertex, visibility)),
    attribute(3, Float32, offset_of!(StrokeVertex, across_px)),
    attribute(4, Float32, offset_of!(StrokeVertex, half_width_px)),
];

const fn attribute(shader_location: u32, format: wgpu::VertexFormat, offset: usize) -> wgpu::VertexAttribute {
    wgpu::VertexAttribute { format, offset: offset as u64, shader_location }
}

/// Of the mesh and curve passes.
pub(super) fn chart_layout() -> wgpu::VertexBufferLayout<'static> {
    layout(size_of::<ChartVertex>(), &CHART)
}

/// Of the stroke pass.
pub(super) fn stroke_layout() -> wgpu::VertexBufferLayout<'static> {
    layout(size_of::<StrokeVertex>(), &STROKE)
}

fn layout(stride: usize, attributes: &'static [wgpu::VertexAttribute]) -> wgpu::VertexBufferLayout<'static> {
    wgpu::VertexBufferLayout { array_stride: stride as u64, step_mode: wgpu::VertexStepMode::Vertex, attributes }
}

#[cfg(test)]
mod tests {
    use carmine_shaders::Pass;
    use naga::{Binding, ScalarKind, TypeInner, VectorSize};

    use super::*;

    /// One attribute as a shader reads it, or as it is laid out here.
    #[derive(Debug, PartialEq)]
    struct Input {
        location: u32,
        name: String,
        format: wgpu::VertexFormat,
    }

    /// What a pass's vertex stage reads, by location.
    fn read_by(pass: Pass) -> Vec<Input> {
        let module = naga::front::wgsl::parse_str(&pass.source().unwrap()).unwrap();
        let entry = module.entry_points.iter().find(|entry| entry.stage == naga::ShaderStage::Vertex).unwrap();
        let [argument] = entry.function.arguments.as_slice() else { panic!("{pass:?}: one struct of attributes") };
        let TypeInner::Struct { members, .. } = &module.types[argument.ty].inner else { panic!("{pass:?}: no struct") };
        let mut inputs: Vec<_> = members
            .iter()
            .map(|member| {
                let Some(Binding::Location { location, .. }) = member.binding else { panic!("{member:?}") };
                let format = match &module.types[member.ty].inner {
                    TypeInner::Scalar(scalar) if scalar.kind == ScalarKind::Float && scalar.width == 4 => Float32,
                    TypeInner::Scalar(scalar) if scalar.kind == ScalarKind::Uint && scalar.width == 4 => Uint32,
                    TypeInner::Vector { size: VectorSize::Bi, scalar } if *scalar == naga::Scalar::F32 => Float32x2,
                    TypeInner::Vector { size: VectorSize::Tri, scalar } if *scalar == naga::Scalar::F32 => Float32x3,
                    other => panic!("{pass:?}: {other:?} is no format of ours"),
                };
                Input { location, name: member.name.clone().unwrap(), format }
            })
            .collect();
        inputs.sort_by_key(|input| input.location);
        inputs
    }

    /// The attributes of a layout with the names of the fields that lie at their offsets; every byte belongs to one.
    fn laid_out(layout: &wgpu::VertexBufferLayout<'_>, fields: &[(usize, &str)]) -> Vec<Input> {
        let bytes: u64 = layout.attributes.iter().map(|attribute| attribute.format.size()).sum();
        assert_eq!(bytes, layout.array_stride);
        let name = |offset: u64| fields.iter().find(|(at, _)| *at as u64 == offset).expect("an offset of no field").1;
        let input = |attribute: &wgpu::VertexAttribute| Input {
            location: attribute.shader_location,
            name: name(attribute.offset).to_owned(),
            format: attribute.format,
        };
        layout.attributes.iter().map(input).collect()
    }

    #[test]
    fn every_attribute_is_what_the_shaders_read() {
        // Where the shader's name differs, the engine has it before the depth is scaled and the face's number is added.
        let chart = [
            (offset_of!(ChartVertex, position_px), "position_px"),
            (offset_of!(ChartVertex, depth_px), "depth"),
            (offset_of!(ChartVertex, visibility), "visibility"),
            (offset_of!(ChartVertex, chart_position), "chart_position"),
            (offset_of!(ChartVertex, edge_distance), "edge_distance"),
            (offset_of!(ChartVertex, normal_camera), "normal_camera"),
            (offset_of!(ChartVertex, chart), "chart_and_face"),
        ];
        let stroke = [
            (offset_of!(StrokeVertex, position_px), "position_px"),
            (offset_of!(StrokeVertex, depth_px), "depth"),
            (offset_of!(StrokeVertex, visibility), "visibility"),
            (offset_of!(StrokeVertex, across_px), "across_px"),
            (offset_of!(StrokeVertex, half_width_px), "half_width_px"),
        ];
        for pass in [Pass::Mesh, Pass::Curve] {
            assert_eq!(laid_out(&chart_layout(), &chart), read_by(pass), "{pass:?}");
        }
        assert_eq!(laid_out(&stroke_layout(), &stroke), read_by(Pass::Stroke));
    }

    #[test]
    fn no_other_pass_reads_vertices() {
        for pass in Pass::ALL {
            let module = naga::front::wgsl::parse_str(&pass.source().unwrap()).unwrap();
            let entry = module.entry_points.iter().find(|entry| entry.stage == naga::ShaderStage::Vertex).unwrap();
            let reads = entry.function.arguments.iter().any(|argument| argument.binding.is_none());
            assert_eq!(reads, matches!(pass, Pass::Mesh | Pass::Curve | Pass::Stroke), "{pass:?}");
        }
    }
}
