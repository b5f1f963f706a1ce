#!/usr/bin/env bash
# utoipa-swagger-ui 10.0.2 (vendored pages) does not survive a copied or moved target folder.
#
# Expected: compiled dependencies that are kept in a cache and restored at another place are compiled again or work.
# Seen: the build script writes the absolute path of its output into generated code, which this script checks. A target folder
#   that was copied, and whose original was gone, failed to build for us until the dependency was cleaned by name.
# What Fabu does: `.ci/run` keeps compiled files at one fixed place outside the clone.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cargo init --quiet --vcs none --name probe before
cat >> before/Cargo.toml <<'TOML'
utoipa-swagger-ui = { version = "=10.0.2", default-features = false, features = ["vendored"] }
TOML
printf 'fn main() {}\n' > before/src/main.rs
cargo build --quiet --manifest-path before/Cargo.toml
written="$(grep -rl "$work/before" before/target/debug/build/utoipa-swagger-ui-*/out/*.rs | wc -l)"
echo "generated files with the absolute path of the build: $written"
[ "$written" -ge 1 ] || { echo "changed: no absolute path in the generated code" >&2; exit 1; }
