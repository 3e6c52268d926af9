package glimpse.http;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whose a connection is: its own address, or the one that a trusted proxy vouches for. */
final class ClientAddresses {
    private static final int IPV6_SITE_BYTES = 8; // a customer is given a /64, and has all its addresses

    private final List<AddressRange> trustedProxies;

    ClientAddresses(List<AddressRange> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /** The address, as limits count it: an IPv4 address, or the /64 of an IPv6 one. */
    String of(Context context) {
        String remote = context.req().getRemoteAddr();
        @Nullable String forwarded = trustedProxies.isEmpty() ? null : forwardedFor(context);
        if (forwarded == null && remote.indexOf(':') < 0) {
            return remote;
        }
        return site(forwarded == null ? parse(remote) : behindProxies(parse(remote), forwarded));
    }

    // Some proxies add a line of their own instead of going on with the caller's: all of them are one list (RFC 9110,
    // section 5.3), and the first alone would be what the caller made up.
    private static @Nullable String forwardedFor(Context context) {
        List<String> lines = Collections.list(context.req().getHeaders("X-Forwarded-For"));
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    // Each proxy adds the address it was called from at the end: what stands left of the first stranger is hearsay.
    private InetAddress behindProxies(InetAddress remote, String forwarded) {
        String[] hops = forwarded.split(",", -1);
        InetAddress address = remote;
        for (int i = hops.length - 1; i >= 0 && isTrusted(address); i--) {
            String hop = hops[i].strip();
            InetAddress named = AddressLiteral.parse(hop);
            if (named == null) {
                return address;
            }
            address = named;
        }
        return address;
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    private static InetAddress parse(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException notAnAddress) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private static String site(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] prefix = Arrays.copyOf(Arrays.copyOf(address.getAddress(), IPV6_SITE_BYTES), 16);
        try {
            return InetAddress.getByAddress(prefix).getHostAddress() + "/64";
        } catch (UnknownHostException sixteenBytesAreAnAddress) {
            throw new IllegalStateException(sixteenBytesAreAnAddress);
        }
    }
}
