//! libFuzzer's driver for [`carmine_fuzz::webp`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::webp(data));
