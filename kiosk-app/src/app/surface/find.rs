//! Which device draws on a window: the best adapter that can, software last.
//!
//! With the last instance the system unloads the graphics drivers, and some leave memory behind each time: Mesa's
//! software Vulkan 10 MiB of address space (the heap of its run-time assembler) and what LLVM allocated for good. So the
//! instance is kept from session to session, without any device on it, until a fault asks for another.

use std::path::Path;
use std::sync::Arc;

use wgpu::{Backend, Backends, DeviceType, Instance, InstanceDescriptor, Surface};
use winit::event_loop::OwnedDisplayHandle;
use winit::window::Window;

use crate::gpu::{self, Gpu, GpuError};

/// The graphics drivers, loaded once.
#[derive(Default)]
pub struct Drivers {
    instance: Option<Instance>,
}

impl Drivers {
    /// Lets go of them: a fault may lie in what they keep.
    pub fn unload(&mut self) {
        self.instance = None;
    }

    /// A surface, and the best device that can draw on it.
    pub(super) fn find(
        &mut self,
        window: &Arc<Window>,
        display: &OwnedDisplayHandle,
    ) -> Result<(Surface<'static>, Gpu), GpuError> {
        if let Some(kept) = &self.instance {
            match on(kept, window) {
                Ok(found) => return Ok(found),
                Err(error) => log::debug!("the drivers are loaded anew: {error}"),
            }
        }
        self.unload();
        let (instance, surface, gpu) = find(window, display)?;
        // With GL the instance is one context, and Mesa's software GL hangs in a present when it serves another session.
        self.instance = (gpu.adapter.get_info().backend != Backend::Gl).then_some(instance);
        Ok((surface, gpu))
    }
}

type Found = (Instance, Surface<'static>, Gpu);

/// GL comes last because its libraries write complaints of their own to the terminal, but before software where there
/// may be a GPU that speaks only GL.
fn find(window: &Arc<Window>, display: &OwnedDisplayHandle) -> Result<Found, GpuError> {
    if let Some(asked) = Backends::from_env() {
        return find_among(asked, window, display);
    }
    let first = find_among(Backends::all() - Backends::GL, window, display);
    let software = |gpu: &Gpu| gpu.adapter.get_info().device_type == DeviceType::Cpu;
    match first {
        Ok(found) if software(&found.2) && Path::new("/dev/dri").exists() => {
            // A window takes one surface at a time.
            drop(found);
            match find_among(Backends::GL, window, display) {
                Ok(found) if !software(&found.2) => Ok(found),
                _ => find_among(Backends::all() - Backends::GL, window, display),
            }
        }
        Err(error) => find_among(Backends::GL, window, display).map_err(|gl| match gl {
            GpuError::Missing => error,
            gl => gl,
        }),
        found => found,
    }
}

fn find_among(backends: Backends, window: &Arc<Window>, display: &OwnedDisplayHandle) -> Result<Found, GpuError> {
    let mut descriptor = InstanceDescriptor::new_with_display_handle_from_env(Box::new(display.clone()));
    descriptor.backends = backends;
    let instance = Instance::new(descriptor);
    let (surface, gpu) = on(&instance, window)?;
    Ok((instance, surface, gpu))
}

fn on(instance: &Instance, window: &Arc<Window>) -> Result<(Surface<'static>, Gpu), GpuError> {
    let surface = instance.create_surface(Arc::clone(window)).map_err(|error| {
        let why = error.to_string();
        // No backend at all has nothing to complain of.
        if why.ends_with("{}") { GpuError::Missing } else { GpuError::NotDrawable(why) }
    })?;
    let gpu = gpu::open(instance, Some(&surface))?;
    Ok((surface, gpu))
}
