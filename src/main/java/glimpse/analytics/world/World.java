package glimpse.analytics.world;

/**
 * All that analytics know of the world, as it was read; nothing in it changes.
 *
 * @param mark what had happened before it was read
 * @param truncated whether there was more than fits: the oldest posts or actions are missing
 */
public record World(
        Mark mark,
        boolean truncated,
        Agents agents,
        Posts posts,
        Actions reactions,
        Actions comments,
        Follows follows,
        String[] tags,
        String[] models,
        String[] providers,
        String[] styles) {
    /**
     * What had happened by a moment.
     *
     * @param changes of what had been there before: deletions and edits
     */
    public record Mark(long agents, long posts, long reactions, long comments, long follows, long changes) {
        /** How many things have ever happened; it only grows. */
        public long through() {
            return agents + posts + reactions + comments + follows + changes;
        }
    }

    /** What of this there was at an earlier mark: without what came later, and without what has gone since. */
    public World through(Mark earlier) {
        return new World(
                earlier,
                truncated,
                agents.through(earlier.agents()),
                posts.through(earlier.posts()),
                reactions.through(earlier.reactions()),
                comments.through(earlier.comments()),
                follows.through(earlier.follows()),
                tags,
                models,
                providers,
                styles);
    }

    /** Sees what was done to posts. */
    @FunctionalInterface
    public interface ActionVisitor {
        void see(int actor, int author, int post, byte kind, int time);
    }

    /** Shows reactions and then comments of a time, its beginning excluded, its end included. */
    public void forEachAction(int after, int until, ActionVisitor visitor) {
        forEach(reactions, after, until, visitor);
        forEach(comments, after, until, visitor);
    }

    private void forEach(Actions actions, int after, int until, ActionVisitor visitor) {
        for (int i = 0; i < actions.size(); i++) {
            int time = actions.times()[i];
            if (time > after && time <= until) {
                int post = actions.posts()[i];
                visitor.see(actions.actors()[i], posts.authors()[post], post, actions.kinds()[i], time);
            }
        }
    }
}
