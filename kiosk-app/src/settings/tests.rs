//! Settings that are taken, settings that are refused and how that is said.

use std::time::Duration;

use carmine::frame::Rotation;
use proptest::prelude::*;

use super::*;
use crate::choices::CameraChoice;
use crate::l10n::Language;

const EXAMPLE: &str = include_str!("../../../assets/kiosk.toml");

fn from(text: &str) -> Result<Settings, String> {
    Settings::from_toml(Path::new("kiosk.toml"), text).map_err(|error| error.to_string())
}

#[test]
fn the_example_shows_the_defaults() {
    assert_eq!(from(EXAMPLE).unwrap(), Settings::default());
    assert_eq!(from("").unwrap(), Settings::default());
    Settings::default().check().map_err(|fault| fault.why).unwrap();
}

#[test]
fn the_example_shows_every_key_and_what_needs_a_restart() {
    let mut section = String::new();
    let mut shown = Vec::new();
    for line in EXAMPLE.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_matches(['[', ']']).to_owned();
            continue;
        }
        let Some((key, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#') && section != "markets")
        else {
            continue;
        };
        shown.push(format!("{section}.{key}"));
        let row = change::KEYS.iter().find(|compared| compared.key == format!("{section}.{key}"));
        let when = row.unwrap_or_else(|| panic!("{section}.{key} has no row")).when;
        let all = section == "access";
        assert_eq!(value.contains("restart"), when == When::Restart, "{line}");
        assert_eq!(value.contains("next session") || all, when == When::NextSession, "{line}");
    }
    let rows: Vec<_> = change::KEYS.iter().map(|compared| compared.key).filter(|key| *key != "markets").collect();
    assert_eq!(shown, rows);
}

#[test]
fn values_are_taken() {
    let settings = from(
        "[screen]\nsize = \"1920x1080\"\n[camera]\nrotation = 90\ndevice = 2\nmirror = false\nvertical_fov_deg = 48.5\n[idle]\nwarn_after_s = 12.5\n\
         [market]\ncurrent = \"dubai\"\n[[markets]]\nid = \"dubai\"\nregion = \"AE\"\ncurrency = \"AED\"\n\
         languages = [\"ar\", \"en\"]\nconsent_version = 3\nlook_url = \"https://l.example/x\"\n\
         [photo]\naddress = \"10.0.0.7\"\n[print]\ncommand = [\"lp\", \"-d\", \"photo\"]\n",
    )
    .unwrap();
    assert_eq!((settings.screen.size.width, settings.camera.rotation), (1920, Rotation::Cw90));
    assert_eq!(from("[screen]\noutput = \"HDMI-1\"").unwrap().screen.output.as_deref(), Some("HDMI-1"));
    assert_eq!((&settings.camera.device, settings.camera.mirror), (&CameraChoice::Index(2), false));
    assert_eq!(settings.camera.lens().vertical_fov_rad, 48.5_f32.to_radians());
    assert_eq!(Settings::default().camera.lens(), carmine::face::Camera::default());
    assert_eq!(settings.idle.warn_after, Duration::from_millis(12_500));
    let market = settings.market();
    assert_eq!((&*market.id, market.region.as_deref(), market.consent_version), ("dubai", Some("AE"), 3));
    assert_eq!(market.languages, [Language::Ar, Language::En]);
    assert_eq!(settings.photo.address, Some([10, 0, 0, 7].into()));
    assert_eq!(settings.print.command, ["lp", "-d", "photo"]);
    assert_eq!(from("[camera]\ndevice = \"none\"").unwrap().camera.device, CameraChoice::None);
}

