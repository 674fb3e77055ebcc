package dev.rehome.common.batch;

import java.util.Arrays;
import java.util.List;

/** Why a record failed. The names appear in the mapping table and in the report; each is documented in docs/OPERATING.md. */
public enum FailureCode {
    /** No such object in the source bucket. */
    NOT_FOUND("restore the object or correct the row, then run again"),
    /** The object is archived and must be restored before it can be copied. */
    ARCHIVED("restore the object from its archive tier, then run again"),
    /** The store denied access to this object. */
    ACCESS_DENIED("grant the missing permission, then run again"),
    /** The new key is longer than the store allows. */
    KEY_TOO_LONG("shorten the key or the target prefix, then run again"),
    /** The key can't be addressed byte for byte at the store. */
    KEY_REFUSED("rename the object, then run again"),
    /** Another object exists at the new location. */
    TARGET_CONFLICT("remove or rename the object at the target, then run again"),
    /** The store couldn't use the encryption key. */
    ENCRYPTION("grant use of the encryption key, then run again"),
    /** The object is larger than the store can copy. */
    TOO_LARGE("copy the object by other means, then run again"),
    /** The object was overwritten during each attempt to copy it. */
    SOURCE_CHANGED("stop writing to the object's legacy key, then run again"),
    /** The new value is longer than the column. */
    VALUE_TOO_LONG("widen the column or shorten the target prefix, then run again"),
    /** The row holds another value after the update than the one that was written. */
    VALUE_ALTERED("look for a BEFORE UPDATE trigger that changes the column, then run again"),
    /** The new value collides in a unique index. */
    UNIQUE_COLLISION("resolve the duplicate in the table, then run again"),
    /** Every consumer that processed the record died. */
    ATTEMPTS_EXHAUSTED("look into the consumers' logs for this key, then run again"),
    /** The store kept failing for this object while it served others. */
    STORE_ERROR("see the store's last error in the message, then run again"),
    /** The store refused for another reason, which the message quotes. */
    REJECTED("see the message, then run again");

    private final String advice;

    FailureCode(String advice) {
        this.advice = advice;
    }

    /** The remedy, in one clause. */
    public String advice() {
        return advice;
    }

    /** The names of all codes. */
    public static List<String> names() {
        return Arrays.stream(values()).map(FailureCode::name).toList();
    }

    /** The advice for a code by its name, which a newer release may have written. */
    public static String adviceFor(String name) {
        return Arrays.stream(values())
                .filter(code -> code.name().equals(name))
                .map(FailureCode::advice)
                .findFirst()
                .orElse("see the message in the mapping table");
    }
}
