//! libFuzzer's driver for [`carmine_fuzz::manifest`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::manifest(data));
