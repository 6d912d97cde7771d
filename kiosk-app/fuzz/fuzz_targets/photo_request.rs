//! libFuzzer's driver for [`carmine_fuzz::photo_request`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| carmine_fuzz::photo_request(data));
