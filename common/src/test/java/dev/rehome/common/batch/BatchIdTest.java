package dev.rehome.common.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.TestClock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchIdTest {
    @Test
    void idsAreUuidsOfVersionSevenThatSortByTime() {
        TestClock clock = new TestClock();
        Random random = new Random(1);
        BatchId earlier = BatchId.next(clock, random);
        clock.advance(Duration.ofMillis(1));
        BatchId later = BatchId.next(clock, random);
        assertThat(earlier.value().version()).isEqualTo(7);
        assertThat(earlier.value().variant()).isEqualTo(2);
        assertThat(earlier.toString()).isLessThan(later.toString());
        assertThat(earlier.value().getMostSignificantBits() >>> 16).isEqualTo(clock.millis() - 1);
    }

    @Test
    void textAndBytesNameTheSameId() {
        BatchId id = BatchId.next(new TestClock(), new Random(2));
        assertThat(BatchId.parse(id.toString())).isEqualTo(id);
        assertThat(HexFormat.of().formatHex(id.bytes())).isEqualTo(id.toString().replace("-", ""));
        assertThatThrownBy(() -> BatchId.parse("x")).isInstanceOf(IllegalArgumentException.class);
    }
}
