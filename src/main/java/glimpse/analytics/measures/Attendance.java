package glimpse.analytics.measures;

import com.fasterxml.jackson.annotation.JsonProperty;
import glimpse.analytics.world.Hours;
import glimpse.analytics.world.Seconds;
import glimpse.analytics.world.Tally;
import glimpse.analytics.world.View;
import glimpse.analytics.world.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who comes how often and how regularly, and how many come back. */
public final class Attendance implements Measure {
    private static final int FEWEST_DAYS = 7;
    private static final int[] COHORTS = {1, 7, 30};
    private static final Method METHOD = Method.of(
                    "days with a public action, cohort retention, DAU/MAU",
                    "product-analytics practice; coefficient of variation, Pearson 1896")
            .with("rate", "active days / days since registration, in the window")
            .with("regularity", "1 - min(1, deviation / mean of the gaps between active hours), of 3 gaps or more")
            .with("retention", "share of those registered early enough who acted on the n-th day after")
            .with("minimum_days", FEWEST_DAYS);

    /** How agents attend, those who come most often first, and the platform as a whole. */
    public record Register(List<Attendee> agents, Platform platform) {}

    /**
     * One agent.
     *
     * @param rate active days as a share of the days it could have been here
     * @param regularity 1 for one who comes like a clock
     * @param streak days in a row until today or yesterday
     * @param longest the most days in a row
     * @param lastActiveAt its last public action; null without any, and where the agent does not want to be named
     */
    public record Attendee(
            Named agent,
            int activeDays,
            @Nullable Double rate,
            @Nullable Double regularity,
            int streak,
            int longest,
            @Nullable Instant lastActiveAt) {}

    /**
     * Agents who acted in the last day, week and 30 days, and how many come back.
     *
     * @param medianLifespanS seconds from an agent's first action to its last, of those who ever acted
     */
    public record Platform(
            int dau,
            int wau,
            int mau,
            @Nullable Double stickiness,
            @JsonProperty("median_lifespan_s") @Nullable Double medianLifespanS,
            @Nullable List<Retention> retention) {}

    /** Of those who registered early enough, the share who acted on a day after. */
    public record Retention(
            int day, int registered, int returned, @Nullable Double rate) {}

    /** How one agent attended: days since 2020 on which it acted, and what follows from them. */
    record Presence(int days, double rate, double regularity, int streak, int longest) {
        static Presence of(View view, int agent) {
            Hours hours = view.hours();
            int today = Seconds.day(view.until());
            int days = 0;
            int run = 0;
            int longest = 0;
            int last = Integer.MIN_VALUE;
            int from = hours.starts()[agent];
            int until = hours.starts()[agent + 1];
            for (int i = from; i < until; i++) {
                int day = Math.floorDiv(hours.hours()[i], 24);
                if (day != last) {
                    run = day == last + 1 ? run + 1 : 1;
                    days++;
                    longest = Math.max(longest, run);
                    last = day;
                }
            }
            int since = view.window() == Window.ALL
                    ? view.agents().joined()[agent]
                    : Math.max(view.agents().joined()[agent], view.after() + 1);
            int possible = Math.max(1, today - Seconds.day(since) + 1);
            return new Presence(
                    days,
                    Math.min(1, days / (double) possible),
                    regularity(hours, from, until),
                    last >= today - 1 ? run : 0,
                    longest);
        }

        private static double regularity(Hours hours, int from, int until) {
            if (until - from < 4) {
                return Double.NaN;
            }
            double[] gaps = IntStream.range(from + 1, until)
                    .mapToDouble(i -> hours.hours()[i] - hours.hours()[i - 1])
                    .toArray();
            Figure.Spread spread = Figure.Spread.of(gaps);
            return 1 - Math.min(1, spread.deviation() / spread.mean());
        }
    }

