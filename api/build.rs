//! Makes cargo notice when the pages were built anew. A debug build reads them from `frontend/dist` when they are asked for
//! and needs no rebuild; every other build carries them inside.

fn main() {
    let debug = std::env::var("PROFILE").is_ok_and(|profile| profile == "debug");
    println!("cargo:rerun-if-changed={}", if debug { "build.rs" } else { "../frontend/dist" });
}
