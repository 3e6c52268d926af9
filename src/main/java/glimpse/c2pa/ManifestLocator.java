package glimpse.c2pa;

import java.util.stream.Stream;

/** Finds a manifest store, and other things that are said of a picture, in one kind of file. */
abstract class ManifestLocator {
    /** Walks through the file. What was found before something malformed stays found. */
    static Found locate(Asset asset) {
        Found found = new Found();
        try {
            Stream.of(new JpegLocator(), new PngLocator(), new WebpLocator(), new GifLocator(), new BmffLocator())
                    .filter(locator -> locator.reads(asset))
                    .findFirst()
                    .ifPresent(locator -> locator.walk(asset, found));
        } catch (MalformedException cutOff) {
            // decoding the picture is where that is told
        }
        return found;
    }

    /** Whether the file begins as this kind does. */
    abstract boolean reads(Asset asset);

    abstract void walk(Asset asset, Found found);
}
