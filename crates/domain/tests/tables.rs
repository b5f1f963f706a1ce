//! The committed pages say what the code says. `UPDATE_TABLES=1` writes them anew, as `cargo xtask tables` does.

use std::path::Path;

#[test]
fn the_committed_tables_are_those_of_the_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated");
    let update = std::env::var_os("UPDATE_TABLES").is_some();
    for (name, text) in fabu_domain::tables::generate() {
        let path = folder.join(name);
        if update {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "docs/generated/{name} differs from the code: run `cargo xtask tables` and commit it");
    }
}
