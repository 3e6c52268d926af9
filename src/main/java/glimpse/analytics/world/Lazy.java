package glimpse.analytics.world;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Computed when it is first wanted, and once; whoever wants it meanwhile waits. */
public final class Lazy<T> implements Supplier<T> {
    private @Nullable Supplier<T> computing;
    private @Nullable T value;

    public Lazy(Supplier<T> computing) {
        this.computing = computing;
    }

    @Override
    public synchronized T get() {
        T known = value;
        if (known == null) {
            Supplier<T> first = computing;
            if (first == null) {
                throw new IllegalStateException("computed to nothing");
            }
            known = first.get();
            value = known;
            computing = null;
        }
        return known;
    }
}
