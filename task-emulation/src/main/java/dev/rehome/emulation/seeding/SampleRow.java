package dev.rehome.emulation.seeding;

import java.util.Optional;

/**
 * One row of the sample table, computed from its number.
 *
 * @param id the row key, from 1
 * @param kind the case that the row stands for
 */
public record SampleRow(long id, Kind kind) {
    /** The folder to be moved. Unescaped in a pattern of LIKE, its underscore would match any character. */
    public static final String LEGACY_PREFIX = "user_image";
    /** The folder that replaces it. */
    public static final String TARGET_PREFIX = "avatar/";
    /** A folder of keys under the target prefix that the migrator never writes. */
    public static final String EARLIER_PREFIX = TARGET_PREFIX + "earlier/";

    /** Each prefix has this many folders; a row's key is in the folder named after its number modulo this. */
    public static final int FOLDERS = 100;
    /** Rows whose numbers are congruent modulo this have names of one form in one folder. */
    public static final int NAME_PERIOD = 300;

    /** The case that a row stands for. */
    public enum Kind {
        /** A legacy key with an object. */
        LEGACY,
        /** A legacy key without an object. */
        MISSING,
        /** A key in another folder. */
        ELSEWHERE,
        /** A key that a pattern of LIKE takes for a legacy key if it doesn't escape the underscore. */
        NEIGHBOUR,
        /** NULL. */
        NOTHING,
        /** A key that was migrated long ago. */
        MIGRATED
    }

    /** The row with this number. */
    public static SampleRow of(long id) {
        if (id % 500 == 499) {
            return new SampleRow(id, Kind.MISSING);
        }
        return new SampleRow(
                id,
                switch ((int) (id % 50)) {
                    case 7 -> Kind.ELSEWHERE;
                    case 17 -> Kind.NEIGHBOUR;
                    case 27 -> Kind.NOTHING;
                    case 37 -> Kind.MIGRATED;
                    default -> Kind.LEGACY;
                });
    }

    /** The column's value before the migration; null for {@link Kind#NOTHING}. */
    public String location() {
        return switch (kind) {
            case LEGACY, MISSING -> LEGACY_PREFIX + "/" + name();
            case ELSEWHERE -> "document/" + name();
            case NEIGHBOUR -> "userXimage/" + name();
            case NOTHING -> null;
            case MIGRATED -> EARLIER_PREFIX + name();
        };
    }

    /** The column's value after the migration. */
    public String expectedLocation() {
        return kind == Kind.LEGACY ? TARGET_PREFIX + name() : location();
    }

    /** Whether a location is in the folder to be moved; false for null. */
    public static boolean isLegacy(String location) {
        return location != null && location.startsWith(LEGACY_PREFIX + "/");
    }

    /** The new key of a legacy location. Doesn't use the migrator's code, so that each checks the other. */
    public static String targetOf(String location) {
        return TARGET_PREFIX + location.substring(LEGACY_PREFIX.length() + 1);
    }

    /** The object in the legacy bucket that the row refers to; empty where there is none. */
    public Optional<SampleObject> object(int size) {
        return kind == Kind.LEGACY ? Optional.of(new SampleObject(id, location(), size)) : Optional.empty();
    }

    /** A third of the names need encoding in requests. */
    private String name() {
        String folder = id % FOLDERS + "/";
        return switch ((int) (id % 6)) {
            case 0 -> folder + "photo " + id + "+new.jpg";
            case 3 -> folder + "größe-" + id + ".png";
            default -> folder + id + ".jpg";
        };
    }
}
