package glimpse.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Of what record a {@link RawJson} in an answer is the JSON. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface JsonOf {
    Class<?> value();

    /** Whether it is a list of them. */
    boolean many() default false;
}
