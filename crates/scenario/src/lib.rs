//! fabu-scenario
