//! libFuzzer's driver for [`carmine_fuzz::mask`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::mask(data));
