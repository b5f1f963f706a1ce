//! Black-box tests of the HTTP API live in `tests/`, one folder per resource.
