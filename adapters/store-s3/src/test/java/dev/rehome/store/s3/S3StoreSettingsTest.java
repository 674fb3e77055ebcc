package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.common.settings.SettingsProblems;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3StoreSettingsTest {
    @Test
    void regionIsAllThatMustBeSet() {
        S3StoreSettings settings = read(Map.of("AWS_REGION", "eu-central-1"));
        assertThat(settings.connection().region()).isEqualTo("eu-central-1");
        assertThat(settings.connection().pathStyle()).isFalse();
        assertThat(settings.connection().silence()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.concurrency()).isEqualTo(256);
        assertThat(settings.copies().overwrite()).isFalse();
        assertThat(settings.copies().needsSizeFirst()).isFalse();
    }

    @Test
    void endpointNeedsNoRegionAndTakesBucketsInThePath() {
        S3Connection connection =
                read(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9000")).connection();
        assertThat(connection.endpoint()).hasValue(URI.create("http://127.0.0.1:9000"));
        assertThat(connection.pathStyle()).isTrue();
        assertThat(connection.region()).isNotEmpty();
    }

    @Test
    void endpointForS3ComesBeforeTheOneForAll() {
        Map<String, String> both =
                Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:2");
        assertThat(read(both).connection().endpoint()).hasValue(URI.create("http://127.0.0.1:2"));
    }

    @Test
    void pathStyleMayBeForcedEitherWay() {
        assertThat(read(Map.of("AWS_REGION", "eu-west-1", "S3_PATH_STYLE", "true"))
                        .connection()
                        .pathStyle())
                .isTrue();
        assertThat(read(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:2", "S3_PATH_STYLE", "false"))
                        .connection()
                        .pathStyle())
                .isFalse();
    }

    @Test
    void allProblemsAreToldTogetherAndNoSecretIs() {
        Map<String, String> wrong = Map.of(
                "COPY_CONCURRENCY", "0",
                "MULTIPART_THRESHOLD_BYTES", "5368709121",
                "VERIFY_COPIES", "md5",
                "AWS_SECRET_ACCESS_KEY", "hush");
        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("AWS_REGION is not set")
                .hasMessageContaining("COPY_CONCURRENCY")
                .hasMessageContaining("MULTIPART_THRESHOLD_BYTES")
                .hasMessageContaining("VERIFY_COPIES")
                .hasMessageContaining("go together")
                .hasMessageNotContaining("hush");
    }

    @Test
    void textOfTheSettingsHoldsNoSecret() {
        Map<String, String> keys =
                Map.of("AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "AKIA", "AWS_SECRET_ACCESS_KEY", "hush");
        assertThat(read(keys)).asString().doesNotContain("hush");
    }

    @Test
    void eachSettingIsListedOnce() {
        assertThat(S3StoreSettings.ALL)
                .extracting(Setting::name)
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    private static S3StoreSettings read(Map<String, String> values) {
        Environment env = new Environment(values);
        S3StoreSettings settings = S3StoreSettings.from(env);
        env.throwIfProblems();
        return settings;
    }
}
