//! libFuzzer's driver for [`carmine_fuzz::mp4`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::mp4(data));
