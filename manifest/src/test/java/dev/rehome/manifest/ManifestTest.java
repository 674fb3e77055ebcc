package dev.rehome.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.KeyMapping;
import dev.rehome.common.catalog.LocationFit;
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

/** What a manifest says, and what is wrong with one: a line a case. The source bucket is {@code old}. */
class ManifestTest {
    private static final KeyMapping KEYS = new KeyMapping("image", "avatar/", KeyLayout.PREFIX);

    @TempDir
    private Path directory;

    /** A content and what it comes to: entries as {@code key} or {@code key > new key}, or parts of a refusal. */
    record Case(String content, Map<String, String> settings, List<String> expected) {
        Case with(String name, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(name, value);
            return new Case(content, more, expected);
        }

        @Override
        public String toString() {
            return content.replace("\n", "\\n").replace("\r", "\\r") + " " + settings;
        }
    }

    private static Case says(String content, String... entries) {
        return new Case(content, Map.of(), List.of(entries));
    }

    private static Case refused(String content, String... parts) {
        return new Case(content, Map.of(), List.of(parts));
    }

    static Stream<Case> manifests() {
        return Stream.of(
                says("image/a", "image/a"),
                says("image/a\n", "image/a"),
                says("image/a\r\nimage/b\r\n", "image/a", "image/b"),
                says("\n\nimage/a\n\n\nimage/b\n\n", "image/a", "image/b"),
                says("\uFEFFimage/a\n", "image/a"),
                says("image/a,own/a\nimage/b\n", "image/a > own/a", "image/b"),
                says("elsewhere/a,own/a\n", "elsewhere/a > own/a"),
                says("image/a\nimage/a\n", "image/a", "image/a"),
                says("image/a,own/a\nimage/a,own/a\n", "image/a > own/a", "image/a > own/a"),
                // Keys as S3 writes them, byte for byte.
                says("image/a+b%20c", "image/a b c"),
                says("image/a%2Bb,own/a%2Bb", "image/a+b > own/a+b"),
                says("image/100%25", "image/100%"),
                says("image/%252F%2f", "image/%2F/"),
                says("image/a#b?c&d=e;f", "image/a#b?c&d=e;f"),
                says("\"image/a,b\",\"own/a,b\"", "image/a,b > own/a,b"),
                says("image/a%2Cb", "image/a,b"),
                says("\"image/say \"\"hi\"\"\"", "image/say \"hi\""),
                says("image/%22a%22'b`\\", "image/\"a\"'b`\\"),
                says("image/a\"b", "image/a\"b"),
                says("\"image/two\nlines\"\nimage/c", "image/two\nlines", "image/c"),
                says("image/%F0%9F%9A%80,own/\uD83D\uDE80", "image/\uD83D\uDE80 > own/\uD83D\uDE80"),
                says("image/\u00e9\nimage/e\u0301\nimage/%C3%89", "image/\u00e9", "image/e\u0301", "image/\u00c9"),
                says("image/a%20\nimage/a \nimage/a", "image/a ", "image/a ", "image/a"),
                says("image/A\nimage/a", "image/A", "image/a"),
                says("image/a//b/\nimage//", "image/a//b/", "image//"),
                says("image/%00%09%0A", "image/\0\t\n"),
                says("#image,own", "#image > own"),
                says("image/a+b%20c", "image/a+b c").with("MANIFEST_ENCODING", "percent"),
                says("image/a+b%20c%", "image/a+b%20c%").with("MANIFEST_ENCODING", "plain"),
                says("image/" + "x".repeat(1_017), "image/" + "x".repeat(1_017)),
                // Which column is what.
                says("old,image/a\nold,image/b", "image/a", "image/b"),
                says("\"old\",\"image/a\"\n", "image/a"),
                says("old,image/a,own/a\nold,image/b", "image/a > own/a", "image/b"),
                says("old,new", "old > new").with("MANIFEST_FIELDS", "Key,NewKey"),
                says("Key,NewKey\nimage/a,own/a", "image/a > own/a"),
                says("bucket,key,versionid\nold,image/a,\nold,image/b,null", "image/a", "image/b"),
                says("old,image/a,7,own/a", "image/a > own/a").with("MANIFEST_FIELDS", "Bucket,Key,Ignore, newkey"),
                says("own/a,image/a", "image/a > own/a").with("MANIFEST_FIELDS", "NewKey,Key"),
                says("old,image/a,", "image/a").with("MANIFEST_FIELDS", "Bucket,Key,VersionId"),
                says("Bucket,Key\nold,image/a", "image/a").with("MANIFEST_FIELDS", "Bucket,Key"),
                refused("old,image/a,own\nimage/b,own/b", "line 2 first", "MANIFEST_FIELDS"),
                refused("old,image/a,3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH", "may be a version"),
                refused("old,image/a,\n", "may be a version", "Bucket,Key,Ignore"),
                refused("old,image/a,v1", "names a version", "line 1: 'v1'")
                        .with("MANIFEST_FIELDS", "Bucket,Key,VersionId"),
                refused("old,image/a\nother,image/b", "another bucket than SOURCE_S3_BUCKET", "line 2: 'other'")
                        .with("MANIFEST_FIELDS", "Bucket,Key"),
                refused("image/a,b,c", "other fields", "line 1: 3 instead of 1 to 2 (Key,NewKey)"),
                refused("image/a", "1 instead of 2 (Key,NewKey)").with("MANIFEST_FIELDS", "Key,NewKey"),
                refused("Key,Key\n", "line 1 names a field twice"),
                // What a line must not say.
                refused("", "is empty"),
                refused("\n\n", "is empty"),
                refused("Key,NewKey\n", "is empty"),
                refused(",own/a", "empty key", "line 1"),
                refused("image/a,", "empty new key", "line 1: 'image/a'"),
                refused("image/a\n\nimages/b\nIMAGE/c", "2 lines", "outside", "line 3: 'images/b'; line 4: 'IMAGE/c'"),
                refused("image/%zz", "line 1: a % that two hexadecimal digits"),
                refused("image/a\nimage/%4", "line 2: a %"),
                refused("image/%", "a %"),
                refused("image/%FF", "no UTF-8"),
                refused("image/a,own/%C3", "no UTF-8"),
                refused("image/" + "x".repeat(1_019), "key of more than 1,024 bytes"),
                refused("image/" + "x".repeat(1_018), "new key of more than 1,024 bytes"),
                refused("image/a," + "\u00e9".repeat(513), "new key of more than 1,024 bytes"),
                refused("image/a,image/a", "new key that is its key"),
                refused("image/a,own/../a", ". or .. between slashes"),
                // What lines must not say together.
                refused(
                        "image/a,own/a\nimage/b\nimage/a,own/b",
                        "another new key",
                        "line 3: 'image/a' to 'own/b', in line 1 to 'own/a'"),
                refused("image/a\nimage/a,own/b", "another new key", "in line 1 to 'avatar/a'"),
                refused("image/a,own/x\nimage/b,own/x", "another key has too", "line 2: 'own/x' of 'image/b'"),
                refused("image/a\nelse/a,avatar/a", "another key has too", "in line 1 of 'image/a'"),
                refused("image/a,image/b\nimage/b,own/b", "is a key of the manifest", "line 1: 'image/b', in line 2"),
                refused("image/a\navatar/a,own/a", "is a key of the manifest", "line 1: 'avatar/a'"),
                refused("image/x/a\nimage/y/a", "another key has too").with("KEY_LAYOUT", "flatten"),
                says("image/x/a\nimage/y/b", "image/x/a", "image/y/b").with("KEY_LAYOUT", "flatten"),
                // All at once.
                refused(
                        ",a\nimages/b\nimage/c,x\nimage/d,x\nimage/e,",
                        "empty key",
                        "outside",
                        "another key",
                        "empty new"),
                // What is no CSV, or none that we can read.
                refused("image/a\n\"image/b\nimage/c", "no CSV", "behind line 1"),
                refused("\u00ff\u00fei\0m\0", "UTF-16").with("raw", "latin1"),
                refused("image/\u00e9", "no UTF-8").with("raw", "latin1"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void itComesTo(Case manifest) throws IOException {
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
                            .map(entry -> entry.key()
                                    + entry.target()
                                            .map(target -> " > " + target)
                                            .orElse(""))
                            .collect(Collectors.joining("|"))
                    : "refused " + examined.problems();
        } catch (ManifestRefused refusal) {
            return "refused " + refusal.getMessage();
        }
    }

    private static ExaminedManifest examine(Path file, Map<String, String> settings, Optional<LocationFit> fit) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("MANIFEST", file.toString());
        Environment env = new Environment(all);
        ManifestSettings read = ManifestSettings.from(env);
        env.throwIfProblems();
        KeyMapping keys = settings.containsKey("KEY_LAYOUT")
                ? new KeyMapping(KEYS.legacy(), KEYS.target(), KeyLayout.FLATTEN)
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
        assertThatThrownBy(() -> entries(examined))
                .isInstanceOf(ManifestRefused.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void newNamesAreHeldAgainstTheColumn() throws IOException {
        LocationFit fit = new LocationFit() {
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
    void aMillionLinesAreJudgedWithoutBeingHeld() throws IOException {
        Path file = directory.resolve("large.csv");
        try (Writer lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 999_999; i++) {
                lines.write("image/" + i % 500_000 + "\n");
            }
            lines.write("image/7,own/7\n");
        }
        ExaminedManifest examined = examine(file, Map.of(), Optional.empty());
        assertThat(examined.keys()).isEqualTo(500_000);
        assertThat(examined.problems())
                .anySatisfy(
                        text -> assertThat(text).contains("1 line:", "line 1000000: 'image/7' to 'own/7', in line 8"));
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        for (String place : List.of("missing.csv", "/", "no\0file")) {
            Environment env = new Environment(Map.of("MANIFEST", place));
            assertThatThrownBy(() -> Manifest.open(ManifestSettings.from(env)).close())
                    .isInstanceOf(ManifestRefused.class)
                    .hasMessageStartingWith("MANIFEST is no file");
        }
    }
}
