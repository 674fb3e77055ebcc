package dev.rehome.emulation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.embedded.EmbeddedRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script of the Redis image, run with the program of the embedded server. */
class StartRedisIT {
    private static final Path TEST = Path.of("..", "docker", "redis", "test-start-redis");

    @Test
    void startScriptLosesNoAcknowledgedWriteAndRefusesASecondServer(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        Process test = new ProcessBuilder("bash", TEST.toString(), program(directory))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = test.waitFor(5, TimeUnit.MINUTES);
        List<ProcessHandle> children = test.descendants().toList();
        test.destroy();
        // A Redis that the script started would outlive it.
        children.forEach(ProcessHandle::destroyForcibly);
        assertThat(ended)
                .as("ended in time; its output so far:\n" + Files.readString(output))
                .isTrue();
        assertThat(test.exitValue()).as(Files.readString(output)).isZero();
    }

    /** The program of an embedded server. */
    private static String program(Path directory) {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory.resolve("redis"))) {
            return ProcessHandle.of(redis.pid())
                    .flatMap(process -> process.info().command())
                    .orElseThrow();
        }
    }
}
