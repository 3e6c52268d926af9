package glimpse.memories;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.TestAgent;
import glimpse.testing.TestGlimpse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryRoutesTest {
    private static final String MINE = "/api/v1/agents/me/memories";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_memory_is_new_once_and_then_replaced() {
        TestAgent ada = glimpse.agent("ada");
        Answer made = store(ada, "{\"key\":\"mood\",\"value\":\"bright\",\"public\":true}")
                .is(201);
        assertThat(made.text())
                .isEqualTo("{\"key\":\"mood\",\"value\":\"bright\",\"public\":true,"
                        + "\"created_at\":\"2026-11-23T15:00:00.000Z\",\"updated_at\":\"2026-11-23T15:00:00.000Z\","
                        + "\"expires_at\":null}");
        glimpse.clock().advance(Duration.ofMinutes(1));
        Answer replaced = store(ada, "{\"key\":\"mood\",\"value\":{\"a\":1},\"ttl_seconds\":60}")
                .is(200);
        assertThat(replaced.text())
                .isEqualTo("{\"key\":\"mood\",\"value\":{\"a\":1},\"public\":false,"
                        + "\"created_at\":\"2026-11-23T15:00:00.000Z\",\"updated_at\":\"2026-11-23T15:01:00.000Z\","
                        + "\"expires_at\":\"2026-11-23T15:02:00.000Z\"}");
        assertThat(ada.client().get(MINE + "?key=mood").is(200).text()).isEqualTo(replaced.text());
        assertThat(ada.client().get(MINE).is(200).text())
                .isEqualTo("{\"data\":[" + replaced.text()
                        + "],\"pagination\":{\"limit\":20,\"has_more\":false,\"next_cursor\":null}}");
        ada.client().delete(MINE + "/mood").is(204);
        ada.client().delete(MINE + "/mood").fails(404, "not_found");
        ada.client().get(MINE + "?key=mood").fails(404, "not_found");
        assertThat(ada.client().get(MINE).json().at("/data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"\"",
                "0",
                "-0",
                "1.0",
                "0.10",
                "1e400",
                "1E+2",
                "123456789012345678901234567890.000000000000000000000000000001",
                "[]",
                "{}",
                "{\"z\":1,\"a\":{\"m\":[1,[2,{\"b\":null}]]},\"\":false}",
                "\"🦜 \\\"quoted\\\" \\\\ \\n\\u0001 \u202Eright to left <b>&amp;'; DROP TABLE memories--\"",
                "{\"$1 🦜\":\"{{base_url}}\"}"
            })
    void a_value_comes_back_as_it_was_sent(String value) {
        TestAgent ada = glimpse.agent("ada");
        Answer made = store(ada, "{\"value\":" + value + ",\"key\":\"k\"}").is(201);
        String entry = "{\"key\":\"k\",\"value\":" + value + ",\"public\":";
        assertThat(made.text()).startsWith(entry);
        assertThat(ada.client().get(MINE + "?key=k").text()).startsWith(entry);
        assertThat(ada.client().get(MINE).text()).startsWith("{\"data\":[" + entry);
    }

    @Test
    void spaces_between_the_parts_of_a_value_are_not_kept() {
        TestAgent ada = glimpse.agent("ada");
        assertThat(store(ada, "{\"key\":\"k\",\"value\": {\"b\" : [ 1 , 2.50 ],\n \"a\":\"\\u0041\"} }")
                        .text())
                .contains("\"value\":{\"b\":[1,2.50],\"a\":\"A\"},");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'value':1} | key | is required",
                "{'key':'','value':1} | key | must not be empty",
                "{'key':'k'} | value | is required",
                "{'key':'a\\u0000b','value':1} | key | has a NUL",
                "{'key':'a\\nb','value':1} | key | control characters",
                "{'key':'a\\u0085b','value':1} | key | control characters",
                "{'key':'\\ud800','value':1} | key | half a surrogate",
                "{'key':7,'value':1} | key | must be a string",
                "{'key':'k','value':['a\\u0000']} | value | has a NUL",
                "{'key':'k','value':{'a':'\\udc00'}} | value | half a surrogate",
                "{'key':'k','value':1,'public':'yes'} | public | true or false",
                "{'key':'k','value':1,'ttl_seconds':0} | ttl_seconds | from 1 to",
                "{'key':'k','value':1,'ttl_seconds':-5} | ttl_seconds | from 1 to",
                "{'key':'k','value':1,'ttl_seconds':1.5} | ttl_seconds | must be a number",
                "{'key':'k','value':1,'ttl_seconds':999999999999} | ttl_seconds | from 1 to"
            })
    void what_is_wrong_is_told_by_field(String body, String field, String problem) {
        Answer refused = store(glimpse.agent("ada"), body.replace('\'', '"')).fails(422, "validation_failed");
        assertThat(refused.at("/error/details/0/field")).isEqualTo(field);
        assertThat(refused.at("/error/details/0/problem")).contains(problem);
    }

    @Test
    void a_key_has_up_to_128_characters_and_a_value_up_to_64_kilobytes() {
        TestAgent ada = glimpse.agent("ada");
        String longest = "🦜".repeat(128);
        store(ada, Map.of("key", longest, "value", 1)).is(201);
        assertThat(ada.client().get(MINE + "?key=" + encoded(longest)).is(200).at("/key"))
                .isEqualTo(longest);
        store(ada, Map.of("key", longest + "x", "value", 1)).fails(422, "validation_failed");
        String largest = "é".repeat((65_536 - 2) / 2);
        store(ada, Map.of("key", "large", "value", largest)).is(201);
        Answer refused =
                store(ada, Map.of("key", "large", "value", largest + "é")).fails(422, "validation_failed");
        assertThat(refused.at("/error/details/0/problem")).isEqualTo("is 65538 bytes long; it may have 65536");
        store(ada, Map.of("key", "many", "value", new int[32_000])).is(201);
    }

    @Test
    void what_is_no_json_or_twice_the_same_name_is_refused() {
        TestAgent ada = glimpse.agent("ada");
        store(ada, "{\"key\":\"k\",\"value\":{\"a\":1,\"a\":2}}").fails(400, "invalid_json");
        store(ada, "{\"key\":\"k\",\"value\":{\"\\udc00\":1}}").fails(400, "invalid_json");
        store(ada, "{\"key\":\"k\",\"value\":NaN}").fails(400, "invalid_json");
        store(ada, "{\"key\":\"k\",\"value\":[1}").fails(400, "invalid_json");
        store(ada, "{\"key\":\"k\",\"value\":" + "[".repeat(1_100) + "]".repeat(1_100) + "}")
                .fails(400, "invalid_json");
        store(ada, "{\"key\":\"k\",\"value\":" + "9".repeat(2_000) + "}").fails(400, "invalid_json");
    }

    @Test
    void a_secret_is_refused_wherever_it_hides() {
        TestAgent ada = glimpse.agent("ada");
        String key = ada.apiKey();
        for (Object value : List.of(key, Map.of("deep", List.of("my key:\n" + key)), Map.of(key, 1))) {
            Answer refused = store(ada, Map.of("key", "k", "value", value)).fails(422, "secret_in_content");
            assertThat(refused.at("/error/message")).contains("value").doesNotContain(key);
        }
        store(ada, "{\"key\":\"k\",\"value\":\"\\u0067" + key.substring(1) + "\"}")
                .fails(422, "secret_in_content");
        store(ada, Map.of("key", key, "value", 1)).fails(422, "secret_in_content");
    }

    @Test
    void others_see_what_is_public_and_cannot_tell_the_rest_from_nothing() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        store(ada, Map.of("key", "open", "value", 1, "public", true)).is(201);
        store(ada, Map.of("key", "secret", "value", 2)).is(201);
        String adas = "/api/v1/agents/ada/memories";
        assertThat(bob.client().get(adas).is(200).json().at("/data").findValuesAsText("key"))
                .containsExactly("open");
        assertThat(bob.client().get(adas + "?prefix=s").is(200).json().at("/data"))
                .isEmpty();
        assertThat(bob.client().get(adas + "?key=open").is(200).at("/value")).isEqualTo("1");
        Answer hidden = bob.client().get(adas + "?key=secret").fails(404, "not_found");
        Answer absent = bob.client().get(adas + "?key=nothing").fails(404, "not_found");
        assertThat(hidden.text()).isEqualTo(absent.text());
        store(ada, Map.of("key", "open", "value", 1, "public", false)).is(200);
        bob.client().get(adas + "?key=open").fails(404, "not_found");
    }

    @Test
    void memories_are_written_by_their_agent_alone() {
        TestAgent ada = glimpse.agent("ada");
        TestAgent bob = glimpse.agent("bob");
        store(ada, Map.of("key", "k", "value", 1, "public", true)).is(201);
        String adas = "/api/v1/agents/" + ada.id() + "/memories";
        bob.client().post(adas, Map.of("key", "k", "value", 2)).fails(403, "forbidden");
        bob.client().delete(adas + "/k").fails(403, "forbidden");
        bob.client().delete(adas + "/nothing").fails(403, "forbidden");
        bob.client().delete(adas + "?key=k").fails(403, "forbidden");
        glimpse.client().get(adas).fails(401, "unauthorized");
        glimpse.client().post(adas, Map.of("key", "k", "value", 2)).fails(401, "unauthorized");
        ada.client().get("/api/v1/agents/nobody/memories").fails(404, "agent_not_found");
        ada.client().post(adas, Map.of("key", "k", "value", 3)).is(200);
        ada.client()
                .post("/api/v1/agents/@ADA/memories", Map.of("key", "k", "value", 4))
                .is(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "//",
                "..",
                ".",
                "../../x",
                "a\\b",
                "a b",
                "+",
                "a%2Fb",
                "%",
                "?",
                "#",
                ";x=1",
                "me",
                "\"",
                "'; DROP TABLE memories; --",
                "<script>",
                "\u202Eabc",
                "🦜",
                "é",
                "e\u0301",
                "日本語",
                " ",
                "{key}",
                "*"
            })
    void whatever_a_key_has_in_it_its_memory_can_be_read_and_forgotten(String key) {
        TestAgent ada = glimpse.agent("ada");
        String path = MINE + "/"
                + URLEncoder.encode(key, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace(".", "%2E");
        String query = MINE + "?key=" + encoded(key);
        store(ada, Map.of("key", key, "value", 1)).is(201);
        assertThat(ada.client().get(query).is(200).at("/key")).isEqualTo(key);
        ada.client().delete(query).is(204);
        ada.client().delete(query).fails(404, "not_found");
        store(ada, Map.of("key", key, "value", 1)).is(201);
        ada.client().delete(path).is(204);
        assertThat(ada.client().get(MINE).json().at("/data")).isEmpty();
    }

    @Test
    void to_forget_everything_takes_more_than_a_missing_key() {
        glimpse.agent("ada").client().delete(MINE).fails(400, "invalid_parameter");
        glimpse.agent("bob").client().delete(MINE + "?key=").fails(400, "invalid_parameter");
    }

    @Test
    void a_list_is_by_key_page_by_page_and_by_prefix() {
        TestAgent ada = glimpse.agent("ada");
        TreeSet<String> keys = new TreeSet<>();
        for (int i = 0; i < 25; i++) {
            keys.add("plan/" + (char) ('a' + i * 7 % 26));
        }
        keys.forEach(key -> store(ada, Map.of("key", key, "value", key)).is(201));
        for (String other : new String[] {"plan", "plan0", "Plan/a", "%", "plan_"}) {
            store(ada, Map.of("key", other, "value", 0)).is(201);
        }
        List<String> read = new ArrayList<>();
        Answer page = ada.client().get(MINE + "?limit=10&prefix=plan%2F").is(200);
        read.addAll(page.json().at("/data").findValuesAsText("key"));
        ada.client().delete(MINE + "?key=plan%2Fa").is(204);
        while (page.json().at("/pagination/has_more").asBoolean()) {
            String next = page.header("Link").replaceAll("<([^>]*)>.*", "$1");
            assertThat(URI.create(next).getQuery()).contains("prefix=plan/");
            page = ada.client().get(next).is(200);
            read.addAll(page.json().at("/data").findValuesAsText("key"));
        }
        assertThat(read).containsExactlyElementsOf(keys);
        assertThat(ada.client().get(MINE + "?prefix=%25").json().at("/data")).hasSize(1);
        assertThat(ada.client().get(MINE + "?prefix=nothing").json().at("/data"))
                .isEmpty();
        ada.client().get(MINE + "?cursor=x").fails(400, "invalid_parameter");
        ada.client().get(MINE + "?limit=41").fails(400, "invalid_parameter");
        ada.client().get(MINE + "?key=" + "x".repeat(129)).fails(400, "invalid_parameter");
    }

    @Test
    void what_has_expired_is_gone_at_once_everywhere_and_can_be_stored_anew() throws IOException {
        TestAgent ada = glimpse.agent("ada");
        store(ada, Map.of("key", "short", "value", 1, "ttl_seconds", 60)).is(201);
        store(ada, Map.of("key", "long", "value", 2)).is(201);
        glimpse.clock().advance(Duration.ofSeconds(59));
        ada.client().get(MINE + "?key=short").is(200);
        glimpse.clock().advance(Duration.ofSeconds(1));
        ada.client().get(MINE + "?key=short").fails(404, "not_found");
        assertThat(ada.client().get(MINE).json().at("/data").findValuesAsText("key"))
                .containsExactly("long");
        ada.client().delete(MINE + "/short").fails(404, "not_found");
        Answer anew = store(ada, Map.of("key", "short", "value", 3)).is(201);
        assertThat(anew.at("/created_at")).isEqualTo("2026-11-23T15:01:00.000Z");
        glimpse.restart();
        assertThat(glimpse.client().key(ada.apiKey()).get(MINE + "?key=short").at("/value"))
                .isEqualTo("3");
    }

    @Test
    void an_agent_remembers_a_thousand_things_and_can_replace_each() throws Exception {
        glimpse.liftLimits();
        TestAgent ada = glimpse.agent("ada");
        store(ada, Map.of("key", "0", "value", 0, "ttl_seconds", 60)).is(201);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            int first = client;
            work.add(() -> {
                int kept = 0;
                for (int i = first + 1; i <= 1_020; i += 8) {
                    Answer answer = store(ada, Map.of("key", Integer.toString(i), "value", i));
                    kept += answer.status() == 201 ? 1 : 0;
                    if (answer.status() != 201) {
                        answer.fails(409, "conflict");
                    }
                }
                return kept;
            });
        }
        int kept = 1;
        ExecutorService pool = Executors.newFixedThreadPool(work.size());
        for (Future<Integer> done : pool.invokeAll(work)) {
            kept += done.get();
        }
        pool.shutdown();
        assertThat(kept).isEqualTo(1_000);
        store(ada, Map.of("key", "0", "value", 1, "ttl_seconds", 60)).is(200);
        Answer refused = store(ada, Map.of("key", "more", "value", 1)).fails(409, "conflict");
        assertThat(refused.at("/error/hint")).contains("DELETE");
        glimpse.clock().advance(Duration.ofMinutes(1));
        store(ada, Map.of("key", "more", "value", 1)).is(201);
        store(ada, Map.of("key", "yet more", "value", 1)).fails(409, "conflict");
        ada.client().delete(MINE + "/more").is(204);
        store(ada, Map.of("key", "yet more", "value", 1)).is(201);
    }

    @Test
    void a_repeated_request_gets_the_first_answer_again() {
        TestAgent ada = glimpse.agent("ada");
        Map<String, Object> body = Map.of("key", "k", "value", 1);
        Answer first =
                ada.client().with("Idempotency-Key", "once").post(MINE, body).is(201);
        Answer again =
                ada.client().with("Idempotency-Key", "once").post(MINE, body).is(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
    }

    private static Answer store(TestAgent agent, Object body) {
        return agent.client().post(MINE, body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
