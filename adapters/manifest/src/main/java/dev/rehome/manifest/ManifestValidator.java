package dev.rehome.manifest;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.CollisionCheck;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.KeySet;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.store.ObjectKeyRules;
import dev.rehome.manifest.ManifestErrors.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a manifest and validates it: each line by itself, then the lines against each other. For use by one thread. */
final class ManifestValidator {
    /** How many new keys are passed to the database at a time. */
    private static final int COLUMN_CHECK_SIZE = 1_000;

    private final ManifestEntries source;
    private final Optional<ColumnCapacity> column;
    private final CollisionCheck check;
    private final ManifestErrors errors = new ManifestErrors();
    private final KeySet keys;
    private final KeySet tooLong = new KeySet(0);
    private final List<Long> uncheckedLines = new ArrayList<>();
    private final List<String> uncheckedKeys = new ArrayList<>();
    private long newKeys;

    private ManifestValidator(ManifestEntries source, Optional<ColumnCapacity> column, CollisionCheck check) {
        this.source = source;
        this.column = column;
        this.check = check;
        this.keys = new KeySet(source.detected().lines());
    }

    /**
     * A validator for a file.
     *
     * @param bucket the source bucket
     * @param column the values that the column can hold; not checked if empty
     * @throws Rejected if the file isn't readable, is empty, or has ambiguous columns
     */
    static ManifestValidator of(
            Path file,
            ManifestSettings settings,
            String bucket,
            TargetKeyRule targetKeys,
            ObjectKeyRules storeRules,
            Optional<ColumnCapacity> column,
            CollisionCheck check) {
        LayoutDetection detected = LayoutDetection.of(file, settings.fields(), bucket);
        if (detected.lines() == 0) {
            throw new Rejected("MANIFEST is empty: expected at least one key.");
        }
        return new ManifestValidator(
                new ManifestEntries(file, detected, settings.encoding(), bucket, targetKeys, storeRules),
                column,
                check);
    }

    ValidatedManifest validate() {
        try (ManifestEntries.Reader entries = source.open(errors)) {
            while (entries.hasNext()) {
                add(entries.next(), entries.line());
            }
        }
        checkCharacters();
        // Without new keys of its own, a manifest can't break the one-to-one rule of the prefixes.
        if (newKeys > 0 || source.targetKeys().layout() != KeyLayout.PREFIX) {
            new CrossLineChecks(source, check, errors).run();
        }
        ValidatedManifest.Summary summary =
                new ValidatedManifest.Summary(source.detected().lines(), keys.count(), newKeys, identity());
        return new ValidatedManifest(source, errors.messages(), summary, keys, tooLong);
    }

    private void add(ManifestEntry entry, long line) {
        keys.add(entry.objectKey());
        if (column.isPresent() && column.get().isTooLong(source.targetOf(entry))) {
            tooLong.add(entry.objectKey());
        }
        entry.targetKey().ifPresent(newKey -> {
            newKeys++;
            uncheckedLines.add(line);
            uncheckedKeys.add(newKey);
            if (uncheckedKeys.size() == COLUMN_CHECK_SIZE) {
                checkCharacters();
            }
        });
    }

    private void checkCharacters() {
        if (column.isPresent() && !uncheckedKeys.isEmpty()) {
            for (int place : column.get().unwritable(uncheckedKeys)) {
                errors.add(Kind.UNWRITABLE, uncheckedLines.get(place), ManifestErrors.quoted(uncheckedKeys.get(place)));
            }
        }
        uncheckedLines.clear();
        uncheckedKeys.clear();
    }

    /** The identity includes layout and encoding, because other ones yield other entries. */
    private String identity() {
        return "SHA-256 " + source.detected().digest() + " ("
                + source.detected().layout() + "; " + source.encoding().name().toLowerCase(Locale.ROOT) + ")";
    }
}
