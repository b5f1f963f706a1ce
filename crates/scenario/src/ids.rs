//! Ids of the example company: derived from its words, so that every run has the same.

use uuid::Uuid;

/// The id of the thing that `word` names; `kind` keeps a person and a department of the same word apart.
pub(crate) fn id<T: From<Uuid>>(kind: &str, word: &str) -> T {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("fabu-scenario/{kind}/{word}").as_bytes()).into()
}
