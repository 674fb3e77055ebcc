package dev.rehome.emulation.benchmark.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.seeding.SampleRow;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleListingTest {
    private static final long ROWS = 12_345;
    private static final long MILLION = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 101, 999, 1_000, 1_001, ROWS})
    void pagesTogetherHaveEveryLegacyObjectInTheOrderOfTheKeys(long rows) {
        Sample sample = new Sample(rows);

        assertThat(sample.keys(Map.of("prefix", SampleRow.LEGACY_PREFIX)))
                .isEqualTo(sample.expected("user_image/", ""));
        assertThat(sample.keys(Map.of("prefix", SampleRow.TARGET_PREFIX))).isEmpty();
    }

    @Test
    void targetsAreListedAsSoonAsTheyAreCopied() {
        Sample sample = new Sample(ROWS);
        sample.copy(row -> row % 7 == 3);

        assertThat(sample.keys(Map.of("prefix", "avatar/"))).hasSize(1_619).isEqualTo(sample.expected("avatar/", ""));

        sample.copy(row -> true);

        assertThat(sample.keys(Map.of("prefix", "avatar/"))).hasSize(11_333).isEqualTo(sample.expected("avatar/", ""));
        assertThat(sample.keys(Map.of())).hasSize(22_666).isEqualTo(sample.expected("", ""));
    }

    @Test
    void deletedObjectsAreNotListed() {
        Sample sample = new Sample(ROWS);
        sample.delete(row -> row % 2 == 0);

        assertThat(sample.keys(Map.of())).hasSize(5_161).isEqualTo(sample.expected("", ""));

        sample.delete(row -> true);

        assertThat(sample.keys(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_image/1",
                "user_image/12/",
                "user_image/12/1",
                "user_image/12/photo 1",
                "user_image/12/photo 12+new.jpg",
                "user_image/33/größe-",
                "avatar",
                "avatar/9/99",
                "user_images",
                "avatar/earlier/",
                "zzz"
            })
    void prefixSelectsKeys(String prefix) {
        Sample sample = new Sample(ROWS);
        sample.copy(row -> row % 3 != 0);

        assertThat(sample.keys(Map.of("prefix", prefix))).isEqualTo(sample.expected(prefix, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "avatar/99/999.jpg",
                "avatar/99/~",
                "b",
                "user_image/1",
                "user_image/1/",
                "user_image/12/112.jpg",
                "user_image/12/112.jpg2",
                "user_image/12/1122",
                "user_image/12/größe-9",
                "user_image/99/größe-12",
                "user_image/99/zzz",
                "zzz"
            })
    void listingStartsAfterAnyKeyWhetherItExistsOrNot(String after) {
        Sample sample = new Sample(ROWS);
        sample.copy(row -> row % 3 != 0);

        assertThat(sample.keys(Map.of("start-after", after))).isEqualTo(sample.expected("", after));
        assertThat(sample.keys(Map.of("marker", after, "prefix", "user_image/1")))
                .isEqualTo(sample.expected("user_image/1", after));
    }

    @Test
    void pageHasAtMostTheKeysThatWereAskedFor() {
        Sample sample = new Sample(ROWS);

        assertThat(matches(sample.page(Map.of("max-keys", "3")), "Key"))
                .isEqualTo(sample.expected("", "").subList(0, 3));
        assertThat(matches(sample.page(Map.of("max-keys", "5000")), "Key")).hasSize(1_000);
        assertThat(sample.keys(Map.of("prefix", "user_image/5", "max-keys", "7")))
                .isEqualTo(sample.expected("user_image/5", ""));
    }

    @Test
    void delimiterGroupsTheKeysOfAFolder() {
        Sample sample = new Sample(ROWS);
        sample.copy(row -> row == 205 || row == 210);

        assertThat(sample.prefixes(Map.of("delimiter", "/"))).containsExactly("avatar/", "user_image/");
        assertThat(sample.prefixes(Map.of("delimiter", "/", "prefix", "avatar/")))
                .containsExactly("avatar/10/", "avatar/5/");
        assertThat(sample.prefixes(Map.of("delimiter", "/", "prefix", "user_image/", "max-keys", "4")))
                .isEqualTo(sample.expected("user_image/", "").stream()
                        .map(key -> key.substring(0, key.lastIndexOf('/') + 1))
                        .distinct()
                        .toList());
        assertThat(sample.keys(Map.of("delimiter", "/", "prefix", "user_image/10/")))
                .isEqualTo(sample.expected("user_image/10/", ""));
    }

    @Test
    void keysAreEncodedOnRequest() {
        Sample sample = new Sample(ROWS);
        Map<String, String> query = Map.of("prefix", "user_image/12/photo 12", "encoding-type", "url");

        assertThat(matches(sample.page(query), "Key").get(0)).isEqualTo("user_image/12/photo%2012%2Bnew.jpg");
    }

    @Test
    void entryHasTheEtagAndSizeOfItsObject() {
        assertThat(new Sample(ROWS).page(Map.of("prefix", "user_image/12/photo 12+")))
                .contains("<ETag>" + SampleObjects.etag(12) + "</ETag><Size>16</Size>")
                .contains("<KeyCount>1</KeyCount><IsTruncated>false</IsTruncated>");
    }

    @Test
    void foldersOfAMillionRowsAreListedInOrder() {
        Sample sample = new Sample(MILLION);
        sample.copy(row -> row % 100 == 12 || row > MILLION - 10);

        assertThat(sample.keys(Map.of("prefix", "user_image/99/", "start-after", "user_image/99/9")))
                .isEqualTo(sample.expected("user_image/99/", "user_image/99/9"));
        assertThat(sample.keys(Map.of("prefix", "avatar/"))).isEqualTo(sample.expected("avatar/", ""));
    }

    private static List<String> matches(String page, String element) {
        return Pattern.compile("<" + element + ">(.*?)</" + element + ">")
                .matcher(page)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** The listing of a number of rows, of which some were copied. */
    private static final class Sample {
        private final long rows;
        private final CopyJournal journal;
        private final SampleListing listing;

        Sample(long rows) {
            this.rows = rows;
            this.journal = new CopyJournal(rows);
            this.listing = new SampleListing(SyntheticS3Settings.of(rows, 16), journal);
        }

        private LongStream legacy() {
            return LongStream.rangeClosed(1, rows)
                    .filter(row -> SampleRow.of(row).kind() == SampleRow.Kind.LEGACY);
        }

        void copy(LongPredicate which) {
            legacy().filter(which).forEach(row -> journal.copy(row, false));
        }

        void delete(LongPredicate which) {
            legacy().filter(which).forEach(journal::delete);
        }

        /** Sorts all keys with this prefix that follow {@code after}. */
        List<String> expected(String prefix, String after) {
            Stream<String> sources = legacy().filter(row -> !journal.isDeleted(row))
                    .mapToObj(row -> SampleRow.of(row).location());
            Stream<String> targets = legacy().filter(journal::isCopied)
                    .mapToObj(row -> SampleRow.of(row).expectedLocation());
            return Stream.concat(sources, targets)
                    .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                    .sorted()
                    .toList();
        }

        List<String> keys(Map<String, String> query) {
            return pages(query).stream()
                    .flatMap(page -> matches(page, "Key").stream())
                    .toList();
        }

        List<String> prefixes(Map<String, String> query) {
            return pages(query).stream()
                    .flatMap(page -> matches(page, "CommonPrefixes").stream())
                    .map(element -> element.replaceAll("</?Prefix>", ""))
                    .toList();
        }

        /** The first page and all that follow it by continuation tokens. */
        List<String> pages(Map<String, String> query) {
            List<String> pages = new ArrayList<>();
            Map<String, String> asked = new TreeMap<>(query);
            Optional<String> token;
            do {
                String page = page(asked);
                pages.add(page);
                token = matches(page, "NextContinuationToken").stream().findFirst();
                token.ifPresent(next -> asked.put("continuation-token", next));
            } while (token.isPresent());
            return pages;
        }

        String page(Map<String, String> query) {
            QueryStringEncoder url = new QueryStringEncoder("/bucket");
            query.forEach(url::addParam);
            return listing.page(new QueryStringDecoder(url.toString()));
        }
    }
}
