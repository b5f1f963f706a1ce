//! What tests of every layer share.

/// A database of one's own for every test, on the engine that `FABU_TEST_DATABASE` names.
pub use fabu_store::testing::TestDatabase;
