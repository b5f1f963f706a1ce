//! How much room uploaded files may take.

use clap::{Args, value_parser};
use fabu_app::subjects::releases::StorageQuota;

/// The most room that uploaded files may take, in MiB.
#[derive(Args)]
pub struct QuotaOptions {
    /// The most room for the files of one release, in MiB
    #[arg(long, env = "FABU_QUOTA_RELEASE", value_name = "MIB", default_value_t = 1024, value_parser = value_parser!(u32).range(1..))]
    quota_release: u32,
    /// The most room for the files that one person uploaded, in MiB
    #[arg(long, env = "FABU_QUOTA_PERSON", value_name = "MIB", default_value_t = 10 * 1024, value_parser = value_parser!(u32).range(1..))]
    quota_person: u32,
    /// The most room for all files, in MiB
    #[arg(long, env = "FABU_QUOTA_INSTANCE", value_name = "MIB", default_value_t = 100 * 1024, value_parser = value_parser!(u32).range(1..))]
    quota_instance: u32,
}

impl QuotaOptions {
    /// The same in bytes.
    pub const fn quota(&self) -> StorageQuota {
        StorageQuota::mib(self.quota_release, self.quota_person, self.quota_instance)
    }
}
