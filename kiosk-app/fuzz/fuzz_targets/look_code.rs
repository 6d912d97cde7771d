//! libFuzzer's driver for [`carmine_fuzz::look_code`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::look_code(data));
