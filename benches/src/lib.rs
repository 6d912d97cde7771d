//! What the benches share: the bundled clip at the measured sizes, a GPU, an allocator that counts, and plain
//! statistics.

pub mod avi;
pub mod causes;
pub mod clip;
pub mod count;
pub mod fairness;
pub mod gpu;
pub mod raw;
pub mod stored;
pub mod usage;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use carmine::look::{Look, Part};

/// Anything that prevents a bench from running; printed.
pub type Fault = Box<dyn Error + Send + Sync>;

/// A folder of the bundled assets.
pub fn assets(folder: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "assets", folder].iter().collect()
}

/// The look that is worn in every measurement: one satin lipstick.
pub fn look() -> Result<Look, Fault> {
    let path = assets("looks").join("classic-red.toml");
    let mut find = |part: Part, name: &str| {
        let folder = if part == Part::Product { "products" } else { "masks" };
        fs::read_to_string(assets(folder).join(format!("{name}.toml"))).ok()
    };
    Ok(Look::from_toml("classic-red", &fs::read_to_string(path)?, &mut find)?)
}
