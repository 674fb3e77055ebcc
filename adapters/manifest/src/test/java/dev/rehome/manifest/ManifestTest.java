package dev.rehome.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries and errors of manifests. The source bucket is {@code old}. */
class ManifestTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("dev.rehome.manifest.ManifestCase#all")
    void contentYieldsEntriesOrErrors(ManifestCase manifest) throws IOException {
        String charset = manifest.settings().containsKey("raw") ? "ISO-8859-1" : "UTF-8";
        Path file = Files.write(directory.resolve("m.csv"), manifest.content().getBytes(charset));
        assertThat(outcome(file, manifest.settings())).satisfies(found -> {
            if (found.startsWith("refused")) {
                assertThat(found).contains(manifest.expected());
            } else {
                assertThat(found).isEqualTo(String.join("|", manifest.expected()));
            }
        });
    }

    private static String outcome(Path file, Map<String, String> settings) {
        try {
            ValidatedManifest validated = validate(file, settings, Optional.empty());
            return validated.errors().isEmpty()
                    ? entries(validated).stream()
                            .map(entry -> entry.objectKey()
                                    + entry.targetKey()
                                            .map(target -> " > " + target)
                                            .orElse(""))
                            .collect(Collectors.joining("|"))
                    : "refused " + validated.errors();
        } catch (Rejected refusal) {
            return "refused " + refusal.getMessage();
        }
    }

    static ValidatedManifest validate(Path file, Map<String, String> settings, Optional<ColumnCapacity> column) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("MANIFEST", file.toString());
        Environment env = new Environment(all);
        ManifestSettings read = ManifestSettings.from(env);
        env.throwIfProblems();
        TargetKeyRule keys = new TargetKeyRule(
                settings.getOrDefault("LEGACY", "image"),
                settings.getOrDefault("TARGET", "avatar/"),
                settings.containsKey("KEY_LAYOUT") ? KeyLayout.FLATTEN : KeyLayout.PREFIX);
        try (Manifest manifest = Manifest.open(read, ManifestTest::noStore)) {
            return manifest.validate("old", keys, ManifestTest::problem, column);
        }
    }

    private static List<ManifestEntry> entries(ValidatedManifest validated) {
        List<ManifestEntry> entries = new ArrayList<>();
        validated.read(all -> all.forEachRemaining(entries::add));
        return entries;
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("m.csv"), content);
    }

    private static Optional<String> problem(String objectKey) {
        if (objectKey.isEmpty()) {
            return Optional.of("the key is empty");
        }
        if (objectKey.getBytes(StandardCharsets.UTF_8).length > 1_024) {
            return Optional.of("too long");
        }
        return objectKey.contains("/../") ? Optional.of("dots") : Optional.empty();
    }

    @Test
    void gzipIsRecognisedByItsContent() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("\uFEFFimage/a\nimage/b".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(directory.resolve("m.csv"), packed.toByteArray());
        assertThat(outcome(file, Map.of())).isEqualTo("image/a|image/b");
        Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() - 9));
        assertThat(outcome(file, Map.of())).startsWith("refused MANIFEST can't be read");
    }

    @Test
    void identityDependsOnContentAndEncoding() throws IOException {
        Path file = file("image/a\n");
        String identity = validate(file, Map.of(), Optional.empty()).summary().identity();
        assertThat(identity)
                .isEqualTo(
                        "SHA-256 496bd72c9c62b01e4415ab242aac1e5ac8ad1d8c3adfbb1b4dbdd988afb61567 (Key,NewKey; url)");
        assertThat(validate(file, Map.of("MANIFEST_ENCODING", "plain"), Optional.empty())
                        .summary()
                        .identity())
                .isNotEqualTo(identity);
    }

    @Test
    void modificationAfterValidationIsRejected() throws IOException {
        ValidatedManifest validated = validate(file("image/a\nimage/b\n"), Map.of(), Optional.empty());
        file("image/a\nimage/c\n");
        assertThatThrownBy(() -> entries(validated))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("was modified");
    }

    @Test
    void newKeysThatTheColumnCannotHoldAreErrors() throws IOException {
        ColumnCapacity column = new ColumnCapacity() {
            @Override
            public boolean isTooLong(String location) {
                return location.length() > 8;
            }

            @Override
            public List<Integer> unwritable(List<String> texts) {
                return IntStream.range(0, texts.size())
                        .filter(i -> texts.get(i).contains("!"))
                        .boxed()
                        .toList();
            }
        };
        ValidatedManifest validated =
                validate(file("image/a\nimage/bc\nx,own/long/\n\ny,own/!\nz,o"), Map.of(), Optional.of(column));
        assertThat(Stream.of("image/a", "image/bc", "x", "y", "z", "q").filter(validated::isTooLong))
                .containsExactly("image/bc", "x");
        assertThat(Stream.of("image/a", "x", "image/A", "own/!").filter(validated::contains))
                .containsExactly("image/a", "x");
        assertThat(validated.errors()).singleElement().asString().contains("character set", "line 5: 'own/!'");
        assertThat(validated.summary().lines()).isEqualTo(5);
        assertThat(validated.summary().keys()).isEqualTo(5);
        assertThat(validated.summary().newKeys()).isEqualTo(3);
    }

    @Test
    void firstLinesOfEachKindAreListedAndAllAreCounted() throws IOException {
        String content = IntStream.range(0, 1_000)
                .mapToObj(i -> "outside/" + i + "\nimage/" + i + ",own/same\n")
                .collect(Collectors.joining());
        assertThat(validate(file(content), Map.of(), Optional.empty()).errors())
                .satisfiesExactly(
                        outside -> assertThat(outside)
                                .startsWith("MANIFEST, 1,000 lines: a key outside")
                                .contains("line 39: 'outside/19'; and 980 more")
                                .doesNotContain("outside/20"),
                        same -> assertThat(same)
                                .startsWith("MANIFEST, 999 lines: ")
                                .contains("and 979 more"));
    }

    @Test
    void conflictIsFoundAmongManyLines() throws IOException {
        Path file = directory.resolve("large.csv");
        try (Writer lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 49_999; i++) {
                lines.write("image/" + i % 25_000 + "\n");
            }
            lines.write("image/7,own/7\n");
        }
        ValidatedManifest validated = validate(file, Map.of(), Optional.empty());
        assertThat(validated.summary().keys()).isEqualTo(25_000);
        assertThat(validated.errors())
                .anySatisfy(
                        text -> assertThat(text).contains("1 line:", "line 50000: 'image/7' to 'own/7', in line 8"));
    }

    private static Store noStore() {
        throw new AssertionError("A file needs no store");
    }

    @Test
    void missingFileIsRejected() {
        for (String place : List.of("missing.csv", "/", "no\0file")) {
            Environment env = new Environment(Map.of("MANIFEST", place));
            assertThatThrownBy(() -> Manifest.open(ManifestSettings.from(env), ManifestTest::noStore)
                            .close())
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("MANIFEST isn't a readable file");
        }
    }
}
