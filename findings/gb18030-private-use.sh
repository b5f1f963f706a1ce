#!/usr/bin/env bash
# encoding_rs 0.8.44 decodes four-digit-edition characters of GB18030 to private-use code points.
#
# Expected: GB18030-2022 gives the two bytes FE 51 the character U+20087; a decoder named GB18030 would give that, or report
#   that it cannot.
# Seen: U+E816 (private use), without an error. The crate follows the Encoding Standard of the web, which keeps a mapping of an
#   earlier edition for this and some other pairs of bytes. A name that was typed with the newer edition comes in as a character
#   that no font shows.
# What Fabu does: an import names each private-use character with its line (crates/app/src/imports).
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cargo init --quiet --vcs none --name probe .
printf 'encoding_rs = "=0.8.44"\n' >> Cargo.toml
cat > src/main.rs <<'RUST'
fn main() {
    let (text, _, errors) = encoding_rs::GB18030.decode(&[0xFE, 0x51]);
    let points: Vec<String> = text.chars().map(|c| format!("U+{:04X}", c as u32)).collect();
    println!("{} errors={errors}", points.join(" "));
}
RUST
seen="$(cargo run --quiet)"
echo "$seen"
[ "$seen" = "U+E816 errors=false" ] || { echo "changed: expected U+E816 errors=false" >&2; exit 1; }
