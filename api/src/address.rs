//! The address that a request came from.

use actix_web::HttpRequest;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The address of the caller. Each of `proxies` proxies in a row has added the address that it saw to `X-Forwarded-For`: the one
/// added by the outermost of them counts, and what stands to the left of it is the caller's own invention. A header that
/// lacks it or says no address there did not come through all of them: then it is the peer.
pub(crate) fn client_address(request: &HttpRequest, proxies: usize) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    if proxies == 0 {
        return peer;
    }
    let lines: Option<Vec<&str>> = request.headers().get_all("X-Forwarded-For").map(|line| line.to_str().ok()).collect();
    let hops = lines.unwrap_or_default().join(",");
    hops.rsplit(',').nth(proxies - 1).and_then(parsed).unwrap_or(peer)
}

/// An address as proxies write it: `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn parsed(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn seen(proxies: usize, lines: &[&str]) -> String {
        let mut request = TestRequest::default().peer_addr("203.0.113.9:5000".parse().unwrap());
        for line in lines {
            request = request.append_header(("X-Forwarded-For", *line));
        }
        client_address(&request.to_http_request(), proxies).to_string()
    }

    #[test]
    fn counts_hops_from_the_right_over_all_lines() {
        assert_eq!(seen(0, &["192.0.2.1"]), "203.0.113.9", "nobody is trusted");
        assert_eq!(seen(1, &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(seen(1, &["10.0.0.1, 192.0.2.1"]), "192.0.2.1", "what the caller wrote himself lies to the left");
        assert_eq!(seen(1, &["10.0.0.1", "192.0.2.1"]), "192.0.2.1", "also in a line of its own");
        assert_eq!(seen(2, &["10.0.0.1", "192.0.2.1, 198.51.100.4"]), "192.0.2.1");
        assert_eq!(seen(2, &["10.0.0.1, 192.0.2.1", "198.51.100.4"]), "192.0.2.1");
    }

    #[test]
    fn takes_the_peer_when_the_hop_is_missing_or_no_address() {
        for lines in [&[][..], &[""], &["192.0.2.1, "], &["192.0.2.1, unknown"], &["_hidden"], &["192.0.2.1,999.0.2.1"]] {
            assert_eq!(seen(1, lines), "203.0.113.9", "{lines:?}");
        }
        assert_eq!(seen(2, &["192.0.2.1"]), "203.0.113.9");
    }

    #[test]
    fn reads_ports_and_brackets() {
        assert_eq!(seen(1, &["192.0.2.1:4711"]), "192.0.2.1");
        for text in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711"] {
            assert_eq!(seen(1, &[text]), "2001:db8::1");
        }
    }
}
