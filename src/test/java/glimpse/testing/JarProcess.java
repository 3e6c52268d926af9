package glimpse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built jar, as its users start it. */
public final class JarProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;

    public JarProcess(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar"));
        command.add(Path.of("target", "glimpse.jar").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        this.process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("stderr.txt").toFile())
                .start();
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Waits for the line that says that the server answers. */
    public JsonNode ready() throws IOException {
        return Json.MAPPER.readTree(line());
    }

    /** The next line on standard output; nothing at its end. */
    public String line() throws IOException {
        String line = out.readLine();
        return line == null ? "" : line;
    }

    /** Asks it to stop, and waits; gives the exit code, and fails when anything but the ready line was written. */
    public int stop() throws IOException, InterruptedException {
        process.toHandle().destroy(); // Process.destroy would close what it wrote, too
        return exitCode();
    }

    public int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running");
        }
        String rest = out.readLine();
        if (rest != null) {
            throw new IllegalStateException("more on standard output: " + rest);
        }
        return process.exitValue();
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
