//! Masks are read, refused with a place, and drawn where they say.

use proptest::prelude::*;

use super::*;
use crate::look::Category;

fn shapes(mask: &Mask) -> &Shapes {
    match &mask.content {
        MaskContent::Shapes(shapes) => shapes,
        MaskContent::Lashes(_) => panic!("{} has lashes", mask.name),
    }
}

fn coats(text: &str) -> Vec<f32> {
    let mask = Mask::from_toml("test", text).unwrap_or_else(|error| panic!("{text}\n{error}"));
    raster::draw(shapes(&mask), mask.chart, None)
}

#[test]
fn every_built_in_mask_draws_something_and_fits_a_category() {
    for (name, text) in BUILT_IN {
        let mask = Mask::from_toml(name, text).unwrap_or_else(|error| panic!("{error}"));
        assert!(Category::ALL.iter().any(|category| category.charts().contains(&mask.chart)), "{name}");
        let size = mask.chart.tile().1.as_usizevec2();
        let mut thickness = vec![0; size.element_product()];
        mask.rasterize(None, &mut thickness);
        assert!(thickness.iter().any(|coat| *coat > 150), "{name} is empty");
        if let MaskContent::Shapes(shapes) = &mask.content {
            assert!(raster::cost(shapes, mask.chart) <= file::COST_MAX / 2, "{name} takes long to draw");
        }
        if matches!(&mask.content, MaskContent::Shapes(shapes) if shapes.is_mirrored) {
            for row in thickness.chunks_exact(size.x) {
                assert!(row.iter().eq(row.iter().rev()), "{name} is not symmetrical");
            }
        }
        if mask.chart == Chart::Face {
            // No seam where the mesh ends, and nothing in the eyes and in the middle of the lips.
            let coat = |uv: glam::Vec2| {
                let texel = (uv * size.as_vec2()).as_usizevec2();
                thickness[texel.y * size.x + texel.x]
            };
            for id in outline::ring("face-oval").unwrap() {
                let uv = outline::landmark_uv(id).unwrap();
                assert!(coat(uv) < 26, "{name} reaches the edge at {id}");
            }
            let middle = |a: u16, b: u16| outline::landmark_uv(a).unwrap().midpoint(outline::landmark_uv(b).unwrap());
            for (a, b) in [(159, 145), (386, 374), (13, 14), (160, 144), (157, 154)] {
                assert_eq!(coat(middle(a, b)), 0, "{name} lies between {a} and {b}");
            }
        }
    }
}

#[test]
fn swatches_have_bare_skin_between_them() {
    let stripes = ["jaw-1", "jaw-2", "jaw-3"].map(|name| {
        let (_, text) = BUILT_IN.iter().find(|(built_in, _)| *built_in == name).unwrap();
        coats(text)
    });
    for row in 0..512 {
        // From the person's right on: the third stripe, the second, the first.
        let reach = |stripe: &[f32]| {
            let worn = |column: &usize| stripe[row * 512 + column] > 0.02;
            (0..512).find(worn).zip((0..512).rev().find(worn))
        };
        let [first, second, third] = stripes.each_ref().map(|stripe| reach(stripe));
        for (outer, inner) in [(third, second), (second, first)] {
            if let (Some((_, end)), Some((start, _))) = (outer, inner) {
                assert!(start >= end + 6, "row {row}: {end} {start}");
            }
        }
    }
}

#[test]
fn every_default_mask_is_built_in_and_fits() {
    for category in Category::ALL {
        let mask = Mask::built_in(category.default_mask()).unwrap();
        assert!(category.charts().contains(&mask.chart), "{category:?}");
    }
    assert!(Mask::built_in("no-such-mask").is_none());
}

