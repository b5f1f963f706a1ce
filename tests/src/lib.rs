//! fabu-tests
