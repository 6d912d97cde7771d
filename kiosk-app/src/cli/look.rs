//! The options of `look`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::catalogue;

const DECODE_EXAMPLES: &str = "\
Examples:
  carmine look decode 'https://example.com/look#1AQDJVK8uZDQ4'
  carmine look decode --json '1AQDJVK8uZDQ4'
  carmine look decode 'https://example.com/look#1AQDJVK8uZDQ4' -o hers.toml
  carmine render me.jpg --look hers.toml -o me-hers.png

Products that this catalogue lacks are told by their hash; the rest is still read.";

/// What is done with a look's link.
#[derive(Clone, Debug, Subcommand)]
pub enum LookCommand {
    /// Read a link, or the code behind its '#': name each product, its amount and mask
    #[command(after_help = DECODE_EXAMPLES)]
    Decode(DecodeArgs),
    /// Print the link of a look
    #[command(
        after_help = format!("Example:\n  carmine look encode city-rose --base https://example.com/look\n\n{}", catalogue::help())
    )]
    Encode(EncodeArgs),
}

/// Options of `look decode`.
#[derive(Clone, Debug, Args)]
pub struct DecodeArgs {
    /// The link, in quotes: shells read '#' as a comment
    #[arg(value_name = "URL")]
    pub link: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Also write a look file that `carmine render --look` can wear
    #[arg(short, long, value_name = "LOOK.toml")]
    pub output: Option<PathBuf>,
    /// Folder with a merchant's catalogue: its products, masks and looks come before the bundled ones
    #[arg(long, value_name = "DIR")]
    pub catalogue: Option<PathBuf>,
}

/// Options of `look encode`.
#[derive(Clone, Debug, Args)]
pub struct EncodeArgs {
    /// A bundled name, or a look file (.toml)
    #[arg(value_name = "LOOK")]
    pub look: String,
    /// Start of the link; only the code is printed if not given
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// Folder with a merchant's catalogue: its products, masks and looks come before the bundled ones
    #[arg(long, value_name = "DIR")]
    pub catalogue: Option<PathBuf>,
}