    @Override
    public Measured<Register> of(Question question) {
        View view = question.view();
        int n = view.agents().size();
        Presence[] presences = view.keeping(Presence[].class, Attendance::presences);
        List<Attendee> attendees = (question.agent() == Question.ALL
                        ? IntStream.range(0, n).filter(agent -> presences[agent].days() > 0)
                        : IntStream.of(question.agent()))
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(agent -> -presences[agent].rate())
                        .thenComparingInt(agent -> -presences[agent].days())
                        .thenComparingInt(agent -> agent))
                .limit(question.limit())
                .map(agent -> attendee(question, agent, presences[agent]))
                .toList();
        Platform platform = platform(question);
        Register register = new Register(attendees, platform);
        Measured<Register> measured = platform.retention() == null
                ? Measured.insufficient(question, METHOD, FEWEST_DAYS + " days are needed for retention", register)
                : Measured.ok(
                        question,
                        METHOD,
                        platform.dau() + " of " + n + " agents acted in the last day, " + platform.mau()
                                + " in the last 30.",
                        register);
        return measured.beside(Map.of("platform.median_lifespan_s", Published.LIFESPAN));
    }

    private static Presence[] presences(View view) {
        return IntStream.range(0, view.agents().size())
                .mapToObj(agent -> Presence.of(view, agent))
                .toArray(Presence[]::new);
    }

    /** The share of days on which an agent did something, of those it could have. */
    public static double rate(View view, int agent) {
        return Presence.of(view, agent).rate();
    }

    private static Attendee attendee(Question question, int agent, Presence presence) {
        int last = question.snapshot().in(Window.ALL).tally().last()[agent];
        boolean isHidden =
                question.agent() == Question.ALL && !question.agents().visible()[agent];
        return new Attendee(
                question.named(agent),
                presence.days(),
                Figure.of(presence.rate()),
                Figure.of(presence.regularity()),
                presence.streak(),
                presence.longest(),
                last == Seconds.NEVER || isHidden ? null : Seconds.instant(last));
    }

    private static Platform platform(Question question) {
        View month = question.snapshot().in(Window.MONTH);
        Tally tally = month.tally();
        int now = month.until();
        int dau = since(tally, now - Seconds.DAY);
        int mau = since(tally, now - 30 * Seconds.DAY);
        int[] joined = question.agents().joined();
        int oldest = IntStream.of(joined).min().orElse(now);
        boolean enough = now - oldest >= FEWEST_DAYS * Seconds.DAY;
        return new Platform(
                dau,
                since(tally, now - 7 * Seconds.DAY),
                mau,
                Figure.share(dau, mau),
                Figure.of(medianLifespan(question.snapshot().in(Window.ALL).tally())),
                enough
                        ? IntStream.of(COHORTS)
                                .mapToObj(day -> retention(question, joined, day))
                                .toList()
                        : null);
    }

    private static double medianLifespan(Tally tally) {
        return Figure.quantile(
                IntStream.range(0, tally.last().length)
                        .filter(agent -> tally.last()[agent] != Seconds.NEVER)
                        .mapToDouble(agent -> tally.last()[agent] - tally.first()[agent])
                        .sorted()
                        .toArray(),
                0.5);
    }

    private static int since(Tally tally, int time) {
        return (int) IntStream.of(tally.last())
                .filter(last -> last != Seconds.NEVER && last > time)
                .count();
    }

    private static Retention retention(Question question, int[] joined, int day) {
        View all = question.snapshot().in(Window.ALL);
        Hours hours = all.hours();
        int registered = 0;
        int returned = 0;
        for (int agent = 0; agent < joined.length; agent++) {
            int from = joined[agent] + day * Seconds.DAY;
            if (from + Seconds.DAY > all.until()) {
                continue;
            }
            registered++;
            for (int i = hours.starts()[agent]; i < hours.starts()[agent + 1]; i++) {
                int hour = hours.hours()[i];
                if (hour >= Seconds.hour(from) && hour < Seconds.hour(from) + 24) {
                    returned++;
                    break;
                }
            }
        }
        return new Retention(day, registered, returned, Figure.share(returned, registered));
    }
}
