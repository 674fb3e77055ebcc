package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fault matrix names every row once, and only tests that there are. */
final class FaultMatrixTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Map<String, Integer> ROWS = Map.of("P", 12, "C", 11, "Q", 11, "D", 10, "S", 11, "E", 3);

    @Test
    void everyRowIsThereOnce() throws IOException {
        List<String> expected = ROWS.entrySet().stream()
                .flatMap(group -> IntStream.rangeClosed(1, group.getValue()).mapToObj(i -> group.getKey() + i))
                .toList();
        assertThat(rows().map(row -> row.split("\\|", -1)[1].strip())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyRowNamesATest() throws IOException {
        assertThat(rows()).allMatch(row -> TEST.matcher(row).find());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = rows().flatMap(row -> TEST.matcher(row).results())
                .filter(test -> !sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
                .map(test -> test.group())
                .toList();
        assertThat(missing).isEmpty();
    }

    private static Stream<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/FAULT-MATRIX.md")).stream()
                .filter(line -> line.matches("\\| [A-Z]\\d+ \\|.*"));
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(FaultMatrixTest::files)
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            FaultMatrixTest::text,
                            String::concat));
        }
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
