//! Messages, numbers and prices of every language.

use super::*;

fn shades(locale: &Locale, count: f64) -> String {
    locale.text_with("shade-count", &[("count", Value::Number(count))])
}

#[test]
fn arabic_has_six_plurals() {
    let locale = Locale::in_region(Language::Ar, Some("EG"));
    let said = [0.0, 1.0, 2.0, 3.0, 11.0, 100.0].map(|count| shades(&locale, count));
    assert_eq!(said, ["لا توجد درجات", "درجة واحدة", "درجتان", "٣ درجات", "١١ درجة", "١٠٠ درجة"]);
    // The same in a region that writes western digits.
    assert_eq!(shades(&Locale::in_region(Language::Ar, Some("AE")), 3.0), "3 درجات");
}

#[test]
fn french_counts_nothing_as_one_and_spanish_does_not() {
    let french = Locale::new(Language::Fr);
    assert_eq!([0.0, 1.0, 2.0].map(|count| shades(&french, count)), ["0 teinte", "1 teinte", "2 teintes"]);
    let spanish = Locale::new(Language::Es);
    assert_eq!([0.0, 1.0, 2.0].map(|count| shades(&spanish, count)), ["0 tonos", "1 tono", "2 tonos"]);
    assert_eq!(shades(&Locale::new(Language::ZhHans), 12.0), "12 个色号");
    assert_eq!(shades(&Locale::new(Language::En), 1234.0), "1,234 shades");
}

#[test]
fn strange_numbers_are_no_panic() {
    for language in Language::ALL {
        let locale = Locale::new(language);
        for count in [f64::NAN, f64::INFINITY, -1.0, 1e300, -0.0, 0.1 + 0.2, 9e15, 1e-300] {
            assert!(!shades(&locale, count).is_empty());
            assert!(!locale.number(count, 255).is_empty() && !locale.percent(count).is_empty());
        }
    }
    assert_eq!(shades(&Locale::new(Language::En), 0.1 + 0.2), "0.3 shades");
}

#[test]
fn texts_are_kept() {
    let locale = Locale::new(Language::Fr);
    let first = locale.text("word-yes");
    assert_eq!(&*first, "Oui");
    assert!(Arc::ptr_eq(&first, &locale.text("word-yes")));
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&locale);
}

#[test]
fn what_nobody_has_is_its_own_name() {
    assert_eq!(&*Locale::new(Language::Ar).text("no-such-message"), "no-such-message");
    // An argument left out shows the hole rather than nothing.
    assert!(Locale::new(Language::En).text_with("shade-count", &[]).contains("shades"));
}

#[test]
fn pseudo_is_bracketed_and_keeps_what_it_is_given() {
    let locale = Locale::new(Language::Pseudo);
    assert_eq!(&*locale.text("word-yes"), "⟦Ýéšé⟧");
    let said = shades(&locale, 12.0);
    assert!(said.starts_with("⟦12 ") && said.ends_with('⟧') && !said.contains("shades"), "{said}");
    assert_eq!(&*locale.text("no-such-message"), "no-such-message");
}

#[test]
fn names_of_every_category_and_finish() {
    for language in Language::ALL {
        let locale = Locale::new(language);
        let names = Category::ALL.map(|category| locale.category(category));
        let finishes = Finish::ALL.map(|finish| locale.finish(finish));
        for name in names.iter().chain(&finishes) {
            assert!(!name.contains('-') || &**name == "Anti-cernes" || &**name == "Eye-liner", "{language}: {name}");
        }
        let mut different: Vec<_> = names.iter().collect();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), names.len(), "{language}: {names:?}");
    }
}

#[test]
fn codes_name_languages() {
    for language in Language::ALL.into_iter().chain([Language::Pseudo]) {
        assert_eq!(language.code().parse(), Ok(language));
    }
    let error = "de".parse::<Language>().unwrap_err();
    assert_eq!(error, "there is no language 'de': choose en, zh-Hans, ar, es, fr");
}

