package dev.rehome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
    @TempDir
    private Path root;

    @Test
    void oneOfManyUnpacks() {
        BinaryCache cache = new BinaryCache(root);
        AtomicInteger unpackings = new AtomicInteger();
        IntStream.range(0, 8)
                .parallel()
                .forEach(index -> cache.directory("program", directory -> {
                    unpackings.incrementAndGet();
                    Files.writeString(directory.resolve("file"), "content");
                }));
        assertThat(unpackings).hasValue(1);
        assertThat(root.resolve("program/file")).hasContent("content");
    }

    @Test
    void unfinishedUnpackingIsNeverSeen() {
        BinaryCache cache = new BinaryCache(root);
        assertThatThrownBy(() -> cache.directory("program", directory -> {
                    Files.writeString(directory.resolve("half"), "");
                    throw new IOException("disk full");
                }))
                .hasRootCauseMessage("disk full")
                .hasMessageContaining("rehome.embedded.cache");
        assertThat(root.resolve("program")).doesNotExist();

        cache.directory("program", directory -> Files.writeString(directory.resolve("whole"), ""));
        assertThat(root.resolve("program")).isDirectoryContaining("glob:**whole");
        assertThat(root.resolve("program/half")).doesNotExist();
    }
}
