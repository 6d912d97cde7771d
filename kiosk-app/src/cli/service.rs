//! The options of the kiosk's own processes, which nobody types.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

#[cfg(target_os = "linux")]
use super::KioskArgs;

/// The kiosk's own processes. Each locks itself before it does anything.
#[derive(Clone, Debug, Subcommand)]
pub enum ServiceCommand {
    /// Take the mirror's locks, try what they forbid, and print which of them hold, as JSON
    Probe {
        /// The folder in which it may write
        state: PathBuf,
    },
    /// Show a friendly screen wherever the mirror shows nothing; takes the kiosk's options
    #[cfg(target_os = "linux")]
    Curtain(Box<KioskArgs>),
    /// Serve the photo on standard input to the first phone that asks for it
    Photo,
    /// Write standard input to a file in the working directory
    Save {
        /// The file's name
        name: PathBuf,
    },
    /// Become another program, behind locks
    Run {
        /// What the program is for
        #[arg(value_enum)]
        purpose: Purpose,
        /// Program and arguments
        #[arg(last = true, required = true)]
        command: Vec<OsString>,
    },
}

#[cfg(target_os = "linux")]
impl ServiceCommand {
    /// What a list of processes calls it: 15 bytes at most.
    pub fn process_name(&self) -> &'static std::ffi::CStr {
        match self {
            Self::Probe { .. } => c"carmine-probe",
            Self::Curtain(_) => c"carmine-curtain",
            Self::Photo => c"carmine-photo",
            Self::Save { .. } => c"carmine-save",
            Self::Run { .. } => c"carmine-run",
        }
    }
}

/// What another program is for, which decides its locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Purpose {
    /// To print: it may reach the network.
    Print,
    /// To be heard: it reaches programs of this machine.
    Sound,
    /// To decode a file to its standard output: it writes nothing and reaches nobody.
    Decode,
}
