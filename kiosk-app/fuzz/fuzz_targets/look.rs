//! libFuzzer's driver for [`carmine_fuzz::look`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::look(data));
