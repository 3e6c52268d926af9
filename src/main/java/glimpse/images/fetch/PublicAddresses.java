package glimpse.images.fetch;

import glimpse.http.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the addresses of the open internet from those that only this machine or its network can reach.
 *
 * <p>Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), the IANA IPv6 Address Space. One
 * thing can't be told: a network's own NAT64 prefix (RFC 6052) looks like any other global address.
 */
final class PublicAddresses {
    /** All that IANA has opened for global unicast; leaves out {@code ::}, mapped, NAT64, unique and link local. */
    private static final AddressRange GLOBAL_UNICAST_IPV6 = AddressRange.parse("2000::/3");

    private static final List<AddressRange> SPECIAL = Stream.of(
                    "0.0.0.0/8", // this network; Linux connects to itself
                    "10.0.0.0/8", // private, RFC 1918
                    "100.64.0.0/10", // carrier-grade NAT, RFC 6598
                    "127.0.0.0/8", // loopback
                    "168.63.129.16", // Azure's host agent: a public number that only a virtual machine reaches
                    "169.254.0.0/16", // link local and cloud metadata
                    "172.16.0.0/12", // private, RFC 1918
                    "192.0.0.0/24", // IETF protocol assignments
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays, RFC 7526
                    "192.168.0.0/16", // private, RFC 1918
                    "198.18.0.0/15", // benchmarks, RFC 2544
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, and broadcast
                    "2001::/23", // IETF protocol assignments: Teredo (carries IPv4), benchmarks, ORCHID
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4: carries IPv4
                    "3fff::/20") // documentation, RFC 9637
            .map(AddressRange::parse)
            .toList();

    private PublicAddresses() {}

    static boolean isPublic(InetAddress address) {
        boolean global = address instanceof Inet4Address
                || (GLOBAL_UNICAST_IPV6.contains(address) && !isIsatap(address.getAddress()));
        return global && SPECIAL.stream().noneMatch(range -> range.contains(address));
    }

    /** RFC 5214 section 6.1: an interface identifier of {@code 0:5efe} or {@code 200:5efe} carries an IPv4 address. */
    private static boolean isIsatap(byte[] ipv6) {
        return (ipv6[8] & ~2) == 0 && ipv6[9] == 0 && ipv6[10] == 0x5e && (ipv6[11] & 0xff) == 0xfe;
    }
}