/// A folder of its own, removed in the end.
struct Folder(std::path::PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("carmine-l10n-{}-{name}", std::process::id()));
        for (file, text) in files {
            std::fs::create_dir_all(path.join(file).parent().unwrap()).unwrap();
            std::fs::write(path.join(file), text).unwrap();
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_replaces_and_adds() {
    let text = "\u{FEFF}category-lipstick = Barra de labios\r\n\r\nshop-hello = Hola, { $name }\r\n-brand = Aurora\n";
    let folder = Folder::with("adds", &[("es/shop.ftl", text), ("es/notes.txt", "not read"), ("en/a.ftl", "b = B\n")]);
    let locale = Locale::from_folder(Language::Es, None, &folder.0).unwrap();
    assert_eq!(&*locale.text("category-lipstick"), "Barra de labios");
    assert_eq!(&*locale.text("category-blush"), "Colorete");
    assert_eq!(&*locale.text("b"), "B");
    assert_eq!(locale.text_with("shop-hello", &[("name", Value::Text("Ana"))]), "Hola, Ana");
    // A language without a folder of its own is none the worse.
    Locale::from_folder(Language::Fr, None, &folder.0).unwrap();
}

#[test]
fn mistakes_in_a_folder_name_their_place() {
    for (name, text, line, why) in [
        ("syntax", "a = A\n\nb B\n", 3, "this is no Fluent message"),
        ("twice", "a = A\nb = B\na = C\n", 3, "'a' is defined twice: keep one of the two"),
        ("variable", "\nshade-count = { $cuont }\n", 2, "'shade-count' is given no $cuont: use $count"),
        ("needless", "word-yes = Yes, { $name }\n", 1, "'word-yes' is given no $name: leave it out"),
        ("lost", "a = { word-yess }\n", 1, "'a' uses 'word-yess', which nobody defines: mend the name"),
        ("term", "a = { -brand }\n", 1, "'a' uses '-brand', which nobody defines: mend the name"),
        ("call", "a = { DATE(1) }\n", 1, "'a' calls DATE: NUMBER is the only function there is"),
        ("empty", "a =\n  .label = A\n", 1, "'a' has no text: write 'a = text'"),
        (
            "digits",
            "a = { 1234567890123456789012 ->\n *[one] A\n }\n",
            1,
            "'a' has a number of more than 15 digits: shorten it",
        ),
    ] {
        let folder = Folder::with(name, &[("en/x.ftl", text)]);
        let Err(error) = Locale::from_folder(Language::En, None, &folder.0) else { panic!("{name} is taken") };
        let error = error.to_string();
        assert!(error.contains(&format!("x.ftl:{line}: ")) && error.contains(why), "{name}: {error}");
        assert!(!error.contains('\n'), "{error}");
    }
    let folder = Folder::with("bytes", &[("en/x.ftl", "a = A")]);
    std::fs::write(folder.0.join("en/x.ftl"), b"a = \xFF").unwrap();
    let error = Locale::from_folder(Language::En, None, &folder.0).err().unwrap().to_string();
    assert!(error.ends_with("it is not text in UTF-8; save it so"), "{error}");
    let error = Locale::from_folder(Language::En, None, Path::new("/no/such/folder")).err().unwrap().to_string();
    assert!(error.starts_with("cannot read /no/such/folder: it is no folder"), "{error}");
}

#[test]
fn more_text_than_any_shop_has_is_refused_by_its_file() {
    let comment = |kib: usize| format!("# {}\n", "a".repeat((kib << 10) - 3));
    let (half, rest) = (comment(128), comment(127) + "a = A\n");
    let folder = Folder::with("fits", &[("en/a.ftl", &half), ("en/b.ftl", &rest), ("ar/a.ftl", &half)]);
    Locale::from_folder(Language::En, None, &folder.0).unwrap();
    let folder = Folder::with("much", &[("en/a.ftl", &half), ("en/b.ftl", &comment(128)), ("en/c.ftl", "a = A\n")]);
    let error = Locale::from_folder(Language::En, None, &folder.0).err().unwrap().to_string();
    assert!(error.contains("c.ftl: with it this language's files are larger than 256 KiB"), "{error}");
    let error = Locale::from_text(Language::En, None, "x.ftl", comment(257)).err().unwrap().to_string();
    assert!(error.starts_with("cannot read x.ftl: with it"), "{error}");
}
