//! Sound output: a chime before a session ends, and spoken prompts. Other programs play them; the kiosk passes them the
//! data and never blocks.

mod chime;
mod lane;

use zeroize::Zeroizing;

pub use chime::chime_wav;
use lane::Lane;

use crate::service::Service;

/// Which programs make the sound. Empty: none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundSettings {
    /// Plays a WAV file from its standard input: `["aplay", "-q"]`, `["pw-play", "-"]`.
    pub player: Vec<String>,
    /// Speaks the text on its standard input; `{lang}` becomes the language as ISO 639 has it:
    /// `["espeak-ng", "-v", "{lang}", "--stdin"]`.
    pub speech: Vec<String>,
    /// Of the chime, 0–1.
    pub volume: f32,
}

/// The sound output. Each kind of sound has a thread and a one-slot queue, in which the newest replaces an older one. A
/// failure is logged once. Dropping it kills its programs.
pub struct Sound {
    settings: SoundSettings,
    chime: Zeroizing<Vec<u8>>,
    player: Option<Lane>,
    speech: Option<Lane>,
}

impl Sound {
    /// Output through these programs.
    pub fn new(settings: SoundSettings) -> Self {
        let lane = |what, command: &[String]| (!command.is_empty()).then(|| Lane::new(what)).flatten();
        let player = lane("the chime", &settings.player);
        let speech = lane("speech", &settings.speech);
        Self { chime: Zeroizing::new(chime_wav(settings.volume)), player, speech, settings }
    }

    /// Plays the chime after the one that is playing.
    pub fn chime(&self) {
        if let Some(lane) = &self.player {
            let command = self.settings.player.iter().map(Into::into).collect();
            lane.put(Service::Chime, command, self.chime.clone());
        }
    }

    /// Speaks a text in a language (BCP 47, such as `zh-Hans`), instead of what is being spoken.
    pub fn speak(&self, text: &str, language: &str) {
        let Some(lane) = &self.speech else { return };
        let language = language.split(['-', '_']).next().unwrap_or_default();
        let command = self.settings.speech.iter().map(|word| word.replace("{lang}", language).into()).collect();
        lane.hush();
        lane.put(Service::Speech { language: language.into() }, command, Zeroizing::new(text.as_bytes().to_vec()));
    }

    /// Ends every sound: at the end of a session.
    pub fn hush(&self) {
        for lane in [&self.player, &self.speech].into_iter().flatten() {
            lane.hush();
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::child::tests::{ProgramFolder, is_gone, until};

    fn sound(player: Vec<String>, speech: Vec<String>) -> Sound {
        Sound::new(SoundSettings { player, speech, volume: 0.5 })
    }

    #[test]
    fn the_player_gets_the_chime() {
        let folder = ProgramFolder::new("sound-chime");
        let player = folder.program(
            "play",
            "cat > \"$(dirname \"$0\")/$$.part\"; mv \"$(dirname \"$0\")/$$.part\" \"$(dirname \"$0\")/heard\"",
        );
        let sound = sound(player, vec![]);
        sound.chime();
        until("it rang", || folder.path("heard").exists());
        assert!(std::fs::read(folder.path("heard")).unwrap() == chime_wav(0.5));
        // Nobody speaks: no trouble.
        sound.speak("Hello", "en");
    }

    #[test]
    fn speech_gets_text_and_language_and_the_newest_wins() {
        let folder = ProgramFolder::new("sound-speech");
        // Says only "last" to its end.
        let script =
            "text=$(cat); echo \"$1 $text\" >> \"$(dirname \"$0\")/heard\"; [ \"$text\" = last ] || exec sleep 600";
        let mut speech = folder.program("speak", script);
        speech.push("{lang}!".into());
        let heard = || std::fs::read_to_string(folder.path("heard")).unwrap_or_default();
        let sound = sound(vec![], speech);
        sound.speak("你好", "zh-Hans");
        until("it speaks", || heard().contains("zh! 你好"));
        for text in ["one", "two", "three", "last"] {
            sound.speak(text, "fr");
        }
        until("the last is heard", || heard().contains("fr! last"));
        // Those between came too late or were cut short.
        assert!(heard().lines().count() <= 5, "{}", heard());
    }

    #[test]
    fn a_session_that_ends_is_silent() {
        let folder = ProgramFolder::new("sound-hush");
        let script = "echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 600";
        let program = folder.program("hang", script);
        let speaks = || std::fs::read_to_string(folder.path("pid")).is_ok_and(|pid| pid.ends_with('\n'));
        let sound = sound(program.clone(), program);
        sound.speak("a long tale", "en");
        until("it speaks", speaks);
        sound.hush();
        until("it is silent", || is_gone(&folder.path("pid")));
        std::fs::remove_file(folder.path("pid")).unwrap();
        sound.chime();
        until("it rings", speaks);
        let begun = Instant::now();
        drop(sound);
        assert!(is_gone(&folder.path("pid")) && begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    }

    #[test]
    fn a_missing_player_costs_nothing() {
        let sound = sound(vec!["no-such-player".into()], vec!["no-such-voice".into()]);
        let play_often = || {
            let begun = Instant::now();
            for _ in 0..200 {
                sound.chime();
                sound.speak("Hello", "en");
            }
            begun.elapsed()
        };
        // A busy machine may hold any one of them up, but hardly all.
        assert!((0..20).any(|_| play_often() < Duration::from_millis(500)));
    }
}
