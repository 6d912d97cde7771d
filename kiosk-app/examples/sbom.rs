//! The last step of `make sbom`: adds the models and fonts that the binary embeds to cargo-cyclonedx's list of its crates, and
//! refuses a list that lacks what CycloneDX 1.5 asks for, or a licence, or a package URL.
//!
//! `cargo run -p carmine-kiosk --example sbom -- CRATES.cdx.json OUT.cdx.json`, from the project's root.

use std::error::Error;
use std::fs;
use std::path::Path;

use carmine::models::{DataId, Manifest, ModelId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Crates without which the list cannot be that of this binary.
const EXPECTED: [&str; 6] = ["carmine", "wgpu", "tract-onnx", "egui", "zune-jpeg", "toml"];

fn main() -> Result<(), Box<dyn Error>> {
    let [crates, out] = std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "give two files")?;
    // Where it was built is nobody's business, and the list is then the same everywhere.
    let root = std::env::current_dir()?.display().to_string();
    let text = fs::read_to_string(&crates)?.replace(&root, "");
    let mut bom: Value = serde_json::from_str(&text)?;
    let components = bom.get_mut("components").and_then(Value::as_array_mut).ok_or("it has no components")?;
    components.extend(models()?);
    components.extend(fonts(Path::new("assets/fonts"))?);
    check(&bom)?;
    fs::write(&out, serde_json::to_string_pretty(&bom)?)?;
    Ok(())
}

fn file(kind: &str, name: &str, sha256: &str, licence: Value, from: &str) -> Value {
    json!({
        "type": kind,
        "bom-ref": format!("file:{name}"),
        "name": name,
        "version": &sha256[..12],
        "description": from,
        "scope": "required",
        "hashes": [{ "alg": "SHA-256", "content": sha256 }],
        "licenses": [licence],
        "purl": format!("pkg:generic/{}@{}", name.replace(' ', "-"), &sha256[..12]),
    })
}

fn models() -> Result<Vec<Value>, Box<dyn Error>> {
    let manifest = Manifest::embedded()?;
    let mut list = Vec::new();
    for id in ModelId::ALL {
        let spec = manifest.spec(id)?;
        let licence = json!({ "expression": spec.license_weights });
        list.push(file("machine-learning-model", &spec.file, &spec.sha256, licence, &spec.source));
    }
    for id in DataId::ALL {
        let spec = manifest.data(id)?;
        let licence = json!({ "license": { "name": spec.license } });
        list.push(file("data", &spec.file, &spec.sha256, licence, &spec.source));
    }
    Ok(list)
}

fn fonts(folder: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut list = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "ttf" || ending == "otf") {
            let name = path.file_name().and_then(|name| name.to_str()).ok_or("a font has no name")?;
            let sha256: String = Sha256::digest(fs::read(&path)?).iter().map(|byte| format!("{byte:02x}")).collect();
            let licence = json!({ "license": { "id": "OFL-1.1" } });
            list.push(file("file", name, &sha256, licence, "Noto, a subset (assets/fonts/subset.py)"));
        }
    }
    list.sort_by_key(|font| font["name"].to_string());
    Ok(list)
}

/// The required properties of the CycloneDX 1.5 schema, and what a reader of the list needs beside.
fn check(bom: &Value) -> Result<(), Box<dyn Error>> {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    if (text(bom, "bomFormat"), text(bom, "specVersion")) != ("CycloneDX".into(), "1.5".into()) {
        return Err("it is no CycloneDX 1.5".into());
    }
    if !text(bom, "serialNumber").starts_with("urn:uuid:") || bom["metadata"]["component"]["name"] != "carmine" {
        return Err("its serial number or its subject is missing".into());
    }
    let components = bom["components"].as_array().ok_or("it has no components")?;
    for component in components {
        let name = text(component, "name");
        let lacks = |key: &str| component[key].is_null() || component[key].as_array().is_some_and(Vec::is_empty);
        if let Some(key) = ["type", "name", "version", "licenses", "purl", "bom-ref"].into_iter().find(|key| lacks(key))
        {
            return Err(format!("{name} has no {key}").into());
        }
    }
    let has = |name: &&str| components.iter().any(|component| component["name"] == **name);
    if let Some(lost) = EXPECTED.iter().find(|name| !has(name)) {
        return Err(format!("{lost} is missing").into());
    }
    for kind in ["machine-learning-model", "data", "file"] {
        if !components.iter().any(|component| component["type"] == kind) {
            return Err(format!("it has no {kind}").into());
        }
    }
    Ok(())
}
