//! Numbers of barcodes.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A Global Trade Item Number (GS1 General Specifications, 7.9): of 8, 12, 13 or 14 digits, the last a check digit.
/// Shorter ones are the same number with zeros in front, so that a UPC-A and its EAN-13 are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gtin(u64);

/// A text that is no GTIN.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GtinError {
    /// Something else than digits.
    #[error("'{text}' is no barcode number: write its digits only, without spaces")]
    NotDigits {
        /// What was given.
        text: String,
    },
    /// No GTIN is that long.
    #[error("'{text}' has {digits} digits, but a barcode number has 8, 12, 13 or 14: add those that are missing")]
    Length {
        /// What was given.
        text: String,
        /// How many it has.
        digits: usize,
    },
    /// The last digit does not fit the others.
    #[error("'{text}' ends in a wrong check digit: read it again, the others call for {expected}")]
    CheckDigit {
        /// What was given.
        text: String,
        /// What the last digit would have to be.
        expected: u8,
    },
    /// Only zeros, which a scanner sends when it has read nothing.
    #[error("'{text}' is only zeros: write the number that is printed below the bars")]
    Zero {
        /// What was given.
        text: String,
    },
}

impl Gtin {
    /// The product behind a UPC-E of eight digits, whose bars leave out the zeros of a UPC-A (GS1 General
    /// Specifications, section 5.2.2.4). About a third of all UPC-E could as well be an EAN-8: look for that number
    /// first.
    pub fn from_upc_e(text: &str) -> Option<Self> {
        let ([system @ (b'0' | b'1'), body @ .., check], 8) = (text.as_bytes(), text.len()) else { return None };
        let body = std::str::from_utf8(body).ok().filter(|body| body.bytes().all(|digit| digit.is_ascii_digit()))?;
        let (front, last) = body.split_at(5);
        let number = match last {
            "0" | "1" | "2" => format!("{}{last}0000{}", &front[..2], &front[2..]),
            "3" => format!("{}00000{}", &front[..3], &front[3..]),
            "4" => format!("{}00000{}", &front[..4], &front[4..]),
            _ => format!("{front}0000{last}"),
        };
        format!("{}{number}{}", char::from(*system), char::from(*check)).parse().ok()
    }

    /// What to add to digits so that their weighted sum is a multiple of ten: weights 3, 1, 3 … from the right.
    fn check_digit(digits: &[u8]) -> u8 {
        let weighted = digits.iter().rev().zip([3, 1].iter().cycle()).map(|(digit, weight)| u32::from(*digit) * weight);
        ((10 - weighted.sum::<u32>() % 10) % 10) as u8
    }
}

impl FromStr for Gtin {
    type Err = GtinError;

    fn from_str(text: &str) -> Result<Self, GtinError> {
        let shown = || text.chars().filter(|c| !c.is_control()).take(24).collect::<String>();
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(GtinError::NotDigits { text: shown() });
        }
        let digits: Vec<u8> = text.bytes().map(|byte| byte - b'0').collect();
        if !matches!(digits.len(), 8 | 12 | 13 | 14) {
            return Err(GtinError::Length { text: shown(), digits: digits.len() });
        }
        let value = digits.iter().fold(0, |value, digit| value * 10 + u64::from(*digit));
        if value == 0 {
            return Err(GtinError::Zero { text: shown() });
        }
        let (others, last) = digits.split_at(digits.len() - 1);
        let expected = Self::check_digit(others);
        if last != [expected] {
            return Err(GtinError::CheckDigit { text: shown(), expected });
        }
        Ok(Self(value))
    }
}

impl fmt::Display for Gtin {
    /// As it is usually printed: in the shortest of 8, 12, 13 and 14 digits that holds it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = [8, 12, 13].into_iter().find(|width| self.0 < 10u64.pow(*width)).unwrap_or(14) as usize;
        write!(f, "{:0width$}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_numbers_are_read() {
        // The examples of the GS1 General Specifications and of Wikipedia's article on check digits.
        for text in ["9506000134352", "09506000134352", "6291041500213", "036000291452", "73513537", "10614141000415"] {
            let gtin: Gtin = text.parse().unwrap();
            assert_eq!(format!("{:0>14}", gtin.to_string()), format!("{text:0>14}"));
        }
        assert_eq!("036000291452".parse::<Gtin>(), "0036000291452".parse());
        assert_eq!("0036000291452".parse::<Gtin>().unwrap().to_string(), "036000291452");
        assert_eq!("73513537".parse::<Gtin>().unwrap().to_string(), "73513537");
    }

    #[test]
    fn what_is_no_number_is_told_why() {
        let complaint = |text: &str| text.parse::<Gtin>().unwrap_err().to_string();
        assert!(complaint("").contains("digits only"));
        assert!(complaint("950 6000134352").contains("digits only"));
        assert!(complaint("９５０６０００１３４３５２").contains("digits only"));
        assert!(complaint("95060001343").contains("has 11 digits"));
        assert!(complaint("9506000134353").contains("call for 2"));
        assert!(complaint("00000000").contains("only zeros"));
    }

    #[test]
    fn a_short_number_is_written_out() {
        let upc_a = |text: &str| Some(text.parse::<Gtin>().unwrap());
        // Each kind: the last digit of the six says where the zeros were.
        assert_eq!(Gtin::from_upc_e("04252614"), upc_a("042100005264"));
        assert_eq!(Gtin::from_upc_e("01234531"), upc_a("012300000451"));
        assert_eq!(Gtin::from_upc_e("01234543"), upc_a("012340000053"));
        assert_eq!(Gtin::from_upc_e("01234565"), upc_a("012345000065"));
        for none in ["96385074", "0é345678", "04252615", "4252614", ""] {
            assert_eq!(Gtin::from_upc_e(none), None, "{none}");
        }
    }

    fn lengths() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![Just(8usize), Just(12), Just(13), Just(14)]
            .prop_flat_map(|length| proptest::collection::vec(0u8..10, length - 1))
            .prop_filter("zero is no number", |digits| digits.iter().any(|digit| *digit != 0))
    }

    fn text(digits: &[u8], last: u8) -> String {
        digits.iter().chain([&last]).map(|digit| char::from(b'0' + digit)).collect()
    }

    proptest! {
        #[test]
        fn exactly_one_check_digit_fits(digits in lengths()) {
            let fitting: Vec<u8> = (0..10).filter(|last| text(&digits, *last).parse::<Gtin>().is_ok()).collect();
            prop_assert_eq!(fitting, [Gtin::check_digit(&digits)]);
        }

        #[test]
        fn zeros_in_front_change_nothing(digits in lengths()) {
            let whole = text(&digits, Gtin::check_digit(&digits));
            let gtin: Gtin = whole.parse().unwrap();
            prop_assert_eq!(format!("{whole:0>14}").parse::<Gtin>().unwrap(), gtin);
            prop_assert_eq!(gtin.to_string().parse::<Gtin>().unwrap(), gtin);
        }

        #[test]
        fn one_misread_digit_is_noticed(digits in lengths(), at in 0usize..14, by in 1u8..10) {
            let mut read = text(&digits, Gtin::check_digit(&digits)).into_bytes();
            let at = at % read.len();
            read[at] = b'0' + (read[at] - b'0' + by) % 10;
            prop_assert!(String::from_utf8(read).unwrap().parse::<Gtin>().is_err());
        }

        #[test]
        fn no_text_makes_it_stumble(text in ".{0,40}") {
            let _ = text.parse::<Gtin>();
        }
    }
}
