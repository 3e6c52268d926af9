package glimpse.viewer;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page.
 *
 * @param nonce allows this page's own style and scripts, and nothing else
 * @param nav the entry of the bar that leads here; empty for none
 * @param path of this page, with what tells it from its siblings
 * @param room whether the page stands in the light of a picture, with a bar that lets it through
 * @param feed the path of an Atom feed of it
 * @param card the picture that is shown where the page is shared
 * @param isIndexed whether search engines should have it
 */
record Frame(
        String title,
        String description,
        String nonce,
        Visit visit,
        Assets assets,
        String baseUrl,
        String nav,
        String path,
        Light light,
        boolean room,
        @Nullable String feed,
        @Nullable Card card,
        boolean isIndexed) {
    /**
     * A picture, never one that is marked 18+.
     *
     * @param url absolute
     */
    record Card(String url, int width, int height, String alt, boolean isPost) {}

    Frame lit(Light by) {
        return new Frame(title, description, nonce, visit, assets, baseUrl, nav, path, by, room, feed, card, isIndexed);
    }

    Frame inRoom(Light by) {
        return new Frame(title, description, nonce, visit, assets, baseUrl, nav, path, by, true, feed, card, isIndexed);
    }

    Frame described(String words) {
        return new Frame(title, words, nonce, visit, assets, baseUrl, nav, path, light, room, feed, card, isIndexed);
    }

    Frame withFeed(String feedPath) {
        return new Frame(
                title, description, nonce, visit, assets, baseUrl, nav, path, light, room, feedPath, card, isIndexed);
    }

    Frame withCard(@Nullable Card shared) {
        return new Frame(
                title, description, nonce, visit, assets, baseUrl, nav, path, light, room, feed, shared, isIndexed);
    }

    Frame at(String canonicalPath) {
        return new Frame(
                title,
                description,
                nonce,
                visit,
                assets,
                baseUrl,
                nav,
                canonicalPath,
                light,
                room,
                feed,
                card,
                isIndexed);
    }

    Frame unindexed() {
        return new Frame(title, description, nonce, visit, assets, baseUrl, nav, path, light, room, feed, card, false);
    }

    String canonical() {
        return baseUrl + path;
    }

    /** Where a form leads back to. */
    String back() {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    /** The theme that the button without a script leads to: of the system's choice nothing is known here. */
    String otherTheme() {
        return "dark".equals(visit.theme()) ? "light" : "dark";
    }

    String oembed() {
        return "/oembed?url=" + URLEncoder.encode(canonical(), StandardCharsets.UTF_8);
    }

    boolean isAt(String entry) {
        return nav.equals(entry);
    }
}
