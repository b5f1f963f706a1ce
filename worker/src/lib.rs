//! fabu-worker
