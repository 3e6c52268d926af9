package glimpse.images.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignUrlTest {
    private static final HttpUrl SECURE = HttpUrl.get("https://pictures.example/a/b?c");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://pictures.example/a.png?b=c#d       | https://pictures.example/a.png?b=c#d",
                "HTTP://Pictures.Example:80/                | http://pictures.example/",
                "https://pictures.example:443/              | https://pictures.example/",
                "https://pictures.example:8443              | https://pictures.example:8443/",
                "https://pictures.example./                 | https://pictures.example./",
                "https://pictures.example/a@b               | https://pictures.example/a@b",
                "https://bücher.example/ü.png               | https://xn--bcher-kva.example/%C3%BC.png",
                "http://8.8.8.8/                            | http://8.8.8.8/",
                "http://[2001:4860:4860:0::8888]/           | http://[2001:4860:4860::8888]/",
                "http://7.example/                          | http://7.example/",
                "http://0x7f.example/                       | http://0x7f.example/",
            })
    void a_web_url_is_read(String written, String url) {
        assertThat(ForeignUrl.parse(written)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pictures.example/a.png",
                "//pictures.example/a.png",
                "/a.png",
                "http:pictures.example",
                "http:/pictures.example",
                "http://",
                "https:///a.png",
                "http://?a",
                "file:///etc/passwd",
                "ftp://pictures.example/a.png",
                "gopher://127.0.0.1:6379/_",
                "data:image/png;base64,AAAA",
                "jar:http://pictures.example/a.jar!/a.png",
                "javascript:alert(1)",
                "ws://pictures.example/",
                "httpx://pictures.example/",
                "dict://127.0.0.1:11211/",
            })
    void what_is_not_http_or_https_is_forbidden(String written) {
        assertThat(refusal(written)).hasMessageEndingWith("it is not an http or https URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ada@pictures.example/",
                "https://ada:secret@pictures.example/",
                "https://:secret@pictures.example/",
                "https://pictures.example@127.0.0.1/",
                "https://pictures.example%40@127.0.0.1/",
            })
    void user_info_is_forbidden(String written) {
        assertThat(refusal(written)).hasMessageEndingWith("it contains a user name or password");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 21, 22, 25, 79, 81, 110, 442, 444, 587, 1023})
    void a_port_of_another_service_is_forbidden(int port) {
        assertThat(refusal("http://pictures.example:" + port + "/"))
                .hasMessageEndingWith("its port is not 80, 443 or from 1024 up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pictures.example/a b", "https://pictures.example/a\tb",
                        "https://pictures.example/\r\nHost: other",
                "https://pictures.example/\0", "https://pic\u0007tures.example/",
                        "https://pictures.example\\@other.example/",
                "https://pictures.example/\u007f", "https://pictures.example/ ", " https://pictures.example/",
            })
    void spaces_backslashes_and_control_characters_are_forbidden(String written) {
        assertThat(refusal(written)).hasMessageEndingWith("it contains a space, a backslash or a control character");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pictures.example:0/",
                "http://pictures.example:65536/",
                "http://pictures.example:-1/",
                "http://pictures.example:x/",
                "http://pictures..example/",
                "http://pic%20tures.example/",
                "http://pic%00tures.example/",
                "http://[::1/",
                "http://[::1%25lo]/",
                "http://[fe80::1%eth0]/",
                "http://[fe80::1%25eth0]/",
                "http://[1.2.3.4]/",
                "http://[::g]/",
                "http://%2f/",
                "http://a[b]/",
            })
    void a_url_that_can_not_be_read_is_forbidden(String written) {
        assertThat(refusal(written)).hasMessageEndingWith("it is not a valid http or https URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0177.0.0.1",
                "127.0.0.01",
                "0x7f.1",
                "0x7f.0.0.0x1",
                "127.1",
                "127.0.1",
                "127.0.0.1.",
                "0",
                "0x",
                "1.2.3.4.5",
                "256.1.1.1",
                "8.8.8.8.",
                "134744072",
                "pictures.example.1",
                "２１３０７０６４３３",
                "%30x7f.1",
            })
    void a_numeric_host_that_is_not_four_decimal_numbers_is_forbidden(String host) {
        assertThat(refusal("http://" + host + "/"))
                .hasMessageEndingWith("its address is not written as four decimal numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::ffff:8.8.8.8]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:808:808]"})
    void an_ipv4_address_written_as_ipv6_is_forbidden(String host) {
        assertThat(refusal("http://" + host + "/")).hasMessageEndingWith("its IPv4 address is written as IPv6");
    }

    @Test
    void a_url_is_read_up_to_2048_characters() {
        String longest = "https://pictures.example/" + "a".repeat(2_048 - 25);

        assertThat(ForeignUrl.parse(longest)).hasToString(longest);
        assertThat(refusal(longest + "a")).hasMessageEndingWith("it is longer than 2048 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "d,                              https://pictures.example/a/d",
        "/d?e,                           https://pictures.example/d?e",
        "../../../d,                     https://pictures.example/d",
        "//other.example/d,              https://other.example/d",
        "https://other.example:8443/d,   https://other.example:8443/d",
    })
    void a_relative_redirect_is_resolved(String location, String url) {
        assertThat(ForeignUrl.redirect(SECURE, location)).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://pictures.example/d,        it redirects from https to http",
        "file:///etc/passwd,               it is not a valid http or https URL",
        "data:image/png;base64;AAAA,       it is not a valid http or https URL",
        "https://ada@pictures.example/d,   it contains a user name or password",
        "//pictures.example:22/,           'its port is not 80, 443 or from 1024 up'",
        "//2130706433/,                    its address is not written as four decimal numbers",
        "//[::ffff:127.0.0.1]/,            its IPv4 address is written as IPv6",
        "/a b,                             'it contains a space, a backslash or a control character'",
    })
    void a_redirect_keeps_the_same_rules(String location, String reason) {
        ApiError error = catchThrowableOfType(ApiError.class, () -> ForeignUrl.redirect(SECURE, location));

        assertThat(error).hasMessageEndingWith(reason);
        assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_URL_FORBIDDEN);
    }

    @Test
    void a_redirect_from_http_to_https_is_followed() {
        assertThat(ForeignUrl.redirect(HttpUrl.get("http://pictures.example/"), "https://pictures.example/"))
                .hasToString("https://pictures.example/");
    }

    private static ApiError refusal(String written) {
        ApiError error = catchThrowableOfType(ApiError.class, () -> ForeignUrl.parse(written));
        assertThat(error).as(written).isNotNull();
        assertThat(error.code()).isEqualTo(ErrorCode.IMAGE_URL_FORBIDDEN);
        return error;
    }
}
