//! How single values are written in the file, for serde.

use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use carmine::frame::Rotation;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::choices::CameraChoice;

/// `0`, `90`, `180` or `270`, clockwise.
pub fn rotation<'de, D: Deserializer<'de>>(from: D) -> Result<Rotation, D::Error> {
    match i64::deserialize(from)? {
        0 => Ok(Rotation::None),
        90 => Ok(Rotation::Cw90),
        180 => Ok(Rotation::Cw180),
        270 => Ok(Rotation::Cw270),
        other => Err(D::Error::custom(format!("{other} is no quarter turn: give 0, 90, 180 or 270"))),
    }
}

/// What has a way of its own to be read from text.
pub fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err: std::fmt::Display>>(from: D) -> Result<T, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

/// `"auto"`, `"none"`, a number, or a clip in the camera's place.
pub fn camera<'de, D: Deserializer<'de>>(from: D) -> Result<CameraChoice, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "give \"auto\", \"none\", a number that `carmine doctor` lists, or a clip's file")]
    enum Written {
        Number(u32),
        Name(String),
    }
    match Written::deserialize(from)? {
        Written::Number(number) => Ok(CameraChoice::Index(number)),
        Written::Name(name) => name.parse().map_err(D::Error::custom),
    }
}

/// Seconds, with or without decimals.
pub fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    duration(f64::deserialize(from)?)
}

/// Minutes, with or without decimals.
pub fn minutes<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    duration(f64::deserialize(from)? * 60.0)
}

fn duration<E: serde::de::Error>(seconds: f64) -> Result<Duration, E> {
    Duration::try_from_secs_f64(seconds).map_err(|_| E::custom("this is no time: give a number of 0 or more"))
}

/// A path; an empty one is none.
pub fn path<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PathBuf>, D::Error> {
    let text = String::deserialize(from)?;
    Ok((!text.is_empty()).then(|| text.into()))
}

/// A name; an empty one is none.
pub fn name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    Ok((!text.is_empty()).then_some(text))
}

/// An ISO 3166 region; an empty one is none.
pub fn region<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(Some(text));
    }
    Err(D::Error::custom("this is no region: give two capital letters such as \"AE\" (ISO 3166), or \"\""))
}

/// `"auto"` finds it.
pub fn address<'de, D: Deserializer<'de>>(from: D) -> Result<Option<IpAddr>, D::Error> {
    let text = String::deserialize(from)?;
    if text == "auto" {
        return Ok(None);
    }
    match text.parse::<IpAddr>() {
        Ok(address) if !address.is_unspecified() && !address.is_multicast() => Ok(Some(address)),
        _ => Err(D::Error::custom("this is no address of one network: give \"auto\", or one such as \"192.168.0.20\"")),
    }
}

/// The SHA-256 of a PIN in hexadecimal; an empty text is none.
pub fn pin<'de, D: Deserializer<'de>>(from: D) -> Result<Option<[u8; 32]>, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        return Ok(None);
    }
    let digest = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
    // The message never repeats what may be the PIN itself.
    digest.and_then(|bytes| bytes.try_into().ok()).map(Some).ok_or_else(|| {
        D::Error::custom(
            "this is no SHA-256: choose a PIN of 4 to 8 digits and give the 64 letters and digits that \
             `printf %s PIN | sha256sum` prints",
        )
    })
}

/// A name that many hold.
pub fn shared<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
    Ok(String::deserialize(from)?.into())
}
