//! Which addresses a robot may speak to. An administrator names a host, and the program sits inside the company's network:
//! without a rule the robot's messages would reach whatever else is there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What the operator lets robots reach beyond public addresses over https.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RobotReach(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    place: Place,
    /// Also without TLS.
    plain: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// A host by its name, whatever address it has.
    Name(String),
    /// Addresses that begin with so many bits.
    Network(IpAddr, u8),
}

impl RobotReach {
    /// Reads the operator's list: each entry a host (`chat.example.cn`), an address (`10.0.3.7`) or a network (`10.0.3.0/24`);
    /// with `http://` before it, TLS is not asked for there.
    ///
    /// # Errors
    /// A sentence with the entry that is none of these.
    pub fn parse<S: AsRef<str>>(entries: impl IntoIterator<Item = S>) -> Result<Self, String> {
        let read = |text: S| {
            let text = text.as_ref();
            entry(text).ok_or_else(|| format!("\"{text}\" is no host, address or network such as 10.0.3.0/24"))
        };
        entries.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// True when a robot may speak to this host without TLS.
    #[must_use]
    pub fn permits_plain(&self, host: &str) -> bool {
        let address = address(host);
        self.0.iter().any(|entry| entry.plain && (entry.is_named(host) || address.is_some_and(|address| entry.holds(address))))
    }

    /// True when a robot may speak to this address of this host.
    #[must_use]
    pub fn permits(&self, host: &str, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.0.iter().any(|entry| entry.is_named(host) || entry.holds(address))
    }

    /// True when the host may be tried: a name, whose addresses are looked at when it is resolved, or a permitted address. The
    /// names that always mean the machine itself (RFC 6761, 6.3) are not even looked up.
    #[must_use]
    pub fn permits_host(&self, host: &str) -> bool {
        match address(host) {
            Some(address) => self.permits(host, address),
            None => !is_own_name(host) || self.0.iter().any(|entry| entry.is_named(host)),
        }
    }
}

impl Entry {
    fn is_named(&self, host: &str) -> bool {
        matches!(&self.place, Place::Name(name) if host.trim_end_matches('.').eq_ignore_ascii_case(name))
    }

    fn holds(&self, address: IpAddr) -> bool {
        matches!(self.place, Place::Network(network, length) if begins_alike(network, address, length))
    }
}

fn entry(text: &str) -> Option<Entry> {
    let (plain, text) = text.strip_prefix("http://").map_or((false, text), |rest| (true, rest));
    let place = match text.split_once('/') {
        Some((network, length)) => {
            let network: IpAddr = network.parse().ok()?;
            let longest = if network.is_ipv4() { 32 } else { 128 };
            Place::Network(network, length.parse().ok().filter(|length| *length <= longest)?)
        }
        None => match address(text) {
            Some(address) => Place::Network(address, if address.is_ipv4() { 32 } else { 128 }),
            None => Place::Name(name(text)?),
        },
    };
    Some(Entry { place, plain })
}

/// The address that a host is; none for a name. Brackets around an IPv6 address are those of an URL.
fn address(host: &str) -> Option<IpAddr> {
    let host = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    host.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

fn is_own_name(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost")
}

fn name(text: &str) -> Option<String> {
    let text = text.trim_end_matches('.');
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_';
    (!text.is_empty() && text.chars().all(plain)).then(|| text.to_ascii_lowercase())
}

fn begins_alike(network: IpAddr, address: IpAddr, length: u8) -> bool {
    let differing = match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => (network.to_bits() ^ address.to_bits()).leading_zeros(),
        (IpAddr::V6(network), IpAddr::V6(address)) => (network.to_bits() ^ address.to_bits()).leading_zeros(),
        _ => return false,
    };
    differing >= u32::from(length)
}

/// Networks that are no part of the public internet (IANA's registries of special addresses).
const SPECIAL_V4: [(Ipv4Addr, u8); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    // Behind the translation of a carrier.
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Link-local; clouds answer here with the secrets of the machine.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];
/// Of IPv6 only this is public …
const GLOBAL_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
/// … and not these parts of it; Teredo and 6to4 carry IPv4 addresses, of any kind.
const SPECIAL_V6: [(Ipv6Addr, u8); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// True for an address of the public internet. An IPv4 address written as IPv6 (`::ffff:127.0.0.1`) is what it stands for.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let within = |network: IpAddr, length| begins_alike(network, address, length);
    match address {
        IpAddr::V4(_) => !SPECIAL_V4.iter().any(|(network, length)| within(IpAddr::V4(*network), *length)),
        IpAddr::V6(_) => {
            within(IpAddr::V6(GLOBAL_V6.0), GLOBAL_V6.1)
                && !SPECIAL_V6.iter().any(|(network, length)| within(IpAddr::V6(*network), *length))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// Nothing inside the company's network is reached unless the operator says so.
    #[test]
    fn refuses_every_address_that_is_not_public() {
        for inside in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.9.9",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(ip(inside)), "{inside}");
            assert!(!RobotReach::default().permits("chat.example.cn", ip(inside)), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.0",
            "126.0.0.1",
            "128.0.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.0.1",
            "192.169.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:1.1.1.1",
            "2400:3200::1",
            "2606:4700::1111",
        ] {
            assert!(is_public(ip(outside)), "{outside}");
        }
    }

    #[test]
    fn the_operator_lets_a_host_an_address_or_a_network_through() {
        let reach = RobotReach::parse(["chat.example.cn", "10.0.3.0/24", "http://127.0.0.1", "fd00::/8", "http://Plain.example"])
            .unwrap();
        assert!(reach.permits("chat.example.cn", ip("10.9.9.9")) && reach.permits("CHAT.example.cn.", ip("::1")));
        assert!(reach.permits("other", ip("10.0.3.200")) && reach.permits("other", ip("::ffff:10.0.3.1")));
        assert!(!reach.permits("other", ip("10.0.4.1")) && !reach.permits("notchat.example.cn", ip("10.0.4.1")));
        assert!(reach.permits("other", ip("fd12::1")) && !reach.permits("other", ip("fc00::1")));
        assert!(reach.permits_host("127.0.0.1") && reach.permits_host("[::ffff:127.0.0.1]") && reach.permits_host("any.name"));
        assert!(!reach.permits_host("127.0.0.2") && !reach.permits_host("[::1]"));
        assert!(reach.permits_plain("127.0.0.1") && reach.permits_plain("plain.example"));
        assert!(!reach.permits_plain("chat.example.cn") && !reach.permits_plain("10.0.3.7") && !reach.permits_plain("127.0.0.2"));
        assert!(!RobotReach::default().permits_plain("qyapi.weixin.qq.com"));
    }

    #[test]
    fn refuses_an_entry_that_it_cannot_mean() {
        for wrong in
            ["", "https://chat.example.cn", "http://", "10.0.0.0/33", "10.0.0/8", "fd00::/129", "a b", "host/24", "host:80"]
        {
            let error = RobotReach::parse([wrong]).expect_err(wrong);
            assert!(error.contains(wrong), "{error}");
        }
    }
}
