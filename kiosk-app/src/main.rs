//! `carmine`: see a look on yourself, on a photo or on a clip.

use std::process::ExitCode;

use clap::Parser;

use carmine_kiosk::cli::{Cli, Command};
use carmine_kiosk::commands::{doctor, kiosk, look, render, service, track};
use carmine_kiosk::logging::{self, Filter};
use carmine_kiosk::output;

/// Memory is overwritten when it is freed, and all of it when the process ends: of a shopper's pictures nothing stays in
/// what the process has used once.
#[global_allocator]
static HEAP: carmine_heap::Heap = carmine_heap::Heap;

fn main() -> ExitCode {
    carmine_kiosk::started();
    let cli = Cli::parse();
    // The keeper has no pictures, and handles signals in its own way.
    if !cli.is_keeper() {
        carmine_heap::wipe_at_the_end();
    }
    start_logging(&cli);
    let done = match &cli.command {
        None => kiosk::run(&cli.kiosk),
        Some(Command::Kiosk(args)) => kiosk::run(args),
        #[cfg(target_os = "linux")]
        Some(Command::Mirror(args)) => kiosk::mirror(args),
        Some(Command::Track(args)) => track::run(args).map(|()| 0),
        Some(Command::Render(args)) => render::run(args).map(|()| 0),
        Some(Command::Look(command)) => look::run(command).map(|()| 0),
        Some(Command::Doctor(args)) => doctor::run(args).map(|()| 0),
        Some(Command::Service(command)) => service::run(command),
    };
    let code = match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // One line, whatever libraries put into their messages.
            output::tell(&format!("carmine: {}", error.to_string().replace('\n', " ")));
            ExitCode::from(error.exit_code())
        }
    };
    logging::flush();
    code
}

fn start_logging(cli: &Cli) {
    let (filter, asked) = match &cli.command {
        None => (Filter::Kiosk, cli.kiosk.log_format),
        Some(Command::Kiosk(args)) => (Filter::Kiosk, args.log_format),
        #[cfg(target_os = "linux")]
        Some(Command::Mirror(args)) => (Filter::Kiosk, args.log_format),
        Some(_) => (Filter::Command, None),
    };
    logging::start(logging::format(asked), filter);
}
