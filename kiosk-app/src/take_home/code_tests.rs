//! Every look comes back from its code, and every slip in a code is noticed.

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

const BASE: &str = "https://looks.example.com/a-market-with-a-long-name/en-GB/try";

fn layer(id: &str) -> CodedLayer {
    CodedLayer { product: ProductHash::of(id), amount: 1.0, mask: None, wing: None }
}

/// A sound code of another version or layout.
fn sealed(version: char, bytes: &[u8]) -> String {
    let mut bytes = bytes.to_vec();
    bytes.extend(crc16(version, &bytes).to_be_bytes());
    format!("{version}{}", BASE64URL_NOPAD.encode(&bytes))
}

#[test]
fn the_check_value_is_the_standards() {
    assert_eq!(crc16('1', b"23456789"), 0x29B1);
}

#[test]
fn a_code_is_what_its_table_says() {
    let wing = Some(Wing { angle_deg: 22.0, length: 0.25 });
    let worn = [
        CodedLayer { amount: 0.35, ..layer("velvet-rose") },
        CodedLayer { mask: Some(MaskHash::of("liner-wing")), wing, ..layer("ink-black") },
    ];
    let code = fragment(worn).unwrap();
    let bytes = BASE64URL_NOPAD.decode(code.strip_prefix('1').unwrap().as_bytes()).unwrap();
    let hash = |text: &str| Sha256::digest(text.as_bytes()).to_vec();
    let mut expected = vec![2, 0b1100];
    expected.extend([&hash("velvet-rose")[..4], &[35], &hash("ink-black")[..4], &[100]].concat());
    expected.extend([&hash("liner-wing")[..2], &[64, 50]].concat());
    expected.extend(crc16('1', &expected).to_be_bytes());
    assert_eq!(bytes, expected);
}

#[test]
fn the_longest_look_stays_under_300_bytes() {
    let base = &BASE[..MAX_BASE_BYTES];
    let names: Vec<_> = (0..MAX_LAYERS).map(|n| format!("product-{n}")).collect();
    let worn = |wings| {
        names.iter().enumerate().map(move |(index, id)| CodedLayer {
            amount: 1.99,
            mask: Some(MaskHash::of("spot")),
            wing: (index < wings).then_some(Wing { angle_deg: 60.0, length: 0.8 }),
            ..layer(id)
        })
    };
    let link = encode(base, worn(0)).unwrap();
    assert_eq!(link.len(), 298);
    assert_eq!(decode(&link).unwrap().len(), MAX_LAYERS);
    // Wings on all of them, which no face has room for, still make a link.
    assert_eq!(decode(&encode(base, worn(MAX_LAYERS)).unwrap()).unwrap()[23].wing.unwrap().angle_deg, 60.0);
    assert_eq!(encode(BASE, []).unwrap_err(), encode(BASE, worn(0)).unwrap_err());
    assert!(encode("https://example.com/#here", []).unwrap_err().to_string().contains("'#'"));
    let many = names.iter().chain(&names[..1]).map(|id| layer(id));
    assert_eq!(encode("https://example.com/", many), Err(CodeError::TooManyLayers(25)));
}

#[test]
fn a_newer_version_is_told_as_such() {
    assert_eq!(decode(&sealed('2', &[9; 30])), Err(CodeError::Newer('2')));
    assert_eq!(decode(&format!("{BASE}#{}", sealed('z', &[]))), Err(CodeError::Newer('z')));
    // But not what was mistyped.
    let code = fragment([layer("velvet-rose")]).unwrap();
    assert_eq!(decode(&code.replacen('1', "2", 1)), Err(CodeError::Damaged));
}

#[test]
fn what_is_no_code_is_told_as_such() {
    for text in ["", "#", "https://example.com/look", "hello", "https://example.com/1abc", &"x".repeat(9999)] {
        assert_eq!(decode(text), Err(CodeError::NoCode), "{text:.40}");
    }
    let sound = [1, 0, 1, 2, 3, 4, 100];
    assert!(decode(&sealed('1', &sound)).is_ok());
    for bad in
        [&sound[..6], &[&sound[..], &[0]].concat(), &[25; 200], &[1, 0, 1, 2, 3, 4, 201], &[1, 1, 1, 2, 3, 4, 100]]
    {
        assert_eq!(decode(&sealed('1', bad)), Err(CodeError::Damaged), "{bad:?}");
    }
    let code = fragment([layer("velvet-rose")]).unwrap();
    for bad in [code[..code.len() - 1].to_owned(), format!("{code}x"), code.to_lowercase(), code.replace('1', "1.")] {
        assert_eq!(decode(&bad), Err(CodeError::Damaged), "{bad}");
    }
}

