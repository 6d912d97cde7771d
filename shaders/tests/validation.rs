//! Every shader resolves, parses and validates; Rust's structs lie in memory as WGSL's do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::mem::{offset_of, size_of};

use carmine_shaders::{
    Chart, FaceUniforms, LayerUniforms, LookUniforms, MAX_FACES, MAX_LAYERS, Pass, SceneUniforms, ViewUniforms,
};
use naga::valid::{Capabilities, ValidationFlags, Validator};

fn module(pass: Pass) -> naga::Module {
    let source = pass.source().unwrap();
    naga::front::wgsl::parse_str(&source).unwrap_or_else(|e| panic!("{}: {}", pass.module(), e.emit_to_string(&source)))
}

#[test]
fn every_pass_validates_without_optional_capabilities() {
    for pass in Pass::ALL {
        let module = module(pass);
        Validator::new(ValidationFlags::all(), Capabilities::empty())
            .validate(&module)
            .unwrap_or_else(|e| panic!("{}: {e:?}", pass.module()));
        let entries: Vec<_> = module.entry_points.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(entries, ["vertex_main", "fragment_main"], "{}", pass.module());
    }
}

/// Member names with offsets, then the size, of a struct.
fn wgsl_layout(module: &naga::Module, name: &str) -> (Vec<(String, usize)>, usize) {
    let (_, ty) = module.types.iter().find(|(_, ty)| ty.name.as_deref() == Some(name)).expect(name);
    let naga::TypeInner::Struct { members, span } = &ty.inner else { panic!("{name} is no struct") };
    let offsets = members.iter().map(|m| (m.name.clone().unwrap(), m.offset as usize)).collect();
    (offsets, *span as usize)
}

macro_rules! assert_same_layout {
    ($module:expr, $ty:ident { $($field:ident),* }) => {
        let (offsets, size) = wgsl_layout(&$module, stringify!($ty));
        let ours = [$((stringify!($field).to_owned(), offset_of!($ty, $field))),*];
        assert_eq!(offsets, ours, stringify!($ty));
        assert_eq!(size, size_of::<$ty>(), stringify!($ty));
    };
}

#[test]
fn structs_agree_to_the_member_offset() {
    let bake = module(Pass::Bake);
    assert_same_layout!(
        bake,
        LayerUniforms {
            k_over_s,
            scattering_thickness,
            tint,
            gain,
            soft,
            sharp,
            flakes,
            coarse,
            amount,
            chart,
            even,
            fine
        }
    );
    let (offsets, size) = wgsl_layout(&bake, "LookUniforms");
    assert_eq!(offsets.last().unwrap(), &("layers".to_owned(), offset_of!(LookUniforms, layers)));
    assert_eq!(size, size_of::<LookUniforms>());

    let composite = module(Pass::Features);
    assert_same_layout!(
        composite,
        FaceUniforms {
            outline_px,
            feature_rects_px,
            skin_rect_px,
            lips_rect_px,
            irises,
            key_direction,
            key_strength,
            flake_cells,
            flake_blend,
            curve_level,
            flake_strength
        }
    );
    let (offsets, size) = wgsl_layout(&composite, "SceneUniforms");
    let at = |name: &str| offsets.iter().find(|(n, _)| n == name).unwrap().1;
    assert_eq!(at("neutral_from_room"), offset_of!(SceneUniforms, neutral_from_room));
    assert_eq!(at("room_from_neutral"), offset_of!(SceneUniforms, room_from_neutral));
    assert_eq!(at("faces"), offset_of!(SceneUniforms, faces));
    assert_eq!(size, size_of::<SceneUniforms>());
    assert_same_layout!(
        composite,
        ViewUniforms {
            clip_from_uv_scale,
            clip_from_uv_offset,
            gbuffer_from_clip_scale,
            gbuffer_from_clip_offset,
            gbuffer_size,
            frame_size_px,
            shown_uv,
            worn_uv,
            target_encodes_srgb,
            padding
        }
    );
}

#[test]
fn limits_agree() {
    for (pass, name, value) in [(Pass::Bake, "MAX_LAYERS", MAX_LAYERS), (Pass::Features, "MAX_FACES", MAX_FACES)] {
        assert!(pass.source().unwrap().contains(&format!("const {name} = {value}u;")), "{name}");
    }
}

#[test]
fn charts_agree() {
    let source = Pass::Features.source().unwrap();
    // The branch of a chart in the two tables, or their default.
    let row = |chart: Chart, table: &str| {
        let body = &source[source.find(&format!("fn {table}(")).unwrap()..];
        let body = &body[..body.find("\n}").unwrap()];
        let case = format!("case CHART_{}:", format!("{chart:?}").to_uppercase());
        let branch = body.find(&case).or_else(|| body.find("default:")).unwrap();
        let numbers = &body[body[branch..].find("vec4f(").unwrap() + branch + 6..];
        let numbers = numbers[..numbers.find(')').unwrap()].split(", ").map(|n| n.parse::<f32>().unwrap());
        numbers.collect::<Vec<_>>()
    };
    for chart in Chart::ALL {
        let name = format!("const CHART_{} = {}u;", format!("{chart:?}").to_uppercase(), chart.shader_id());
        assert!(source.contains(&name), "{name}");
        let (at, size) = chart.tile();
        assert_eq!(row(chart, "chart_tile"), [at.x, at.y, size.x, size.y].map(|n| n as f32), "{chart:?}");
        let (low, high) = chart.bounds();
        assert_eq!(row(chart, "chart_bounds"), [low.x, low.y, high.x - low.x, high.y - low.y], "{chart:?}");
    }
}
