#!/usr/bin/env bash
# lettre 0.11.23 takes a PEM file without a certificate for a list of authorities.
#
# Expected: a file that holds only a public key (or nothing) is refused when it is read as a certificate.
# Seen: `Certificate::from_pem` answers Ok, and the connection later knows no authority beside the public ones: the operator who
#   named the wrong file learns it from a failed handshake, not from the settings.
# What Fabu does: `--smtp-ca-file` counts the certificates itself and refuses a file without one.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cargo init --quiet --vcs none --name probe .
cat >> Cargo.toml <<'TOML'
lettre = { version = "=0.11.23", default-features = false, features = ["smtp-transport", "rustls", "ring", "webpki-roots"] }
TOML
cat > src/main.rs <<'RUST'
use lettre::transport::smtp::client::Certificate;

fn main() {
    let key = b"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    let text = b"no certificate at all\n";
    println!("key: {}, text: {}", Certificate::from_pem(key).is_ok(), Certificate::from_pem(text).is_ok());
}
RUST
seen="$(cargo run --quiet)"
echo "$seen"
[ "$seen" = "key: true, text: true" ] || { echo "changed: expected both to be accepted" >&2; exit 1; }
