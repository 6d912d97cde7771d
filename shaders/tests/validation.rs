//! Every shader resolves, parses and validates; Rust's structs lie in memory as WGSL's do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use std::mem::{offset_of, size_of};

use carmine_shaders::{Face, Faces, Layer, MAX_FACES, MAX_LAYERS, Pass, View, ZONE_MAP_SIDE};
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
    let module = module(Pass::Composite);
    assert_same_layout!(module, Layer { k_over_s, scattering_thickness, finish, amount, padding });
    assert_same_layout!(
        module,
        Face { map_rect_px, draw_rect_px, white, layer_count, key_direction, key_strength, layers }
    );
    assert_same_layout!(module, Faces { faces });
    assert_same_layout!(
        module,
        View { clip_from_uv_scale, clip_from_uv_offset, frame_size_px, target_encodes_srgb, padding }
    );
}

#[test]
fn limits_agree() {
    let source = Pass::Composite.source().unwrap();
    for (name, value) in [("MAX_LAYERS", MAX_LAYERS), ("MAX_FACES", MAX_FACES), ("ZONE_MAP_SIDE", ZONE_MAP_SIDE)] {
        assert!(source.contains(&format!("const {name} = {value}u;")), "{name}");
    }
}
