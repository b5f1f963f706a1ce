//! fabu-testkit
