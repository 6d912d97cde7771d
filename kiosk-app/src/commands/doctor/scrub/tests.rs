//! What a line of a report loses, and what it keeps.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::path::Path;

use proptest::prelude::*;

use super::known::Known;
use super::*;

fn scrubbed(line: &str) -> String {
    let mut known = Known::default();
    known.add("till-7", "<host>");
    known.add("maria", "<user>");
    Scrubber { known }.line(line)
}

#[test]
fn names_paths_addresses_and_serials_are_taken_out() {
    for (line, clean) in [
        ("cannot read /home/maria/shop/kiosk.toml:12: it is empty", "cannot read …/kiosk.toml:12: it is empty"),
        (r"cannot read C:\Users\maria m\kiosk.toml", "cannot read …/kiosk.toml"),
        ("/tmp/h/ph/Anna Muster/faces of Anna/anna-muster 1990.jpg is damaged: no JPEG", "…/*.jpg is damaged: no JPEG"),
        (
            "[2026-11-30T04:00:00Z WARN  a::b] my shop/Anna M: no products",
            "[2026-11-30T04:00:00Z WARN  a::b] …/*: no products",
        ),
        ("  LACKING  cannot read Anna M/a.jpg: no permission", "  LACKING  cannot read …/*.jpg: no permission"),
        ("Anna Muster.jpg is empty, it holds none", "…/*.jpg is empty, it holds none"),
        ("models in '/opt/An na': it is empty", "models in '…/*': it is empty"),
        ("/srv/Anna/looks/soft.toml:3:7: there is no key x", "…/*.toml:3:7: there is no key x"),
        ("~/Anna M/x (os error 2)", "…/* (os error 2)"),
        ("/srv/a is Anna.jpg: no", "…/* …/*.jpg: no"),
        (r"\\server\Anna M\x.png; see it", "…/*.png; see it"),
        ("file:///home/anna m/x.y4m", "file:…/*.y4m"),
        ("panicked at /home/m/.cargo/registry/wgpu-30.0/src/lib.rs:12:5:", "panicked at …/lib.rs:12:5:"),
        (r#"{"message":"no /srv/Anna M/x.png","n":1}"#, r#"{"message":"no …/*.png","n":1}"#),
        ("DISPLAY: till-7:0, of Maria.", "DISPLAY: <host>:0, of <user>."),
        ("serving at http://192.168.0.20:40123/x7Kq", "serving at <address>"),
        ("from 192.168.0.20:40123, [fe80::1] and 10.0.0.1.", "from <address>, [<address>] and <address>."),
        ("via fe80::1%eth0, fe80::/64 or 10.0.0.0/8", "via <address>, <address> or <address>"),
        ("printer.maison-lune.example:631 and ns.LAN.", "<host> and <host>."),
        ("ask maria@shop.example (aa:bb:cc:dd:ee:ff)", "ask <user><address> (<address>)"),
        ("ask anna@shop.example or anna@till", "ask <address> or <address>"),
        ("UVC Camera 0A2C94F1B7", "UVC Camera <number>"),
        ("id 8f14e45fceea167a5a36dedd4bea2543", "id <number>"),
    ] {
        assert_eq!(scrubbed(line), clean, "{line}");
    }
}

#[test]
fn what_a_technician_needs_stays() {
    for line in [
        "[2026-11-30T04:00:00Z WARN  carmine_kiosk::app::surface] GPU lost (Unknown): driver 23.1.2",
        "  ok       Vulkan: llvmpipe (LLVM 15.0.6, 256 bits) (software)",
        "  ok       Gl: NVIDIA GeForce RTX 3060/PCIe/SSE2 (discrete GPU)",
        "  ok       face_detector.onnx: 229746 bytes, sha256 abc",
        "--camera 0: USB Camera, /dev/video0, 1280x720 MJPEG 30/s",
        "Linux 6.18.0-12-amd64, carmine 0.1.0, wgpu 30, and/or 100 %",
        "Debian GNU/Linux 12 (bookworm), kernel 6.1.0-9-amd64",
        "kiosk.toml:12: idle.warn_after_s: give a number of seconds",
        "libvulkan_lvp.so: Input/output error (os error 5)",
        "on Linux see that /dev/video* exists and that you are in the group video",
        "the folder has no products: put .toml files into products/ or looks/ there",
        "marianne stays, and so does 2026",
    ] {
        assert_eq!(scrubbed(line), line);
    }
}

#[test]
fn what_the_settings_name_is_taken_out_in_every_form() {
    let settings = "[catalogue]\npath = \"Anna: is; Muster\"\n[brand]\nname = \"Maison Lune\"\n\
        [print]\ncommand = [\"sh\", \"-c\", \"lp -d Kasse_Vorn -h drucker9:631\"]\n";
    let settings = Settings::from_text(Path::new("/srv/Boutique/kiosk.toml"), settings).unwrap();
    let mut scrubber = Scrubber::default();
    scrubber.add_settings(&settings);
    for (line, clean) in [
        ("/srv/Boutique/Anna: is; Muster: no products", "…/*: no products"),
        ("/srv/Boutique/Anna: is; Muster/looks/x y.toml:3: no", "…/*.toml:3: no"),
        ("of Boutique, Anna: is; Muster and maison lune", "of <name>, <name> and <name>"),
        ("lp: no queue kasse_vorn at drucker9:631", "lp: no queue <name> at <name>"),
    ] {
        assert_eq!(scrubber.line(line), clean, "{line}");
    }
}

/// A part of a path: a name that nothing else in a message holds.
fn part() -> impl Strategy<Value = String> {
    "Q[a-zé0-9]{1,4}(( |[._'(),&+-]| [(&+-]|[,.)&] )Q[a-zé0-9]{1,4}){0,3}"
}

proptest! {
    #[test]
    fn no_path_survives_wherever_it_stands(
        parts in prop::collection::vec(part(), 1..5),
        start in prop::sample::select(vec!["/", "/home/", "~/", "./", "../", "", "C:\\", "\\\\"]),
        kind in prop::sample::select(vec![".jpg", ".toml", ".PNG", ".webm", ""]),
        (before, after) in prop::sample::select(vec![
            ("cannot read ", ": no permission"),
            ("", " is damaged: no JPEG"),
            ("", ":12: there is no key"),
            ("models in ", ": it is empty"),
            ("'", "' cannot be started: no"),
            ("saved as \"", "\"; see there"),
            ("[2026-11-30T04:00:00Z WARN  carmine_kiosk::app] ", " holds no PNG or JPEG frames"),
            ("the drive lacks (", ")"),
        ]),
    ) {
        // One word alone, without a kind, is no path unless it is known.
        prop_assume!(!start.is_empty() || !kind.is_empty() || parts.len() > 1);
        let by = if start.contains('\\') { "\\" } else { "/" };
        let line = format!("{before}{start}{}{kind}{after}", parts.join(by));
        let clean = Scrubber::default().line(&line);
        prop_assert!(!clean.contains('Q'), "{line} -> {clean}");
        prop_assert!(clean.contains("…/"), "{line} -> {clean}");
    }

    #[test]
    fn a_known_path_does_not_survive_whatever_it_holds(name in "Q[^/\\x00]{2,20}", rest in part()) {
        let path = format!("/srv/{name}");
        let mut scrubber = Scrubber::default();
        scrubber.add_path(Path::new(&path));
        let line = crate::output::escape(&format!("cannot read {path}/{rest}: no permission")).into_owned();
        let clean = scrubber.line(&line);
        prop_assert!(clean.ends_with(": no permission") && !clean.contains(&name) && !clean.contains(&rest), "{line} -> {clean}");
    }
}
