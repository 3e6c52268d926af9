package glimpse.http;

import io.javalin.config.Key;
import io.javalin.config.MultipartConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.json.JsonMapper;
import io.javalin.plugin.ContextPlugin;
import io.javalin.router.Endpoint;
import io.javalin.router.Endpoints;
import io.javalin.security.RouteRole;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The context of a call from inside: a request and an answer of its own within those of another call. */
final class InnerContext implements Context {
    private final Context outer;
    private final InnerCall call;
    private final InnerRequest request;
    private final InnerResponse response;
    private @Nullable InputStream result;

    InnerContext(Context outer, InnerCall call) {
        this.outer = outer;
        this.call = call;
        this.request = new InnerRequest(outer.req(), call);
        this.response = new InnerResponse(outer.res());
    }

    InnerCall.Answer answer() throws IOException {
        byte[] body = result == null ? response.written() : result.readAllBytes();
        return new InnerCall.Answer(response.getStatus(), body);
    }

    @Override
    public HttpServletRequest req() {
        return request;
    }

    @Override
    public HttpServletResponse res() {
        return response;
    }

    @Override
    public String pathParam(String name) {
        return call.path().getOrDefault(name, "");
    }

    @Override
    public Map<String, String> pathParamMap() {
        return call.path();
    }

    @Override
    public ServletOutputStream outputStream() {
        return response.getOutputStream();
    }

    @Override
    public Context result(InputStream stream) {
        result = stream;
        return this;
    }

    @Override
    public @Nullable InputStream resultInputStream() {
        return result;
    }

    @Override
    public Context minSizeForCompression(int size) {
        return this;
    }

    @Override
    public Endpoints endpoints() {
        return outer.endpoints();
    }

    @Override
    public Endpoint endpoint() {
        return outer.endpoint();
    }

    @Override
    public <T> T appData(Key<T> key) {
        return outer.appData(key);
    }

    @Override
    public JsonMapper jsonMapper() {
        return outer.jsonMapper();
    }

    @Override
    public <T> T with(Class<? extends ContextPlugin<?, T>> type) {
        return outer.with(type);
    }

    @Override
    public MultipartConfig multipartConfig() {
        return outer.multipartConfig();
    }

    @Override
    public boolean strictContentTypes() {
        return outer.strictContentTypes();
    }

    @Override
    public Set<RouteRole> routeRoles() {
        return outer.routeRoles();
    }

    @Override
    public Context skipRemainingHandlers() {
        return this;
    }

    @Override
    public void future(Supplier<? extends CompletableFuture<?>> future) {
        throw notInside();
    }

    @Override
    public void redirect(String location, HttpStatus status) {
        throw notInside();
    }

    @Override
    public void writeJsonStream(Stream<?> stream) {
        throw notInside();
    }

    private static UnsupportedOperationException notInside() {
        return new UnsupportedOperationException("an answer to a call from inside is given at once");
    }
}
