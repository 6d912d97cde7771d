//! What a locked process may still do.

use std::path::Path;

/// Which sockets it may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sockets {
    /// None, nor may it connect or listen; what was opened before stays usable.
    None,
    /// To programs of this machine only (`AF_UNIX`): display server, sound server, screen reader.
    Local,
    /// Any.
    Any,
}

/// Which files it may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Every file that its user may.
    Anywhere,
    /// None but what it has open.
    Nowhere,
}

/// Where it may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing<'a> {
    /// Wherever its user may.
    Anywhere,
    /// Only into what it has open, and into these.
    Only {
        /// Files may be read, made, written, renamed and removed in here.
        folder: Option<&'a Path>,
        /// Files that exist, or all in a folder that do: these may be written, but neither made nor removed.
        existing: &'static [&'static str],
    },
}

/// What a process may still do once it is locked, within the rights of its user. A fixed list of system calls that none
/// of Carmine's processes needs is always forbidden.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Where it may write.
    pub writing: Writing<'a>,
    /// Which files it may read.
    pub reading: Reading,
    /// Whether it may start programs, and have child processes at all.
    pub programs: bool,
    /// Which sockets it may open.
    pub sockets: Sockets,
}

impl<'a> Rules<'a> {
    /// For the process that holds a shopper's pictures: it writes into its state folder, if it has one, and to devices,
    /// talks to programs of this machine, starts none.
    ///
    /// To every device that its user may write, since a camera that is plugged in again is another file.
    pub fn mirror(state: Option<&'a Path>) -> Self {
        Self {
            writing: Writing::Only { folder: state, existing: &["/dev"] },
            reading: Reading::Anywhere,
            programs: false,
            sockets: Sockets::Local,
        }
    }

    /// For the process that shows a friendly screen: it reads the shop's settings and messages, draws on the display,
    /// and writes nowhere.
    pub fn curtain() -> Self {
        Self {
            writing: Writing::Only { folder: None, existing: &[] },
            reading: Reading::Anywhere,
            programs: false,
            sockets: Sockets::Local,
        }
    }

    /// For a process that has everything open that it needs: nothing but that.
    pub fn closed() -> Self {
        Self {
            writing: Writing::Only { folder: None, existing: &[] },
            reading: Reading::Nowhere,
            programs: false,
            sockets: Sockets::None,
        }
    }

    /// For a process that saves files in one folder.
    pub fn saver(folder: &'a Path) -> Self {
        Self { writing: Writing::Only { folder: Some(folder), existing: &[] }, ..Self::closed() }
    }

    /// For a program that turns a file into pictures on its standard output.
    pub fn decoder() -> Self {
        Self {
            writing: Writing::Only { folder: None, existing: &["/dev/null"] },
            reading: Reading::Anywhere,
            programs: true,
            sockets: Sockets::None,
        }
    }

    /// For the shop's own program that reaches no network: sound, speech.
    pub fn local_program() -> Self {
        Self { sockets: Sockets::Local, ..Self::program() }
    }

    /// For the shop's own program that may need the shop's network: printing.
    pub fn program() -> Self {
        Self { writing: Writing::Anywhere, reading: Reading::Anywhere, programs: true, sockets: Sockets::Any }
    }
}
