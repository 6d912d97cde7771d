//! libFuzzer's driver for [`carmine_fuzz::y4m`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::y4m(data));
