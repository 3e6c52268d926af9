/**
 * Content credentials (C2PA 2.4): read and validated in JPEG, PNG, WebP, GIF and AVIF, written into WebP. Knows no
 * database, no HTTP and no folders but that of its keys; never fetches anything.
 *
 * <p>Reading starts at {@link glimpse.c2pa.ManifestValidator}, which turns any bytes, hostile ones too, into
 * a {@link glimpse.c2pa.ValidationReport}. Writing starts at {@link glimpse.c2pa.VariantSigner},
 * which signs with the keys of a {@link glimpse.c2pa.SigningIdentity} what a
 * {@link glimpse.c2pa.ClaimData} says of a picture.
 */
@NullMarked
package glimpse.c2pa;

import org.jspecify.annotations.NullMarked;
