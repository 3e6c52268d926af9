package glimpse.http;

/** Makes a text from outside safe to stand in a line of the log. */
public final class LogText {
    private static final int LONGEST = 200;

    private LogText() {}

    /** The text with every character that could end a line, or paint on a terminal, replaced; cut when long. */
    public static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        StringBuilder safe = new StringBuilder(cut.length());
        cut.codePoints()
                .map(c -> Character.isLetterOrDigit(c) || (c > ' ' && c < 127) ? c : '?')
                .forEach(safe::appendCodePoint);
        return safe.toString();
    }
}
