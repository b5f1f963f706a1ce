//! What the commands need of the store; they hold no arrow to it.

pub use fabu_store::{
    Backend, Coverage, Hash, RecordCheck, RecordFault, Seal, Store, StoreError, StoreOptions, Verification as LogVerification,
    proof_page,
};
