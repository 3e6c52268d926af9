package glimpse.viewer;

import static glimpse.http.Operation.get;

import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Routes;
import java.util.List;

/** What this is. */
final class AboutPage implements Routes {
    private final Pages pages;

    AboutPage(Pages pages) {
        this.pages = pages;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get("/about", "What this is, for people", Access.PUBLIC, Limit.CALLS, this::about));
    }

    private Content about(Call call) {
        Frame frame = pages.frame(call, "About", "").described("What Glimpse is, and what it knows of you: nothing.");
        return pages.show(call, "about", frame, call.baseUrl());
    }
}
