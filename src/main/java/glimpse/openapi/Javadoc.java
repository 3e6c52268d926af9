package glimpse.openapi;

import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.CommentFormatter;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the sources say of a class, kept by the compiler: so descriptions are written once. */
final class Javadoc {
    private static final CommentFormatter TEXT = new CommentFormatter();
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final Map<Class<?>, ClassJavadoc> known = new HashMap<>();

    /** The first sentence; empty where nothing is said. What follows it in the sources is for those who read them. */
    String summary(Class<?> type) {
        return SENTENCE_END.split(plain(TEXT.format(of(type).getComment())), 2)[0];
    }

    /** What is said of a component of a record; empty where its name says all. */
    String component(Class<?> type, String name) {
        return of(type).getRecordComponents().stream()
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(ParamJavadoc::getComment)
                .map(TEXT::format)
                .map(Javadoc::plain)
                .map(Javadoc::capitalized)
                .orElse("");
    }

    private ClassJavadoc of(Class<?> type) {
        return known.computeIfAbsent(type, RuntimeJavadoc::getJavadoc);
    }

    private static String plain(String text) {
        return SPACES.matcher(text.replaceAll("</?code>", "`").replaceAll("<[^>]*>", ""))
                .replaceAll(" ")
                .strip();
    }

    static String capitalized(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
