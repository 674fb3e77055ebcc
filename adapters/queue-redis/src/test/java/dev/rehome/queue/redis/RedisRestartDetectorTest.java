package dev.rehome.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisRestartDetectorTest {
    private final TestClock time = new TestClock();
    private final RedisRestartDetector detector = new RedisRestartDetector(Duration.ofSeconds(60), time);

    @Test
    void startIsRecentDuringTheGracePeriod() {
        assertThat(detector.isRecent(info("a", 59))).isTrue();
        assertThat(detector.isRecent(info("a", 60))).isFalse();
    }

    @Test
    void replacementByAnotherServerCountsAsAStartHoweverLongThatServerRuns() {
        assertThat(detector.isRecent(info("a", 5_000))).isFalse();
        time.advance(Duration.ofSeconds(10));
        assertThat(detector.isRecent(info("b", 9_000))).isTrue();
        time.advance(Duration.ofSeconds(59));
        assertThat(detector.isRecent(info("b", 9_059))).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(detector.isRecent(info("b", 9_060))).isFalse();
    }

    @Test
    void negativeUptimeIsIgnored() {
        assertThat(detector.isRecent(info("a", 600))).isFalse();
        assertThat(detector.isRecent(info("a", -3_000))).isFalse();
    }

    @Test
    void replyWithoutAnUptimeCountsAsAStart() {
        assertThat(detector.isRecent("# Server\r\n")).isTrue();
    }

    private static String info(String run, long seconds) {
        return "# Server\r\nredis_version:7.0.15\r\nrun_id:" + run + "\r\nuptime_in_seconds:" + seconds + "\r\n";
    }
}