#[test]
fn a_mistake_names_file_line_key_and_mend() {
    let market = "[market]\ncurrent = \"a\"\n[[markets]]\nid = \"a\"\ncurrency = \"EUR\"\nlanguages = [\"en\"]\n\
                  consent_version = 1\nlook_url = \"https://l.example/\"\n";
    from(market).unwrap();
    let swapped = |from: &str, to: &str| market.replace(from, to);
    let second = format!("{market}{}", &market[market.find("[[").unwrap()..]);
    for (text, starts, holds) in [
        ("[idle]\n\nwarn_after = 3", "kiosk.toml:3: idle.warn_after: ", "there are warn_after_s, end_after_s"),
        ("[idel]", "kiosk.toml:1: idel: ", "there is no key `idel` here"),
        ("size = 3", "kiosk.toml:1: size: ", "mend its name or take it out"),
        ("[idle]\nwarn_after_s = 3", "kiosk.toml:2: idle.warn_after_s: ", "3 is out of range: give 5 to 900"),
        ("[idle]\nwarn_after_s = -1", "kiosk.toml:2: idle.warn_after_s: ", "give a number of 0 or more"),
        ("[idle]\nwarn_after_s = nan", "kiosk.toml:2: idle.warn_after_s: ", "give a number"),
        ("[idle]\nwarn_after_s = \"long\"", "kiosk.toml:2: idle.warn_after_s: ", "give"),
        ("idle = 3", "kiosk.toml:1: idle: ", "give"),
        ("[photo]\nminutes = 11", "kiosk.toml:2: photo.minutes: ", "11 is out of range: give 1 to 10"),
        ("[photo]\naddress = \"0.0.0.0\"", "kiosk.toml:2: photo.address: ", "\"auto\""),
        ("[screen]\nsize = \"wide\"", "kiosk.toml:2: screen.size: ", "WIDTHxHEIGHT"),
        ("[camera]\nrotation = 45", "kiosk.toml:2: camera.rotation: ", "give 0, 90, 180 or 270"),
        (
            "[camera]\nvertical_fov_deg = 200",
            "kiosk.toml:2: camera.vertical_fov_deg: ",
            "200 is out of range: give 10 to 150",
        ),
        ("[camera]\nvertical_fov_deg = nan", "kiosk.toml:2: camera.vertical_fov_deg: ", "give 10 to 150"),
        ("[camera]\nvertical_fov_deg = \"wide\"", "kiosk.toml:2: camera.vertical_fov_deg: ", "give"),
        ("[screen]\nmm_per_px = inf", "kiosk.toml:2: screen.mm_per_px: ", "give 0.05 to 2"),
        ("[screen]\noutput = \"HDMI\\n1\"", "kiosk.toml:2: screen.output: ", "at most 40 characters on one line"),
        ("[screen]\noutput = 1", "kiosk.toml:2: screen.output: ", "give a string"),
        ("[screen]\nfullscreen = 1", "kiosk.toml:2: screen.fullscreen: ", "give a boolean"),
        ("[camera]\ndevice = \"first\"", "kiosk.toml:2: camera.device: ", "`carmine doctor`"),
        ("[camera]\ndevice = -1", "kiosk.toml:2: camera.device: ", "`carmine doctor`"),
        ("[sound]\nvolume = 1.5", "kiosk.toml:2: sound.volume: ", "give 0 to 1"),
        ("[print]\ncommand = \"lp\"", "kiosk.toml:2: print.command: ", "give a sequence"),
        ("[print]\ncommand = [\"lp -d photo\"]", "kiosk.toml:2: print.command: ", "every word for itself"),
        ("[brand]\nname = \" \"", "kiosk.toml:2: brand.name: ", "1 to 40 characters"),
        ("[brand]\naccent = \"red\"", "kiosk.toml:2: brand.accent: ", "#rrggbb"),
        ("[brand]\naccent = \"#+f+f+f\"", "kiosk.toml:2: brand.accent: ", "#rrggbb"),
        ("[brand]\naccent = \"#e0304e\"", "kiosk.toml:2: brand.accent: ", "take a darker one such as #"),
        ("[merchant]\npin_sha256 = \"4711\"", "kiosk.toml:2: merchant.pin_sha256: ", "sha256sum"),
        ("[market]\ncurrent = \"mars\"", "kiosk.toml:2: market.current: ", "choose eu, uk, us, cn, ae, mx"),
        ("markets = []", "kiosk.toml:1: markets: ", "give 1 to 64"),
        (&swapped("EUR", "ERU"), "kiosk.toml:5: markets[0].currency: ", "ISO 4217"),
        (&swapped("\"en\"", "\"en\", \"en\""), "kiosk.toml:6: markets[0].languages[1]: ", "take one out"),
        (&swapped("\"en\"", "\"de\""), "kiosk.toml:6: markets[0].languages: ", "choose en, zh-Hans"),
        (&swapped("[\"en\"]", "[]"), "kiosk.toml:6: markets[0].languages: ", "at least one"),
        (&swapped("n = 1", "n = 0"), "kiosk.toml:7: markets[0].consent_version: ", "1 or more"),
        (&swapped("https://", "ftp://"), "kiosk.toml:8: markets[0].look_url: ", "give https://"),
        (&swapped("e/\"", "e/#l\""), "kiosk.toml:8: markets[0].look_url: ", "after '#'"),
        (&swapped("\"a\"\nc", "\"a b\"\nc"), "kiosk.toml:4: markets[0].id: ", "letters, digits"),
        (&swapped("consent_version = 1\n", ""), "kiosk.toml:3: markets[0]: ", "`consent_version` is missing: add it"),
        (&format!("{market}region = \"uae\""), "kiosk.toml:9: markets[0].region: ", "two capital letters"),
        (&second, "kiosk.toml:10: markets[1].id: ", "rename one"),
    ] {
        let error = from(text).expect_err(text);
        assert!(error.starts_with(starts) && error.contains(holds) && !error.contains('\n'), "{error}\nfor {text}");
    }
    for (text, line) in [("[idle", 1), ("\n[idle]\nx = = 3", 3), ("a = 1\na = 2", 2), ("[screen]\nsize = \"1x", 2)] {
        let error = from(text).unwrap_err();
        assert!(
            error.starts_with(&format!("kiosk.toml:{line}: this is no TOML: ")) && !error.contains('\n'),
            "{error}"
        );
    }
}

