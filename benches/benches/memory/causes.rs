//! Where one frame's allocations in and around wgpu come from: `cargo bench -p carmine-benches --bench memory --
//! causes`.

use carmine_benches::causes::{Cause, Causes, Sum};
use carmine_benches::clip::{Clip, SIZES};
use carmine_benches::gpu::{Gpu, Screen};
use carmine_benches::look;

/// Whether this run is for it.
pub fn asked_for() -> bool {
    std::env::args().any(|argument| argument == "causes")
}

/// Measures, and prints a line for each cause.
pub fn tell() {
    let size = SIZES[0];
    let clip = Clip::at(size).unwrap();
    let (gpu, look) = (Gpu::shared().unwrap(), look().unwrap());
    let mut try_on = super::try_on();
    let mut screen = Screen::new(gpu, size).unwrap();
    for index in 0..super::WARM_UP {
        screen.prepare(&try_on.scene(clip.frame(index), &look).unwrap()).unwrap();
        screen.draw(gpu);
        gpu.finish().unwrap();
    }
    let scene = try_on.scene(clip.frame(super::WARM_UP), &look).unwrap();
    let [mut prepare, mut draw] = std::array::from_fn(|_| Causes::default());
    prepare.of(|| screen.prepare(&scene).unwrap());
    draw.of(|| {
        screen.draw(gpu);
        gpu.finish().unwrap();
    });
    for (station, causes) in [("prepare", prepare), ("draw, submit, wait", draw)] {
        let causes = causes.sorted();
        println!("{station}: {}", causes.iter().map(|(_, sum)| sum.calls).sum::<u64>());
        for (Cause { ours, called, asked }, Sum { calls, bytes }) in causes {
            println!("{calls:>5} {bytes:>8} B  {ours} → {called} … {asked}");
        }
    }
}
