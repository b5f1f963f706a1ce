//! The HTTP API seen from outside: one module per resource.

mod departments;
mod openapi;
