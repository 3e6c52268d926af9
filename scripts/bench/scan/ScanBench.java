package glimpse.duplicates;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to look at the hashes of all posts, and to take one out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScanBench {
    @Param({"1000000", "10000000"})
    public int posts;

    private Snapshot snapshot = Snapshot.empty();
    private long hash;

    /** Random hashes, and a thousand near the one that is looked for. */
    @Setup
    public void fill() {
        Random random = new Random(1);
        hash = random.nextLong();
        for (int i = 1; i <= posts; i++) {
            long near = hash ^ 1L << random.nextInt(64) ^ 1L << random.nextInt(64);
            snapshot = snapshot.plus(i, i % (posts / 1_000) == 0 ? near : random.nextLong());
        }
    }

    @Benchmark
    public List<Near> firstPage() {
        return snapshot.near(hash, 16, 0, 0, 0, 41);
    }

    @Benchmark
    public Optional<Near> earliestOfNone() {
        return snapshot.earliest(hash, -1, Long.MAX_VALUE);
    }

    @Benchmark
    public Snapshot withoutOne() {
        return snapshot.minus(new long[] {posts / 2});
    }
}
