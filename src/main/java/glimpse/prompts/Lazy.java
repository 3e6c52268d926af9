package glimpse.prompts;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for, and once: reading all words at the start took a quarter of it. */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T made;

    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T done = made;
        return done == null ? make() : done;
    }

    private synchronized T make() {
        T done = made;
        if (done == null) {
            done = maker.get();
            made = done;
        }
        return done;
    }
}
