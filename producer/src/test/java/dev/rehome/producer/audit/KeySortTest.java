package dev.rehome.producer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySortTest {
    @TempDir
    private Path directory;

    @Test
    void entriesComeInTheByteOrderOfTheirKeysWhateverIsInMemory() throws IOException {
        // U+FFFF is before U+10000 in UTF-8, and after it in UTF-16.
        List<String> keys = List.of("b", "\uD800\uDC00", "a", "\uFFFF", "", "ab", "\u00e9", "z", "a");
        for (int inMemory : new int[] {1, 2, 100}) {
            List<String> read = new ArrayList<>();
            try (KeySort sort = new KeySort(directory, inMemory)) {
                for (int i = 0; i < keys.size(); i++) {
                    sort.add(keys.get(i), i, "value " + i);
                }
                sort.sorted();
                Optional<KeySort.Entry> next = sort.next();
                while (next.isPresent()) {
                    read.add(new String(next.get().key(), StandardCharsets.UTF_8) + " "
                            + next.get().kind() + " " + next.get().value());
                    next = sort.next();
                }
            }
            assertThat(read)
                    .containsExactly(
                            " 4 value 4",
                            "a 2 value 2",
                            "a 8 value 8",
                            "ab 5 value 5",
                            "b 0 value 0",
                            "z 7 value 7",
                            "\u00e9 6 value 6",
                            "\uFFFF 3 value 3",
                            "\uD800\uDC00 1 value 1");
        }
        try (var files = Files.list(directory)) {
            assertThat(files).as("temporary files").isEmpty();
        }
    }
}
