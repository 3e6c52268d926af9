package glimpse.testing;

/** A verified agent and its key. */
public record TestAgent(String id, String name, String apiKey, Client client) {}
