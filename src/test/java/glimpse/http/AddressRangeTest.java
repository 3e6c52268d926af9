package glimpse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,       10.255.255.255",
        "10.1.2.3/8,       10.200.0.1",
        "172.16.0.0/12,    172.31.255.255",
        "100.64.0.0/10,    100.127.0.1",
        "192.168.1.0/25,   192.168.1.127",
        "192.168.1.1/32,   192.168.1.1",
        "192.168.1.1,      192.168.1.1",
        "0.0.0.0/0,        203.0.113.9",
        "10.0.0.0/8,       ::ffff:10.1.2.3",
        "fd00::/8,         fdff::1",
        "2001:db8::/33,    2001:db8:7fff::1",
        "::1,              ::1",
        "::/0,             2001:db8::1",
    })
    void an_address_inside_is_contained(String range, String address) throws Exception {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,       11.0.0.0",
        "172.16.0.0/12,    172.32.0.0",
        "100.64.0.0/10,    100.128.0.0",
        "192.168.1.0/25,   192.168.1.128",
        "192.168.1.1,      192.168.1.2",
        "fd00::/8,         fe00::1",
        "2001:db8::/33,    2001:db8:8000::1",
        "::1,              ::2",
        "0.0.0.0/0,        ::1",
        "::/0,             10.0.0.1",
    })
    void an_address_outside_is_not_contained(String range, String address) throws Exception {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isFalse();
    }

    @Test
    void a_mapped_address_that_is_kept_as_ipv6_counts_as_ipv4() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
        InetAddress address = Inet6Address.getByAddress("", mapped, 0);

        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(AddressRange.parse("10.0.0.0/8").contains(address)).isTrue();
        assertThat(AddressRange.parse("::/0").contains(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/x",
                "10.0.0.0/-1",
                "10.0.0.0/33",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "010.0.0.0/8",
                "256.0.0.0/8",
                " 10.0.0.0/8",
                "0x0a.0.0.0/8",
                "167772160/8",
                "fd00::/129",
                "fd00::/9999999999",
                "[fd00::]/8",
                "fe80::1%eth0",
                "fe80:::1/10",
                ":/0",
                "::ffff:10.0.0.0/104",
                "localhost",
                "localhost/8",
                "example.com/24",
            })
    void a_malformed_range_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "localhost/8    | 'localhost' is not an IP address",
                "10.0.0.0/x     | '10.0.0.0/x' must end in a prefix length such as /24",
                "10.0.0.0/33    | /33 is not between /0 and /32 for 10.0.0.0",
                "::ffff:a00:0/8 | '::ffff:a00:0' must be written as IPv4: 10.0.0.0",
            })
    void the_message_says_what_is_wrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessage(message);
    }

    @Test
    void a_range_prints_as_it_is_written() {
        assertThat(AddressRange.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(AddressRange.parse("10.0.0.1")).hasToString("10.0.0.1/32");
    }
}
