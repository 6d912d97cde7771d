//! Pictures of the mannequin: `cargo run -p carmine-benches --example mannequin FOLDER [TONE …]`.
#![allow(clippy::print_stdout, reason = "a program that tells what it wrote")]

use std::path::PathBuf;
use std::time::Instant;

use carmine_benches::Fault;
use carmine_benches::fairness::{POSES, VIEW};
use carmine_mannequin::{LightRig, MONK_SRGB, Mannequin};

fn main() -> Result<(), Fault> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name a folder")?);
    let mut tones: Vec<usize> = arguments.map(|tone| tone.parse()).collect::<Result<_, _>>()?;
    if tones.is_empty() {
        tones = (1..=10).collect();
    }
    let started = Instant::now();
    let mannequin = Mannequin::new()?;
    for (turn, pose) in POSES.into_iter().enumerate() {
        let posed = mannequin.posed(pose, VIEW);
        for (lamp, light) in LightRig::three().iter().enumerate() {
            let lit = posed.lit(light);
            for &tone in &tones {
                let skin = MONK_SRGB.get(tone.wrapping_sub(1)).ok_or("tones go from 1 to 10")?;
                let path = folder.join(format!("tone{tone:02}_light{lamp}_pose{turn}.png"));
                let picture = image::RgbaImage::from_raw(VIEW.width, VIEW.height, lit.shot(*skin, 1).rgba);
                picture.ok_or("a picture of another size")?.save(path)?;
            }
        }
    }
    println!("{:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}
