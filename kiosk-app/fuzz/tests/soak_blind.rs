//! The stored inputs, changed at random without looking at coverage: many more runs a second than libFuzzer, on the ordinary build
//! and without a C++ compiler. CARMINE_FUZZ_SECONDS says how long for each target (20).
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests tell what they measured, and where they cannot go on"
)]

mod common;

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use carmine_fuzz::TARGETS;

/// Longest input that mutation makes; stored ones may be longer.
const MOST_BYTES: usize = 1024;
/// Runs between two looks at the clock.
const BATCH: u64 = 256;
/// A hang: 0.1 s is wanted.
const MOST_TIME: Duration = Duration::from_secs(5);

/// xorshift64*, by Marsaglia and Vigna.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() >> 16) as usize % end }
    }
}

/// One of the stored inputs with one to four changes.
fn mutate(inputs: &[Vec<u8>], random: &mut Random, into: &mut Vec<u8>) {
    into.clear();
    into.extend_from_slice(&inputs[random.below(inputs.len())]);
    for _ in 0..=random.below(4) {
        let at = random.below(into.len() + 1);
        let end = (at + 1 + random.below(16)).min(into.len());
        match random.below(6) {
            0 if at < into.len() => into[at] = random.next() as u8,
            1 if at < into.len() => into[at] ^= 1 << random.below(8),
            2 => drop(into.drain(at.min(end)..end)),
            3 if into.len() < MOST_BYTES => into.insert(at, random.next() as u8),
            4 if into.len() < MOST_BYTES => {
                let other = &inputs[random.below(inputs.len())];
                let from = random.below(other.len());
                let to = (from + 1 + random.below(24)).min(other.len());
                into.splice(at..at, other[from..to].iter().copied());
            }
            _ if random.below(8) == 0 => into.truncate(at),
            _ => into.extend_from_within(at.min(end)..end),
        }
    }
}

#[test]
#[ignore = "soak: twenty seconds for each target"]
fn stored_inputs_changed_at_random() {
    let seconds = std::env::var("CARMINE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(20);
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64 | 1;
    let only = std::env::var("CARMINE_FUZZ_TARGETS").unwrap_or_default();
    let mut total = 0;
    println!("seed {seed}");
    for target in TARGETS.iter().filter(|target| only.is_empty() || only.split(' ').any(|name| name == target.name)) {
        let inputs: Vec<_> = common::inputs(target).iter().map(|path| std::fs::read(path).unwrap()).collect();
        let mut random = Random(seed);
        let (mut input, mut runs) = (Vec::with_capacity(64 << 10), 0_u64);
        let start = Instant::now();
        let mut slowest = Duration::ZERO;
        while start.elapsed() < Duration::from_secs(seconds) {
            // Slow targets are timed one by one, fast ones in batches.
            let batch = Instant::now();
            for _ in 0..BATCH {
                mutate(&inputs, &mut random, &mut input);
                (target.run)(&input);
                runs += 1;
                if batch.elapsed() > MOST_TIME {
                    break;
                }
            }
            slowest = slowest.max(batch.elapsed());
            assert!(
                slowest < MOST_TIME * 2,
                "{} took {slowest:?}: {:?}",
                target.name,
                input.escape_ascii().to_string()
            );
        }
        println!("{:14} {runs:11} runs, {BATCH} of them in {slowest:?} at most", target.name);
        total += runs;
    }
    println!("runs in all: {total}");
}
