package dev.rehome.common.batch;

import java.util.Objects;

/**
 * The rule that maps a legacy key to its target key.
 *
 * <p>A prefix names a folder: {@code image} and {@code image/} are the same, and {@code images/1.png} is in neither.
 * Nothing is normalised: case, accents, double slashes and trailing spaces are all significant. With
 * {@link KeyLayout#PREFIX} distinct legacy keys have distinct target keys.
 *
 * @param legacy the legacy folder, ending with a slash
 * @param target the target folder, ending with a slash, or empty for the bucket's root
 * @param layout the layout of target keys
 */
public record TargetKeyRule(String legacy, String target, KeyLayout layout) {
    public TargetKeyRule {
        Objects.requireNonNull(layout, "layout");
        legacy = folder(legacy);
        target = folder(target);
        if (legacy.isEmpty()) {
            throw new IllegalArgumentException(
                    "the legacy prefix is empty: migrated rows couldn't be distinguished from"
                            + " legacy ones; name the folder to be moved");
        }
        if (target.startsWith(legacy)) {
            throw new IllegalArgumentException(
                    "the target prefix '" + target + "' lies inside the legacy prefix '" + legacy
                            + "': migrated rows couldn't be distinguished from legacy ones; choose another target prefix");
        }
    }

    /** Whether the value is a legacy key, byte for byte; null is not. */
    public boolean isLegacy(String location) {
        return location != null && location.startsWith(legacy);
    }

    /**
     * The target key.
     *
     * @throws IllegalArgumentException when the location isn't a legacy key, or its target would be one: if the legacy
     *     folder lies in the target folder, {@code image/old/old/1.png} would become {@code image/old/1.png}, which the
     *     next pass would move again
     */
    public String targetOf(String location) {
        if (!isLegacy(location)) {
            throw new IllegalArgumentException("'" + location + "' is not under '" + legacy + "'");
        }
        String moved = moved(location);
        if (isLegacy(moved)) {
            throw new IllegalArgumentException("the new key of '" + location + "' would be '" + moved
                    + "', which is under '" + legacy + "' again; choose a target prefix that is not above it");
        }
        return moved;
    }

    /** Whether a legacy key's new key would be a legacy key again, so that {@link #targetOf} rejects it. */
    public boolean remainsLegacy(String location) {
        return isLegacy(location) && isLegacy(moved(location));
    }

    private String moved(String location) {
        String rest = location.substring(legacy.length());
        return target + (layout == KeyLayout.FLATTEN ? rest.substring(rest.lastIndexOf('/') + 1) : rest);
    }

    /** Whether a legacy key may have a target that is one too; {@link #targetOf} refuses such keys. */
    public boolean canRemainLegacy() {
        return layout == KeyLayout.PREFIX && legacy.startsWith(target);
    }

    private static String folder(String prefix) {
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }
}
