package dev.rehome.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerEndsIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "redis", "objects"})
    void terminatedJvmTakesItsServerAlong(String kind) throws IOException {
        try (OwnerJvm owner = OwnerJvm.start(kind, directory)) {
            assertThat(owner.serverRuns()).isTrue();
            owner.terminate();
            owner.awaitServersEnd();
            assertThat(owner.serverRuns()).isFalse();
        }
    }

    @Test
    void objectStoreNoticesThatItsJvmWasKilled() throws IOException {
        try (OwnerJvm owner = OwnerJvm.start("objects", directory)) {
            owner.kill();
            owner.awaitServersEnd();
            assertThat(owner.serverRuns()).isFalse();
        }
    }

    @Test
    void directoryOfALivingJvmIsRefused() throws IOException {
        try (OwnerJvm owner = OwnerJvm.start("redis", directory)) {
            assertThatThrownBy(() -> EmbeddedRedis.start(directory))
                    .isInstanceOf(ServerFailedException.class)
                    .hasMessageContaining("another JVM");
            assertThat(owner.serverRuns()).isTrue();
        }
    }
}
