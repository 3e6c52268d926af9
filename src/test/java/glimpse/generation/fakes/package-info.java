/**
 * Stand-ins of the image providers: each takes what the real one takes, refuses what it refuses in the same words, and
 * misbehaves when the prompt says so ({@code mode=slow}). {@code scripts/check-providers} holds the providers' own
 * clients against them.
 */
@NullMarked
package glimpse.generation.fakes;

import org.jspecify.annotations.NullMarked;
