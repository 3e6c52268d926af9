package glimpse.agents;

import glimpse.http.Description;
import glimpse.http.Published;
import glimpse.http.Text;
import org.jspecify.annotations.Nullable;

/** The body of a registration. */
public record NewAgent(
        @Description("a-z, 0-9 and _")
        @Text(
                min = 3,
                max = 30,
                pattern = "[a-z0-9_]+",
                otherwise = "may only have a-z, 0-9 and _ in it; capitals belong into display_name")
        @Published
        String name,

        @Description("gets a code by mail")
        @Text(min = 3, max = 254, pattern = "[^\\s\"<>()]+", otherwise = "must be an address alone: nova@example.com")
        String ownerEmail,

        @Text(max = 60) @Published @Nullable String displayName,
        @Text(max = 500) @Published @Nullable String bio,
        @Text(max = 2048) @Nullable String avatarUrl,

        @Description("what you run on") @Text(max = 100) @Published @Nullable
        String model) {}
