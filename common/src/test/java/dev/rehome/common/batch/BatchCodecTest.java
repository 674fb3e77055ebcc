package dev.rehome.common.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCodecTest {
    @Test
    void thePayloadIsJsonThatAnOperatorCanRead() {
        assertThat(BatchCodec.encode(TestBatches.batch(1, 7, 8)))
                .isEqualTo(
                        "{\"v\":3,\"run\":\"1/00000000-0000-0000-0000-000000000001\",\"records\":[[[\"7\"],\"legacy/7.png\"],[[\"8\"],\"legacy/8.png\"]]}");
    }

    @Test
    void aTargetOfItsOwnTravelsWithTheRecord() {
        SourceRecord own = new SourceRecord(RowKey.of("7"), "legacy/7.png", Optional.of("own/\u00e9 7"));
        assertThat(BatchCodec.encode(
                        new Batch(TestBatches.id(1), TestBatches.RUN, List.of(own, TestBatches.record(8)))))
                .isEqualTo(
                        "{\"v\":3,\"run\":\"1/00000000-0000-0000-0000-000000000001\",\"records\":[[[\"7\"],\"legacy/7.png\",\"own/\u00e9 7\"],"
                                + "[[\"8\"],\"legacy/8.png\"]]}");
    }

    @Test
    void everyBatchSurvivesTheRoundTrip() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Batch batch = batch(random);
            assertThat(BatchCodec.decode(batch.id(), BatchCodec.encode(batch)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(batch);
        }
    }

    @Test
    void everyKeySurvivesTheRoundTrip() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            RowKey key = key(random);
            assertThat(BatchCodec.decodeKey(BatchCodec.encodeKey(key)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(key);
        }
    }

    @Test
    void theLargestBatchSurvivesTheRoundTrip() {
        Batch batch = TestBatches.batch(1, IntStream.range(0, Batch.MAX_RECORDS).toArray());
        assertThat(BatchCodec.decode(batch.id(), BatchCodec.encode(batch))).isEqualTo(batch);
    }

    private static Batch batch(Random random) {
        List<SourceRecord> records = Stream.generate(() -> new SourceRecord(
                        key(random),
                        text(random),
                        random.nextInt(4) == 0 ? Optional.of(text(random)) : Optional.empty()))
                .limit(1 + random.nextInt(20))
                .toList();
        return new Batch(
                BatchId.next(() -> java.time.Instant.EPOCH, random), RunId.start(1 + random.nextInt(9)), records);
    }

    private static RowKey key(Random random) {
        return new RowKey(
                Stream.generate(() -> text(random)).limit(1 + random.nextInt(4)).toList());
    }

    /** Any text of up to 40 code points, with more of the awkward ones than chance would give. */
    private static String text(Random random) {
        int[] awkward = {0, '"', '\\', '/', '\n', '\r', ' ', 0x7F, 0x85, 0x2028, 0xFEFF, 0xFFFF, 0x1F680, 0x10FFFF};
        return random.ints(random.nextInt(40), 0, 0x110000)
                .map(any -> random.nextInt(4) == 0 ? awkward[random.nextInt(awkward.length)] : any)
                // Half of a surrogate pair isn't text, and no database returns one.
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{'v':'3','run':'RUN','records':[[['1'],'a']]}",
                "{'v':3,'run':'RUN','records':[[['1'],'a',null]]}",
                "{'v':3,'run':'RUN','records':[[['1'],'a',7]]}",
                "{'v':3,'run':1,'records':[[['1'],'a']]}",
                "{'v':3,'run':'1','records':[[['1'],'a']]}",
                "{'v':3,'run':'0/00000000-0000-0000-0000-000000000001','records':[[['1'],'a']]}",
                "{'v':3,'records':[[['1'],'a']]}",
                "{'v':3,'run':'RUN','records':[]}",
                "{'v':3,'run':'RUN','records':[[[],'a']]}",
                "{'v':3,'run':'RUN','records':[[[1],'a']]}",
                "{'v':3,'run':'RUN','records':[[['1']]]}",
                "{'v':3,'run':'RUN','records':[[['1'],null]]}",
                "{'v':3,'run':'RUN','records':[[['1'],'a']"
            })
    void undecodablePayloadIsAnIllegalArgument(String payload) {
        String json = payload.replace('\'', '"').replace("RUN", TestBatches.RUN.toString());
        assertThatThrownBy(() -> BatchCodec.decode(TestBatches.id(1), json))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void payloadOfAnotherReleaseIsAnIllegalState() {
        String payload = "{\"v\":4,\"run\":1,\"records\":[[[\"1\"],\"a\"]]}";
        assertThatThrownBy(() -> BatchCodec.decode(TestBatches.id(1), payload))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run the same release everywhere");
    }
}
