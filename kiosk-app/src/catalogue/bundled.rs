//! What is embedded in the app: `LOOKS`, in the order in which the mirror offers them, `PRODUCTS` and `CARDS`, written by
//! build.rs.

include!(concat!(env!("OUT_DIR"), "/bundled.rs"));
