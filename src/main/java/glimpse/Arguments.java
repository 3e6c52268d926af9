package glimpse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was said on the command line.
 *
 * @param hashImage a picture whose hash is printed, instead of starting
 * @param settings values that stand over the configuration, by its keys
 * @param rotateMasterKey replace the key file instead of starting a server
 * @param rotateSigningKey replace the keys that pictures are signed with, instead of starting
 * @param untilReady stop after the first answer, which makes a class-data archive of a whole start
 */
record Arguments(
        @Nullable Path config,
        @Nullable Path hashImage,
        Map<String, String> settings,
        boolean ephemeral,
        boolean untilReady,
        boolean rotateMasterKey,
        boolean rotateSigningKey,
        boolean help,
        boolean version,
        List<String> problems) {
    static final String USAGE = """
            Usage: java -jar glimpse.jar [options]

              --config FILE   the configuration (default: config.yml here, if there is one)
              --host HOST     listen on this address (server.host)
              --port PORT     listen on this port, 0 for a free one (server.port)
              --data DIR      keep everything in this folder (data.folder)
              --ephemeral     keep everything in a temporary folder that goes with the process
              --hash-image FILE
                              print a picture's hash as a line for images.blocklist, and stop
              --until-ready   stop after the first answer, given to itself
              --rotate-master-key
                              make a new master.key, seal all stored keys under it, and stop; no server may be running
              --rotate-signing-key
                              sign with a new key and root from now on, and stop; what was signed stays trusted
              --version, --help

            Without a configuration this is a sandbox on 127.0.0.1. Every key of the configuration can be set in the
            environment, too: GLIMPSE_SERVER_PORT=8080.
            """;
    private static final List<String> FLAGS = List.of(
            "--ephemeral", "--until-ready", "--rotate-master-key", "--rotate-signing-key", "--help", "-h", "--version");
    private static final Map<String, String> KEYS =
            Map.of("--host", "server.host", "--port", "server.port", "--data", "data.folder");

    static Arguments parse(String[] arguments) {
        @Nullable Path config = null;
        @Nullable Path hashImage = null;
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> flags = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (option.equals("--config") || option.equals("--hash-image") || KEYS.containsKey(option)) {
                if (equals < 0 && !rest.hasNext()) {
                    problems.add(option + " needs a value");
                    continue;
                }
                String value = equals < 0 ? rest.next() : argument.substring(equals + 1);
                @Nullable String key = KEYS.get(option);
                if (option.equals("--hash-image")) {
                    hashImage = Path.of(value);
                } else if (key == null) {
                    config = Path.of(value);
                } else {
                    settings.put(key, value);
                }
            } else if (FLAGS.contains(argument)) {
                flags.add(argument);
            } else {
                problems.add(argument + " is not an option; --help lists them");
            }
        }
        if (flags.contains("--ephemeral") && settings.containsKey("data.folder")) {
            problems.add("--data and --ephemeral can't be used together: one keeps the data, the other removes it");
        }
        return new Arguments(
                config,
                hashImage,
                settings,
                flags.contains("--ephemeral"),
                flags.contains("--until-ready"),
                flags.contains("--rotate-master-key"),
                flags.contains("--rotate-signing-key"),
                flags.contains("--help") || flags.contains("-h"),
                flags.contains("--version"),
                List.copyOf(problems));
    }
}
