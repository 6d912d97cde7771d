//! Blocks of one range of memory, by talc's algorithm. The part in use grows upwards as it is needed, and shrinks when
//! it is trimmed; all bytes above it are zero.

use std::alloc::Layout;
use std::ptr::{NonNull, null_mut};

use talc::DefaultBinning;
use talc::base::binning::Binning;
use talc::base::{CHUNK_UNIT, Talc};
use talc::source::Source;

/// The part in use grows by multiples of this.
const STEP: usize = 1 << 20;
/// Free pieces of at least this size are given back,
const SMALLEST_TRIMMED: usize = 64 << 10;
/// in parts of at most this size.
const LARGEST_TRIMMED: usize = 64 << 20;

/// The blocks of a range.
pub struct Blocks(Talc<Range, DefaultBinning>);

/// The range, and its part in use.
#[derive(Debug)]
struct Range {
    /// One past the part in use.
    end: Option<NonNull<u8>>,
    /// One past the range.
    limit: *mut u8,
    /// How often the part in use has grown.
    growths: u64,
}

// SAFETY: the pointers are to a range that only its owner uses.
unsafe impl Send for Range {}

// SAFETY: `acquire` calls nothing but talc's own methods, so it allocates nothing.
unsafe impl Source for Range {
    fn acquire<B: Binning>(talc: &mut Talc<Self, B>, layout: Layout) -> Result<(), ()> {
        let end = talc.source.end.ok_or(())?;
        let room = talc.source.limit.addr() - end.as_ptr().addr();
        // The block with its place for alignment and for talc's notes; where that is not there, whatever is left.
        let wanted = layout.size().checked_add(layout.align() + 2 * CHUNK_UNIT).ok_or(())?;
        let growth = wanted.checked_next_multiple_of(STEP).ok_or(())?.min(room);
        if growth < CHUNK_UNIT {
            return Err(());
        }
        // SAFETY: the range up to its limit was given to this allocator by `claim`.
        talc.source.end = Some(unsafe { talc.extend(end, end.as_ptr().add(growth)) });
        talc.source.growths += 1;
        Ok(())
    }
}

impl Blocks {
    /// Without any memory.
    pub const fn new() -> Self {
        Self(Talc::new(Range { end: None, limit: null_mut(), growths: 0 }))
    }

    /// Whether it has its range.
    pub fn is_ready(&self) -> bool {
        self.0.source.end.is_some()
    }

    /// One past the part in use; null before there is one.
    pub fn end(&self) -> *mut u8 {
        self.0.source.end.map_or(null_mut(), NonNull::as_ptr)
    }

    /// Takes a range. False if it is too small, which is below [`STEP`].
    ///
    /// # Safety
    /// The range must be zeroed, valid for reads and writes, and used by nothing else as long as this is.
    pub unsafe fn claim(&mut self, base: *mut u8, size: usize) -> bool {
        // SAFETY: the caller's promise; `Range` does not forbid claiming by hand.
        self.0.source.end = (size >= STEP).then(|| unsafe { self.0.claim(base, STEP) }).flatten();
        self.0.source.limit = base.wrapping_add(size);
        self.is_ready()
    }

    /// A block, or null if none is free.
    ///
    /// # Safety
    /// As for `GlobalAlloc::alloc`.
    pub unsafe fn alloc(&mut self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise: the size is not zero.
        unsafe { self.0.allocate(layout) }.map_or(null_mut(), NonNull::as_ptr)
    }

    /// A block, and how many of its bytes, from its start, may not be zero.
    ///
    /// # Safety
    /// As for `GlobalAlloc::alloc_zeroed`.
    pub unsafe fn alloc_fresh(&mut self, layout: Layout) -> (*mut u8, usize) {
        let (end, growths) = (self.end().addr(), self.0.source.growths);
        // SAFETY: the caller's promise.
        let block = unsafe { self.alloc(layout) };
        // Where the part in use grew for it once, only talc's notes on the free memory at its end lie above that.
        let written = match self.0.source.growths - growths {
            1 => (end + CHUNK_UNIT).saturating_sub(block.addr()).max(CHUNK_UNIT),
            _ => layout.size(),
        };
        (block, written.min(layout.size()))
    }

    /// Frees a block that has been zeroed.
    ///
    /// # Safety
    /// As for `GlobalAlloc::dealloc`.
    pub unsafe fn dealloc(&mut self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { self.0.deallocate(block, layout) };
    }

    /// Changes a block's size where it is; what it loses must have been zeroed. False if it cannot grow there.
    ///
    /// # Safety
    /// As for `GlobalAlloc::realloc`.
    pub unsafe fn resize(&mut self, block: *mut u8, layout: Layout, size: usize) -> bool {
        // SAFETY: the caller's promise.
        unsafe { self.0.try_realloc_in_place(block, layout, size) }
    }

    /// Shrinks the part in use as far as possible, and calls `release` with the start and size of each larger free
    /// piece: all bytes of it must be zero afterwards.
    pub fn trim(&mut self, mut release: impl FnMut(*mut u8, usize)) {
        let Some(end) = self.0.source.end else { return };
        // SAFETY: `end` is the heap's; nothing is given away but free memory.
        if let Some(shrunk) = unsafe { self.0.truncate(end, null_mut()) } {
            self.0.source.end = Some(shrunk);
            let free = end.as_ptr().addr() - shrunk.as_ptr().addr();
            if free > 0 {
                release(shrunk.as_ptr(), free);
            }
        }
        self.trim_between(&mut release);
    }

    /// Free pieces between blocks are found by allocating them, largest first. They are chained by their first bytes.
    fn trim_between(&mut self, release: &mut impl FnMut(*mut u8, usize)) {
        let mut chain: *mut Piece = null_mut();
        let mut size = LARGEST_TRIMMED;
        while size >= SMALLEST_TRIMMED {
            let Ok(layout) = Layout::from_size_align(size, align_of::<Piece>()) else { break };
            // SAFETY: the size is not zero.
            while let Some(free) = unsafe { self.0.try_allocate(layout) } {
                let piece = free.as_ptr().cast::<Piece>();
                // SAFETY: the block is large enough and aligned for it.
                unsafe { piece.write(Piece { next: chain, layout }) };
                chain = piece;
            }
            size /= 2;
        }
        while !chain.is_null() {
            // SAFETY: it was written above, and nothing else has this block.
            let Piece { next, layout } = unsafe { chain.read() };
            release(chain.cast(), layout.size());
            // SAFETY: it goes back as it came.
            unsafe { self.0.deallocate(chain.cast(), layout) };
            chain = next;
        }
    }
}

/// The start of a free piece that is being trimmed.
struct Piece {
    next: *mut Piece,
    layout: Layout,
}

#[cfg(test)]
mod tests;
