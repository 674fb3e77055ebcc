package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.store.CopyResult.Copied;
import dev.rehome.common.store.Location;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row S3 of the fault matrix: the connection is cut at many points of the response. */
class ConnectionCutIT extends ProbedS3Test {
    @Test
    void copyIsFoundWhereverItsResponseIsCut() throws IOException {
        try (ResponseCutter cutter = new ResponseCutter(s3.endpoint())) {
            reopen(Map.of("AWS_ENDPOINT_URL_S3", cutter.endpoint().toString()));
            probeServer();
            copied();
            int length = cutter.length();
            assertThat(length).isGreaterThan(100);
            for (int kept = 0; kept < length; kept += 4) {
                cutter.keep(kept);
                Location target = TARGET.withObjectKey("cut after " + kept);
                assertThat(copy(SOURCE, target))
                        .as("%d of %d bytes arrived", kept, length)
                        .isInstanceOfSatisfying(
                                Copied.class,
                                copied -> assertThat(copied.proof().value())
                                        .isEqualTo(at(target).etag()));
            }
        }
    }
}
