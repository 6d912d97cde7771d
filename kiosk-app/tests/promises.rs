//! What docs/PRIVACY.md and docs/SECURITY.md promise: each named test exists, each place that writes, connects or starts a
//! program is in the table, and a report for support holds nothing that names anybody.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::Folder;

/// What opens a file for writing, a socket or a program.
const OPENERS: [&str; 26] = [
    "File::create",
    "OpenOptions",
    "DirBuilder",
    "create_dir",
    "fs::write",
    "fs::rename",
    "fs::copy",
    "hard_link",
    "write_whole(",
    "WholeFile::create",
    "WholeFile::begin",
    "make_folder(",
    "TcpListener",
    "TcpStream",
    "UdpSocket",
    "UnixStream",
    "UnixListener",
    "UnixDatagram",
    "socketpair(",
    "net::socket(",
    "Command::new",
    "memfd_create",
    "sd_notify",
    "posix_spawn",
    "symlink(",
    "OFlags::CREATE",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// A file's own code: without comments and tests.
fn code(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    if name.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests") {
        return String::new();
    }
    let text = std::fs::read_to_string(path).unwrap();
    let own = text.split("mod tests {").next().unwrap();
    own.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// Which sources below a folder of the repository open something, and what.
fn opening(folder: &str) -> BTreeMap<String, Vec<&'static str>> {
    let mut found = Vec::new();
    sources(&root().join(folder), &mut found);
    let mut opening = BTreeMap::new();
    for path in found {
        let code = code(&path);
        let what: Vec<_> = OPENERS.into_iter().filter(|opener| code.contains(opener)).collect();
        if !what.is_empty() {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            opening.insert(name, what);
        }
    }
    opening
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// What a document has between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn every_place_that_writes_connects_or_starts_a_program_is_in_the_table() {
    let document = document("PRIVACY.md");
    let listed: Vec<&str> = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `kiosk-app/src/"))
        .map(|line| line.split('`').next().unwrap())
        .collect();
    let opening = opening("kiosk-app/src");
    let mut faults = Vec::new();
    for (file, what) in &opening {
        if !listed.iter().any(|name| file.strip_prefix("kiosk-app/src/") == Some(name)) {
            faults.push(format!("{file} uses {}: add it, with what goes there", what.join(", ")));
        }
    }
    for name in listed {
        if !opening.contains_key(&format!("kiosk-app/src/{name}")) {
            faults.push(format!("kiosk-app/src/{name} opens nothing: take it out"));
        }
    }
    assert!(faults.is_empty(), "the table of docs/PRIVACY.md is wrong:\n{}", faults.join("\n"));
}

#[test]
fn the_engine_opens_no_file_socket_or_program() {
    for folder in ["engine/src", "engine/mannequin/src", "shaders/src", "models/src"] {
        assert_eq!(opening(folder), BTreeMap::new(), "{folder}");
    }
}

