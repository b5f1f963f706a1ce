//! What the commands need of the store; they hold no arrow to it.

pub use fabu_store::{
    Backend, Hash, RecordCheck, RecordFault, Seal, Store, StoreError, StoreOptions, Verification as LogVerification,
};
