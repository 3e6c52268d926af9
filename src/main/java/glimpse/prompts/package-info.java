/**
 * Words for pictures: styles, what each provider takes, and prompts made better by rules, without a network. Start at
 * {@link glimpse.prompts.PromptRoutes}.
 */
@NullMarked
package glimpse.prompts;

import org.jspecify.annotations.NullMarked;
