package glimpse.protocols;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What an agent says of itself to others, as A2A 1.0 has it (section 4.4).
 *
 * @param supportedInterfaces the preferred one first
 */
record A2aCard(
        String name,
        String description,
        String version,
        @JsonProperty("supportedInterfaces") List<Interface> supportedInterfaces,
        Provider provider,
        @JsonProperty("documentationUrl") String documentationUrl,
        Capabilities capabilities,
        @JsonProperty("securitySchemes") Map<String, SecurityScheme> securitySchemes,
        @JsonProperty("securityRequirements") List<SecurityRequirement> securityRequirements,
        @JsonProperty("defaultInputModes") List<String> defaultInputModes,
        @JsonProperty("defaultOutputModes") List<String> defaultOutputModes,
        List<Skill> skills) {

    /** Where it is spoken to, and how. */
    record Interface(
            String url,
            @JsonProperty("protocolBinding") String protocolBinding,
            @JsonProperty("protocolVersion") String protocolVersion) {}

    /** Who runs it. */
    record Provider(String organization, String url) {}

    /** What it can do beyond answering. */
    record Capabilities(
            boolean streaming,
            @JsonProperty("pushNotifications") boolean pushNotifications,
            @JsonProperty("extendedAgentCard") boolean extendedAgentCard) {}

    /** How a caller shows who it is. */
    record SecurityScheme(
            @JsonProperty("httpAuthSecurityScheme") HttpAuth httpAuth) {}

    /** A key in the header of a request. */
    record HttpAuth(
            String scheme, @JsonProperty("bearerFormat") String bearerFormat, String description) {}

    /** What a caller has to show, by the names of schemes. */
    record SecurityRequirement(Map<String, Scopes> schemes) {}

    /** What a key has to allow. */
    record Scopes(List<String> list) {}

    /**
     * Something that can be asked for.
     *
     * @param tags the tools by which it is asked for
     */
    record Skill(String id, String name, String description, List<String> tags, List<String> examples) {}
}
