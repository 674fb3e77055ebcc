package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same with the lean engine. */
class ConditionalCopyLeanIT extends ConditionalCopyTest {
    @Override
    String engine() {
        return "lean";
    }

    @Test
    void overwritingCopyThatIsRedirectedIsNotSentAgainByAProcessThatWasSuspendedMeanwhile() {
        reopen(Map.of("OVERWRITE_TARGETS", "true"));
        s3.next(Operation.COPY, FakeResponse.error(301, "PermanentRedirect"));
        s3.before(Operation.COPY, () -> now.set(Duration.ofMinutes(1)));

        assertThat(unavailable()).hasMessageContaining("not sent: the check that it relies on is older than");

        assertThat(s3.count(Operation.COPY)).isOne();
        assertThat(at(TARGET)).isNull();
    }
}
