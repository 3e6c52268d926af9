package glimpse.guides;

import glimpse.testing.Answer;
import glimpse.testing.Client;
import glimpse.testing.Pictures;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A line of a guide that begins with curl, sent as curl would send it. */
record Curl(List<String> words) {
    private static final Pattern COMMAND = Pattern.compile("(?m)^    (curl (?:.*\\\\\\n)*.*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s'\\\\]+)");

    static List<Curl> in(String text) {
        return COMMAND.matcher(text)
                .results()
                .map(command -> new Curl(WORD.matcher(command.group(1))
                        .results()
                        .skip(1)
                        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                        .toList()))
                .toList();
    }

    /** @param own what stands in the guide, and what is to be sent in its place */
    Answer send(Client client, Map<String, String> own) {
        @Nullable String method = null;
        @Nullable String url = null;
        @Nullable String body = null;
        Map<String, String> form = new TreeMap<>();
        Client sender = client;
        List<String> left = new ArrayList<>(words);
        while (!left.isEmpty()) {
            String word = left.remove(0);
            switch (word) {
                case "-X" -> method = left.remove(0);
                case "-d" -> body = filled(left.remove(0), own);
                case "-F" -> {
                    String[] field = left.remove(0).split("=", 2);
                    form.put(field[0], field[1]);
                }
                case "-H" -> {
                    Matcher header = Pattern.compile("([^:]+): (.*)").matcher(filled(left.remove(0), own));
                    sender = header.matches() ? sender.with(header.group(1), header.group(2)) : sender;
                }
                default -> url = filled(word, own);
            }
        }
        if (form.remove("image") != null) {
            return sender.form(String.valueOf(url), "image", Pictures.png(40, 30, 1), form)
                    .is(201);
        }
        Answer answer = sender.send(
                method != null ? method : body == null ? "GET" : "POST",
                String.valueOf(url),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (answer.status() / 100 != 2) {
            throw new AssertionError(words + ": " + answer.text());
        }
        return answer;
    }

    private static String filled(String text, Map<String, String> own) {
        String filled = text;
        for (Map.Entry<String, String> one : own.entrySet()) {
            filled = filled.replace(one.getKey(), one.getValue());
        }
        return filled;
    }
}
