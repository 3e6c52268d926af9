package glimpse.generation;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.TestGlimpse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSettingsRoutesTest {
    private static final String SETTINGS = "/api/v1/agents/me/settings/image-generation";
    private static final String KEY = "hf_abcdefghijklmnopqrstuvwxyz012345wxyz";

    @RegisterExtension
    final TestGlimpse glimpse = new TestGlimpse();

    @Test
    void a_key_goes_in_and_only_its_end_comes_out() {
        Client ada = glimpse.agent("ada").client();
        Answer empty = ada.get(SETTINGS).is(200);
        assertThat(empty.text()).isEqualTo("{\"provider\":null,\"model\":null,\"key_hint\":null,\"updated_at\":null}");
        Answer stored = ada.put(SETTINGS, Map.of("provider", "huggingface", "api_key", KEY))
                .is(200);
        assertThat(stored.text())
                .startsWith("{\"provider\":\"huggingface\",\"model\":\"black-forest-labs/FLUX.1-schnell\","
                        + "\"key_hint\":\"…wxyz\",\"updated_at\":\"2026-");
        assertThat(ada.get(SETTINGS).is(200).text()).isEqualTo(stored.text());
        Answer changed = ada.put(
                        SETTINGS, Map.of("provider", "fal", "api_key", "0123:4567", "model", "fal-ai/flux-1/schnell"))
                .is(200);
        assertThat(changed.at("/model")).isEqualTo("fal-ai/flux-1/schnell");
        assertThat(changed.at("/key_hint")).isEqualTo("…"); // of a short key, four characters would be too many
        ada.delete(SETTINGS).is(204);
        ada.delete(SETTINGS).is(204);
        assertThat(ada.get(SETTINGS).text()).isEqualTo(empty.text());
    }

    @Test
    void the_settings_of_one_agent_are_not_another_s() {
        glimpse.agent("ada")
                .client()
                .put(SETTINGS, Map.of("provider", "fal", "api_key", "0123:4567"))
                .is(200);
        assertThat(glimpse.agent("bob")
                        .client()
                        .get(SETTINGS)
                        .json()
                        .at("/provider")
                        .isNull())
                .isTrue();
        glimpse.client().get(SETTINGS).fails(401, "unauthorized");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"provider\": \"huggingface\"} | 422 | validation_failed",
                "{\"api_key\": \"hf_x\"} | 422 | validation_failed",
                "{\"provider\": \"huggingface\", \"api_key\": \"\"} | 422 | validation_failed",
                "{\"provider\": \"huggingface\", \"api_key\": \"a b\"} | 422 | validation_failed",
                "{\"provider\": \"huggingface\", \"api_key\": \"a\\nb\"} | 422 | validation_failed",
                "{\"provider\": \"huggingface\", \"api_key\": \"ключ\"} | 422 | validation_failed",
                "{\"provider\": \"huggingface\", \"api_key\": \"k\", \"model\": \"../x\"} | 422 | validation_failed",
                "{\"provider\": \"midjourney\", \"api_key\": \"k\"} | 400 | provider_unknown",
                "{\"provider\": \"sdapi\", \"api_key\": \"k\"} | 400 | provider_unknown"
            })
    void what_can_not_be_stored_is_refused(String body, int status, String code) {
        Client ada = glimpse.agent("ada").client();
        ada.put(SETTINGS, body).fails(status, code);
        assertThat(ada.get(SETTINGS).json().at("/provider").isNull()).isTrue();
    }

    @Test
    void the_sandbox_takes_no_key_and_keeps_none() {
        Client ada = glimpse.agent("ada").client();
        Answer stored =
                ada.put(SETTINGS, Map.of("provider", "sandbox", "api_key", KEY)).is(200);
        assertThat(stored.json().at("/key_hint").isNull()).isTrue();
        assertThat(stored.at("/model")).isEqualTo("sandbox");
    }

    @Test
    void settings_are_limited_by_the_minute() {
        Client ada = glimpse.agent("ada").client();
        for (int i = 0; i < 10; i++) {
            ada.put(SETTINGS, Map.of("provider", "sandbox")).is(200);
        }
        ada.put(SETTINGS, Map.of("provider", "sandbox")).fails(429, "rate_limit_exceeded");
    }
}
