//! Codes of every kind are read, and typing is not taken for a scan.

use proptest::prelude::*;

use super::*;
use crate::catalogue::ProductHash;
use crate::take_home::code::CodedLayer;

fn gtin(text: &str) -> Scanned {
    Scanned::Gtin(text.parse().unwrap())
}

fn item(gtin: &str, parts: &[(&str, &str)]) -> Scanned {
    let parts = parts.iter().map(|(id, value)| ((*id).into(), (*value).into())).collect();
    Scanned::DigitalLink { gtin: gtin.parse().unwrap(), parts }
}

fn is_gtin(text: &str) -> bool {
    text.parse::<Gtin>().is_ok()
}

/// Types a text at this pace, then Enter.
fn type_in(scanner: &mut Scanner, at: &mut Instant, text: &str, gap: Duration) -> Option<Scanned> {
    for character in text.chars() {
        assert_eq!(scanner.key(ScanKey::Character(character), *at), None);
        *at += gap;
    }
    scanner.key(ScanKey::End, *at)
}

const FAST: Duration = Duration::from_millis(4);

#[test]
fn numbers_of_every_length() {
    for number in ["96385074", "036000291452", "4006381333931", "19506000134359"] {
        assert_eq!(read(number), gtin(number));
        assert!(matches!(read(&number[1..]), Scanned::Unknown(_)), "{number}");
        let wrong = format!("{}{}", &number[..number.len() - 1], (number.as_bytes()[number.len() - 1] - b'0' + 1) % 10);
        assert_eq!(read(&wrong), Scanned::Unknown(wrong.clone()));
    }
    assert_eq!(read("]E04006381333931"), gtin("4006381333931"));
    assert_eq!(read("]E496385074"), gtin("96385074"));
    // UPC-E of each kind: the last digit of the six says where the zeros were.
    for (short, long) in [("04252614", "042100005264"), ("01234531", "012300000451"), ("01234543", "012340000053")] {
        assert_eq!(read(short), gtin(long), "{short}");
        assert!(!is_gtin(short));
    }
    // This kind is a sound EAN-8 too.
    assert_eq!(read("01234565"), gtin("01234565"));
    assert_eq!(Gtin::from_upc_e("01234565"), "012345000065".parse().ok());
}

#[test]
fn element_strings() {
    let gs = "\u{1D}";
    assert_eq!(read("]C10109506000134352"), gtin("09506000134352"));
    assert_eq!(read("0109506000134352"), gtin("09506000134352"));
    let all = item("09506000134352", &[("17", "251231"), ("10", "AB-12"), ("21", "7/9")]);
    assert_eq!(read(&format!("]d201095060001343521725123110AB-12{gs}217/9")), all);
    assert_eq!(read(&format!("{gs}010950600013435217251231{gs}10AB-12{gs}217/9")), all);
    assert_eq!(read("(01)09506000134352(17)251231(10)AB-12(21)7/9"), all);
    assert_eq!(
        read("1725123101095060001343523103000250"),
        item("09506000134352", &[("17", "251231"), ("3103", "000250")])
    );
    for bad in [
        "]C10109506000134353",
        "(01)123",
        "(01)",
        "((((((((",
        "0109506000134352ZZ",
        "]C1018",
        "]Q300123456789012345678",
    ] {
        assert!(matches!(read(bad), Scanned::Unknown(_)), "{bad}");
    }
}

#[test]
fn digital_links() {
    let number = "09506000134352";
    assert_eq!(read("https://id.gs1.org/01/09506000134352"), item(number, &[]));
    assert_eq!(read("HTTPS://EXAMPLE.COM/01/09506000134352/"), item(number, &[]));
    assert_eq!(
        read("https://example.com/shop/01/de/01/09506000134352/22/2A/10/A%2F1/21/77?17=251231&x=1&3103=000195#top"),
        item(number, &[("22", "2A"), ("10", "A/1"), ("21", "77"), ("17", "251231"), ("3103", "000195")])
    );
    assert_eq!(read("http://example.com/gtin/4006381333931/lot/9"), item("4006381333931", &[("10", "9")]));
    for bad in
        ["https://example.com/01/09506000134353", "https://example.com/", "ftp://x/01/09506000134352", "https://"]
    {
        assert!(matches!(read(bad), Scanned::Unknown(_)), "{bad}");
    }
    assert_eq!(read("https://a/01/09506000134352/10/%zz?10=%"), item(number, &[]));
}

