package glimpse.c2pa;

import org.jspecify.annotations.Nullable;

/**
 * A report, and what is needed to name the picture as the parent of another.
 *
 * @param store the manifest store as it was in the file, unless there was none that can be read
 * @param durable whether trusted time-stamps keep the manifests valid beyond the life of their certificates
 */
public record Validation(ValidationReport report, byte @Nullable [] store, boolean durable) {}
