import io.javalin.Javalin;

/** Javalin's own first example, and the line that says where it listens. */
public final class Hello {
    public static void main(String[] arguments) {
        Javalin app = Javalin.create(config -> config.routes.get("/health", context -> context.result("Hello World")))
                .start("127.0.0.1", 0);
        System.out.println("{\"url\":\"http://127.0.0.1:" + app.port() + "\"}");
    }
}
