//! Measures a server over HTTP: starting it, filling it, loading it, telling the figures.

pub mod cases;
pub mod configuration;
pub mod load;
pub mod report;
pub mod seed;
