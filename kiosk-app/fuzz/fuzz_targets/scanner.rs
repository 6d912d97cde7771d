//! libFuzzer's driver for [`carmine_fuzz::scanner`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::scanner(data));
