//! Mannequins are there to be made up: the engine must find their faces, in every tone and light, turned and blinking.

use std::time::Duration;

use carmine::Frame;
use carmine::face::{FaceTracker, Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine_mannequin::{Attitude, ShopMannequin, StudioLight, Viewport};

const VIEW: Viewport = Viewport { width: 720, height: 960 };

#[test]
fn the_tracker_finds_every_mannequin() {
    let mut tracker = FaceTracker::new(TrackerConfig { sequence: Sequence::Stills, ..Default::default() }).unwrap();
    let mut rgba = vec![0; (VIEW.width * VIEW.height * 4) as usize];
    let mut worst = (0.0, String::new());
    for tone in 1..=10_u8 {
        for light in StudioLight::ALL {
            let mut mannequin = ShopMannequin::new(tone, light, VIEW).unwrap();
            // In front, and in turn with shut lids and to one side, to the other side and up, or down.
            let others = [[1.74, 8.0], [17.0, 24.6], [26.6, 8.0]][(usize::from(tone) + light as usize) % 3];
            for seconds in [0.0, others[0], others[1]] {
                let case = format!("tone {tone}, {}, {seconds} s", light.name());
                mannequin.draw(Attitude::at(Duration::from_secs_f64(seconds)), &mut rgba);
                let frame = Frame::new(&rgba, PixelFormat::Rgba8, VIEW.width, VIEW.height).unwrap();
                let faces = &tracker.track(&frame).unwrap().faces;
                assert_eq!(faces.len(), 1, "{case}");
                assert!(faces[0].presence > 0.9, "{case}: presence {}", faces[0].presence);
                let found = &faces[0].landmarks_px;
                let truth: Vec<_> = mannequin.landmarks_px().collect();
                let sum: f32 =
                    truth.iter().zip(found.iter()).map(|(truth, found)| truth.distance(found.truncate())).sum();
                let error = sum / truth.len() as f32 / truth[33].distance(truth[263]);
                if error > worst.0 {
                    worst = (error, case);
                }
            }
        }
    }
    println!("worst: {worst:?}");
    assert!(worst.0 < 0.08, "mean landmark error over the distance of the eyes: {worst:?}");
}

#[test]
fn nothing_of_an_earlier_frame_stays() {
    let view = Viewport { width: 180, height: 240 };
    let blink = Attitude { blink: 1.0, ..Attitude::at(Duration::from_secs(8)) };
    let mut mannequin = ShopMannequin::new(4, StudioLight::Evening, view).unwrap();
    let [mut first, mut again] = [(); 2].map(|()| vec![0; 180 * 240 * 4]);
    mannequin.draw(Attitude::default(), &mut first);
    mannequin.draw(blink, &mut again);
    assert_ne!(first, again);
    mannequin.draw(Attitude::default(), &mut again);
    assert!(first == again);
    assert!(first.chunks_exact(4).all(|pixel| pixel[3] == 255));
}
