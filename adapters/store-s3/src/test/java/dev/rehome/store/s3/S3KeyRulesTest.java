package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Location;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class S3KeyRulesTest extends FakeS3Test {
    private final S3KeyRules rules = new S3KeyRules();

    @ParameterizedTest
    @MethodSource("dev.rehome.store.s3.DifficultKeys#refused")
    void invalidKeyIsRefusedBeforeAnythingIsSent(DifficultKeys.Case nasty, FailureCode code) {
        Location location = new Location("s3", "old", nasty.key());
        assertThat(rules.refusal(location))
                .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo(code));
        copy(location, TARGET);
        copy(SOURCE, location);
        assertThat(s3.journal()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.rehome.store.s3.DifficultKeys#all")
    void difficultKeyIsSentByteForByte(DifficultKeys.Case nasty) {
        Location from = new Location("s3", "old", nasty.key());
        Location to = new Location("s3", "new", nasty.key());
        put(from, "bytes");
        copy(from, to);
        assertThat(at(to)).isEqualTo(at(from));
    }
}
