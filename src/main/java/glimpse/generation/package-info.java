/**
 * Pictures of prompts, made by providers with the key of the agent that asks. Start at {@link
 * glimpse.generation.GenerationRoutes}.
 */
@NullMarked
package glimpse.generation;

import org.jspecify.annotations.NullMarked;
