package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.consumer.verification.ObjectPair.StatResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingFileTest {
    @TempDir
    private Path directory;

    @Test
    void eachFindingIsOneLineOfJson() throws IOException {
        Path path = directory.resolve("findings.jsonl");
        ObjectStat target = new ObjectStat(Optional.of(ContentProof.etag("b")), 5, Instant.ofEpochSecond(20), Set.of());
        Finding finding = Finding.ofObjects(
                Finding.Kind.TARGET_CHANGED,
                ListedRecords.held(0, "a"),
                new ObjectPair(StatResult.found(target), StatResult.MISSING));
        try (FindingFile file = FindingFile.at(path)) {
            file.write(finding);
            file.write(finding.asRepaired());
        }
        assertThat(Files.readAllLines(path))
                .hasSize(2)
                .first()
                .isEqualTo("{\"finding\":\"TARGET_CHANGED\",\"repaired\":false,\"key\":[\"0\"],"
                        + "\"oldLocation\":\"old/0\",\"newLocation\":\"new/0\",\"recordedETag\":\"a\","
                        + "\"target\":{\"etag\":\"b\",\"bytes\":5,\"modified\":\"1970-01-01T00:00:20Z\"},"
                        + "\"source\":null,\"message\":\"\"}");
    }

    @Test
    void existingFileIsNotReplaced() throws IOException {
        Path path = Files.writeString(directory.resolve("mine"), "mine");
        assertThatThrownBy(() -> FindingFile.at(path)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(path).hasContent("mine");
    }
}
