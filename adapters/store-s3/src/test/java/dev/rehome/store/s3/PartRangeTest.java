package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartRangeTest {
    private static final long TEBIBYTE = 1L << 40;

    @Test
    void partsCoverTheObjectWithoutGapOrOverlap() {
        assertThat(PartRange.divide(10, 4, 100))
                .containsExactly(new PartRange(0, 3), new PartRange(4, 7), new PartRange(8, 9));
    }

    @Test
    void objectOfWholePartsHasNoEmptyLastOne() {
        assertThat(PartRange.divide(8, 4, 100)).containsExactly(new PartRange(0, 3), new PartRange(4, 7));
    }

    @Test
    void partsGrowWhereThereWouldBeTooMany() {
        List<PartRange> parts = PartRange.divide(5 * TEBIBYTE, 256L << 20, 10_000);
        assertThat(parts).hasSizeLessThanOrEqualTo(10_000);
        assertThat(parts.get(parts.size() - 1).last()).isEqualTo(5 * TEBIBYTE - 1);
    }

    @Test
    void headerIsAnHttpRangeWithBothEndsIncluded() {
        assertThat(new PartRange(4, 7).header()).isEqualTo("bytes=4-7");
    }
}
