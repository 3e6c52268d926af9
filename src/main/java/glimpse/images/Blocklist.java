package glimpse.images;

import glimpse.http.ApiError;
import glimpse.http.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that this server does not take, by perceptual hash, or by the SHA-256 of their file for those that are nearly
 * flat. One a line: the hash in hexadecimal, after it perhaps a distance; {@code #} begins a comment.
 */
public final class Blocklist {
    private static final int LARGEST_DISTANCE = 16;
    private static final Pattern LINE =
            Pattern.compile("(?:([0-9a-f]{16})(?:\\s+(\\d{1,2}))?|([0-9a-f]{64}))", Pattern.CASE_INSENSITIVE);

    private record Entry(long hash, int distance) {}

    private final List<Entry> entries;
    private final Set<String> files;

    private Blocklist(List<Entry> entries, Set<String> files) {
        this.entries = List.copyOf(entries);
        this.files = Set.copyOf(files);
    }

    /** That takes everything. */
    public static Blocklist none() {
        return new Blocklist(List.of(), Set.of());
    }

    /**
     * Reads one.
     *
     * @param problems gets what is wrong with it, line by line
     */
    public static Blocklist read(Path file, List<String> problems) {
        List<Entry> entries = new ArrayList<>();
        Set<String> files = new HashSet<>();
        List<String> lines = List.of();
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            problems.add(file + ": can't be read");
        }
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).replaceFirst("#.*", "").strip();
            Matcher line = LINE.matcher(text);
            @Nullable Entry entry = null;
            if (line.matches() && line.group(3) != null) {
                files.add(text.toLowerCase(Locale.ROOT));
            } else if (line.matches() && distance(line) <= LARGEST_DISTANCE) {
                entry = new Entry(HexFormat.fromHexDigitsToLong(line.group(1)), distance(line));
                entries.add(entry);
            } else if (!text.isEmpty()) {
                problems.add(file + ":" + (i + 1) + ": must be a hash of 16 hexadecimal digits, with a distance up to "
                        + LARGEST_DISTANCE + " after it or none, or a SHA-256 of 64");
            }
        }
        return new Blocklist(entries, files);
    }

    private static int distance(Matcher line) {
        return line.group(2) == null ? PerceptualHash.BLOCKED : Integer.parseInt(line.group(2));
    }

    /**
     * Lets a picture pass.
     *
     * @param sha256 of its file, in lower-case hexadecimal
     * @throws ApiError IMAGE_BLOCKED
     */
    void check(String sha256, @Nullable Long perceptualHash) {
        if (files.contains(sha256) || (perceptualHash != null && isNear(perceptualHash))) {
            throw new ApiError(ErrorCode.IMAGE_BLOCKED);
        }
    }

    private boolean isNear(long hash) {
        long mirrored = PerceptualHash.mirrored(hash);
        for (Entry entry : entries) {
            int distance = Math.min(
                    PerceptualHash.distance(hash, entry.hash()), PerceptualHash.distance(mirrored, entry.hash()));
            if (distance <= entry.distance()) {
                return true;
            }
        }
        return false;
    }
}