/// What became of the link `https://look.example/try#CODE`, where CODE has `_` and `-` in it.
#[test]
fn mangled_links_open() {
    // Products whose hashes give the code the digits that programs change.
    let (code, layers) = (0..50_000)
        .map(|number| [layer(&format!("product-{number}")); 12])
        .map(|layers| (fragment(layers).unwrap(), layers))
        .find(|(code, _)| code.contains("--") && code.contains('_'))
        .unwrap();
    let base = "https://look.example/try";
    let (first, rest) = code.split_at(9);
    let (dash, em_dash, en_dash) =
        (code.replace('-', "\u{2011}"), code.replace("--", "\u{2014}"), code.replace("--", "\u{2013}"));
    let wide: String = code.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
    for (kind, text) in [
        ("as it was", format!("{base}#{code}")),
        ("the code alone", code.clone()),
        ("white space around", format!("  {base}#{code}\r\n")),
        ("'#' encoded", format!("{base}%23{code}")),
        ("'#' encoded twice", format!("{base}%2523{code}")),
        ("all encoded", format!("https%3A%2F%2Flook.example%2Ftry%23{}", code.replace('-', "%2D").replace('_', "%5F"))),
        (
            "through a redirect",
            format!("https://l.messenger.example/l.php?u=https%3A%2F%2Flook.example%2Ftry%23{code}&h=AT0x"),
        ),
        ("HTML, by number", format!("{base}&#35;{code}")),
        ("HTML, by its hexadecimal number", format!("{base}&#x23;{code}")),
        ("HTML, by name", format!("{base}&num;{code}&amp;fbclid=IwAR0x")),
        ("tracked before", format!("{base}?fbclid=IwAR0x&utm_source=chat#{code}")),
        ("tracked behind", format!("{base}#{code}&fbclid=IwAR0x_-")),
        ("tracked behind as a query", format!("{base}#{code}?utm_source=chat")),
        ("wrapped", format!("{base}#{first}\n{rest}")),
        ("wrapped by mail", format!("> {base}#{first}\r\n> {rest}\r\n> Kind regards")),
        ("wrapped at the '#'", format!("{base}#\n{code}")),
        ("wrapped into three", format!("{base}#{first}\n{}\n{}", &rest[..20], &rest[20..])),
        ("mail's soft line ends", format!("{base}#{first}=\r\n{rest}")),
        ("a zero-width space", format!("{base}#{first}\u{200B}{rest}\u{FEFF}")),
        ("soft hyphens", format!("{base}#{first}\u{AD}{rest}")),
        ("marks of direction", format!("\u{200F}\u{2067}{base}#{code}\u{2069}")),
        ("a full stop", format!("{base}#{code}.")),
        ("a sentence's end", format!("Look at {base}#{code}, will you?")),
        ("words behind", format!("{base}#{code} is what I wore")),
        ("padded", format!("{base}#{code}==")),
        ("in brackets", format!("(<{base}#{code}>)")),
        ("in quotes", format!("\u{201C}{base}#{code}\u{201D}")),
        ("the code in quotes", format!("\"{code}\"")),
        ("Markdown's link", format!("[{base}#{code}]({base}#{code})")),
        ("Markdown's emphasis", format!("_{base}#{code}_ and **{base}#{code}**")),
        ("Markdown's backslashes", format!("{base}\\#{}", code.replace('_', "\\_"))),
        ("hyphens that do not break", format!("{base}#{dash}")),
        ("two hyphens as a long dash", format!("{base}#{em_dash}")),
        ("two hyphens as a dash", format!("{base}#{en_dash}")),
        ("wide letters", format!("{base}\u{FF03}{wide}")),
        ("another '#' before", format!("#looks of the day: {base}#{code}")),
        ("another '#' behind", format!("{base}#{code} #nofilter #mua")),
    ] {
        assert_eq!(decode(&text).as_deref(), Ok(&layers[..]), "{kind}: {text}");
    }
}

/// Product, hundredths of a coat, mask, and a wing's steps.
type Parts = (String, u8, Option<String>, Option<(u8, u8)>);

