package dev.rehome.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.catalog.ManifestEntry;
import dev.rehome.common.settings.Environment;
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

/** What a manifest says, and what is wrong with one. The source bucket is {@code old}. */
class ManifestTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("image", "avatar/", KeyLayout.PREFIX);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("dev.rehome.manifest.ManifestCase#all")
    void itComesTo(ManifestCase manifest) throws IOException {
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
            ExaminedManifest examined = examine(file, settings, Optional.empty());
            return examined.problems().isEmpty()
                    ? entries(examined).stream()
                            .map(entry -> entry.objectKey()
                                    + entry.targetKey()
                                            .map(target -> " > " + target)
                                            .orElse(""))
                            .collect(Collectors.joining("|"))
                    : "refused " + examined.problems();
        } catch (Rejected refusal) {
            return "refused " + refusal.getMessage();
        }
    }

    private static ExaminedManifest examine(Path file, Map<String, String> settings, Optional<ColumnCapacity> fit) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("MANIFEST", file.toString());
        Environment env = new Environment(all);
        ManifestSettings read = ManifestSettings.from(env);
        env.throwIfProblems();
        TargetKeyRule keys = settings.containsKey("KEY_LAYOUT")
                ? new TargetKeyRule(KEYS.legacy(), KEYS.target(), KeyLayout.FLATTEN)
                : KEYS;
        try (Manifest manifest = Manifest.open(read)) {
            return manifest.examine("old", keys, fit);
        }
    }

    private static List<ManifestEntry> entries(ExaminedManifest examined) {
        List<ManifestEntry> entries = new ArrayList<>();
        examined.read(all -> all.forEachRemaining(entries::add));
        return entries;
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("m.csv"), content);
    }

    @Test
    void aPackedManifestIsUnpackedWhateverItsName() throws IOException {
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
    void itsIdentityIsItsContentAndHowThatIsRead() throws IOException {
        Path file = file("image/a\n");
        String identity = examine(file, Map.of(), Optional.empty()).identity();
        assertThat(identity)
                .isEqualTo(
                        "SHA-256 496bd72c9c62b01e4415ab242aac1e5ac8ad1d8c3adfbb1b4dbdd988afb61567 (Key,NewKey; url)");
        assertThat(examine(file, Map.of("MANIFEST_ENCODING", "plain"), Optional.empty())
                        .identity())
                .isNotEqualTo(identity);
    }

    @Test
    void itIsRefusedWhenItChangesWhileItIsRead() throws IOException {
        ExaminedManifest examined = examine(file("image/a\nimage/b\n"), Map.of(), Optional.empty());
        file("image/a\nimage/c\n");
        assertThatThrownBy(() -> entries(examined)).isInstanceOf(Rejected.class).hasMessageContaining("was changed");
    }

    @Test
    void newNamesAreHeldAgainstTheColumn() throws IOException {
        ColumnCapacity fit = new ColumnCapacity() {
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
        ExaminedManifest examined =
                examine(file("image/a\nimage/bc\nx,own/long/\n\ny,own/!\nz,o"), Map.of(), Optional.of(fit));
        assertThat(Stream.of("image/a", "image/bc", "x", "y", "z", "q").filter(examined::isTooLong))
                .containsExactly("image/bc", "x");
        assertThat(Stream.of("image/a", "x", "image/A", "own/!").filter(examined::contains))
                .containsExactly("image/a", "x");
        assertThat(examined.problems()).singleElement().asString().contains("character set", "line 5: 'own/!'");
        assertThat(examined.lines()).isEqualTo(5);
        assertThat(examined.keys()).isEqualTo(5);
        assertThat(examined.ownNames()).isEqualTo(3);
    }

    @Test
    void theFirstOfEachKindAreToldAndAllAreCounted() throws IOException {
        String content = IntStream.range(0, 1_000)
                .mapToObj(i -> "outside/" + i + "\nimage/" + i + ",own/same\n")
                .collect(Collectors.joining());
        assertThat(examine(file(content), Map.of(), Optional.empty()).problems())
                .satisfiesExactly(
                        outside -> assertThat(outside)
                                .startsWith("MANIFEST, 1,000 lines each: it has no new key")
                                .contains("line 39: 'outside/19'; and 980 more")
                                .doesNotContain("outside/20"),
                        same -> assertThat(same)
                                .startsWith("MANIFEST, 999 lines each")
                                .contains("and 979 more"));
    }

    @Test
    void manyLinesAreJudgedWithoutBeingHeld() throws IOException {
        Path file = directory.resolve("large.csv");
        try (Writer lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 199_999; i++) {
                lines.write("image/" + i % 100_000 + "\n");
            }
            lines.write("image/7,own/7\n");
        }
        ExaminedManifest examined = examine(file, Map.of(), Optional.empty());
        assertThat(examined.keys()).isEqualTo(100_000);
        assertThat(examined.problems())
                .anySatisfy(
                        text -> assertThat(text).contains("1 line:", "line 200000: 'image/7' to 'own/7', in line 8"));
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        for (String place : List.of("missing.csv", "/", "no\0file")) {
            Environment env = new Environment(Map.of("MANIFEST", place));
            assertThatThrownBy(() -> Manifest.open(ManifestSettings.from(env)).close())
                    .isInstanceOf(Rejected.class)
                    .hasMessageStartingWith("MANIFEST is no file");
        }
    }
}