#[test]
fn a_layers_wing_replaces_the_masks() {
    let mask = Mask::built_in("liner-upper").unwrap();
    assert!(mask.has_wing() && !Mask::built_in("liner-tight").unwrap().has_wing());
    let at = |wing: Option<Wing>, position: glam::Vec2| {
        let (width, height) = (512, 256);
        let mut thickness = vec![0; width * height];
        mask.rasterize(wing, &mut thickness);
        let texel = Chart::Eyes.tile_uv(position) * glam::Vec2::new(width as f32, height as f32);
        thickness[texel.y as usize * width + texel.x as usize]
    };
    for angle_deg in [0.0_f32, 25.0, 50.0] {
        let wing = Wing { angle_deg, length: 0.4 };
        let on = glam::Vec2::X + glam::Vec2::from_angle(angle_deg.to_radians() + 0.05) * 0.2;
        assert_eq!(at(None, on), 0);
        assert!(at(Some(wing), on) > 200, "{angle_deg}");
    }
}

#[test]
fn mistakes_are_told_with_line_and_column() {
    let shape = |chart: &str, rest: &str| format!("chart = \"{chart}\"\n[[shapes]]\n{rest}\n");
    let lashes = |rest: &str| format!("chart = \"lashes\"\n[[lashes]]\nlid = \"upper\"\n{rest}\n");
    let points = |points: &str| shape("face", &format!("kind = \"area\"\npoints = {points}"));
    let cases = [
        ("chart = \"nose\"\n".to_owned(), 1, 9, "unknown variant `nose`"),
        ("chart = \"face\"\n".into(), 1, 1, "add [[shapes]]"),
        ("chart = \"lashes\"\n".into(), 1, 1, "add [[lashes]]"),
        (format!("mirror = true\n{}", shape("eyes", "kind = \"all\"")), 1, 10, "no middle"),
        (shape("face", "kind = \"blob\""), 3, 8, "unknown variant `blob`"),
        (shape("face", "kind = \"all\"\nsize = 3"), 4, 1, "unknown field `size`"),
        (shape("face", "kind = \"all\"\ncount = 3"), 4, 9, "count means nothing to all"),
        (shape("face", "kind = \"ellipse\"\nradii = [1, 1]"), 2, 1, "ellipse needs centre"),
        (shape("face", "kind = \"ellipse\"\nradii = [0, 1]\ncentre = [0, 0]"), 4, 9, "give 0.001 to 4"),
        (shape("face", "kind = \"all\"\nstrength = 2"), 4, 12, "give 0 to 1"),
        (shape("face", "kind = \"wing\""), 3, 8, "eyes chart only"),
        (shape("lips", "kind = \"ring\"\nring = \"face-oval\""), 3, 8, "face chart only"),
        (shape("face", "kind = \"ring\"\nring = \"nose\""), 4, 8, "choose lips-outer, lips-inner"),
        (shape("face", "kind = \"landmarks\"\nids = [1, 2, 468]"), 4, 14, "give 0 to 467"),
        (points("[[0, 0], [1, 1]]"), 4, 10, "give 3 to 128"),
        (points("[[0, 0], [1, 1, 1], [0, 1]]"), 4, 19, "is [x, y]"),
        (points("[[0, 0], [1, 1], [0, nan]]"), 4, 27, "give -4 to 4"),
        (shape("face", "kind = \"area\"\nfeather = \"soft\""), 4, 11, "widths along x and y"),
        (shape("lashes", "kind = \"all\""), 2, 1, "[[lashes]] instead"),
        (lashes("count = 0\nwidth = 0.01\nprofile = [[0, 0.1, 0]]"), 4, 9, "give 1 to 400"),
        (lashes("count = 9\nwidth = 1\nprofile = [[0, 0.1, 0]]"), 5, 9, "give 0.001 to 0.05"),
        (lashes("count = 9\nwidth = 0.01\nprofile = []"), 6, 11, "1 to 32 points"),
        (lashes("count = 9\nwidth = 0.01\nprofile = [[0.5, 0.1, 0], [0.5, 0.1, 0]]"), 6, 27, "x must grow"),
    ];
    for (text, line, column, message) in cases {
        let error = Mask::from_toml("own.toml", &text).unwrap_err();
        assert!(error.message.contains(message), "{text}\n→ {error}");
        assert_eq!((error.line, error.column), (line, column), "{text}\n→ {error}");
        assert!(!error.to_string().contains('\n'), "one line: {error}");
    }
}

