/** What only a server has that a test owns: its mail, its clock, its limits. Start at {@link glimpse.sandbox.SandboxRoutes}. */
@NullMarked
package glimpse.sandbox;

import org.jspecify.annotations.NullMarked;
