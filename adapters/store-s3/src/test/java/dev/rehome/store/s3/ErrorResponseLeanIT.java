package dev.rehome.store.s3;

import static dev.rehome.store.s3.FakeResponse.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.store.s3.ReceivedRequest.Operation;
import org.junit.jupiter.api.Test;

/** The same with the lean engine, which repeats no request. */
class ErrorResponseLeanIT extends ErrorResponseTest {
    @Override
    String engine() {
        return "lean";
    }

    /** The concurrency limit falls at the first SlowDown; the consumer repeats the copy. */
    @Test
    @Override
    void oneSlowDownIsRetried() {
        s3.next(Operation.COPY, error(503, "SlowDown"));

        assertThat(unavailable().isThrottled()).isTrue();
        assertThat(copied()).isNotNull();
    }

    @Test
    void copyThatIsRejectedForAWrongClockIsMadeByTheSdk() {
        s3.next(Operation.COPY, error(403, "RequestTimeTooSkewed"));

        assertThat(copied()).isNotNull();

        assertThat(s3.journal())
                .extracting(request -> request.header("User-Agent").startsWith("aws-sdk-java"))
                .containsExactly(false, true);
    }
}
