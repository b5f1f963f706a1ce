//! The program `fabu`.

fn main() {}
