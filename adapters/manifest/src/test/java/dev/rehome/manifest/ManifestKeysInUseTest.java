package dev.rehome.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.KeysInUse;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest against the new keys that an earlier run has given to rows. */
class ManifestKeysInUseTest {
    @TempDir
    private Path directory;

    @Test
    void newKeyThatAMigratedRowUsesForAnotherObjectIsAnError() throws IOException {
        Path file = Files.writeString(directory.resolve("m.csv"), "image/a,own/x\nimage/b,own/y\nimage/c\nimage/d");
        ValidatedManifest validated = ManifestTest.validate(file, Map.of(), Optional.empty());
        assertThat(validated.errors()).isEmpty();

        List<String> errors = validated.errorsAgainst(
                new KeysInUse(new Migrated(List.of("own/x < image/a", "own/y < image/old", "avatar/c < image/x/c"))));

        assertThat(errors)
                .singleElement()
                .asString()
                .contains("2 lines: a new key that a migrated row uses for another object")
                .contains("line 2: 'own/y' of 'image/b', in use for the object of 'image/old'")
                .contains("line 3: 'avatar/c' of 'image/c', in use for the object of 'image/x/c'");
    }

    /** Pairs {@code new key < key}; every second page is empty, as where rows have changed. */
    private record Migrated(List<String> pairs) implements MigratedRecords {
        @Override
        public Page page(Optional<MappingRowId> after) {
            int from = after.map(id -> id.record() + 1).orElse(0);
            if (from == 2 * pairs.size()) {
                return new Page(List.of(), Optional.empty());
            }
            String[] keys = pairs.get(from / 2).split(" < ", -1);
            MappingRowId id = new MappingRowId(new BatchId(new UUID(0, 1)), from);
            MigratedRecord held =
                    new MigratedRecord(id, RowKey.of("1"), keys[1], keys[0], "etag", Reference.HELD, Optional.empty());
            return new Page(from % 2 == 0 ? List.of(held) : List.of(), Optional.of(id));
        }

        @Override
        public long count() {
            return pairs.size();
        }

        @Override
        public MigratedRecord reread(MigratedRecord record) {
            return record;
        }

        @Override
        public void updateProof(MappingRowId id, String proof) {
            throw new AssertionError("Comparing a manifest must change nothing");
        }
    }
}
