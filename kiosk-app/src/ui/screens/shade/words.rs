//! Colour differences, confidence and hindrances in plain words: which message says which.

use carmine::light::{SkinTone, ToneRejection};
use carmine::matching::{Depth, Match, Undertone};

use crate::l10n::{Locale, Value};
use crate::ui::stage::Framing;

/// How near a foundation comes, with the number.
pub fn closeness(locale: &Locale, delta_e00: f32) -> String {
    let id = match delta_e00 {
        delta if delta < 1.0 => "shade-delta-unseen",
        delta if delta < 2.0 => "shade-delta-hair",
        delta if delta < 3.5 => "shade-delta-close",
        delta if delta < 6.0 => "shade-delta-near",
        _ => "shade-delta-far",
    };
    let delta = locale.number(f64::from(delta_e00), 1);
    locale.text_with(id, &[("delta", Value::Text(&delta))])
}

/// How sure that is, with the number.
pub fn confidence(locale: &Locale, part: f32) -> String {
    let id = match part {
        part if part >= 0.8 => "shade-sure-high",
        part if part >= 0.5 => "shade-sure-good",
        part if part >= 0.25 => "shade-sure-some",
        _ => "shade-sure-low",
    };
    let percent = locale.percent(f64::from(part.clamp(0.0, 1.0)));
    locale.text_with(id, &[("percent", Value::Text(&percent))])
}

/// Where it differs.
pub fn direction(found: &Match) -> &'static str {
    match (found.depth, found.undertone) {
        (Depth::Same, Undertone::Same) => "shade-same",
        (Depth::Same, Undertone::Warmer) => "shade-warmer",
        (Depth::Same, Undertone::Cooler) => "shade-cooler",
        (Depth::Lighter, Undertone::Same) => "shade-lighter",
        (Depth::Lighter, Undertone::Warmer) => "shade-lighter-warmer",
        (Depth::Lighter, Undertone::Cooler) => "shade-lighter-cooler",
        (Depth::Darker, Undertone::Same) => "shade-darker",
        (Depth::Darker, Undertone::Warmer) => "shade-darker-warmer",
        (Depth::Darker, Undertone::Cooler) => "shade-darker-cooler",
    }
}

/// How far the reading itself can be trusted: by one standard deviation of the lightness.
pub fn doubt(locale: &Locale, tone: &SkinTone) -> String {
    let sigma = tone.sigma_lab.x.max(0.0);
    let id = match sigma {
        sigma if sigma < 2.5 => "shade-doubt-little",
        sigma if sigma < 6.0 => "shade-doubt-some",
        _ => "shade-doubt-much",
    };
    let steps = locale.number(f64::from(sigma.round().max(1.0)), 0);
    locale.text_with(id, &[("steps", Value::Text(&steps))])
}

/// What hinders a reading, and what to do.
pub fn hindered(why: ToneRejection) -> &'static str {
    match why {
        ToneRejection::TooDark => "shade-too-dark",
        ToneRejection::TooBright => "shade-too-bright",
        ToneRejection::TooColoured => "shade-too-coloured",
        ToneRejection::TooFewPixels => "shade-too-few",
        ToneRejection::TooUneven => "shade-too-uneven",
        _ => "shade-too-odd",
    }
}

/// Why there is no answer.
pub fn failed(why: ToneRejection) -> &'static str {
    match why {
        ToneRejection::TooDark => "shade-failed-dark",
        ToneRejection::TooBright => "shade-failed-bright",
        ToneRejection::TooColoured => "shade-failed-coloured",
        ToneRejection::TooFewPixels => "shade-failed-few",
        ToneRejection::TooUneven => "shade-failed-uneven",
        _ => "shade-failed-odd",
    }
}

/// What she could do to be seen better.
pub fn framing(framing: Framing) -> &'static str {
    match framing {
        Framing::Nobody => "shade-framing-nobody",
        Framing::Closer => "shade-framing-closer",
        Framing::Back => "shade-framing-back",
        Framing::Right => "shade-framing-right",
        Framing::Left => "shade-framing-left",
        Framing::Lower => "shade-framing-lower",
        Framing::Higher => "shade-framing-higher",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::l10n::Language;

    #[test]
    fn a_difference_is_never_told_nearer_than_it_is() {
        let locale = Locale::new(Language::En);
        let words: Vec<String> = [0.4, 1.4, 2.8, 5.0, 9.0].into_iter().map(|delta| closeness(&locale, delta)).collect();
        for (index, word) in words.iter().enumerate() {
            assert!(!words[..index].contains(word) && word.contains("ΔE"), "{word}");
        }
        assert!(words[4].contains('9'), "{}", words[4]);
    }

    #[test]
    fn confidence_names_its_percent() {
        let locale = Locale::new(Language::En);
        for part in [0.05, 0.3, 0.6, 0.95] {
            assert!(confidence(&locale, part).contains(&locale.percent(f64::from(part))));
        }
    }
}
