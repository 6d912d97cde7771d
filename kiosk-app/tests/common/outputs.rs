//! The outputs of an X server: switched on and off, given other sizes and places, as a cable or a setting does it; and what
//! is seen on them. By the extension RandR.
#![allow(dead_code, reason = "each test file uses a part of it")]

use x11rb::connection::Connection;
use x11rb::protocol::randr::{ConnectionExt as _, ModeInfo, Rotation, SetConfig};
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, ImageFormat, Window};
use x11rb::rust_connection::RustConnection;
use x11rb::{CURRENT_TIME, NONE};

use crate::common::display::Screenshot;

/// A part of the server's screens: left, top, width, height.
pub type Place = (i16, i16, u16, u16);

/// A connection of its own to the server.
pub struct Outputs {
    server: RustConnection,
    root: Window,
}

impl Outputs {
    /// Those of the server with this number.
    pub fn of(number: &str) -> Self {
        let (server, screen) = x11rb::connect(Some(number)).unwrap();
        let root = server.setup().roots[screen].root;
        server.randr_query_version(1, 3).unwrap().reply().unwrap();
        Self { server, root }
    }

    /// These outputs are on, in these places, and no others; at once for everybody else, as `xrandr` does it.
    pub fn arrange(&self, wanted: &[(&str, Place)]) {
        let server = &self.server;
        server.grab_server().unwrap();
        let resources = server.randr_get_screen_resources(self.root).unwrap().reply().unwrap();
        let mut to_come = Vec::new();
        for output in &resources.outputs {
            let info = server.randr_get_output_info(*output, CURRENT_TIME).unwrap().reply().unwrap();
            let place = wanted.iter().find(|(name, _)| name.as_bytes() == info.name).map(|(_, place)| *place);
            if info.crtc != NONE {
                let now = server.randr_get_crtc_info(info.crtc, CURRENT_TIME).unwrap().reply().unwrap();
                if place == Some((now.x, now.y, now.width, now.height)) {
                    continue;
                }
                self.configure(info.crtc, (0, 0), NONE, &[]);
            }
            if let Some((x, y, width, height)) = place {
                let mode = self.mode((width, height), &resources.modes);
                if !info.modes.contains(&mode) {
                    server.randr_add_output_mode(*output, mode).unwrap().check().unwrap();
                }
                to_come.push((info.crtcs[0], (x, y), mode, *output));
            }
        }
        let end = |start: i16, length: u16| u16::try_from(start).unwrap() + length;
        let width = wanted.iter().map(|(_, place)| end(place.0, place.2)).max();
        let height = wanted.iter().map(|(_, place)| end(place.1, place.3)).max();
        if let (Some(width), Some(height)) = (width, height) {
            let (wide, high) = (u32::from(width) / 4, u32::from(height) / 4);
            server.randr_set_screen_size(self.root, width, height, wide, high).unwrap().check().unwrap();
        }
        for (crtc, place, mode, output) in to_come {
            self.configure(crtc, place, mode, &[output]);
        }
        server.ungrab_server().unwrap();
        server.flush().unwrap();
    }

    /// This one is the primary output from now on.
    pub fn make_primary(&self, name: &str) {
        let resources = self.server.randr_get_screen_resources(self.root).unwrap().reply().unwrap();
        let output = resources.outputs.into_iter().find(|output| {
            let info = self.server.randr_get_output_info(*output, CURRENT_TIME).unwrap().reply().unwrap();
            info.name == name.as_bytes()
        });
        self.server.randr_set_output_primary(self.root, output.unwrap()).unwrap().check().unwrap();
    }

    /// Where the windows of this title are, from the lowest to the highest.
    pub fn windows(&self, title: &str) -> Vec<Place> {
        let children = self.server.query_tree(self.root).unwrap().reply().unwrap().children;
        let place = |window: &Window| {
            // A window may go at any moment.
            let name = self.server.get_property(false, *window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64).ok()?;
            if name.reply().ok()?.value != title.as_bytes() {
                return None;
            }
            let shape = self.server.get_geometry(*window).ok()?.reply().ok()?;
            Some((shape.x, shape.y, shape.width, shape.height))
        };
        children.iter().filter_map(place).collect()
    }

    /// What is seen there.
    pub fn look(&self, (x, y, width, height): Place) -> Screenshot {
        let image = self.server.get_image(ImageFormat::Z_PIXMAP, self.root, x, y, width, height, !0);
        Screenshot::of(image.unwrap().reply().unwrap().data, usize::from(width), usize::from(height))
    }

    /// A mode of this size, made where there is none.
    fn mode(&self, (width, height): (u16, u16), modes: &[ModeInfo]) -> u32 {
        if let Some(mode) = modes.iter().find(|mode| (mode.width, mode.height) == (width, height)) {
            return mode.id;
        }
        let name = format!("{width}x{height}");
        let mode = ModeInfo {
            width,
            height,
            dot_clock: 200_000_000,
            hsync_start: width + 40,
            hsync_end: width + 80,
            htotal: width + 160,
            vsync_start: height + 3,
            vsync_end: height + 8,
            vtotal: height + 20,
            name_len: name.len() as u16,
            ..ModeInfo::default()
        };
        self.server.randr_create_mode(self.root, mode, name.as_bytes()).unwrap().reply().unwrap().mode
    }

    fn configure(&self, crtc: u32, (x, y): (i16, i16), mode: u32, outputs: &[u32]) {
        let server = &self.server;
        let done =
            server.randr_set_crtc_config(crtc, CURRENT_TIME, CURRENT_TIME, x, y, mode, Rotation::ROTATE0, outputs);
        assert_eq!(done.unwrap().reply().unwrap().status, SetConfig::SUCCESS);
    }
}
