//! What a bill of materials says: CycloneDX and SPDX, as JSON. Read for two things, the hash of what it describes and the number of
//! its components; everything else in it is for whoever opens it.

use crate::{AppError, Fault, FieldError};
use fabu_domain::subjects::registers::media_item::SbomFormat;
use serde::Deserialize;

/// The versions of CycloneDX whose JSON says these things in the same place.
const CYCLONE_DX: &[&str] = &["1.4", "1.5", "1.6"];
/// The same for SPDX.
const SPDX: &[&str] = &["SPDX-2.2", "SPDX-2.3"];
/// The most levels of components that contain components.
const DEEPEST: usize = 32;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sbom {
    /// How it is written.
    pub format: SbomFormat,
    /// In which version.
    pub version: String,
    /// How many components it lists.
    pub components: usize,
    /// Every SHA-256 that it names for what it describes: where, and which, in lower case.
    pub described: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    #[serde(default)]
    bom_format: Option<String>,
    #[serde(default)]
    spdx_version: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CycloneDx {
    spec_version: String,
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    components: Vec<Component>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    component: Option<Component>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Component {
    #[serde(default)]
    hashes: Vec<Hash>,
    #[serde(default)]
    external_references: Vec<Reference>,
    #[serde(default)]
    components: Vec<Component>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    hashes: Vec<Hash>,
}

#[derive(Deserialize)]
struct Hash {
    #[serde(default)]
    alg: String,
    #[serde(default)]
    content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Spdx {
    spdx_version: String,
    #[serde(default)]
    document_describes: Vec<String>,
    #[serde(default)]
    packages: Vec<Element>,
    #[serde(default)]
    files: Vec<Element>,
    #[serde(default)]
    relationships: Vec<Relationship>,
}

#[derive(Deserialize)]
struct Element {
    #[serde(rename = "SPDXID")]
    id: String,
    #[serde(default)]
    checksums: Vec<Checksum>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checksum {
    #[serde(default)]
    algorithm: String,
    #[serde(default)]
    checksum_value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relationship {
    #[serde(default)]
    spdx_element_id: String,
    #[serde(default)]
    relationship_type: String,
    #[serde(default)]
    related_spdx_element: String,
}

/// Reads a bill of materials. What is read in it may be nested 128 levels deep; what is not read costs no memory, however deep it is.
///
/// # Errors
/// What it is instead of a bill of materials in a format and version that are read.
pub fn read(bytes: &[u8]) -> Result<Sbom, AppError> {
    // A byte order mark is no JSON, and programs of Windows write one.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head: Head = serde_json::from_slice(bytes).map_err(unreadable)?;
    match (head.bom_format.as_deref(), head.spdx_version) {
        (Some("CycloneDX"), _) => cyclone_dx(bytes),
        (_, Some(_)) => spdx(bytes),
        _ => Err(refused("没有 bomFormat 或 spdxVersion", "it has no bomFormat and no spdxVersion")),
    }
}

fn cyclone_dx(bytes: &[u8]) -> Result<Sbom, AppError> {
    let bom: CycloneDx = serde_json::from_slice(bytes).map_err(unreadable)?;
    known(&bom.spec_version, CYCLONE_DX)?;
    let mut described = Vec::new();
    if let Some(component) = &bom.metadata.component {
        described.extend(hashes(&component.hashes, "/metadata/component/hashes"));
        let distributions = component.external_references.iter().enumerate().filter(|(_, r)| r.kind == "distribution");
        for (n, reference) in distributions {
            described.extend(hashes(&reference.hashes, &format!("/metadata/component/externalReferences/{n}/hashes")));
        }
    }
    let components = count(&bom.components, 1)?;
    Ok(Sbom { format: SbomFormat::CycloneDx, version: bom.spec_version, components, described })
}

fn count(components: &[Component], level: usize) -> Result<usize, AppError> {
    if level > DEEPEST && !components.is_empty() {
        return Err(refused("组件嵌套超过 32 层", "its components are nested more than 32 levels deep"));
    }
    components.iter().try_fold(components.len(), |sum, component| Ok(sum + count(&component.components, level + 1)?))
}

fn hashes(hashes: &[Hash], at: &str) -> Vec<(String, String)> {
    let sha256 = hashes.iter().enumerate().filter(|(_, hash)| hash.alg == "SHA-256");
    sha256.map(|(n, hash)| (format!("{at}/{n}/content"), hash.content.to_ascii_lowercase())).collect()
}

fn spdx(bytes: &[u8]) -> Result<Sbom, AppError> {
    let document: Spdx = serde_json::from_slice(bytes).map_err(unreadable)?;
    known(&document.spdx_version, SPDX)?;
    let by_relation = document.relationships.iter().filter_map(|relation| {
        match (relation.relationship_type.as_str(), relation.spdx_element_id.as_str(), relation.related_spdx_element.as_str()) {
            ("DESCRIBES", "SPDXRef-DOCUMENT", described) | ("DESCRIBED_BY", described, "SPDXRef-DOCUMENT") => Some(described),
            _ => None,
        }
    });
    let named: Vec<&str> = document.document_describes.iter().map(String::as_str).chain(by_relation).collect();
    let mut described = Vec::new();
    for (list, elements) in [("packages", &document.packages), ("files", &document.files)] {
        for (n, element) in elements.iter().enumerate().filter(|(_, element)| named.contains(&element.id.as_str())) {
            let sums = element.checksums.iter().enumerate().filter(|(_, sum)| sum.algorithm == "SHA256");
            let at = |m: usize| format!("/{list}/{n}/checksums/{m}/checksumValue");
            described.extend(sums.map(|(m, sum)| (at(m), sum.checksum_value.to_ascii_lowercase())));
        }
    }
    let version = document.spdx_version.trim_start_matches("SPDX-").to_owned();
    Ok(Sbom { format: SbomFormat::Spdx, version, components: document.packages.len(), described })
}

fn known(version: &str, known: &[&str]) -> Result<(), AppError> {
    if known.contains(&version) {
        return Ok(());
    }
    Err(refused(format!("版本为 {version}"), format!("its version is {version}")))
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn unreadable(error: serde_json::Error) -> AppError {
    refused(format!("不是可读的 JSON（{error}）"), format!("it is no readable JSON ({error})"))
}

fn refused(zh: impl Into<String>, en: impl Into<String>) -> AppError {
    FieldError::new("/file", Fault::SbomRefused).because(zh, en).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const OURS: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    fn of(value: &Value) -> Result<Sbom, AppError> {
        read(value.to_string().as_bytes())
    }

    #[test]
    fn cyclone_dx_names_the_hash_and_its_components_at_any_level() {
        let bom = json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:1",
            "metadata": { "tools": { "components": [{ "name": "syft" }] }, "component": { "name": "core", "hashes": [
                { "alg": "SHA-1", "content": "00" }, { "alg": "SHA-256", "content": OURS.to_uppercase() }] } },
            "components": [{ "name": "a", "components": [{ "name": "b" }] }, { "name": "c", "licenses": [{ "expression": "MIT" }] }] });
        let described = vec![("/metadata/component/hashes/1/content".to_owned(), OURS.to_owned())];
        let expected = Sbom { format: SbomFormat::CycloneDx, version: "1.6".to_owned(), components: 3, described };
        assert_eq!(of(&bom).unwrap(), expected);
        let with_mark = [b"\xEF\xBB\xBF", bom.to_string().as_bytes()].concat();
        assert_eq!(read(&with_mark).unwrap(), expected);
    }

    #[test]
    fn cyclone_dx_may_name_the_hash_beside_the_place_of_the_package() {
        let reference = |kind: &str| json!({ "type": kind, "url": "x", "hashes": [{ "alg": "SHA-256", "content": OURS }] });
        let bom = json!({ "bomFormat": "CycloneDX", "specVersion": "1.5",
            "metadata": { "component": { "name": "core", "externalReferences": [reference("vcs"), reference("distribution")] } } });
        let at = "/metadata/component/externalReferences/1/hashes/0/content".to_owned();
        assert_eq!(of(&bom).unwrap().described, [(at, OURS.to_owned())]);
    }

    #[test]
    fn spdx_names_the_hash_of_what_it_describes_and_of_nothing_else() {
        let package = |id: &str, sum: &str| {
            json!({ "SPDXID": id, "name": id, "downloadLocation": "NOASSERTION",
            "checksums": [{ "algorithm": "SHA256", "checksumValue": sum }] })
        };
        let packages = [package("SPDXRef-dep", "00"), package("SPDXRef-core", OURS)];
        let by_list = json!({ "spdxVersion": "SPDX-2.3", "packages": packages, "documentDescribes": ["SPDXRef-core"] });
        let by_relation = json!({ "spdxVersion": "SPDX-2.3", "packages": packages, "relationships": [
            { "spdxElementId": "SPDXRef-core", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-dep" },
            { "spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-core" }] });
        let at = "/packages/1/checksums/0/checksumValue".to_owned();
        let expected =
            Sbom { format: SbomFormat::Spdx, version: "2.3".to_owned(), components: 2, described: vec![(at, OURS.to_owned())] };
        assert_eq!((of(&by_list).unwrap(), of(&by_relation).unwrap()), (expected.clone(), expected));
    }

    #[test]
    fn a_missing_hash_is_ordinary() {
        let bom = json!({ "bomFormat": "CycloneDX", "specVersion": "1.6" });
        assert_eq!(of(&bom).unwrap().described, []);
    }

    #[test]
    fn refuses_what_is_no_bill_of_materials_that_is_read() {
        let nested = |levels| (0..levels).fold(json!({ "name": "x" }), |inner, _| json!({ "name": "x", "components": [inner] }));
        let wrong = [
            (json!({}), "bomFormat"),
            (json!({ "bomFormat": "CycloneDX", "specVersion": "1.1" }), "1.1"),
            (json!({ "spdxVersion": "SPDX-3.0" }), "SPDX-3.0"),
            (json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": 7 }), "JSON"),
            (json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [nested(40)] }), "32"),
            (json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [nested(200)] }), "JSON"),
        ];
        for (value, said) in wrong {
            let AppError::Invalid(errors) = of(&value).unwrap_err() else { panic!("{said}: another error") };
            let text = format!("{errors:?}");
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(read(b"\xff\xfe").is_err() && read(b"<bom/>").is_err());
    }
}
