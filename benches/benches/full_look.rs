//! A full look of ten layers against the bare camera frame: both uploaded, drawn and waited for on the same adapter, in
//! turn, so that whatever else the machine does falls on both.

#![allow(clippy::print_stdout, reason = "a bench that prints its table")]

use std::time::{Duration, Instant};

use carmine::look::Look;
use carmine::{Scene, TryOn, TryOnConfig};
use carmine_benches::Fault;
use carmine_benches::clip::{Clip, Size};
use carmine_benches::gpu::{Gpu, Screen};

const LIMIT: f64 = 3.0;
const SIZE: Size = Size(1280, 720);
const WARM_UP: usize = 20;
const ROUNDS: usize = 200;

/// Category, mask, shade, coverage, finish.
const LAYERS: [(&str, &str, &str, f32, &str); 10] = [
    ("foundation", "foundation", "#c99f7c", 0.6, "satin"),
    ("contour", "contour", "#8a6048", 0.3, "matte"),
    ("blush", "blush-lifted", "#c4626a", 0.35, "satin"),
    ("highlighter", "highlight-cheekbones", "#f0d8bc", 0.2, "shimmer"),
    ("eyeshadow", "lid", "#b07a5a", 0.6, "shimmer"),
    ("eyeshadow", "crease", "#6a4436", 0.5, "matte"),
    ("eyeliner", "liner-wing", "#17120f", 0.98, "matte"),
    ("brow", "brow-soft", "#4a3426", 0.5, "matte"),
    ("lipstick", "lips", "#a8323e", 0.9, "satin"),
    ("mascara", "lashes-natural", "#0f0c0b", 0.98, "satin"),
];

fn look() -> Result<Look, Fault> {
    let mut text = String::from("name = \"Ten\"\n");
    for (category, mask, shade, coverage, finish) in LAYERS {
        text += &format!(
            "[[layers]]\nmask = \"{mask}\"\nproduct = {{ name = \"P\", category = \"{category}\", shade = \"{shade}\", \
             coverage = {coverage}, finish = \"{finish}\" }}\n"
        );
    }
    Ok(Look::from_toml("ten", &text, &mut |_, _| None)?)
}

fn time(screen: &mut Screen, gpu: &Gpu, scene: &Scene<'_>) -> Result<Duration, Fault> {
    let start = Instant::now();
    screen.prepare(scene)?;
    screen.draw(gpu);
    gpu.finish()?;
    Ok(start.elapsed())
}

fn median_ms(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn main() -> Result<(), Fault> {
    let gpu = Gpu::shared()?;
    let clip = Clip::at(SIZE)?;
    let mut try_on = TryOn::new(TryOnConfig::default())?;
    for index in 0..WARM_UP {
        try_on.observe(&clip.frame(index))?;
    }
    let frame = clip.frame(WARM_UP);
    let seen = try_on.observe(&frame)?;
    let (faces, light) = (seen.faces(), seen.light());
    let (look, bare) = (look()?, Look::bare());
    let (worn, plain) = (Scene::new(frame, faces, light, &look), Scene::new(frame, faces, light, &bare));
    // A screen for each: the look stays baked, as in an app.
    let (mut worn_screen, mut plain_screen) = (Screen::new(gpu, SIZE)?, Screen::new(gpu, SIZE)?);
    time(&mut worn_screen, gpu, &worn)?;
    time(&mut plain_screen, gpu, &plain)?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        without.push(time(&mut plain_screen, gpu, &plain)?);
        with.push(time(&mut worn_screen, gpu, &worn)?);
    }
    let mut thinner = look.clone();
    for layer in &mut thinner.layers {
        layer.amount = 0.7;
    }
    let thinner = Scene::new(frame, faces, light, &thinner);
    let mut changed = Vec::new();
    for _ in 0..ROUNDS / 10 {
        changed.push(time(&mut worn_screen, gpu, &thinner)?);
        changed.push(time(&mut worn_screen, gpu, &worn)?);
    }
    let (with, without, changed) = (median_ms(with), median_ms(without), median_ms(changed));
    let ratio = with / without;
    println!("{}", gpu.name);
    println!("1280x720, one face, {} layers, median of {ROUNDS} pairs:", LAYERS.len());
    println!("bare frame {without:.2} ms, full look {with:.2} ms: {ratio:.2} times (limit {LIMIT})");
    println!("the frame in which an amount changes, all films baked anew: {changed:.2} ms");
    if ratio > LIMIT {
        return Err(format!("a full look costs {ratio:.2} times the bare frame, more than {LIMIT}").into());
    }
    Ok(())
}
