package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final TestClock clock = new TestClock();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private int columns = 80;

    private ProgressLine line(Optional<Terminal> terminal) {
        return new ProgressLine(new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, clock);
    }

    private ProgressLine onTerminal() {
        return line(Optional.of(() -> columns));
    }

    @Test
    void percentageRateAndTimeLeftAreThereFromTheStart() {
        ProgressLine line = onTerminal();
        line.begin("Migrating", 9_200);
        assertThat(line.text(79)).isEqualTo("Migrating  0 %  0/s  time left unknown  0 of 9,200  0 s");
        clock.advance(Duration.ofSeconds(10));
        line.done(4_600, "3 processes");
        assertThat(line.text(79)).isEqualTo("Migrating  50 %  460/s  10 s left  4,600 of 9,200  10 s  3 processes");
    }

    @Test
    void partsThatDontFitAreLeftOut() {
        ProgressLine line = onTerminal();
        line.begin("Migrating", 9_200);
        clock.advance(Duration.ofSeconds(10));
        line.done(4_600, "3 processes");
        assertThat(line.text(50)).isEqualTo("Migrating  50 %  460/s  10 s left  4,600 of 9,200");
        assertThat(line.text(20)).isEqualTo("Migrating  50 %");
        assertThat(line.text(6)).isEqualTo("Migra…");
    }

    @Test
    void eachDrawingFitsTheTerminalAsItIsNow() {
        ProgressLine line = onTerminal();
        for (int width : new int[] {120, 60, 25}) {
            columns = width;
            clock.advance(Duration.ofSeconds(1));
            line.begin("Reading every row and every object back", 10_000_000);
            assertThat(lastDrawn().length()).isLessThan(width);
        }
        assertThat(text()).doesNotContain("\n");
    }

    @Test
    void linesThatStayReplaceTheProgress() {
        ProgressLine line = onTerminal();
        line.begin("Seeding");
        line.line("Seeded 1 row");
        line.close();
        assertThat(text()).isEqualTo("\r\u001b[2KSeeding  0 s\r\u001b[2KSeeded 1 row\n");
    }

    @Test
    void nothingIsDrawnInAPipe() {
        ProgressLine line = line(Optional.empty());
        line.begin("Seeding", 10);
        line.done(5);
        line.line("Seeded 10 rows");
        line.close();
        assertThat(text()).isEqualTo("Seeded 10 rows\n");
    }

    @Test
    void timesAreShownInTheirLargestUnits() {
        assertThat(ProgressLine.shown(Duration.ofMillis(59_900))).isEqualTo("59 s");
        assertThat(ProgressLine.shown(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(ProgressLine.shown(Duration.ofMinutes(605))).isEqualTo("10 h 5 min");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String lastDrawn() {
        return text().substring(text().lastIndexOf('K') + 1);
    }
}
