//! A soft bell of two notes, computed by additive synthesis.
//!
//! In: a volume. Out: a WAV file (RIFF, PCM, one channel of 16 bits).
//! 1. Each note is a sum of sine waves at multiples of its frequency, each falling exponentially.
//! 2. A short attack and release keep the strike and the end from clicking.
//! 3. The sum is scaled to a fixed peak, then by the volume.

use std::f32::consts::TAU;

/// Samples a second.
const RATE: usize = 44_100;
/// In seconds.
const LENGTH: f32 = 1.7;

/// A strike of the bell.
#[derive(Clone, Copy)]
struct Note {
    frequency_hz: f32,
    start_s: f32,
}

/// A sine wave of a note.
struct Partial {
    /// Of the note's frequency.
    multiple: f32,
    amplitude: f32,
    /// In which it falls to 1/e.
    decay_s: f32,
}

/// G5, then E5 below it: a step that calls without alarm.
const NOTES: [Note; 2] = [Note { frequency_hz: 783.99, start_s: 0.0 }, Note { frequency_hz: 659.26, start_s: 0.32 }];
/// High ones die first, as in a small bell that a soft mallet strikes.
const PARTIALS: [Partial; 4] = [
    Partial { multiple: 1.0, amplitude: 1.0, decay_s: 0.42 },
    Partial { multiple: 2.0, amplitude: 0.30, decay_s: 0.24 },
    Partial { multiple: 3.01, amplitude: 0.10, decay_s: 0.12 },
    Partial { multiple: 4.17, amplitude: 0.05, decay_s: 0.06 },
];
/// So that a strike does not click.
const ATTACK: f32 = 0.006;
/// So that the end does not click.
const RELEASE: f32 = 0.15;
/// Loudest sample of 1: 12 dB below the loudest there is.
const PEAK: f32 = 0.25;

/// The chime as a WAV file: one channel, 16 bits; `volume` 0–1, 1 as loud as it should ever be.
pub fn chime_wav(volume: f32) -> Vec<u8> {
    let mut samples = samples();
    samples.iter_mut().for_each(|sample| *sample *= volume.clamp(0.0, 1.0));
    let data = 2 * samples.len() as u32;
    let mut wav = Vec::with_capacity(44 + data as usize);
    wav.extend(b"RIFF");
    wav.extend((36 + data).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    // Size of this part; PCM, one channel; samples and bytes a second; bytes and bits a sample.
    wav.extend(16_u32.to_le_bytes());
    wav.extend([1_u16, 1].into_iter().flat_map(u16::to_le_bytes));
    wav.extend([RATE as u32, 2 * RATE as u32].into_iter().flat_map(u32::to_le_bytes));
    wav.extend([2_u16, 16].into_iter().flat_map(u16::to_le_bytes));
    wav.extend(b"data");
    wav.extend(data.to_le_bytes());
    wav.extend(samples.into_iter().flat_map(|sample| ((sample * 32767.0).round() as i16).to_le_bytes()));
    wav
}

fn samples() -> Vec<f32> {
    let mut samples: Vec<f32> = (0..(LENGTH * RATE as f32) as usize)
        .map(|at| at as f32 / RATE as f32)
        .map(|time| NOTES.iter().map(|note| strike(note.frequency_hz, time - note.start_s)).sum::<f32>() * fade(time))
        .collect();
    let loudest = samples.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
    for sample in &mut samples {
        *sample *= PEAK / loudest;
    }
    samples
}

fn strike(hertz: f32, time: f32) -> f32 {
    if time < 0.0 {
        return 0.0;
    }
    let partial = |partial: &Partial| {
        partial.amplitude * (-time / partial.decay_s).exp() * (TAU * hertz * partial.multiple * time).sin()
    };
    (time / ATTACK).min(1.0) * PARTIALS.iter().map(partial).sum::<f32>()
}

fn fade(time: f32) -> f32 {
    ((LENGTH - time) / RELEASE).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strength of a frequency in some samples.
    fn strength(samples: &[f32], hertz: f32) -> f32 {
        let (mut re, mut im) = (0.0, 0.0);
        for (at, sample) in samples.iter().enumerate() {
            let angle = TAU * hertz * at as f32 / RATE as f32;
            re += sample * angle.cos();
            im += sample * angle.sin();
        }
        2.0 * f32::hypot(re, im) / samples.len() as f32
    }

    #[test]
    fn it_is_a_wav_file_of_its_length() {
        let wav = chime_wav(1.0);
        let word = |at: usize| u32::from_le_bytes(wav[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&wav[..4], &wav[8..16], &wav[36..40]), (&b"RIFF"[..], &b"WAVEfmt "[..], &b"data"[..]));
        assert_eq!((word(4), word(40)), (wav.len() - 8, wav.len() - 44));
        assert_eq!((word(24), word(28)), (RATE, 2 * RATE));
        assert!((wav.len() - 44) as f32 / 2.0 / RATE as f32 - LENGTH < 0.001);
    }

    #[test]
    fn it_is_soft_and_does_not_click() {
        let samples = samples();
        let loudest = samples.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        assert!((loudest - PEAK).abs() < 1e-4);
        assert!(samples[0].abs() < 1e-3 && samples[samples.len() - 1].abs() < 1e-3);
        // The steepest step is the waves' own: their slopes added, and no jump at a strike.
        let steepest = samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(steepest < 0.06, "{steepest}");
        let mean: f32 = samples.iter().sum::<f32>() / samples.len() as f32;
        assert!(mean.abs() < 1e-3, "{mean}");
    }

    #[test]
    fn first_the_one_note_then_the_other() {
        let samples = samples();
        let part = |from: f32| &samples[(from * RATE as f32) as usize..][..RATE / 5];
        let (first, second, start) = (NOTES[0].frequency_hz, NOTES[1].frequency_hz, NOTES[1].start_s);
        assert!(strength(part(0.05), first) > 8.0 * strength(part(0.05), second));
        assert!(strength(part(start + 0.05), second) > 1.5 * strength(part(start + 0.05), first));
        assert!(strength(part(1.4), second) < 0.2 * strength(part(start + 0.05), second), "it dies away");
    }
}
