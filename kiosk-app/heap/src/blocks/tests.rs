//! Random allocation, growth to the limit, trimming, with bytes counted in the range itself.

use super::*;
use crate::overwrite::zero;

/// A range on the system's heap.
struct Place {
    base: *mut u8,
    layout: Layout,
}

impl Place {
    fn new(size: usize) -> Self {
        let layout = Layout::from_size_align(size, 4096).unwrap();
        // SAFETY: the size is not zero.
        Self { base: unsafe { std::alloc::alloc_zeroed(layout) }, layout }
    }

    fn blocks(&self) -> Blocks {
        let mut blocks = Blocks::new();
        // SAFETY: fresh, zeroed, and only lent to these blocks.
        assert!(unsafe { blocks.claim(self.base, self.layout.size()) });
        blocks
    }

    /// Bytes of the range with this value.
    fn count(&self, value: u8) -> usize {
        // SAFETY: the whole range is initialised.
        unsafe { std::slice::from_raw_parts(self.base, self.layout.size()) }
            .iter()
            .filter(|byte| **byte == value)
            .count()
    }

    /// Whether these bytes are anywhere in the range.
    fn holds(&self, what: &[u8]) -> bool {
        // SAFETY: the whole range is initialised.
        let bytes = unsafe { std::slice::from_raw_parts(self.base, self.layout.size()) };
        bytes.windows(what.len()).any(|window| window == what)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // SAFETY: allocated with this layout.
        unsafe { std::alloc::dealloc(self.base, self.layout) };
    }
}

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).unwrap()
}

/// A block filled with a value.
fn filled(blocks: &mut Blocks, layout: Layout, value: u8) -> *mut u8 {
    // SAFETY: the size is not zero, and the block is that large.
    unsafe {
        let block = blocks.alloc(layout);
        assert!(!block.is_null() && block.addr().is_multiple_of(layout.align()));
        block.write_bytes(value, layout.size());
        block
    }
}

fn free(blocks: &mut Blocks, block: *mut u8, layout: Layout) {
    // SAFETY: the tests free each block once, with its layout.
    unsafe {
        zero(block, layout.size());
        blocks.dealloc(block, layout);
    }
}

#[test]
fn it_grows_to_its_limit_and_then_says_so() {
    let place = Place::new(4 * STEP);
    let mut blocks = place.blocks();
    let big = layout(STEP, 16);
    // SAFETY: the size is not zero.
    let got: Vec<_> = (0..4).map(|_| unsafe { blocks.alloc(big) }).collect();
    assert!(got[..3].iter().all(|block| !block.is_null()) && got[3].is_null(), "notes take some of the last");
    assert_eq!(blocks.end().addr(), place.base.addr() + 4 * STEP);
    got[..3].iter().for_each(|block| free(&mut blocks, *block, big));
    let whole = filled(&mut blocks, layout(3 * STEP + STEP / 2, 16), 1);
    free(&mut blocks, whole, layout(3 * STEP + STEP / 2, 16));
    for huge in [usize::MAX / 4, isize::MAX as usize - 63] {
        // SAFETY: the size is not zero.
        assert!(unsafe { blocks.alloc(layout(huge, 16)) }.is_null());
    }
    // SAFETY: the range is the place's own, and nothing else uses it.
    assert!(!unsafe { Blocks::new().claim(place.base, STEP - 1) }, "too small");
}

#[test]
fn zeroed_blocks_are_zero_wherever_they_lie() {
    let place = Place::new(8 * STEP);
    let mut blocks = place.blocks();
    let mut state = 9_u32;
    let mut random = move |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let mut held = Vec::new();
    for round in 0..4000 {
        let size = if random(12) == 0 { 300_000 + random(900_000) } else { 1 + random(5000) };
        let layout = layout(size as usize, 1 << random(8));
        // SAFETY: the size is not zero, and the block is zeroed as far as it may have been written.
        let block = unsafe {
            let (block, written) = blocks.alloc_fresh(layout);
            if block.is_null() {
                held.drain(..).for_each(|(block, layout)| free(&mut blocks, block, layout));
                continue;
            }
            block.write_bytes(0, written);
            assert!(std::slice::from_raw_parts(block, layout.size()).iter().all(|byte| *byte == 0), "round {round}");
            block.write_bytes(0xA5, layout.size());
            block
        };
        held.push((block, layout));
        if random(3) > 0 {
            let (block, layout) = held.swap_remove(random(held.len() as u32) as usize);
            free(&mut blocks, block, layout);
        }
        if random(50) == 0 {
            // SAFETY: trimmed pieces belong to nobody.
            blocks.trim(|start, size| unsafe { start.write_bytes(0, size) });
        }
    }
    held.drain(..).for_each(|(block, layout)| free(&mut blocks, block, layout));
    // Single bytes may be part of the allocator's own addresses, of which no more than six bytes are ever alike.
    assert!(!place.holds(&[0xA5; 8]), "what was freed is gone");
}

#[test]
fn a_block_keeps_its_bytes_when_its_size_changes() {
    let place = Place::new(2 * STEP);
    let mut blocks = place.blocks();
    let (large, small) = (layout(100_000, 8), layout(700, 8));
    let block = filled(&mut blocks, large, 7);
    // SAFETY: what it loses is zeroed first.
    unsafe {
        zero(block.add(700), large.size() - 700);
        assert!(blocks.resize(block, large, 700));
        assert_eq!(place.count(7), 700);
        assert!(blocks.resize(block, small, 90_000), "the place above it is free");
    }
    let above = filled(&mut blocks, layout(64, 8), 1);
    // SAFETY: nothing is lost.
    assert!(!unsafe { blocks.resize(block, layout(90_000, 8), 200_000) }, "something is in the way");
    assert_eq!(place.count(7), 700);
    free(&mut blocks, above, layout(64, 8));
    free(&mut blocks, block, layout(90_000, 8));
}

#[test]
fn trimming_gives_back_free_memory_and_nothing_else() {
    let place = Place::new(8 * STEP);
    let mut blocks = place.blocks();
    let big = layout(STEP, 64);
    let held: Vec<_> = (1..=6).map(|value| filled(&mut blocks, big, value)).collect();
    free(&mut blocks, held[1], big);
    free(&mut blocks, held[4], big);
    free(&mut blocks, held[5], big);
    let mut released = 0;
    // SAFETY: trimmed pieces belong to nobody.
    blocks.trim(|start, size| unsafe {
        released += size;
        start.write_bytes(0, size);
    });
    assert!(released > 3 * STEP - 4 * SMALLEST_TRIMMED && released < 5 * STEP, "{released}");
    assert!(blocks.end().addr() < place.base.addr() + 4 * STEP + STEP / 2, "the two highest were one end");
    for (at, value) in [(0, 1), (2, 3), (3, 4)] {
        // SAFETY: these blocks are still held.
        assert!(unsafe { std::slice::from_raw_parts(held[at], STEP) }.iter().all(|byte| *byte == value));
    }
    // What was given back can be had again.
    for value in [2, 5, 6] {
        let _ = filled(&mut blocks, big, value);
    }
}
