package dev.rehome.emulation.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.benchmark.s3.SyntheticS3;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Settings;
import dev.rehome.emulation.process.Await;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class RawLoadIT {
    /** The load generator is a fair ceiling only if it sends what the engines send: difficult keys must arrive unchanged. */
    @Test
    void copiesEveryObjectOnceToItsKey() throws Exception {
        try (SyntheticS3 server = new SyntheticS3(SyntheticS3Settings.of(1_000_000, 16), 1, 1)) {
            try (RawLoad load = new RawLoad(server.endpoint(), 1)) {
                load.start(8);
                Await.until("500 copies", () -> load.count() >= 500);
            }
            String totals = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.endpoint().resolve("/-/totals"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();

            assertThat(totals).matches("\\d{3,} 0 0 0");
        }
    }
}
