//! libFuzzer's driver for [`carmine_fuzz::product`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::product(data));
