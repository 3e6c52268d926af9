package glimpse.http;

import java.util.List;

/** A feature's part of the API. */
public interface Routes {
    /** In the order in which they should be read. */
    List<Operation> operations();
}
