package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/FAULT-MATRIX.md has every row once, and each row names tests that exist, run, assert, and judge the guarantees. */
final class FaultMatrixTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
    /** A method with the annotations before it, up to its closing brace at the indentation of a member. */
    private static final Pattern TEST_METHOD =
            Pattern.compile("(?s)@(?:Test|ParameterizedTest)\\b(?:(?!\\n    }).)*?\\bvoid (\\w+)\\(.*?\\n    }");

    /** An assertion, a judgement of the guarantees, or a method of the test that is called for one of them. */
    private static final Pattern ASSERTION =
            Pattern.compile("assert\\w*\\(|guarantees\\.(?:hold|judge)\\(|migratesAllBut\\(");

    /** Tests of changes by others after the end of a run: the guarantees judge a run. */
    private static final Set<String> AFTER_THE_END = Set.of("VerifyIT");

    private static final Map<String, Integer> ROWS =
            Map.of("P", 13, "C", 11, "Q", 11, "D", 12, "S", 14, "E", 3, "O", 8);

    @Test
    void everyRowIsThereOnce() throws IOException {
        List<String> expected = ROWS.entrySet().stream()
                .flatMap(group -> IntStream.rangeClosed(1, group.getValue()).mapToObj(i -> group.getKey() + i))
                .toList();
        assertThat(rows().map(row -> row.split("\\|", -1)[1].strip())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyRowNamesATest() throws IOException {
        assertThat(rows()).allMatch(row -> NAMED.matcher(row).find());
    }

    @Test
    void everyNamedTestExists() throws IOException {
        Map<String, String> tests = tests();
        assertThat(named().filter(test -> !tests.containsKey(test))).isEmpty();
    }

    /** Maven runs classes that are called Test or IT; a contract runs in its subclasses. */
    @Test
    void everyNamedTestRuns() throws IOException {
        Map<String, String> classes = classes();
        assertThat(named().map(test -> test.replaceFirst("#.*", "")).distinct()).allSatisfy(name -> {
            assertThat(classes.get(name)).as(name).doesNotContain("@Disabled");
            assertThat(runs(name, classes)).as(name + " runs").isTrue();
        });
    }

    private static boolean runs(String name, Map<String, String> classes) {
        String text = classes.getOrDefault(name, "");
        if (!text.matches("(?s).*\\n(?:public )?(?:abstract class|interface) " + name + "\\b.*")) {
            return !text.isEmpty() && (name.endsWith("Test") || name.endsWith("IT"));
        }
        Pattern subclass = Pattern.compile(
                "(?m)^[\\w ]*\\b(?:class|interface) (\\w+)[^{]*\\s(?:extends|implements)\\s[^{]*\\b" + name + "\\b");
        return classes.values().stream()
                .filter(other -> other.contains(name))
                .map(subclass::matcher)
                .filter(Matcher::find)
                .anyMatch(found -> runs(found.group(1), classes));
    }

    @Test
    void everyNamedTestAsserts() throws IOException {
        Map<String, String> tests = tests();
        assertThat(named().filter(test -> !ASSERTION.matcher(tests.get(test)).find()))
                .isEmpty();
    }

    @Test
    void everyNamedTestOfProcessesJudgesTheGuarantees() throws IOException {
        Map<String, String> tests = tests();
        assertThat(named().filter(test -> tests.getOrDefault(test, "").contains("EmulatedMigration migration"))
                        .filter(test -> !AFTER_THE_END.contains(test.replaceFirst("#.*", "")))
                        .filter(test -> !tests.get(test).matches("(?s).*guarantees\\.(hold|judge)\\(.*")))
                .isEmpty();
    }

    private static Stream<String> named() throws IOException {
        return rows().flatMap(row -> NAMED.matcher(row).results()).map(test -> test.group(1) + "#" + test.group(2));
    }

    private static Stream<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/FAULT-MATRIX.md")).stream()
                .filter(line -> line.matches("\\| [A-Z]\\d+ \\|.*"));
    }

    /** The text of each test method of the project, by class and method. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        classes()
                .forEach((name, text) -> TEST_METHOD
                        .matcher(text)
                        .results()
                        .forEach(method -> tests.put(name + "#" + method.group(1), method.group())));
        return tests;
    }

    /** The text of each test class of the project, by its name. */
    private static Map<String, String> classes() throws IOException {
        Map<String, String> classes = new HashMap<>();
        try (Stream<Path> folders = Files.list(ROOT);
                Stream<Path> adapters = Files.list(ROOT.resolve("adapters"))) {
            Stream.concat(folders, adapters)
                    .map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(FaultMatrixTest::files)
                    .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), text(file)));
        }
        return classes;
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
