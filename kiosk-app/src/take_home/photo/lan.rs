//! This machine's address in the store's network.

use std::net::{IpAddr, SocketAddr, UdpSocket};

/// Asked for the way to each, the system names the address it would send from; nothing is sent. The first lies beyond
/// any router (RFC 5737), the others in the networks of stores that have none.
const FAR: [&str; 5] = ["192.0.2.1:9", "192.168.255.254:9", "10.255.255.254:9", "172.31.255.254:9", "[2001:db8::1]:9"];

/// The first that is not loopback.
pub fn address() -> Option<IpAddr> {
    FAR.iter().filter_map(|far| far.parse().ok()).find_map(source)
}

fn source(far: SocketAddr) -> Option<IpAddr> {
    let any: IpAddr = if far.is_ipv4() { [0; 4].into() } else { [0; 16].into() };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect(far).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}
