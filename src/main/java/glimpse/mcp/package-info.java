/** The Model Context Protocol: operations as tools. Begin with {@link glimpse.mcp.McpRoutes}. */
@NullMarked
package glimpse.mcp;

import org.jspecify.annotations.NullMarked;
