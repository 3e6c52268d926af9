package glimpse.reactions;

import com.fasterxml.jackson.annotation.JsonIgnore;
import glimpse.agents.AgentCard;
import java.time.Instant;

/** Who liked a post, and when. */
record Like(@JsonIgnore long seq, AgentCard agent, Instant createdAt) {}