#[test]
fn a_pin_is_never_repeated() {
    let error = from("[merchant]\npin_sha256 = \"271828\"").unwrap_err();
    assert!(!error.contains("271828"), "{error}");
    let hash = "03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4";
    let settings = from(&format!("[merchant]\npin_sha256 = \"{hash}\"")).unwrap();
    assert_eq!(settings.merchant.pin_sha256.unwrap()[..2], [0x03, 0xAC]);
}

#[test]
fn changes_are_told_with_their_time() {
    let old = Settings::default();
    assert!(changes(&old, &old).is_empty());
    let new = from("[idle]\nend_after_s = 30\n[camera]\ndevice = 1\n[confinement]\nrequired = true").unwrap();
    let found: Vec<_> = changes(&old, &new).into_iter().map(|change| (change.key, change.when)).collect();
    let wanted = [
        ("camera.device", When::NextSession),
        ("idle.end_after_s", When::AtOnce),
        ("confinement.required", When::Restart),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn paths_start_at_the_file() {
    let folder = std::env::temp_dir().join(format!("carmine-settings-paths-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("kiosk.toml");
    std::fs::write(&file, "[catalogue]\npath = \"shop\"\n[brand]\nlogo = \"/srv/logo.png\"\n").unwrap();
    let settings = Settings::open(&file).unwrap();
    assert_eq!(settings.catalogue.path, Some(folder.join("shop")));
    assert_eq!(settings.brand.logo.as_deref(), Some(Path::new("/srv/logo.png")));
    std::fs::write(&file, b"a = \"\xFF\"").unwrap();
    assert!(Settings::open(&file).unwrap_err().to_string().ends_with("it is not text in UTF-8; save it so"));
    std::fs::write(&file, vec![b'#'; 300_000]).unwrap();
    assert!(Settings::open(&file).unwrap_err().to_string().contains("larger than 128 KiB"));
    assert!(Settings::open(&folder).unwrap_err().to_string().contains("it is a folder"));
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(Settings::open(&file).unwrap_err().to_string().contains("it does not exist"));
}

/// No panic, and one line that starts with the place.
fn sound(text: &str) -> Result<(), TestCaseError> {
    if let Err(error) = from(text) {
        prop_assert!(error.starts_with("kiosk.toml:"), "{error}");
        prop_assert!(!error.contains(char::is_control) && error.chars().count() < 1500, "{error}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_refused_in_one_line(text in "\\PC{0,200}|[\\[\\]a-z.=\"'\n#{},0-9 ]{0,200}") {
        sound(&text)?;
    }

    #[test]
    fn any_bytes_are_refused_in_one_line(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sound(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn a_torn_example_is_refused_in_one_line(
        at in 0..EXAMPLE.len(),
        length in 0_usize..40,
        put in "[\\[\\]a-z_.=\"'\n#{},0-9 \u{1}é-]{0,20}",
    ) {
        let bytes = EXAMPLE.as_bytes();
        let end = (at + length).min(bytes.len());
        let torn = [&bytes[..at], put.as_bytes(), &bytes[end..]].concat();
        sound(&String::from_utf8_lossy(&torn))?;
    }

    #[test]
    fn any_value_is_taken_or_refused_in_one_line(
        row in 0..change::KEYS.len(),
        value in prop_oneof![
            any::<f64>().prop_map(|x| format!("{x:?}").replace("NaN", "nan")),
            any::<i64>().prop_map(|x| x.to_string()),
            any::<bool>().prop_map(|x| x.to_string()),
            "\"[^\"\\\\\\p{C}]{0,40}\"",
            "\\[(\"[a-z]{0,9}\",){0,4}\\]",
        ],
    ) {
        let key = change::KEYS[row].key;
        sound(&format!("{key} = {value}"))?;
    }
}

#[test]
fn a_session_gets_its_rules() {
    let settings = from("[idle]\nend_after_s = 30\n[market]\ncurrent = \"ae\"\n[print]\ncommand = [\"lp\"]").unwrap();
    let rules = settings.rules();
    assert_eq!((&*rules.market, rules.languages[0], rules.print), ("ae", Language::Ar, true));
    assert_eq!(rules.idle.grace, Duration::from_secs(30));
    assert!(!Settings::default().rules().print && Settings::default().rules().photo);
}