/// Text of a shape, perhaps a strange one, with its chart.
fn any_shape() -> impl Strategy<Value = (&'static str, String)> {
    let position = || (-1.5f32..2.0, -1.5f32..2.0);
    let points = |width| {
        prop::collection::vec((position(), 0f32..0.5), 3..9).prop_map(move |points| {
            let point = |((x, y), w): &((f32, f32), f32)| {
                if width { format!("[{x}, {y}, {w}]") } else { format!("[{x}, {y}]") }
            };
            format!("points = [{}]", points.iter().map(point).collect::<Vec<_>>().join(", "))
        })
    };
    let pair = |(x, y): (f32, f32)| format!("[{x}, {y}]");
    let feather = || {
        prop_oneof![
            Just("0".to_owned()),
            (0f32..0.5).prop_map(|f| f.to_string()),
            (0f32..2.0, 0f32..2.0).prop_map(pair)
        ]
    };
    let soft = |chart: &'static str, kind: &'static str, rest: BoxedStrategy<String>| {
        (rest, feather())
            .prop_map(move |(rest, f)| (chart, format!("kind = \"{kind}\"\n{rest}\nfeather = {f}")))
            .boxed()
    };
    let any_chart = prop::sample::select(vec!["face", "lips", "eyes", "brows", "iris"]);
    let outline = (points(false), -0.3f32..0.3).prop_map(|(points, grow)| format!("{points}\ngrow = {grow}")).boxed();
    let ellipse = (position(), (0.001f32..2.0, 0.001f32..2.0), -360f32..360.0)
        .prop_map(move |(c, r, a)| format!("centre = {}\nradii = {}\nangle_deg = {a}", pair(c), pair(r)))
        .boxed();
    let gradient = (position(), position())
        .prop_map(move |(a, b)| ("face", format!("kind = \"gradient\"\nfrom = {}\nto = {}", pair(a), pair(b))));
    let wing = (-10f32..60.0, 0f32..0.8, 0f32..0.3, 0f32..1.0)
        .prop_map(|(a, l, w, s)| format!("angle_deg = {a}\nlength = {l}\nwidth = {w}\nstart = {s}"))
        .boxed();
    let range = |key: &'static str| (0f32..1.0, 0f32..1.0).prop_map(move |r| format!("{key} = {}", pair(r))).boxed();
    let spokes = (3u16..400, any::<u16>())
        .prop_map(|(n, seed)| ("iris", format!("kind = \"spokes\"\ncount = {n}\nseed = {seed}")));
    let ids = prop::collection::vec(0u16..468, 3..12).prop_map(|ids| format!("ids = {ids:?}")).boxed();
    let kinds = prop_oneof![
        soft("face", "area", outline),
        soft("face", "landmarks", ids),
        soft("face", "stroke", points(true).boxed()),
        soft("face", "ellipse", ellipse),
        gradient,
        soft("eyes", "wing", wing),
        soft("lips", "band", range("between")),
        soft("iris", "annulus", range("radii")),
        spokes,
    ];
    let charted = (kinds, any_chart).prop_map(|((chart, text), other)| {
        let is_free =
            ["area", "stroke", "ellipse", "gradient"].iter().any(|kind| text.contains(&format!("\"{kind}\"")));
        (if is_free { other } else { chart }, text)
    });
    charted.prop_filter("it takes too long to draw", |(chart, shape)| is_quick(chart, shape))
}

