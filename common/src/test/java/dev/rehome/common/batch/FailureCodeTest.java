package dev.rehome.common.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureCodeTest {
    private static final Path OPERATING = Path.of("..", "docs", "OPERATING.md");

    @Test
    void everyCodeIsDocumentedWithCauseAndCure() throws IOException {
        List<String> documented = Files.readAllLines(OPERATING).stream()
                .dropWhile(line -> !line.equals("### Failure codes"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.matches("\\| `[A-Z_]+` \\| .+ \\| .+ \\|"))
                .map(line -> line.split("`", -1)[1])
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        Arrays.stream(FailureCode.values()).map(Enum::name).toList());
    }
}
