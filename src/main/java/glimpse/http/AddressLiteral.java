package glimpse.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads IP addresses in their canonical numeric form and never asks DNS. */
public final class AddressLiteral {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.:]{2,45}");

    private AddressLiteral() {}

    /**
     * Null when the text is anything but four decimal numbers (octal, hexadecimal and shortened forms are not read) or
     * an IPv6 address without brackets or zone. An IPv4-mapped IPv6 address is read as the IPv4 address.
     */
    public static @Nullable InetAddress parse(String text) {
        if (IPV4.matcher(text).matches()) {
            return numeric(text);
        }
        // The brackets keep the JDK from looking up what looks like IPv6 but is not.
        return text.contains(":") && IPV6.matcher(text).matches() ? numeric("[" + text + "]") : null;
    }

    private static @Nullable InetAddress numeric(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}
