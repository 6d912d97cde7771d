//! What is scanned: take-home codes and a barcode scanner's keys.

use std::time::{Duration, Instant};

use carmine::look::{MAX_LAYERS, Wing};
use carmine_kiosk::catalogue::{Gtin, MaskHash, ProductHash};
use carmine_kiosk::scanner::{ScanKey, Scanned, Scanner, read};
use carmine_kiosk::take_home::code::{CodeError, CodedLayer, decode, fragment};

use crate::{check_complaint, text};

/// A take-home code. The first byte chooses what the rest is: the text itself, the bytes behind a code's checksum, or
/// numbers of layers to be written.
pub fn look_code(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else { return };
    match kind % 3 {
        0 => check_code(&text(rest)),
        1 => check_code(&checked_code(rest)),
        _ => {
            let layers: Vec<_> = rest.chunks_exact(19).map(layer).collect();
            match fragment(layers.iter().copied()) {
                Ok(code) => check_code(&code),
                Err(error) => assert_eq!(error, CodeError::TooManyLayers(layers.len())),
            }
        }
    }
}

/// Whatever is read can be written, and is then read the same again.
fn check_code(code: &str) {
    match decode(code) {
        Err(error) => check_complaint(&error),
        Ok(layers) => {
            assert!(layers.len() <= MAX_LAYERS);
            for layer in &layers {
                assert!((0.0..=2.0).contains(&layer.amount));
                if let Some(Wing { angle_deg, length }) = layer.wing {
                    assert!(Wing::ANGLE_DEG.contains(&angle_deg) && Wing::LENGTH.contains(&length));
                }
            }
            let written = fragment(layers.iter().copied());
            assert_eq!(written.and_then(|code| decode(&format!("https://look.example/#{code}"))), Ok(layers));
        }
    }
}

/// The bytes as a code whose checksum is right, written without the app's own functions.
fn checked_code(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let step = |crc: u16| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
    let crc =
        [b'1'].iter().chain(bytes).fold(0xFFFF, |crc, &byte| (0..8).fold(crc ^ u16::from(byte) << 8, |c, _| step(c)));
    let mut code = String::from("1");
    for three in [bytes, &crc.to_be_bytes()].concat().chunks(3) {
        let bits = three.iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        let digit = |index: usize| char::from(DIGITS[(bits >> (18 - 6 * index) & 63) as usize]);
        code.extend((0..=three.len()).map(digit));
    }
    code
}

/// Any numbers, also such as no layer has.
fn layer(bytes: &[u8]) -> CodedLayer {
    let number = |at: usize| f32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    CodedLayer {
        product: ProductHash([bytes[0], bytes[1], bytes[2], bytes[3]]),
        amount: number(4),
        mask: (bytes[8] & 1 != 0).then(|| MaskHash([bytes[9], bytes[10]])),
        wing: (bytes[8] & 2 != 0).then(|| Wing { angle_deg: number(11), length: number(15) }),
    }
}

/// A scanner's keys: a line feed is Enter, a NUL a pause, anything else a character. What is read from a code is read
/// from its own printed form too.
pub fn scanner(data: &[u8]) {
    const KEY: Duration = Duration::from_millis(5);
    const PAUSE: Duration = Duration::from_millis(200);
    let mut scanner = Scanner::default();
    let mut now = Instant::now();
    for character in text(data).chars() {
        now += if character == '\0' { PAUSE } else { KEY };
        let key = if character == '\n' { ScanKey::End } else { ScanKey::Character(character) };
        if let Some(scanned) = scanner.key(key, now) {
            assert!(!scanner.is_scanning(now), "a code has ended");
            check_scanned(&scanned);
        }
    }
}

fn check_scanned(scanned: &Scanned) {
    match scanned {
        Scanned::Gtin(gtin) => check_gtin(*gtin),
        Scanned::DigitalLink { gtin, parts } => {
            check_gtin(*gtin);
            let is_identifier = |id: &str| (2..=4).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
            assert!(parts.iter().all(|(id, value)| is_identifier(id) && !value.is_empty()), "{parts:?}");
        }
        Scanned::Look(code) => assert!(!matches!(decode(code), Err(CodeError::NoCode | CodeError::Damaged))),
        Scanned::Unknown(shown) => assert!(!shown.contains(char::is_control), "{shown:?}"),
    }
}

fn check_gtin(gtin: Gtin) {
    let printed = gtin.to_string();
    assert!(matches!(printed.len(), 8 | 12 | 13 | 14));
    assert_eq!(printed.parse(), Ok(gtin));
    assert_eq!(read(&printed), Scanned::Gtin(gtin));
}
