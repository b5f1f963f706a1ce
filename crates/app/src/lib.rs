//! fabu-app
