//! Prices as a shop writes them.

use thiserror::Error;

/// What one piece costs in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Price {
    /// ISO 4217, three capital letters.
    pub currency: [u8; 3],
    /// In the currency's smallest unit: 2450 for 24.50.
    pub minor: u32,
    /// Digits after the point: 2 for euros, 0 for yen.
    pub decimals: u8,
}

/// A text that is no price.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PriceError {
    /// Not in ISO 4217.
    #[error("there is no currency '{code}': give its three capital letters of ISO 4217, such as EUR")]
    Currency {
        /// What was given.
        code: String,
    },
    /// Not a number, or more digits after the point than the currency has.
    #[error("'{text}' is no price in {code}: write it in quotes as \"{example}\", without sign or separators")]
    Amount {
        /// What was given.
        text: String,
        /// In which currency.
        code: String,
        /// How to write it.
        example: &'static str,
    },
    /// More than fits.
    #[error("the price {text} {code} is too high: give less than {}", u32::MAX / 1000)]
    TooHigh {
        /// What was given.
        text: String,
        /// In which currency.
        code: String,
    },
}

/// Currencies in use (ISO 4217:2015, list one) whose smallest unit is not a hundredth.
const WITHOUT_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";
/// All others in use.
const TWO_DECIMALS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR \
    ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN \
    NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
    SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG";

impl Price {
    /// Reads `text`, such as "24.50" or "24", as a price in the currency `code`.
    pub fn parse(code: &str, text: &str) -> Result<Self, PriceError> {
        let in_list = |list: &str| list.split_whitespace().any(|known| known == code);
        let decimals = match () {
            () if in_list(TWO_DECIMALS) => 2,
            () if in_list(WITHOUT_DECIMALS) => 0,
            () if in_list(THREE_DECIMALS) => 3,
            () => {
                return Err(PriceError::Currency { code: code.chars().filter(|c| !c.is_control()).take(12).collect() });
            }
        };
        let currency = code.as_bytes().try_into().map_err(|_| PriceError::Currency { code: code.to_owned() })?;
        let shown = || text.chars().filter(|c| !c.is_control()).take(24).collect::<String>();
        let example = ["24", "24.5", "24.50", "24.500"][usize::from(decimals)];
        let amount = || PriceError::Amount { text: shown(), code: code.to_owned(), example };
        let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || part.is_some_and(|part| !digits(part) || part.len() != usize::from(decimals)) {
            return Err(amount());
        }
        let too_high = || PriceError::TooHigh { text: shown(), code: code.to_owned() };
        let scale = 10u32.pow(u32::from(decimals));
        let whole: u32 = whole.parse().map_err(|_| too_high())?;
        let part: u32 = part.map_or(Ok(0), str::parse).map_err(|_| amount())?;
        let minor = whole.checked_mul(scale).and_then(|minor| minor.checked_add(part)).ok_or_else(too_high)?;
        Ok(Self { currency, minor, decimals })
    }

    /// The currency's letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.currency).unwrap_or_default()
    }

    /// In whole units, such as 24.5: to be shown, not to be added up.
    pub fn value(&self) -> f64 {
        f64::from(self.minor) / 10f64.powi(i32::from(self.decimals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_exact() {
        let price = Price::parse("EUR", "24.50").unwrap();
        assert_eq!((price.code(), price.minor, price.decimals, price.value()), ("EUR", 2450, 2, 24.5));
        assert_eq!(Price::parse("EUR", "24").unwrap().minor, 2400);
        assert_eq!(Price::parse("JPY", "3800").unwrap().minor, 3800);
        assert_eq!(Price::parse("KWD", "7.250").unwrap().minor, 7250);
    }

    #[test]
    fn what_is_no_price_is_told_why() {
        let complaint = |code, text| Price::parse(code, text).unwrap_err().to_string();
        for code in ["EURO", "eur", "XYZ", "", "€", "EU"] {
            assert!(complaint(code, "1.00").contains("ISO 4217"), "{code}");
        }
        for text in ["", "24,50", "24.5", "-1.00", "1e3", "24.", ".50", "€24", "1 000.00", "24.505"] {
            assert!(complaint("EUR", text).contains("\"24.50\""), "{text}");
        }
        assert!(complaint("JPY", "24.50").contains("\"24\""));
        assert!(complaint("EUR", "99999999999").contains("too high"));
        assert!(complaint("EUR", "42949673.00").contains("too high"));
    }
}
