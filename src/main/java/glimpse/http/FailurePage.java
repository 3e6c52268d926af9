package glimpse.http;

/** Makes a page of a failure, for people. */
@FunctionalInterface
public interface FailurePage {
    Content of(Call call, ApiError error);
}
