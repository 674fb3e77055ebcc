package dev.rehome.consumer.verification;

import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.SameContent;
import java.util.Objects;
import java.util.Optional;

/**
 * One reference that is not as it should be.
 *
 * @param kind what is wrong
 * @param record the record
 * @param target what is at the target
 * @param source what is at the source
 * @param message more, in the store's words; often empty
 * @param repaired whether it was put right
 */
record Finding(FindingKind kind, MigratedRecord record, Seen target, Seen source, String message, boolean repaired) {
    Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(message, "message");
    }

    /** Judges a reference by what is at both ends; empty when nothing is wrong. */
    static Optional<Finding> of(MigratedRecord record, Seen target, Seen source) {
        return judged(record, target, source)
                .map(kind -> new Finding(kind, record, target, source, target.refusal() + source.refusal(), false));
    }

    /**
     * Times have a resolution of a second, so a source of the copy's very second counts as later only if its bytes are
     * surely others.
     */
    private static Optional<FindingKind> judged(MigratedRecord record, Seen target, Seen source) {
        if (target.isRefused()) {
            return Optional.of(FindingKind.UNREADABLE);
        }
        if (target.object().isEmpty()) {
            return Optional.of(FindingKind.MISSING);
        }
        var copy = target.object().get();
        boolean same = source.object()
                .map(copy::compareContent)
                .filter(SameContent.SAME::equals)
                .isPresent();
        if (same) {
            return Optional.empty();
        }
        if (!copy.proof().equals(Optional.of(ContentProof.etag(record.etag())))) {
            return Optional.of(FindingKind.TARGET_CHANGED);
        }
        if (source.isRefused()) {
            return Optional.of(FindingKind.UNREADABLE);
        }
        boolean other = source.object()
                .map(copy::compareContent)
                .filter(SameContent.DIFFERENT::equals)
                .isPresent();
        int age = source.object()
                .map(found -> found.modified().compareTo(copy.modified()))
                .orElse(-1);
        if (age > 0 || (age == 0 && other)) {
            return Optional.of(FindingKind.SOURCE_OVERWRITTEN);
        }
        return other ? Optional.of(FindingKind.CONTENT_DIFFERS) : Optional.empty();
    }

    /** The same, put right. */
    Finding repairedNow() {
        return new Finding(kind, record, target, source, message, true);
    }

    /** The same, with why it could not be put right. */
    Finding unrepaired(String why) {
        return new Finding(kind, record, target, source, why, false);
    }
}