#[test]
fn looks() {
    let layer = CodedLayer { product: ProductHash::of("velvet-rose"), amount: 1.0, mask: None, wing: None };
    let link = code::encode("https://example.com/01/09506000134352", [layer]).unwrap();
    assert_eq!(read(&link), Scanned::Look(link.clone()));
    assert_eq!(read(&format!("]Q1{link}")), Scanned::Look(format!("]Q1{link}")));
    assert!(code::decode(&format!("]Q1{link}")).is_ok());
    // One wrong character, and it is a product's link again.
    let (start, end) = link.split_at(link.len() - 4);
    assert!(matches!(read(&format!("{start}-{}", &end[1..])), Scanned::DigitalLink { .. }));
    assert_eq!(read("a letter's text"), Scanned::Unknown("a letter's text".into()));
    assert_eq!(read("tabs\tand\u{1D}more"), Scanned::Unknown("tabs and more".into()));
}

#[test]
fn a_burst_is_a_scan_and_typing_is_not() {
    let (mut scanner, mut at) = (Scanner::default(), Instant::now());
    assert_eq!(type_in(&mut scanner, &mut at, "4006381333931", FAST), Some(gtin("4006381333931")));
    // Straight after, without the end of the one leaking into the other.
    assert_eq!(type_in(&mut scanner, &mut at, "96385074", FAST), Some(gtin("96385074")));
    for gap in [50, 80, 300] {
        assert_eq!(type_in(&mut scanner, &mut at, "4006381333931", Duration::from_millis(gap)), None, "{gap} ms");
    }
    // A typed letter long before is no part of the scan; one key held, or a few keys, are none.
    scanner.key(ScanKey::Character('x'), at);
    at += MAX_KEY_GAP;
    assert!(!scanner.is_scanning(at));
    assert_eq!(type_in(&mut scanner, &mut at, "4006381333931", FAST), Some(gtin("4006381333931")));
    assert_eq!(type_in(&mut scanner, &mut at, "00000000", FAST), None);
    assert_eq!(type_in(&mut scanner, &mut at, "1234567", FAST), None);
    assert_eq!(type_in(&mut scanner, &mut at, &"12".repeat(MAX_CHARACTERS / 2 + 1), FAST), None);
    assert_eq!(scanner.key(ScanKey::End, at), None);
    // The person's Enter comes late.
    for character in "96385074".chars() {
        scanner.key(ScanKey::Character(character), at);
        at += FAST;
        assert!(scanner.is_scanning(at));
    }
    assert_eq!(scanner.key(ScanKey::End, at + MAX_KEY_GAP), None);
    scanner.key(ScanKey::Character('9'), at);
    scanner.clear();
    assert_eq!(type_in(&mut scanner, &mut at, "6385074", FAST), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,80}", start in "(\\]C1|\\]d2|01|https://|\\(01\\)|)") {
        read(&format!("{start}{text}"));
        read(&text);
    }

    #[test]
    fn every_number_is_read_and_no_wrong_digit(body in "[0-9]{13}", length in 0_usize..4, place in 0_usize..7, other in 1_u8..10) {
        let body = &body[..[7, 11, 12, 13][length]];
        prop_assume!(body.bytes().any(|digit| digit != b'0'));
        let number = (0..10).map(|last| format!("{body}{last}")).find(|number| is_gtin(number)).unwrap();
        prop_assert_eq!(read(&number), gtin(&number));
        let mut wrong = number.clone().into_bytes();
        wrong[place] = b'0' + (wrong[place] - b'0' + other) % 10;
        prop_assert!(!is_gtin(std::str::from_utf8(&wrong).unwrap()));
        let padded = format!("{number:0>14}");
        prop_assert!(is_gtin(&padded));
        prop_assert_eq!(read(&format!("https://example.com/a/01/{number}?10=x")), item(&number, &[("10", "x")]));
        prop_assert_eq!(read(&format!("]C101{padded}10x")), item(&padded, &[("10", "x")]));
    }

    #[test]
    fn a_person_never_scans(text in "[ -~]{0,40}", gaps in proptest::collection::vec(50_u64..2000, 41)) {
        let (mut scanner, mut at) = (Scanner::default(), Instant::now());
        for (character, gap) in text.chars().zip(&gaps) {
            scanner.key(ScanKey::Character(character), at);
            at += Duration::from_millis(*gap);
        }
        prop_assert_eq!(scanner.key(ScanKey::End, at), None);
    }
}
