//! fabu-api
