package glimpse.images;

import static glimpse.images.AvifContainer.unreadable;

import glimpse.images.BoxReader.Box;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code meta} box of a HEIF file: items, their properties, and what refers to what (ISO/IEC 14496-12, 8.11). */
final class HeifMeta {
    // Far more than any real picture has; a hostile table could else name thousands of empty extents in a few bytes.
    private static final int MAX_EXTENTS = 64;
    private static final int MAX_ITEMS = 4096;
    private static final int MAX_LINKS = 16_384; // of items to properties and to each other

    /** A property as an item has it: an essential one must be understood, or the item can't be shown. */
    record Property(Box box, boolean essential) {
        String type() {
            return box.type();
        }
    }

    /** One item's reference to another, or a derived picture's to all its parts. */
    record Reference(String type, int from, List<Integer> to) {}

    private record Extent(long offset, long length) {}

    private record Location(int construction, List<Extent> extents) {}

    private record Association(int item, int property, boolean essential) {}

    private final byte[] file;
    private final Map<Integer, String> types = new HashMap<>();
    private final Map<Integer, Location> locations = new HashMap<>();
    private final List<Box> properties = new ArrayList<>();
    private final List<Association> associations = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private @Nullable Integer primary;
    private @Nullable Box idat;

    HeifMeta(byte[] file, Box meta) {
        this.file = file;
        BoxReader reader = meta.fullBody();
        while (!reader.atEnd()) {
            Box box = reader.box();
            switch (box.type()) {
                case "pitm" -> readPrimary(box.body());
                case "iinf" -> readItems(box.body());
                case "iloc" -> readLocations(box.body());
                case "iprp" -> readProperties(box.body());
                case "iref" -> readReferences(box.body());
                case "idat" -> idat = box;
                default -> {}
            }
        }
    }

    int primary() {
        if (primary == null) {
            throw unreadable("it names no main picture");
        }
        return primary;
    }

    String type(int item) {
        String type = types.get(item);
        if (type == null) {
            throw unreadable("an item is missing");
        }
        return type;
    }

    List<Property> properties(int item) {
        return associations.stream()
                .filter(association -> association.item == item)
                .map(association -> new Property(property(association.property), association.essential))
                .toList();
    }

    Optional<Box> property(int item, String type) {
        return properties(item).stream()
                .map(Property::box)
                .filter(box -> box.type().equals(type))
                .findFirst();
    }

    List<Reference> references(String type) {
        return references.stream()
                .filter(reference -> reference.type.equals(type))
                .toList();
    }

    /** The item's bytes, its extents joined. */
    byte[] content(int item) {
        Location location = locations.get(item);
        if (location == null) {
            throw unreadable("an item has no data");
        }
        BoxReader source = source(location.construction);
        if (location.extents.size() == 1) {
            Extent whole = location.extents.get(0);
            return source.part(whole.offset, whole.length);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Extent extent : location.extents) {
            content.writeBytes(source.part(extent.offset, extent.length));
            if (content.size() > file.length) {
                throw unreadable("an item's parts overlap");
            }
        }
        return content.toByteArray();
    }

    private BoxReader source(int construction) {
        if (construction == 0) {
            return new BoxReader(file);
        }
        if (construction == 1 && idat != null) {
            return idat.body();
        }
        throw unreadable("an item's data can't be found");
    }

    private Box property(int index) {
        if (index < 1 || index > properties.size()) {
            throw unreadable("a property is missing");
        }
        return properties.get(index - 1);
    }

    private void readPrimary(BoxReader in) {
        primary = id(in, version(in) == 0);
    }

    private void readItems(BoxReader in) {
        in.skip(version(in) == 0 ? 2 : 4);
        while (!in.atEnd()) {
            BoxReader entry = in.box().body();
            int version = version(entry);
            if (version < 2) {
                continue; // such items have no type: none is a picture
            }
            int id = id(entry, version == 2);
            entry.skip(2);
            types.put(id, entry.fourCc());
            limit(types.size(), MAX_ITEMS);
        }
    }

    private void readLocations(BoxReader in) {
        int version = version(in);
        int sizes = in.u16();
        int offsetSize = sizes >> 12;
        int lengthSize = (sizes >> 8) & 15;
        int baseSize = (sizes >> 4) & 15;
        int indexSize = version == 0 ? 0 : sizes & 15;
        limit(Math.max(Math.max(offsetSize, lengthSize), Math.max(baseSize, indexSize)), 8);
        long count = in.unsigned(version < 2 ? 2 : 4);
        for (limit(count, MAX_ITEMS); count > 0; count--) {
            int id = id(in, version < 2);
            int construction = version == 0 ? 0 : in.u16() & 15;
            in.skip(2);
            long base = in.unsigned(baseSize);
            int extents = in.u16();
            limit(extents, MAX_EXTENTS);
            List<Extent> list = new ArrayList<>();
            for (int i = 0; i < extents; i++) {
                in.skip(indexSize);
                list.add(new Extent(base + in.unsigned(offsetSize), in.unsigned(lengthSize)));
            }
            locations.put(id, new Location(construction, list));
        }
    }

    private void readProperties(BoxReader in) {
        while (!in.atEnd()) {
            Box box = in.box();
            switch (box.type()) {
                case "ipco" -> {
                    for (BoxReader all = box.body(); !all.atEnd(); ) {
                        properties.add(all.box());
                        limit(properties.size(), MAX_ITEMS);
                    }
                }
                case "ipma" -> readAssociations(box.body());
                default -> {}
            }
        }
    }

    private void readAssociations(BoxReader in) {
        int version = in.u8();
        int indexBytes = (in.unsigned(3) & 1) == 0 ? 1 : 2;
        int essentialBit = indexBytes == 1 ? 0x80 : 0x8000;
        for (long count = in.unsigned(4); count > 0; count--) {
            int item = id(in, version == 0);
            for (int left = in.u8(); left > 0; left--) {
                int value = (int) in.unsigned(indexBytes);
                int property = value & ~essentialBit;
                if (property != 0) {
                    associations.add(new Association(item, property, (value & essentialBit) != 0));
                    limit(associations.size(), MAX_LINKS);
                }
            }
        }
    }

    private void readReferences(BoxReader in) {
        boolean shortIds = version(in) == 0;
        while (!in.atEnd()) {
            Box box = in.box();
            BoxReader entry = box.body();
            int from = id(entry, shortIds);
            List<Integer> to = new ArrayList<>();
            int count = entry.u16();
            limit(count, MAX_ITEMS);
            for (int i = 0; i < count; i++) {
                to.add(id(entry, shortIds));
            }
            references.add(new Reference(box.type(), from, to));
            limit(references.size(), MAX_ITEMS);
        }
    }

    private static int version(BoxReader in) {
        int version = in.u8();
        in.skip(3);
        return version;
    }

    private static int id(BoxReader in, boolean isShort) {
        return isShort ? in.u16() : in.i32();
    }

    private static void limit(long count, int most) {
        if (count > most) {
            throw unreadable("it has too many parts");
        }
    }
}
