package glimpse;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the configuration: the file, then the environment ({@code GLIMPSE_SERVER_PORT}), then the command line, each
 * over the one before. Everything that is wrong is found in one go.
 */
final class ConfigReader {
    private static final String ENVIRONMENT_PREFIX = "GLIMPSE_";

    /** What Kubernetes puts into the environment of every container for a Service named glimpse. */
    private static final Pattern SERVICE_LINK = Pattern.compile("GLIMPSE_(SERVICE_(HOST|PORT.*)|PORT(_.*)?)");

    /** A value, and where it was found. */
    private record Setting(List<String> values, boolean list, String where) {}

    /** A problem, to be told before anything starts. */
    static final class Invalid extends Exception {
        private final List<String> problems;

        Invalid(List<String> problems) {
            super(String.join("\n", problems));
            this.problems = List.copyOf(problems);
        }

        List<String> problems() {
            return problems;
        }
    }

    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final Map<String, RecordComponent> known = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private ConfigReader() {
        collectKeys("", Config.class);
    }

    /**
     * Reads it all.
     *
     * @param file none to go without
     * @param commandLine values by key: {@code server.port}
     * @throws Invalid with every problem found
     */
    static Config read(@Nullable Path file, Map<String, String> environment, Map<String, String> commandLine)
            throws Invalid {
        ConfigReader reader = new ConfigReader();
        if (file != null) {
            reader.readFile(file);
        }
        reader.readEnvironment(environment);
        commandLine.forEach(
                (key, value) -> reader.settings.put(key, new Setting(List.of(value), false, "command line")));
        Object config = reader.bind("", Config.class);
        if (reader.problems.isEmpty()) {
            reader.problems.addAll(ConfigRules.problems((Config) config));
        }
        if (!reader.problems.isEmpty()) {
            throw new Invalid(reader.problems);
        }
        return (Config) config;
    }

    private void collectKeys(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = prefix + snakeCase(component.getName());
            if (component.getType().isRecord()) {
                collectKeys(key + ".", component.getType());
            } else {
                known.put(key, component);
            }
        }
    }

    private void readFile(Path file) {
        try {
            LoadSettings yaml = LoadSettings.builder().setLabel(file.toString()).build();
            Optional<Node> root = new Compose(yaml).composeString(Files.readString(file));
            root.ifPresent(node -> readNode("", node, file));
        } catch (IOException problem) {
            problems.add(file + ": can't be read ("
                    + problem.getClass().getSimpleName().replace("Exception", "") + ")");
        } catch (MarkedYamlEngineException problem) {
            String line = problem.getProblemMark()
                    .map(mark -> ":" + (mark.getLine() + 1))
                    .orElse("");
            problems.add(file + line + ": " + problem.getProblem());
        } catch (YamlEngineException problem) {
            problems.add(file + ": " + problem.getMessage());
        }
    }

    private void readNode(String path, Node node, Path file) {
        String where =
                file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        if (node instanceof MappingNode mapping) {
            String prefix = path.isEmpty() ? "" : path + ".";
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                String full = prefix + key;
                boolean empty = tuple.getValueNode() instanceof ScalarNode scalar
                        && scalar.getValue().isEmpty();
                if (!isSection(full) || !empty) { // a section with nothing in it is a comment
                    readNode(full, tuple.getValueNode(), file);
                }
            }
        } else if (isSection(path)) {
            problems.add(where + ": " + path + " has keys of its own, and no value");
        } else if (!known.containsKey(path)) {
            problems.add(where + ": " + unknown(path));
        } else if (settings.containsKey(path)) {
            problems.add(where + ": " + path + " is there twice");
        } else if (node instanceof SequenceNode sequence) {
            List<String> values = sequence.getValue().stream()
                    .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "")
                    .toList();
            settings.put(path, new Setting(values, true, where));
        } else if (node instanceof ScalarNode scalar) {
            settings.put(path, new Setting(List.of(scalar.getValue()), false, where));
        }
    }

    private boolean isSection(String path) {
        return known.keySet().stream().anyMatch(name -> name.startsWith(path + "."));
    }

    private void readEnvironment(Map<String, String> environment) {
        Map<String, String> names = new TreeMap<>();
        known.keySet()
                .forEach(key -> names.put(
                        ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_'), key));
        environment.forEach((name, value) -> {
            @Nullable String key = names.get(name);
            if (key != null) {
                settings.put(key, new Setting(List.of(value), false, "environment variable " + name));
            } else if (name.startsWith(ENVIRONMENT_PREFIX)
                    && !SERVICE_LINK.matcher(name).matches()) {
                problems.add("environment variable " + name + ": means nothing; the nearest is "
                        + nearest(name, names.keySet()));
            }
        });
    }

    private String unknown(String path) {
        return path + " is not a key; the nearest is " + nearest(path, known.keySet());
    }

    private Object bind(String prefix, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> {
                    String key = prefix + snakeCase(component.getName());
                    return component.getType().isRecord()
                            ? bind(key + ".", component.getType())
                            : value(key, component);
                })
                .toArray();
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private Object value(String key, RecordComponent component) {
        String fallback = component.getAnnotation(Config.Default.class).value();
        Setting silent = new Setting(List.of(fallback), false, "");
        Setting setting = settings.getOrDefault(key, silent);
        try {
            return convert(setting, component);
        } catch (IllegalArgumentException problem) {
            problems.add(setting.where() + ": " + key + " " + problem.getMessage());
            return convert(silent, component);
        }
    }

    private static Object convert(Setting setting, RecordComponent component) {
        Class<?> type = component.getType();
        if (type == List.class) {
            return setting.list()
                    ? setting.values()
                    : separated(setting.values().get(0));
        }
        if (setting.list()) {
            throw new IllegalArgumentException("takes one value, not a list");
        }
        String text = setting.values().get(0);
        if (type == int.class) {
            return number(text, component);
        }
        if (type == boolean.class) {
            return truth(text);
        }
        return type.isEnum() ? constant(text, type) : text;
    }

    private static List<String> separated(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static int number(String text, RecordComponent component) {
        Config.Range range = component.getAnnotation(Config.Range.class);
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= range.min() && number <= range.max()) {
                return (int) number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalArgumentException(
                "must be a number from " + range.min() + " to " + range.max() + ", not \"" + text + '"');
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false, not \"" + text + '"');
        };
    }

    private static Object constant(String text, Class<?> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .toList();
        int index = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException("must be " + String.join(" or ", names) + ", not \"" + text + '"');
        }
        return type.getEnumConstants()[index];
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String nearest(String name, Iterable<String> candidates) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
