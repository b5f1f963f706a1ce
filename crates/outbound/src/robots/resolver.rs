//! Names of hosts as addresses, of which only the permitted ones are connected to.

use fabu_domain::notifications::robot_reach::RobotReach;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;

/// Why nothing is sent to an address inside the network.
pub const NOT_PUBLIC: &str = "the address is not public: this machine and its network are not spoken to (the operator permits exceptions with --robot-allow)";

/// Resolves with the machine's own resolver and leaves out what robots may not reach, so that a name cannot lead inside.
pub struct PermittedAddresses(pub RobotReach);

impl Resolve for PermittedAddresses {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0.clone();
        Box::pin(async move {
            let host = name.as_str();
            let permitted: Vec<_> = lookup_host((host, 0)).await?.filter(|found| reach.permits(host, found.ip())).collect();
            if permitted.is_empty() {
                return Err(NOT_PUBLIC.into());
            }
            let permitted: Addrs = Box::new(permitted.into_iter());
            Ok(permitted)
        })
    }
}
