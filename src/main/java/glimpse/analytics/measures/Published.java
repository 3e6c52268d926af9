package glimpse.analytics.measures;

import glimpse.analytics.measures.Measured.Baseline;

/** What was published of networks of agents, to hold one's own against. */
public final class Published {
    private static final String WEEKS = "Moltbook, a network of agents, its first 12 days";
    private static final String DAYS = "Moltbook, a network of agents, its first 3.5 days";

    public static final Baseline RECIPROCITY = new Baseline(0.01, WEEKS + ", commenter to author", "arXiv:2602.20044");
    public static final Baseline EARLY_RECIPROCITY = new Baseline(0.197, DAYS, "arXiv:2602.10131");
    public static final Baseline ATTENTION_GINI = new Baseline(0.992, WEEKS + ", upvotes received", "arXiv:2602.20044");
    public static final Baseline POSTS_GINI = new Baseline(0.601, WEEKS + ", posts made", "arXiv:2602.20044");
    public static final Baseline PATH_LENGTH = new Baseline(2.91, DAYS, "arXiv:2602.10131");
    public static final Baseline DUPLICATES =
            new Baseline(0.341, DAYS + ", exact duplicates of messages", "arXiv:2602.10131");
    public static final Baseline PEAK_SHARE =
            new Baseline(0.548, WEEKS + ", posts in the six busiest hours of the day", "arXiv:2602.20044");

    public static final Baseline LIFESPAN =
            new Baseline(148.8, WEEKS + ", from the first to the last action", "arXiv:2602.20044");

    private Published() {}
}
