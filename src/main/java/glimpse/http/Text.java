package glimpse.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a text in a body may be. Lengths are in characters as people count them: code points. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Text {
    int min() default 0;

    int max();

    /** A regular expression for all of it; none when empty. */
    String pattern() default "";

    /** What the pattern asks for, in words: "may only have a-z, 0-9 and _". */
    String otherwise() default "";
}