#[test]
fn every_test_that_a_promise_names_exists() {
    let mut faults = Vec::new();
    for name in ["PRIVACY.md", "SECURITY.md"] {
        let document = document(name);
        let mut count = 0;
        for (file, test) in quoted(&document).filter_map(|text| text.split_once(".rs::")) {
            count += 1;
            let text = std::fs::read_to_string(root().join(format!("{file}.rs"))).unwrap_or_default();
            if !text.contains(&format!("fn {test}(")) {
                faults.push(format!("{name}: there is no test {test} in {file}.rs"));
            }
        }
        assert!(count > 10, "{name} names only {count} tests");
    }
    // The table of faults names a test by its module, or with its file.
    let mut tests = Vec::new();
    for folder in ["kiosk-app", "engine"] {
        sources(&root().join(folder), &mut tests);
    }
    let tests: String = tests.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let document = document("RELIABILITY.md");
    let named: Vec<_> = quoted(&document).filter_map(|text| Some(text.rsplit_once("::")?.1)).collect();
    // A name may be shortened, and `tests` is a whole module.
    for test in named.iter().filter(|name| **name != "tests") {
        let start = test.trim_end_matches(['*', '…']);
        let end = if start.len() == test.len() { "(" } else { "" };
        // Those of a list of pictures are made by a macro.
        if !tests.contains(&format!("fn {start}{end}")) && !tests.contains(&format!("    {start} \"")) {
            faults.push(format!("RELIABILITY.md: there is no test {test}"));
        }
    }
    assert!(named.len() > 50, "RELIABILITY.md names only {} tests", named.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// English messages alone: the others translate them, and a test of theirs holds them together.
#[test]
fn no_message_claims_to_read_who_somebody_is() {
    let words = [
        "race",
        "racial",
        "ethnic",
        "ethnicity",
        "origin",
        "gender",
        "emotion",
        "mood",
        "attractive",
        "beautiful",
        "caucasian",
        "african",
        "asian",
        "nationality",
        "health",
    ];
    for entry in std::fs::read_dir(root().join("assets/locales/en")).unwrap() {
        let path = entry.unwrap().path();
        for line in std::fs::read_to_string(&path).unwrap().lines().filter(|line| !line.starts_with('#')) {
            let said: Vec<String> = line
                .split(|c: char| !c.is_alphabetic())
                .map(str::to_lowercase)
                .filter(|word| !word.is_empty())
                .collect();
            let found: Vec<_> = words.iter().filter(|word| said.iter().any(|said| said == *word)).collect();
            assert!(found.is_empty(), "{}: {line}: {found:?}", path.display());
        }
    }
}

const SETTINGS: &str = "[merchant]\npin_sha256 = \"03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4\"\n\
    [photo]\naddress = \"192.168.77.20\"\n[privacy]\ncontact = \"maria@shop.example\"\n\
    [print]\ncommand = [\"/opt/secret-shop/print\", \"--server\", \"printer-9.shop.example\", \"-dKasse-Vorn\"]\n\
    [brand]\nname = \"Maison Secrete\"\n[catalogue]\npath = \"my own shop\"\n";
const LOG: &str = "[2026-11-30T04:00:00Z WARN  carmine_kiosk::source] cannot read /home/maria/shop/looks/soft.toml:3: no TOML\n\
    [2026-11-30T04:00:01Z ERROR carmine_kiosk::app] camera lost: UVC Camera 0A2C94F1B7\n\
    [2026-11-30T04:00:02Z INFO  carmine_kiosk::app] photo at http://192.168.77.20:4123/x7KqSecret\n\
    [2026-11-30T04:00:03Z WARN  carmine_kiosk::app] /srv/ph/Anna Muster/faces of Berta/clara-weiss 1990.jpg is damaged: no JPEG\n\
    [2026-11-30T04:00:04Z WARN  carmine_kiosk::app] cannot read Dora Muster/our faces/elsa.png: no permission\n\
    [2026-11-30T04:00:05Z WARN  carmine_kiosk::app] Frieda Schwarz.jpg is empty, it holds no pictures\n\
    [2026-11-30T04:00:06Z WARN  carmine_kiosk::source] my own shop/gerda: no products\n\
    [2026-11-30T04:00:07Z ERROR carmine_kiosk::app] 'lp' failed with exit status 1: lp: no printer Kasse-Vorn at\
    \x20print.maison-lune.example:631, fe80::77aa%eth7 or [fe80::77ab%wlan7]:9100\n";

#[test]
fn a_report_is_shown_first_and_holds_nothing_that_names_anybody() {
    let folder = Folder::new();
    folder.file("kiosk.toml", SETTINGS.as_bytes());
    std::fs::create_dir_all(folder.path().join("state/log")).unwrap();
    folder.file("state/log/carmine.log", LOG.as_bytes());
    folder.file("state/restarts.json", b"{\"failures\":3,\"last_unix_s\":1796000000}");
    let report = |answer: &str, more: &[&str]| {
        let mut child = common::carmine(&folder)
            .args(["doctor", "--report", "report.txt", "--config", "kiosk.toml", "--state", "state"])
            .args(more)
            .env("HOSTNAME", "till-of-maria")
            .env("USER", "mariasecret")
            .env("HOME", "/home/maria")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let file = folder.path().join("report.txt");
    let shown = report("n\n", &[]);
    assert!(!file.exists(), "it was shown, and not wanted");
    for part in ["Carmine doctor", "Settings", "PIN set", "print with 3 arguments", "\"failures\":3"] {
        assert!(shown.contains(part), "{part} is missing in:\n{shown}");
    }
    let faults = "Faults in the log";
    assert!(shown.contains(faults) && shown.contains("camera lost: UVC Camera <number>"), "{shown}");
    for part in [
        "cannot read …/*.toml:3: no TOML",
        "…/*.jpg is damaged: no JPEG",
        "cannot read …/*.png: no permission",
        "…/*.jpg is empty, it holds no pictures",
        "'lp' failed with exit status 1: lp: no printer <name> at <host>, <address> or [<address>]:9100",
    ] {
        assert!(shown.contains(part), "{part} is missing in:\n{shown}");
    }
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let mut secrets = vec![
        "maria",
        "03ac67",
        "192.168.77.20",
        "secret-shop",
        "printer-9",
        "x7Kq",
        "0A2C94F1B7",
        "Maison",
        "shop.example",
        "look.example",
        "/home/",
        "till-of",
        "muster",
        "berta",
        "clara",
        "1990",
        "dora",
        "our faces",
        "elsa",
        "frieda",
        "schwarz",
        "own shop",
        "gerda",
        "kasse",
        "lune",
        "77aa",
        "77ab",
        "eth7",
        "wlan7",
    ];
    if host.trim().len() > 4 {
        secrets.push(host.trim());
    }
    let lower = shown.to_lowercase();
    for secret in secrets {
        assert!(!lower.contains(&secret.to_lowercase()), "{secret} is in:\n{shown}");
    }
    assert!(lower.is_ascii() || !lower.contains('\u{1b}'));
    assert!(report("", &[]).contains(faults), "no answer is a no");
    assert!(!file.exists());
    let shown = report("yes\n", &[]);
    // Durations differ from run to run, so that this report is compared with what its own run showed.
    assert_eq!(std::fs::read_to_string(&file).unwrap(), shown, "what is saved is what was shown");
    std::fs::remove_file(&file).unwrap();
    report("", &["--yes"]);
    assert!(file.exists());
}
