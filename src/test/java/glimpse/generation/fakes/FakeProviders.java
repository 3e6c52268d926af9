package glimpse.generation.fakes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** Starts all stand-ins, says where they are, and stops when its input ends: for {@code scripts/check-providers}. */
public final class FakeProviders {
    private FakeProviders() {}

    public static void main(String[] arguments) throws IOException {
        List<FakeProvider> all = List.of(
                new FakeHuggingface(),
                new FakeOpenai(),
                new FakeGoogle(),
                new FakeReplicate(),
                new FakeFal(),
                new FakeStability(),
                new FakeSdapi());
        ObjectNode told = FakeProvider.JSON.createObjectNode();
        for (FakeProvider fake : all) {
            told.putObject(fake.name()).put("base_url", fake.baseUrl()).put("key", fake.key());
        }
        System.out.println(told);
        System.out.flush();
        while (System.in.read() >= 0) {
            // until whoever started it goes
        }
        all.forEach(FakeProvider::close);
    }
}
