package glimpse.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** A block of IPv4 or IPv6 addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3), such as {@code 10.0.0.0/8}. */
public record AddressRange(InetAddress network, int prefixLength) {
    public AddressRange {
        int longest = network.getAddress().length * Byte.SIZE;
        if (prefixLength < 0 || prefixLength > longest) {
            throw new IllegalArgumentException(
                    "/" + prefixLength + " is not between /0 and /" + longest + " for " + network.getHostAddress());
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or a bare address, which is a range of one. Names are not resolved.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
        int longest = network.getAddress().length * Byte.SIZE;
        return new AddressRange(network, slash < 0 ? longest : prefixLength(text.substring(slash + 1), text));
    }

    /** An IPv4-mapped IPv6 address ({@code ::ffff:10.0.0.1}) counts as the IPv4 address. */
    public boolean contains(InetAddress address) {
        byte[] fixed = network.getAddress();
        byte[] other = unmapped(address.getAddress());
        int whole = prefixLength / Byte.SIZE;
        int spare = Byte.SIZE - prefixLength % Byte.SIZE;
        return fixed.length == other.length
                && Arrays.equals(fixed, 0, whole, other, 0, whole)
                && (spare == Byte.SIZE || ((fixed[whole] ^ other[whole]) & 0xff) >>> spare == 0);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }

    private static InetAddress address(String text) {
        InetAddress address = AddressLiteral.parse(text);
        if (address == null) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        if (address instanceof Inet4Address && text.contains(":")) {
            // The prefix length would be counted from the wrong end.
            throw new IllegalArgumentException("'" + text + "' must be written as IPv4: " + address.getHostAddress());
        }
        return address;
    }

    private static int prefixLength(String digits, String text) {
        if (!digits.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' must end in a prefix length such as /24");
        }
        return Integer.parseInt(digits);
    }

    private static byte[] unmapped(byte[] address) {
        boolean mapped = address.length == 16
                && Arrays.equals(address, 0, 10, new byte[10], 0, 10)
                && address[10] == -1
                && address[11] == -1;
        return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
    }
}
