//! The region in a language tag, as far as numbers and prices depend on it.

/// Where Spanish writes as CLDR's es-419: point for the decimals, sign before the amount.
pub fn is_latin_american(tag: &str) -> bool {
    const REGIONS: [&str; 22] = [
        "AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY",
        "SV", "US", "UY", "VE",
    ];
    region(tag).is_some_and(|region| REGIONS.contains(&region))
}

/// The ISO 3166 code in a BCP 47 tag of language and region, such as `MX` in `es-MX`.
pub fn region(tag: &str) -> Option<&str> {
    tag.split('-').skip(1).find(|part| part.len() == 2)
}
