package dev.rehome.emulation.benchmark.s3;

import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.seeding.SampleRow;
import java.util.Optional;

/**
 * The sample objects that a synthetic server pretends to hold, found by their keys.
 *
 * @param rows sample rows, from 1
 * @param size bytes of each object
 */
record SampleObjects(long rows, int size) {
    /** The row whose object has this key in the legacy bucket; 0 if there is none. */
    long legacy(String key) {
        long id = number(key);
        return exists(id) && key.equals(SampleRow.of(id).location()) ? id : 0;
    }

    /** The row whose object has this key in the new bucket once it is copied; 0 if there is none. */
    long target(String key) {
        long id = number(key);
        return exists(id) && key.equals(SampleRow.of(id).expectedLocation()) ? id : 0;
    }

    private boolean exists(long id) {
        return id >= 1 && id <= rows && SampleRow.of(id).kind() == SampleRow.Kind.LEGACY;
    }

    /** The object of a row. */
    Optional<SampleObject> object(long id) {
        return SampleRow.of(id).object(size);
    }

    /** The ETag of a row's object, in both buckets. */
    static String etag(long id) {
        String digits = Long.toHexString(id);
        return "\"5eed0000000000000000000000000000".substring(0, 33 - digits.length()) + digits + "\"";
    }

    /** The first number after the last slash, which every sample key has; 0 if there is none. */
    private static long number(String key) {
        int at = key.lastIndexOf('/') + 1;
        while (at < key.length() && !isDigit(key.charAt(at))) {
            at++;
        }
        long number = 0;
        while (at < key.length() && isDigit(key.charAt(at)) && number < Long.MAX_VALUE / 20) {
            number = number * 10 + key.charAt(at++) - '0';
        }
        return number;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
