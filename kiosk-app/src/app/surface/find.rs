//! Which device draws on a window: the best adapter that can, software last.

use std::path::Path;
use std::sync::Arc;

use wgpu::{Backends, DeviceType, Instance, InstanceDescriptor, Surface};
use winit::event_loop::OwnedDisplayHandle;
use winit::window::Window;

use crate::gpu::{self, Gpu, GpuError};

/// A surface, and the best device that can draw on it: GL comes last because its libraries write complaints of their
/// own to the terminal, but before software where there may be a GPU that speaks only GL.
pub(super) fn find(window: &Arc<Window>, display: &OwnedDisplayHandle) -> Result<(Surface<'static>, Gpu), GpuError> {
    if let Some(asked) = Backends::from_env() {
        return find_among(asked, window, display);
    }
    let first = find_among(Backends::all() - Backends::GL, window, display);
    let software = |gpu: &Gpu| gpu.adapter.get_info().device_type == DeviceType::Cpu;
    match first {
        Ok(found) if software(&found.1) && Path::new("/dev/dri").exists() => {
            // A window takes one surface at a time.
            drop(found);
            match find_among(Backends::GL, window, display) {
                Ok(found) if !software(&found.1) => Ok(found),
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

fn find_among(
    backends: Backends,
    window: &Arc<Window>,
    display: &OwnedDisplayHandle,
) -> Result<(Surface<'static>, Gpu), GpuError> {
    let mut descriptor = InstanceDescriptor::new_with_display_handle_from_env(Box::new(display.clone()));
    descriptor.backends = backends;
    let instance = Instance::new(descriptor);
    let surface = instance.create_surface(Arc::clone(window)).map_err(|error| {
        let why = error.to_string();
        // No backend at all has nothing to complain of.
        if why.ends_with("{}") { GpuError::Missing } else { GpuError::NotDrawable(why) }
    })?;
    let gpu = gpu::open(&instance, Some(&surface))?;
    Ok((surface, gpu))
}
