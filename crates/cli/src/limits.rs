//! How much may be under way at once, as the operator says.

use clap::Args;
use fabu_api::limits::LimitOptions;

/// Limits of the server.
#[derive(Args)]
pub struct LimitArgs {
    /// The most event streams (open pages) of everybody together in this process
    #[arg(long, env = "FABU_MAX_STREAMS", value_name = "NUMBER", default_value_t = LimitOptions::default().streams)]
    max_streams: usize,
    /// The most connections from one address [default: 512, and no limit behind proxies]
    #[arg(long, env = "FABU_CONNECTIONS_PER_ADDRESS", value_name = "NUMBER")]
    connections_per_address: Option<usize>,
}

impl LimitArgs {
    /// The limits, behind so many proxies, whose connections are everybody's.
    pub fn options(&self, proxies: usize) -> LimitOptions {
        let usual = LimitOptions::default();
        let direct = usual.connections_per_address.filter(|_| proxies == 0);
        LimitOptions { streams: self.max_streams, connections_per_address: self.connections_per_address.or(direct), ..usual }
    }
}
