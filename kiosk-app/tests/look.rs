//! A look as a link, on the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use common::{Folder, complaints, run};
use serde_json::Value;

#[test]
fn a_look_goes_into_a_link_and_comes_back() {
    let folder = Folder::new();
    let base = "https://example.com/look";
    let encoded = run(&folder, &["look", "encode", "olive-and-honey", "--base", base]);
    assert_eq!(encoded.status.code(), Some(0), "{:?}", complaints(&encoded));
    let link = String::from_utf8(encoded.stdout).unwrap();
    let link = link.strip_suffix('\n').unwrap();
    assert!(link.starts_with("https://example.com/look#1") && link.len() < 150, "{link}");

    let decoded = run(&folder, &["look", "decode", link, "-o", "hers.toml"]);
    assert_eq!(decoded.status.code(), Some(0), "{:?}", complaints(&decoded));
    let text = String::from_utf8(decoded.stdout).unwrap();
    assert!(text.lines().count() == 10 && text.contains("Hazel Lens") && text.contains("mask liner-lower"), "{text}");
    // A look file that can be worn: it makes the same link again.
    let again = run(&folder, &["look", "encode", "hers.toml", "--base", base]);
    assert_eq!(String::from_utf8_lossy(&again.stdout).trim_end(), link, "{:?}", complaints(&again));

    let json = run(&folder, &["look", "decode", "--json", link.split_once('#').unwrap().1]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let layer = &json["layers"][1];
    assert_eq!((&layer["product"], &layer["mask"]), (&"apricot-flush".into(), &"blush-sunkissed".into()));
    assert_eq!((&layer["amount"], &layer["category"]), (&0.4.into(), &"blush".into()));
}

#[test]
fn a_merchants_own_mask_comes_back_and_its_lack_is_told() {
    let folder = Folder::new();
    for inner in ["products", "looks", "masks"] {
        std::fs::create_dir_all(folder.path().join("shop").join(inner)).unwrap();
    }
    folder.file(
        "shop/masks/bow.toml",
        b"chart = \"lips\"\n[[shapes]]\nkind = \"ellipse\"\ncentre = [0.5, 0.0]\nradii = [0.2, 0.5]\n",
    );
    folder.file(
        "shop/products/own-red.toml",
        b"name = \"Own\"\ncategory = \"lipstick\"\nshade = \"#802040\"\ncoverage = 0.8\nfinish = \"matte\"\n",
    );
    let layers =
        "[[layers]]\nproduct = \"velvet-rose\"\nmask = \"bow\"\n[[layers]]\nproduct = \"own-red\"\namount = 0.5\n";
    folder.file("shop/looks/theirs.toml", format!("name = \"Theirs\"\n{layers}").as_bytes());
    let encoded = run(&folder, &["look", "encode", "theirs", "--catalogue", "shop"]);
    assert_eq!(encoded.status.code(), Some(0), "{:?}", complaints(&encoded));
    let code = String::from_utf8(encoded.stdout).unwrap().trim_end().to_owned();

    let known = run(&folder, &["look", "decode", &code, "--catalogue", "shop"]);
    let text = String::from_utf8(known.stdout.clone()).unwrap();
    assert!(text.contains("velvet-rose") && text.contains("mask bow") && text.contains("own-red"), "{text}");
    assert!(known.status.success() && complaints(&known).is_empty(), "{:?}", complaints(&known));

    // Elsewhere the product and the mask are unknown, and both are told.
    let elsewhere = run(&folder, &["look", "decode", &code, "-o", "elsewhere.toml"]);
    let text = String::from_utf8(elsewhere.stdout.clone()).unwrap();
    assert!(
        text.contains("not in this catalogue (") && text.contains("a mask that is not in this catalogue"),
        "{text}"
    );
    let told = complaints(&elsewhere);
    assert!(told.len() == 2 && told[0].contains("1 of 2 products") && told[1].contains("1 of 2 layers"), "{told:?}");
    let file = std::fs::read_to_string(folder.path().join("elsewhere.toml")).unwrap();
    assert!(file.contains("Left out: a mask") && file.contains("Left out: a product"), "{file}");
    let again = run(&folder, &["look", "encode", "elsewhere.toml"]);
    assert!(again.status.success(), "{:?}", complaints(&again));
}

#[test]
fn what_is_no_look_is_told_in_one_line() {
    let folder = Folder::new();
    let code = run(&folder, &["look", "encode", "classic-red"]).stdout;
    let code = String::from_utf8(code).unwrap().trim_end().to_owned();
    let mistyped =
        format!("https://example.com/#{}", code.replacen(&code[4..5], if &code[4..5] == "x" { "y" } else { "x" }, 1));
    // A look that holds its product itself has nothing to name.
    folder.file(
        "inline.toml",
        b"name = \"I\"\n[[layers]]\nproduct = { name = \"Own\", category = \"lipstick\", shade = \"#800020\", coverage = 0.5, finish = \"matte\" }\n",
    );
    for (args, status, says) in [
        (&["look", "decode", &mistyped][..], 1, "mistyped"),
        (&["look", "decode", "https://example.com/"], 1, "no look in this text"),
        (&["look", "decode", &code, "-o", "no/such/folder.toml"], 1, "folder does not exist"),
        (&["look", "encode", "no-such-look"], 1, "no-such-look"),
        (&["look", "encode", "inline.toml"], 2, "'Own' stands in the look itself"),
    ] {
        let output = run(&folder, args);
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        let complaints = complaints(&output);
        assert!(complaints.len() == 1 && complaints[0].contains(says), "{args:?}: {complaints:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
    assert_eq!(folder.names(), ["inline.toml"]);
}

#[test]
fn a_link_is_refused_where_it_would_mean_another_product() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path().join("own/products")).unwrap();
    folder.file("own/green.toml", b"name = \"Green\"\n[[layers]]\nproduct = \"velvet-rose\"\n");
    folder.file(
        "own/products/velvet-rose.toml",
        b"name = \"Green\"\ncategory = \"lipstick\"\nshade = \"#207040\"\ncoverage = 0.8\nfinish = \"matte\"\n",
    );
    let refused = run(&folder, &["look", "encode", "own/green.toml"]);
    let complaints = complaints(&refused);
    assert!(refused.stdout.is_empty() && refused.status.code() == Some(2), "{complaints:?}");
    assert!(
        complaints[0].contains("read back as another product") && complaints[0].contains("'Green'"),
        "{complaints:?}"
    );
}