/// Whether the shape may be drawn, textured and with another below it.
fn is_quick(chart: &str, shape: &str) -> bool {
    let texture = "texture = { amount = 1, grain = [0.1, 0.1] }";
    let text = format!("chart = \"{chart}\"\n[[shapes]]\nkind = \"all\"\n[[shapes]]\n{texture}\n{shape}\n");
    Mask::from_toml("m", &text).err().is_none_or(|error| !error.message.contains("too long to draw"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        let _ = Mask::from_toml("m", &text);
    }

    #[test]
    fn no_broken_mask_makes_it_panic(cut in 0usize..400, junk in ".{0,6}", which in 0..BUILT_IN.len()) {
        let whole = BUILT_IN[which].1;
        let cut = whole.floor_char_boundary(cut.min(whole.len()));
        let _ = Mask::from_toml("m", &format!("{}{junk}{}", &whole[..cut], &whole[cut..]));
    }

    #[test]
    fn any_shape_gives_coats_from_none_to_one(
        (chart, shape) in any_shape(),
        op in prop::sample::select(vec!["add", "max", "cut", "keep"]),
        grain in 0.001f32..1.0,
    ) {
        let under = "kind = \"all\"\nstrength = 0.7";
        let texture = format!("texture = {{ amount = 1, grain = [{grain}, 0.01], angle_deg = 30 }}");
        let text = format!("chart = \"{chart}\"\n[[shapes]]\n{under}\n[[shapes]]\nop = \"{op}\"\n{texture}\n{shape}\n");
        for coat in coats(&text) {
            prop_assert!((0.0..=1.0).contains(&coat), "{coat}\n{text}");
        }
    }

    #[test]
    fn more_strength_never_lays_on_less(
        (chart, shape) in any_shape(), a in 0f32..1.0, b in 0f32..1.0,
        op in prop::sample::select(vec!["add", "max"]),
    ) {
        let with = |strength: f32| {
            let under = "kind = \"all\"\nstrength = 0.3";
            coats(&format!(
                "chart = \"{chart}\"\n[[shapes]]\n{under}\n[[shapes]]\nop = \"{op}\"\nstrength = {strength}\n{shape}\n"
            ))
        };
        for (less, more) in with(a.min(b)).into_iter().zip(with(a.max(b))) {
            prop_assert!(less <= more + 1e-6, "{less} {more}\n{shape}");
        }
    }
}

/// An outline's distances, drawn piece by piece, against those to every piece.
#[test]
fn an_outline_is_as_soft_as_its_distance_says() {
    let points = [[0.2, 0.2], [0.7, 0.15], [0.8, 0.6], [0.45, 0.4], [0.3, 0.8]];
    let list = points.map(|[x, y]| format!("[{x}, {y}]")).join(", ");
    let text =
        format!("chart = \"face\"\n[[shapes]]\nkind = \"area\"\npoints = [{list}]\nfeather = 0.08\ngrow = 0.01\n");
    let outline = outline::closed(points.map(glam::Vec2::from).to_vec());
    for (i, coat) in coats(&text).into_iter().enumerate().step_by(7) {
        let p = (glam::Vec2::new((i % 512) as f32, (i / 512) as f32) + 0.5) / 512.0;
        let (mut distance, mut is_inside) = (f32::MAX, false);
        for (&a, &b) in outline.iter().zip(outline.iter().cycle().skip(1)) {
            let t = ((p - a).dot(b - a) / (b - a).length_squared()).clamp(0.0, 1.0);
            distance = distance.min(p.distance(a.lerp(b, t)));
            is_inside ^= (a.y <= p.y) != (b.y <= p.y) && a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y) <= p.x;
        }
        let depth = if is_inside { distance } else { -distance } + 0.01;
        let t = (depth / 0.08 + 0.5).clamp(0.0, 1.0);
        assert!((coat - t * t * (3.0 - 2.0 * t)).abs() < 1e-3, "{p} {coat}");
    }
}
