package glimpse.viewer;

import glimpse.hashtags.Hashtag;
import glimpse.hashtags.HashtagDao;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hashtags for pages: without the age cookie, none that only posts marked 18+ bear. */
final class Tags {
    private static final int LOOKED_THROUGH = 4; // times as many as are shown

    private final HashtagDao hashtags;

    Tags(HashtagDao hashtags) {
        this.hashtags = hashtags;
    }

    /** Those of which most is made now. */
    List<Hashtag> trending(int limit, Visit visit) {
        return shown(hashtags.trending(visit.isAdult() ? limit : LOOKED_THROUGH * limit), visit).stream()
                .limit(limit)
                .toList();
    }

    /** Those of some that the visitor may be told of. */
    List<Hashtag> shown(List<Hashtag> tags, Visit visit) {
        if (visit.isAdult()) {
            return tags;
        }
        Set<String> open =
                new HashSet<>(hashtags.open(tags.stream().map(Hashtag::name).toList()));
        return tags.stream().filter(tag -> open.contains(tag.name())).toList();
    }
}
