package glimpse.c2pa;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The parts of a file by the names that C2PA gives them (C2PA 2.2, section 18.7): JPEG, PNG and GIF. */
final class FileBoxes {
    static final String STORE = "C2PA";
    private static final int MOST_BOXES = 50_000;
    private static final int SOS = 0xDA;
    private static final int EOI = 0xD9;
    private static final Map<Integer, String> MARKERS = Map.of(
            0xC4, "DHT", 0xC8, "JPG", 0xCC, "DAC", 0xD8, "SOI", 0xD9, "EOI", 0xDB, "DQT", 0xDC, "DNL", 0xDD, "DRI",
            0xDE, "DHP", 0xFE, "COM");

    /** A part; together they are the whole file. */
    record Box(String name, long start, long end) {}

    private final Asset asset;
    private final Found.Store store;
    private final List<Box> boxes = new ArrayList<>();

    private FileBoxes(Asset asset, Found.Store store) {
        this.asset = asset;
        this.store = store;
    }

    /**
     * All parts in order; none where the format is not known here.
     *
     * @param named what names are expected: tables of colours in GIF have one of their own, or are of what they follow
     * @throws MalformedException when the file is cut off, or of too many parts
     */
    static List<Box> of(Asset asset, Found.Store store, Set<String> named) {
        FileBoxes file = new FileBoxes(asset, store);
        if (new PngLocator().reads(asset)) {
            file.png();
        } else if (new JpegLocator().reads(asset)) {
            file.jpeg();
        } else if (new GifLocator().reads(asset)) {
            file.gif(named);
        }
        return file.boxes;
    }

    private long add(String name, long start, long end) {
        if (boxes.size() == MOST_BOXES || end > asset.size()) {
            throw new MalformedException("the file is cut off, or of too many parts");
        }
        boolean inStore = start >= store.start() && end <= store.start() + store.length();
        if (!inStore) {
            boxes.add(new Box(name, start, end));
        } else if (start == store.start()) {
            boxes.add(new Box(STORE, start, store.start() + store.length()));
        }
        return end;
    }

    private void png() {
        long position = add("PNGh", 0, 8);
        while (position < asset.size()) {
            String type = new String(asset.read(position + 4, 4), ISO_8859_1);
            position = add(type, position, position + 12 + asset.u32(position));
        }
    }

    private void jpeg() {
        long position = add("SOI", 0, 2);
        while (position < asset.size()) {
            int marker = asset.u8(position + 1);
            if (asset.u8(position) != 0xFF || marker == 0xFF || (marker >= 0xD0 && marker <= 0xD8)) {
                throw new MalformedException("no marker");
            }
            long end = position + 2 + (marker == EOI ? 0 : asset.u16(position + 2));
            position = add(marker(marker), position, marker == SOS ? scanned(end) : end);
        }
    }

    private static String marker(int marker) {
        if (marker == SOS) {
            return "SOS";
        }
        if (marker >= 0xE0 && marker <= 0xEF) {
            return "APP" + (marker - 0xE0);
        }
        String name = MARKERS.get(marker);
        return name == null && marker >= 0xC0 && marker <= 0xCF
                ? "SOF" + (marker - 0xC0)
                : name == null ? String.format(Locale.ROOT, "%02X", marker) : name;
    }

    /** Where coded pixels end: at a marker that is neither an escaped byte nor a restart. */
    private long scanned(long start) {
        long position = start;
        while (position < asset.size() - 1) {
            int next = asset.u8(position) == 0xFF ? asset.u8(position + 1) : 0;
            if (next != 0 && next != 0xFF && !(next >= 0xD0 && next <= 0xD7)) {
                return position;
            }
            position++;
        }
        return asset.size();
    }

    private void gif(Set<String> named) {
        long position = add(new String(asset.read(0, 6), ISO_8859_1), 0, 6);
        position = withColours("LSD", "GCT", position, 13, asset.u8(10), named);
        while (position < asset.size()) {
            int introducer = asset.u8(position);
            if (introducer == 0x21) {
                String name = String.format(Locale.ROOT, "21%02X", asset.u8(position + 1));
                position = add(name, position, GifLocator.skip(asset, position + 2));
            } else if (introducer == 0x2C) {
                position = withColours("2C", "LCT", position, position + 10, asset.u8(position + 9), named);
                position = add("TBID", position, GifLocator.skip(asset, position + 1));
            } else {
                position = add(String.format(Locale.ROOT, "%02X", introducer), position, position + 1);
            }
        }
    }

    private long withColours(String name, String table, long start, long end, int flags, Set<String> named) {
        long tableEnd = end + GifLocator.colours(flags);
        if (!named.contains(table) || tableEnd == end) {
            return add(name, start, tableEnd);
        }
        add(name, start, end);
        return add(table, end, tableEnd);
    }
}
