//! Overwrites data of people in memory, so that nothing of them is left when a session ends.

use std::hint::black_box;

/// Overwrites all values in place. `black_box` keeps the compiler from removing the writes as dead stores.
pub(crate) fn overwrite<T: Copy>(values: &mut [T], blank: T) {
    values.fill(blank);
    black_box(values);
}

/// Empties a vector and overwrites its whole capacity; the memory is kept for reuse.
pub(crate) fn empty<T: Copy>(values: &mut Vec<T>, blank: T) {
    values.resize(values.capacity(), blank);
    overwrite(values, blank);
    values.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_keeps_its_memory_and_nothing_in_it() {
        let mut values = vec![7_u32; 100];
        values.truncate(3);
        let (place, capacity) = (values.as_ptr(), values.capacity());
        empty(&mut values, 0);
        assert!(values.is_empty());
        assert_eq!((values.as_ptr(), values.capacity()), (place, capacity));
    }
}
