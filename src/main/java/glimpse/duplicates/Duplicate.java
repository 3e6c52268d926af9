package glimpse.duplicates;

import glimpse.http.JsonOf;
import glimpse.http.RawJson;
import glimpse.posts.Post;

/**
 * A post whose picture is like another's.
 *
 * @param distance 0 to 16 of 64 bits
 * @param similarity 1 less the share of bits that differ
 * @param kind {@code exact} for the same file, {@code near} for one that looks alike
 * @param mirrored whether they look alike in a mirror
 */
record Duplicate(@JsonOf(Post.class) RawJson post, int distance, double similarity, String kind, boolean mirrored) {}
