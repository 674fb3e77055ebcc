package dev.rehome.common.batch;

import java.util.Objects;

/**
 * Where an object goes: the rule from legacy key to target key.
 *
 * <p>A prefix names a folder: {@code image} and {@code image/} are the same, and {@code images/1.png} is in neither.
 * Nothing is normalised: case, accents, double slashes and trailing spaces are all significant. With
 * {@link KeyLayout#PREFIX} distinct legacy keys have distinct target keys.
 *
 * @param legacy the legacy folder, ending with a slash
 * @param target the target folder, ending with a slash, or empty for the bucket's root
 * @param layout the layout of target keys
 */
public record KeyMapping(String legacy, String target, KeyLayout layout) {
    public KeyMapping {
        Objects.requireNonNull(layout, "layout");
        legacy = folder(legacy);
        target = folder(target);
        if (legacy.isEmpty()) {
            throw new IllegalArgumentException("the legacy prefix is empty: a migrated row could not be told from a"
                    + " legacy one; name the folder to be moved");
        }
        if (target.startsWith(legacy)) {
            throw new IllegalArgumentException("the target prefix '" + target + "' lies inside the legacy prefix '"
                    + legacy + "': a migrated row could not be told from a legacy one; choose another target prefix");
        }
    }

    /** Whether the value is a legacy key, byte for byte; null is not. */
    public boolean isLegacy(String location) {
        return location != null && location.startsWith(legacy);
    }

    /**
     * The target key.
     *
     * @throws IllegalArgumentException when the location is not a legacy key
     */
    public String targetOf(String location) {
        if (!isLegacy(location)) {
            throw new IllegalArgumentException("'" + location + "' is not under '" + legacy + "'");
        }
        String rest = location.substring(legacy.length());
        return target + (layout == KeyLayout.FLATTEN ? rest.substring(rest.lastIndexOf('/') + 1) : rest);
    }

    private static String folder(String prefix) {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }
}
