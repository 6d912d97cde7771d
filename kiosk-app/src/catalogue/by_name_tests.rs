//! Every bundled look and product can be read, and files find their parts beside them before the bundled ones.

use carmine::look::Category;

use super::*;

#[test]
fn every_bundled_look_can_be_worn() {
    let looks = looks().unwrap();
    assert_eq!(looks.len(), LOOKS.len());
    for (name, look) in &looks {
        assert!(!look.layers.is_empty() && !look.name.is_empty(), "{name}");
        let again = looks.iter().filter(|(_, other)| other.name == look.name).count();
        assert_eq!(again, 1, "'{}' is the name of several looks", look.name);
    }
    let whole_faces = looks.iter().filter(|(_, look)| look.layers.len() >= 6).count();
    assert!(whole_faces >= 12, "{whole_faces} looks for the whole face");
}

#[test]
fn the_products_fill_every_category() {
    assert!(PRODUCTS.len() >= 60, "{} products", PRODUCTS.len());
    let products: Vec<Product> =
        PRODUCTS.iter().map(|(name, text)| Product::from_toml(name, text, &mut |_, _| None).unwrap()).collect();
    for category in Category::ALL {
        let count = products.iter().filter(|product| product.category == category).count();
        assert!(count >= 2, "{count} in {}", category.name());
    }
    for product in &products {
        let again = products.iter().filter(|other| other.name == product.name).count();
        assert_eq!(again, 1, "'{}' is the name of several products", product.name);
    }
}

#[test]
fn no_bundled_product_is_laid_on_too_thickly() {
    for (name, look) in looks().unwrap() {
        for layer in &look.layers {
            assert!((0.1..=1.5).contains(&layer.amount), "{name}: {} {}", layer.product.name, layer.amount);
        }
    }
}

#[test]
fn an_unknown_name_lists_the_known() {
    let error = find("no-such-look").unwrap_err().to_string();
    assert!(error.contains("no-such-look") && error.contains(names()[0]), "{error}");
}

#[test]
fn a_file_finds_its_products_beside_it_then_bundled() {
    let folder = std::env::temp_dir().join(format!("carmine-catalogue-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("products")).unwrap();
    let own = PRODUCTS[0].1.replace("name = \"", "name = \"My ");
    std::fs::write(folder.join("products/mine.toml"), own).unwrap();
    let bundled = PRODUCTS[1].0;
    let look = format!("name = \"Mine\"\n[[layers]]\nproduct = \"mine\"\n[[layers]]\nproduct = \"{bundled}\"\n");
    std::fs::write(folder.join("look.toml"), look).unwrap();
    let look = find(folder.join("look.toml").to_str().unwrap()).unwrap();
    assert_eq!(look.layers.len(), 2);
    assert!(look.layers[0].product.name.starts_with("My "));

    let complaint = || find(folder.join("look.toml").to_str().unwrap()).unwrap_err().to_string();
    std::fs::write(folder.join("products/mine.toml"), "name = 5\n").unwrap();
    assert!(complaint().contains("products/mine.toml:1:"), "{}", complaint());
    // Named as a bundled one, a broken file still counts.
    std::fs::write(folder.join(format!("{bundled}.toml")), b"\xFF\xFE").unwrap();
    std::fs::remove_file(folder.join("products/mine.toml")).unwrap();
    std::fs::write(folder.join("look.toml"), format!("name = \"M\"\n[[layers]]\nproduct = \"{bundled}\"\n")).unwrap();
    assert!(complaint().contains(&format!("{bundled}.toml: it is not text")), "{}", complaint());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_file_finds_its_masks_beside_it_then_built_in() {
    let folder = std::env::temp_dir().join(format!("carmine-masks-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("masks")).unwrap();
    let mask = "chart = \"lips\"\n[[shapes]]\nkind = \"ellipse\"\ncentre = [0.5, 0.0]\nradii = [0.2, 0.5]\n";
    std::fs::write(folder.join("masks/bow.toml"), mask).unwrap();
    let worn = |mask: &str| {
        let look = format!("name = \"M\"\n[[layers]]\nproduct = \"true-red\"\nmask = \"{mask}\"\n");
        std::fs::write(folder.join("look.toml"), look).unwrap();
        find(folder.join("look.toml").to_str().unwrap())
    };
    assert_eq!(worn("bow").unwrap().layers[0].mask.name, "bow");
    assert_eq!(worn("lips-centre").unwrap().layers[0].mask.name, "lips-centre");
    assert!(worn("../masks/bow").is_err() && worn("bows").is_err());
    // Named as a built-in one, a broken file still counts.
    std::fs::write(folder.join("masks/lips-centre.toml"), "chart = \n").unwrap();
    let complaint = worn("lips-centre").unwrap_err().to_string();
    assert!(complaint.contains("masks/lips-centre.toml:1:"), "{complaint}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_no_look_file_is_refused() {
    let complaint = |path: &str| find(path).unwrap_err().to_string();
    assert!(complaint("no/such.toml").contains("does not exist"));
    assert!(complaint("./").contains("folder"));
    if cfg!(unix) {
        assert!(complaint("/dev/zero").contains("it is a device"));
    }
}
