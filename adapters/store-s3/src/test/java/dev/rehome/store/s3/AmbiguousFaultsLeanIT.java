package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.store.s3.ReceivedRequest.Operation;
import org.junit.jupiter.api.Test;

/** The same with the lean engine, which repeats no request. */
class AmbiguousFaultsLeanIT extends AmbiguousFaultsTest {
    @Override
    String engine() {
        return "lean";
    }

    @Test
    @Override
    void retryAfterALostResponseFindsTheFirstCopy() {
        s3.next(Operation.COPY, FakeResponse.cut().butDone());

        assertThat(copied().proof().value()).isEqualTo(at(SOURCE).etag());
        assertThat(s3.operations()).containsExactly(Operation.COPY, Operation.HEAD, Operation.HEAD);
    }
}
