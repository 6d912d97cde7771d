//! libFuzzer's driver for [`carmine_fuzz::heic`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::heic(data));
