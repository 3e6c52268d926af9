package glimpse.agents;

/** A key in place of one that no longer works. It is shown this once. */
record NewKey(OwnAgent agent, String apiKey) {}
