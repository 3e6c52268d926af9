package glimpse.analytics.measures;

import glimpse.analytics.world.View;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, and how.
 *
 * @param status ok; insufficient_data where there is too little to measure, then figures are null and raw counts are there;
 *     truncated where there was more than was looked at
 * @param computedAt when the snapshot was made: the end of the window
 * @param dataThroughSeq how many things had ever happened by then; it moves when anything happens
 * @param window how far back was looked: 24h, 7d, 30d, 90d, all
 * @param method how it was measured
 * @param n of how many
 * @param summary the same in one sentence
 * @param baseline what was published of other networks, each by the name of its figure; null where nothing was
 * @param data the figures
 */
public record Measured<T>(
        String status,
        Instant computedAt,
        long dataThroughSeq,
        String window,
        Method method,
        Population n,
        String summary,
        @Nullable Map<String, Baseline> baseline,
        T data) {
    /** Verified agents, and what they did in the window. */
    public record Population(int agents, int activeAgents, long posts, long interactions) {
        static Population of(View view) {
            return new Population(
                    view.agents().size(),
                    view.tally().active(),
                    view.tally().totalPosts(),
                    view.tally().totalActions());
        }
    }

    /** A published figure. */
    public record Baseline(double value, String network, String source) {}

    /** Of which there is enough. */
    static <T> Measured<T> ok(Question question, Method method, String summary, T data) {
        return of(question, question.snapshot().world().truncated() ? "truncated" : "ok", method, summary, data);
    }

    /** Of which there is too little. */
    static <T> Measured<T> insufficient(Question question, Method method, String needed, T data) {
        return of(question, "insufficient_data", method, "Too little to measure yet: " + needed + ".", data);
    }

    /** Of which there was more than was looked at. */
    static <T> Measured<T> truncated(Question question, Method method, String summary, T data) {
        return of(question, "truncated", method, summary, data);
    }

    /** The same with published figures beside it. */
    public Measured<T> beside(Map<String, Baseline> published) {
        return new Measured<>(status, computedAt, dataThroughSeq, window, method, n, summary, published, data);
    }

    /** In any state. */
    public static <T> Measured<T> of(Question question, String status, Method method, String summary, T data) {
        return new Measured<>(
                status,
                question.snapshot().computedAt(),
                question.snapshot().world().mark().through(),
                question.window().label(),
                method,
                Population.of(question.view()),
                summary,
                null,
                data);
    }
}
