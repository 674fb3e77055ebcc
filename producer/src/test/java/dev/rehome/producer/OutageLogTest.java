package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.LogCapture;
import dev.rehome.common.Unavailable;
import dev.rehome.common.process.Loop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutageLogTest {
    @Test
    void outageIsLoggedOnceAndItsEndWithTheNumberOfTries() throws InterruptedException {
        CountDownLatch failures = new CountDownLatch(3);
        CountDownLatch ended = new CountDownLatch(2);
        try (LogCapture log = new LogCapture();
                Loop loop = new Loop(
                        "publishing",
                        () -> {
                            if (failures.getCount() > 0) {
                                failures.countDown();
                                throw new Unavailable("Redis at redis:6379: connection refused");
                            }
                            ended.countDown();
                            return Duration.ofMillis(1);
                        },
                        fatal -> {})) {
            loop.start();
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(log.lines())
                    .hasSize(2)
                    .anyMatch(line -> line.endsWith("publishing: Redis at redis:6379: connection refused; retrying"))
                    .anyMatch(line -> line.endsWith("publishing: working again after 3 failures"));
        }
    }
}
