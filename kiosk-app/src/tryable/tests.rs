//! Every model opens and shows a face, and a folder of photos is read in order.

use super::*;
use crate::source::jpeg::tests::sample;

#[test]
fn everything_bundled_opens_and_shows_a_face() {
    let mut finder = Finder::new().unwrap();
    let models = Tryable::bundled();
    assert_eq!(models.len(), 13);
    for model in &models {
        let mut source = model.open().unwrap();
        let mut picture = Picture::default();
        assert!(source.next_frame(&mut picture).unwrap(), "{}", model.id);
        assert!(models.iter().filter(|other| other.id == model.id).count() == 1);
        let thumbnail = model.thumbnail(192, None).unwrap();
        assert_eq!(thumbnail.dimensions(), (192, 192));
        let mut small = Picture::default();
        small.shape(carmine::frame::PixelFormat::Rgba8, 192, 192).copy_from_slice(&thumbnail);
        let face = finder.face(&small).unwrap_or_else(|| panic!("{} shows no face", model.id));
        // The face with its surroundings, not lost in them or cut off.
        assert!((110.0..260.0).contains(&face.side), "{}: {face:?}", model.id);
        if let Some(folder) = std::env::var_os("CARMINE_THUMBNAILS") {
            thumbnail.save(Path::new(&folder).join(format!("{}.png", model.id))).unwrap();
        }
    }
    let tones: Vec<u8> = models.iter().filter_map(|model| model.tone).collect();
    assert!((1..=10).all(|tone| tones.contains(&tone)));
}

#[test]
fn a_folder_gives_its_photos_in_order_and_tells_what_is_wrong() {
    let folder = std::env::temp_dir().join(format!("carmine-tryable-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("model10.jpg", ADMIRAL.bytes);
    write("model2.png", ASTRONAUT.bytes);
    write("nobody.jpg", &sample(64, 48, 10));
    write("broken.jpg", &sample(64, 48, 10)[..200]);
    write("empty.png", b"");
    write("notes.txt", b"not a photo");
    let mut told = Vec::new();
    let models = Tryable::from_folder(&folder, &mut |line| told.push(line.to_owned())).unwrap();
    let ids: Vec<&str> = models.iter().map(|model| &*model.id).collect();
    assert_eq!(ids, ["model2", "model10"]);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("broken.jpg") && told[1].contains("empty.png"), "{told:?}");
    assert!(told[2].contains("nobody.jpg") && told[2].contains("no face"), "{told:?}");
    assert!(told.iter().all(|line| !line.contains('\n')));
    assert_eq!(models[0].thumbnail(20, None).unwrap().dimensions(), (20, 20));
    assert!(models[0].open().unwrap().info().is_still());
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(models[0].open().is_err() && Tryable::from_folder(&folder, &mut |_| ()).is_err());
}
