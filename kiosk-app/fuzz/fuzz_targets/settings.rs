//! libFuzzer's driver for [`carmine_fuzz::settings`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::settings(data));
