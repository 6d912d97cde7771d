//! Names that are known beforehand: those of the host and its user, and what the settings and options name.

use std::collections::BTreeSet;
use std::path::Path;

use super::paths;
use crate::choices::CameraChoice;
use crate::limited_read::{Patience, within};
use crate::output;
use crate::settings::Settings;

/// Shorter names would be found among ordinary words.
const LEAST_NAME_CHARS: usize = 3;
/// Words that name nobody, though a host, user, folder or argument may be called so.
const COMMON: [&str; 32] = [
    "root",
    "localhost",
    "user",
    "users",
    "linux",
    "kiosk",
    "carmine",
    "home",
    "state",
    "shop",
    "looks",
    "products",
    "masks",
    "catalogue",
    "messages",
    "locales",
    "photo",
    "photos",
    "log",
    "logs",
    "models",
    "settings",
    "camera",
    "print",
    "printer",
    "report",
    "faces",
    "server",
    "raw",
    "file",
    "none",
    "auto",
];

/// Names, each with what stands in its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// The longest first.
    names: Vec<(String, String)>,
}

impl Known {
    pub(super) fn of_this_machine() -> Self {
        let env = |name: &str| std::env::var(name).ok();
        let file = |path: &str| std::fs::read_to_string(path).ok();
        let mut known = Self::default();
        let display = env("DISPLAY").and_then(|name| name.split_once(':').map(|(host, _)| host.to_owned()));
        let hosts = [
            env("HOSTNAME"),
            file("/proc/sys/kernel/hostname"),
            file("/etc/hostname"),
            env("COMPUTERNAME"),
            env("CUPS_SERVER"),
            display,
        ];
        for host in hosts.into_iter().flatten() {
            known.add(&host, "<host>");
            known.add(host.split('.').next().unwrap_or_default(), "<host>");
        }
        let home = env("HOME").and_then(|home| home.rsplit('/').next().map(str::to_owned));
        let users = [env("USER"), env("LOGNAME"), env("USERNAME"), env("SUDO_USER"), home];
        users.into_iter().flatten().for_each(|user| known.add(&user, "<user>"));
        [env("PRINTER"), env("LPDEST")].into_iter().flatten().for_each(|queue| known.add(&queue, "<name>"));
        file("/etc/machine-id").into_iter().for_each(|id| known.add(&id, "<number>"));
        let folders = ["HOME", "XDG_STATE_HOME", "STATE_DIRECTORY", "XDG_RUNTIME_DIR"].map(std::env::var_os);
        folders.into_iter().flatten().for_each(|folder| known.add_forms(Path::new(&folder)));
        if let Ok(folder) = std::env::current_dir() {
            known.add_forms(&folder);
        }
        known
    }

    pub(super) fn add(&mut self, name: &str, instead: &str) {
        let name = name.trim();
        let says_nothing = COMMON.contains(&name.to_lowercase().as_str()) || !name.chars().any(char::is_alphabetic);
        if name.chars().count() >= LEAST_NAME_CHARS && !says_nothing {
            self.names.push((name.to_owned(), instead.to_owned()));
            self.names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            self.names.dedup();
        }
    }

    /// A path that somebody chose: also its last part alone.
    pub(super) fn add_path(&mut self, path: &Path) {
        self.add_forms(path);
        if let Some(name) = path.file_name().and_then(std::ffi::OsStr::to_str).filter(|name| !paths::is_own_file(name))
        {
            self.add(name, "<name>");
        }
    }

    /// A path as it is written, from the root, and as the system resolves it; and its parts that are no ordinary words.
    fn add_forms(&mut self, path: &Path) {
        let mut forms = BTreeSet::from([path.to_owned()]);
        forms.extend(std::path::absolute(path).ok());
        let owned = path.to_owned();
        // A drive that hangs must not keep the report back.
        forms.extend(within(path, Patience::default(), move || owned.canonicalize()).into_iter().flatten());
        for form in &forms {
            let shown = form.display().to_string();
            let instead = paths::instead_of(&shown);
            // Logs escape control characters; JSON and Rust's debug text also quotes and backslashes.
            let quoted = format!("{shown:?}");
            if paths::is_own_file(&shown) {
                continue;
            }
            for text in [output::escape(&shown).as_ref(), shown.trim_end_matches('/'), quoted.trim_matches('"')] {
                self.add(text, &instead);
            }
            let mut above = "";
            for part in form.iter().filter_map(std::ffi::OsStr::to_str) {
                let of_somebody = matches!(above, "home" | "Users") || part.chars().any(|c| !c.is_ascii_lowercase());
                if of_somebody && !paths::is_own_file(part) {
                    self.add(part, "<name>");
                }
                above = part;
            }
        }
    }

    pub(super) fn add_settings(&mut self, settings: &Settings) {
        let clip = match &settings.camera.device {
            CameraChoice::Clip(clip) => Some(clip),
            _ => None,
        };
        let paths = [&settings.catalogue.path, &settings.messages.path, &settings.brand.logo];
        paths.into_iter().flatten().chain(clip).for_each(|path| self.add_path(path));
        self.add(&settings.brand.name, "<name>");
        self.add(&settings.privacy.contact, "<address>");
        if let Some(address) = settings.photo.address {
            self.add(&address.to_string(), "<address>");
        }
        for command in [&settings.print.command, &settings.sound.player, &settings.sound.speech] {
            // The program's own name says what is amiss.
            if let Some(folder) = command.first().and_then(|program| Path::new(program).parent()) {
                self.add_forms(folder);
            }
            command.iter().skip(1).for_each(|argument| self.add_argument(argument));
        }
    }

    /// An argument may name a printer or a server, also as part of a line for a shell.
    fn add_argument(&mut self, argument: &str) {
        self.add(argument, "<name>");
        for word in argument.split_whitespace() {
            let value = match (word.split_once('='), word.strip_prefix('-')) {
                (Some((_, value)), _) => value,
                (None, Some(option)) if !option.starts_with('-') => option.get(1..).unwrap_or_default(),
                (None, Some(_)) => "",
                (None, None) => word,
            };
            if !value.contains('{') {
                let value = value.trim_matches(['"', '\'']);
                self.add(value, "<name>");
                // A server's name without its port.
                self.add(value.split(':').next().unwrap_or_default(), "<name>");
            }
        }
    }

    /// The line without any of them.
    pub(super) fn without(&self, line: &str) -> String {
        self.names.iter().fold(line.to_owned(), |text, (name, instead)| replace(&text, name, instead))
    }
}

/// Replaces a name where it is a word of its own, in whatever case.
fn replace(text: &str, name: &str, instead: &str) -> String {
    let (lower, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    while let Some(found) = lower[from..].find(&name) {
        let (start, end) = (from + found, from + found + name.len());
        let joins = |inner: Option<char>, outer: Option<char>| {
            inner.is_some_and(char::is_alphanumeric) && outer.is_some_and(char::is_alphanumeric)
        };
        let within = joins(name.chars().next(), text[..start].chars().next_back())
            || joins(name.chars().next_back(), text[end..].chars().next());
        out.push_str(&text[from..start]);
        out.push_str(if within { &text[start..end] } else { instead });
        from = end;
    }
    out.push_str(&text[from..]);
    out
}
