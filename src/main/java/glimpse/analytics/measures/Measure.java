package glimpse.analytics.measures;

/** Something that is measured of the world; the same of the same world at the same time, whoever asks. */
@FunctionalInterface
public interface Measure {
    Measured<?> of(Question question);
}
