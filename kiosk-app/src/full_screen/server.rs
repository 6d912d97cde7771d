//! What an X server says of its screens, asked on a connection of its own: winit 0.30 keeps its first list, since Xlib drops
//! the events of an extension (RandR) that it was not told of.

use std::error::Error;

use winit::dpi::{PhysicalPosition, PhysicalSize};
use x11rb::connection::Connection;
use x11rb::protocol::randr::ConnectionExt as _;
use x11rb::protocol::xproto::{ConnectionExt as _, Window};
use x11rb::rust_connection::RustConnection;

use super::Screen;

/// The version that knows monitors (2015).
const VERSION: (u32, u32) = (1, 5);

/// A connection to it.
#[derive(Debug)]
pub(super) struct Server {
    connection: RustConnection,
    root: Window,
}

impl Server {
    /// The server that `DISPLAY` names.
    pub(super) fn connect() -> Result<Self, Box<dyn Error>> {
        let (connection, screen) = x11rb::connect(None)?;
        let root = connection.setup().roots.get(screen).ok_or("it has no screen of that number")?.root;
        let found = connection.randr_query_version(VERSION.0, VERSION.1)?.reply()?;
        if (found.major_version, found.minor_version) < VERSION {
            return Err(format!("RandR {}.{} knows no monitors", found.major_version, found.minor_version).into());
        }
        Ok(Self { connection, root })
    }

    /// The screens that are on, the primary one first.
    pub(super) fn screens(&self) -> Result<Vec<Screen>, Box<dyn Error>> {
        let mut monitors = self.connection.randr_get_monitors(self.root, true)?.reply()?.monitors;
        monitors.sort_by_key(|monitor| !monitor.primary);
        let mut screens = Vec::with_capacity(monitors.len());
        for monitor in monitors {
            let name = self.connection.get_atom_name(monitor.name)?.reply()?.name;
            screens.push(Screen {
                name: String::from_utf8_lossy(&name).into_owned(),
                size: PhysicalSize::new(monitor.width.into(), monitor.height.into()),
                place: PhysicalPosition::new(monitor.x.into(), monitor.y.into()),
            });
        }
        Ok(screens)
    }
}
