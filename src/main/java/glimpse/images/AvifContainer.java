package glimpse.images;

import static glimpse.http.ErrorCode.IMAGE_UNREADABLE;
import static glimpse.http.ErrorCode.IMAGE_UNSUPPORTED;

import glimpse.http.ApiError;
import glimpse.images.BoxReader.Box;
import glimpse.images.HeifMeta.Property;
import glimpse.images.HeifMeta.Reference;
import glimpse.images.Placement.Mirror;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an AVIF file says about its picture, nothing of which is decoded yet (AV1 Image File Format 1.1 over
 * ISO/IEC 23008-12). A malformed file ends as IMAGE_UNREADABLE, one of a kind that can't be shown as IMAGE_UNSUPPORTED.
 */
final class AvifContainer {
    private static final Set<String> BRANDS = Set.of("avif", "avis", "mif1");
    private static final Set<String> ALPHA =
            Set.of("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1");
    private static final Set<String> UNDERSTOOD =
            Set.of("ispe", "av1C", "colr", "pixi", "pasp", "irot", "imir", "clap", "auxC");

    private final HeifMeta meta;
    private final AvifLayer colour;
    private final @Nullable AvifLayer alpha;
    private final boolean premultiplied;
    private final Placement placement;

    private AvifContainer(HeifMeta meta) {
        this.meta = meta;
        int primary = meta.primary();
        for (Property property : meta.properties(primary)) {
            if (property.essential() && !UNDERSTOOD.contains(property.type())) {
                throw unsupported("an AVIF that needs " + printable(property.type()));
            }
        }
        this.colour = AvifLayer.of(meta, primary);
        Optional<Integer> mask = alphaOf(primary);
        this.alpha = mask.map(item -> AvifLayer.of(meta, item)).orElse(null);
        this.premultiplied = mask.isPresent() && refers("prem", primary, mask.get());
        this.placement = placementOf(primary);
        if (alpha != null && (alpha.width() != colour.width() || alpha.height() != colour.height())) {
            throw unreadable("its transparency has another size");
        }
    }

    static AvifContainer parse(byte[] data) {
        BoxReader file = new BoxReader(data);
        checkBrand(file.box());
        boolean animated = false;
        while (!file.atEnd()) {
            Box box = file.box();
            if (box.type().equals("meta")) {
                return new AvifContainer(new HeifMeta(data, box));
            }
            animated |= box.type().equals("moov");
        }
        throw animated ? unsupported("an animated AVIF without a still picture") : unreadable("it holds no picture");
    }

    static ApiError unreadable(String reason) {
        return new ApiError(IMAGE_UNREADABLE, IMAGE_UNREADABLE.message() + ": " + reason);
    }

    static ApiError unsupported(String kind) {
        return new ApiError(IMAGE_UNSUPPORTED, IMAGE_UNSUPPORTED.message() + ": " + kind);
    }

    /** As shown, cropped and turned. */
    int width() {
        return placement.width();
    }

    int height() {
        return placement.height();
    }

    /** 8, 10 or 12, the most that any part has. */
    int bitDepth() {
        return Math.max(
                colour.tile().bitDepth(), alpha == null ? 0 : alpha.tile().bitDepth());
    }

    AvifLayer colour() {
        return colour;
    }

    @Nullable
    AvifLayer alpha() {
        return alpha;
    }

    boolean premultiplied() {
        return premultiplied;
    }

    Placement placement() {
        return placement;
    }

    /** The AV1 stream of one tile. */
    byte[] stream(int tile) {
        return meta.content(tile);
    }

    byte @Nullable [] iccProfile() {
        return colourBoxes()
                .filter(in -> Set.of("prof", "rICC").contains(in.fourCc()))
                .findFirst()
                .map(BoxReader::rest)
                .orElse(null);
    }

    /** What the container says of the colour; it outranks the AV1 stream. */
    Optional<YuvCoding> coding() {
        return colourBoxes()
                .filter(in -> in.fourCc().equals("nclx"))
                .findFirst()
                .map(in -> {
                    in.skip(4); // primaries and transfer: only the matrix concerns the way to RGB
                    return new YuvCoding(in.u16(), (in.u8() & 0x80) != 0);
                });
    }

    private Stream<BoxReader> colourBoxes() {
        return Stream.concat(Stream.of(meta.primary()), colour.tiles().stream().limit(1))
                .flatMap(item -> meta.properties(item).stream())
                .filter(property -> property.type().equals("colr"))
                .map(property -> property.box().body());
    }

    private static void checkBrand(Box box) {
        BoxReader in = box.body();
        Set<String> brands = new HashSet<>(Set.of(in.fourCc()));
        in.skip(4);
        while (!in.atEnd() && brands.size() < 64) {
            brands.add(in.fourCc());
        }
        if (!box.type().equals("ftyp") || brands.stream().noneMatch(BRANDS::contains)) {
            throw unreadable("it is no AVIF file");
        }
    }

    private Optional<Integer> alphaOf(int item) {
        return meta.references("auxl").stream()
                .filter(reference -> reference.to().contains(item))
                .map(Reference::from)
                .filter(candidate -> meta.property(candidate, "auxC")
                        .filter(box -> ALPHA.contains(box.fullBody().text()))
                        .isPresent())
                .findFirst();
    }

    private boolean refers(String type, int from, int to) {
        return meta.references(type).stream()
                .anyMatch(
                        reference -> reference.from() == from && reference.to().contains(to));
    }

    private Placement placementOf(int item) {
        Placement whole = Placement.of(colour.width(), colour.height());
        Placement cropped =
                meta.property(item, "clap").map(box -> whole.crop(box.body())).orElse(whole);
        Placement turned = meta.property(item, "irot")
                .map(box -> cropped.turn(box.body().u8() & 3))
                .orElse(cropped);
        return meta.property(item, "imir")
                .map(box -> turned.mirror((box.body().u8() & 1) == 0 ? Mirror.TOP_TO_BOTTOM : Mirror.LEFT_TO_RIGHT))
                .orElse(turned);
    }

    /** Four characters from a stranger's file, fit for a message. */
    static String printable(String type) {
        return type.replaceAll("[^A-Za-z0-9]", "?");
    }
}
