//! fabu-store
