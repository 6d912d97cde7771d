//! A soft bell of two notes, computed.

use std::f32::consts::TAU;

/// Samples a second.
const RATE: usize = 44_100;
/// In seconds.
const LENGTH: f32 = 1.7;
/// G5, then E5 below it: a step that calls without alarm. Frequency in hertz, start in seconds.
const NOTES: [(f32, f32); 2] = [(783.99, 0.0), (659.26, 0.32)];
/// Of each note: multiple of its frequency, strength, and seconds in which it falls to 1/e. High ones die first, as in a
/// small bell that a soft mallet strikes.
const PARTIALS: [(f32, f32, f32); 4] = [(1.0, 1.0, 0.42), (2.0, 0.30, 0.24), (3.01, 0.10, 0.12), (4.17, 0.05, 0.06)];
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
        .map(|time| NOTES.iter().map(|(hertz, start)| strike(*hertz, time - start)).sum::<f32>() * fade(time))
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
    let partial = |(multiple, strength, fall): &(f32, f32, f32)| {
        strength * (-time / fall).exp() * (TAU * hertz * multiple * time).sin()
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
        let [(first, _), (second, start)] = NOTES;
        assert!(strength(part(0.05), first) > 8.0 * strength(part(0.05), second));
        assert!(strength(part(start + 0.05), second) > 1.5 * strength(part(start + 0.05), first));
        assert!(strength(part(1.4), second) < 0.2 * strength(part(start + 0.05), second), "it dies away");
    }
}