fn any_layer() -> impl Strategy<Value = Parts> {
    let name = "[a-zà-ö-]{1,30}";
    (name, 0_u8..=200, proptest::option::of(name), proptest::option::of((0_u8..=140, 0_u8..=160)))
}

fn code_of(parts: &[Parts]) -> String {
    let layers = parts.iter().map(|(id, amount, mask, wing)| CodedLayer {
        product: ProductHash::of(id),
        amount: f32::from(*amount) / 100.0,
        mask: mask.as_deref().map(MaskHash::of),
        wing: wing.map(|(angle, length)| Wing {
            angle_deg: f32::from(angle) / 2.0 - 10.0,
            length: f32::from(length) / 200.0,
        }),
    });
    fragment(layers).unwrap()
}

proptest! {
    #[test]
    fn every_look_comes_back(parts in proptest::collection::vec(any_layer(), 0..=MAX_LAYERS)) {
        let layers = decode(&code_of(&parts)).unwrap();
        prop_assert_eq!(layers.len(), parts.len());
        for (layer, (id, amount, mask, wing)) in layers.iter().zip(&parts) {
            prop_assert_eq!(layer.product, ProductHash::of(id));
            prop_assert_eq!(layer.amount, f32::from(*amount) / 100.0);
            prop_assert_eq!(layer.mask, mask.as_deref().map(MaskHash::of));
            let again = layer.wing.map(|w| ((w.angle_deg + 10.0) * 2.0, w.length * 200.0));
            let close = match (again, wing) {
                (None, None) => true,
                (Some(a), Some(b)) => (a.0 - f32::from(b.0)).abs() < 1e-3 && (a.1 - f32::from(b.1)).abs() < 1e-3,
                _ => false,
            };
            prop_assert!(close, "{:?} {:?}", again, wing);
        }
    }

    #[test]
    fn any_amount_is_kept_to_half_a_step(amount in -1.0_f32..3.0, angle_deg in -90.0_f32..90.0, length in -1.0_f32..2.0) {
        let worn = CodedLayer { amount, wing: Some(Wing { angle_deg, length }), ..layer("a") };
        let back = decode(&fragment([worn]).unwrap()).unwrap()[0];
        let wing = back.wing.unwrap();
        prop_assert!((back.amount - amount.clamp(0.0, 2.0)).abs() < 0.00501);
        prop_assert!((wing.angle_deg - angle_deg.clamp(-10.0, 60.0)).abs() < 0.2501);
        prop_assert!((wing.length - length.clamp(0.0, 0.8)).abs() < 0.002501);
    }

    #[test]
    fn one_wrong_character_is_always_noticed(
        parts in proptest::collection::vec(any_layer(), 0..6),
        place: prop::sample::Index,
        with in proptest::char::any(),
    ) {
        let code = code_of(&parts);
        let mut characters: Vec<char> = code.chars().collect();
        let at = place.index(characters.len());
        prop_assume!(characters[at] != with && with != '#' && !with.is_whitespace());
        // Wide letters and dashes may be another form of the character that they take the place of.
        prop_assume!(!matches!(with, '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{2014}' | '\u{2212}' | '\u{FE63}'));
        characters[at] = with;
        let wrong: String = characters.iter().collect();
        let error = decode(&format!("{BASE}#{wrong}")).unwrap_err();
        prop_assert_eq!(&error, &CodeError::Damaged);
        prop_assert!(!error.to_string().contains('\n'));
    }

    #[test]
    fn two_swapped_characters_are_always_noticed(
        parts in proptest::collection::vec(any_layer(), 1..6),
        place: prop::sample::Index,
    ) {
        let code = code_of(&parts);
        let mut characters: Vec<char> = code.chars().collect();
        let at = place.index(characters.len() - 1);
        prop_assume!(characters[at] != characters[at + 1]);
        characters.swap(at, at + 1);
        prop_assert_eq!(decode(&format!("#{}", characters.iter().collect::<String>())), Err(CodeError::Damaged));
    }

    #[test]
    fn no_text_panics(text in ".{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for text in [text.clone(), format!("#{text}"), format!("#1{text}"), format!("1{}", BASE64URL_NOPAD.encode(&bytes))] {
            if let Err(error) = decode(&text) {
                prop_assert!(!error.to_string().contains('\n'));
            }
        }
        // Sealed: only the layout is wrong.
        let _ = decode(&sealed('1', &bytes));
    }
}
