//! The masks that come with the engine, as text.

/// Text of every file in `masks/`, by name.
macro_rules! table {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../masks/", $name, ".toml")))),*]
    };
}

/// Built-in masks in the order in which they are offered.
pub(super) const BUILT_IN: [(&str, &str); 43] = table!(
    "foundation" "jaw-1" "jaw-2" "jaw-3"
    "under-eye" "spot"
    "contour"
    "bronzer"
    "blush-apples" "blush-lifted" "blush-draped" "blush-sunkissed"
    "highlight-cheekbones" "highlight-full"
    "lid" "crease" "outer-corner" "inner-corner" "brow-bone" "lower-lash" "lid-wash" "smoky"
    "liner-upper" "liner-lower" "liner-wing" "liner-tight"
    "brow-soft" "brow-defined"
    "lens" "lens-limbal"
    "lips" "lips-outline" "lips-centre" "lips-rim" "lips-gloss" "lips-upper" "lips-lower"
    "lashes-natural" "lashes-long" "lashes-volume" "lashes-cat" "lashes-doll" "lashes-lower"
);
