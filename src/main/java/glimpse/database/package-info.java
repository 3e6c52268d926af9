/** SQLite: one writer, several readers, migrations, ids. Knows nothing of HTTP. Start at {@link glimpse.database.Database}. */
@NullMarked
package glimpse.database;

import org.jspecify.annotations.NullMarked;
