package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.common.settings.SettingsProblems;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3StoreSettingsTest {
    @Test
    void regionIsAllThatMustBeSet() {
        S3StoreSettings settings = read(Map.of("AWS_REGION", "eu-central-1"));
        assertThat(settings.client().region()).isEqualTo("eu-central-1");
        assertThat(settings.client().pathStyle()).isFalse();
        assertThat(settings.client().readTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.concurrency()).isEqualTo(256);
        assertThat(settings.copies().overwrite()).isFalse();
        assertThat(settings.copies().needsSizeFirst()).isFalse();
    }

    @Test
    void endpointNeedsNoRegionAndTakesBucketsInThePath() {
        S3ClientSettings connection =
                read(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9000")).client();
        assertThat(connection.endpoint()).hasValue(URI.create("http://127.0.0.1:9000"));
        assertThat(connection.pathStyle()).isTrue();
        assertThat(connection.region()).isNotEmpty();
    }

    @Test
    void endpointForS3ComesBeforeTheOneForAll() {
        Map<String, String> both =
                Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:2");
        assertThat(read(both).client().endpoint()).hasValue(URI.create("http://127.0.0.1:2"));
    }

    @Test
    void pathStyleMayBeForcedEitherWay() {
        assertThat(read(Map.of("AWS_REGION", "eu-west-1", "S3_PATH_STYLE", "true"))
                        .client()
                        .pathStyle())
                .isTrue();
        assertThat(read(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:2", "S3_PATH_STYLE", "false"))
                        .client()
                        .pathStyle())
                .isFalse();
    }

    @Test
    void allProblemsAreReportedTogether() {
        Map<String, String> wrong = Map.of(
                "COPY_CONCURRENCY", "0",
                "MULTIPART_THRESHOLD_BYTES", "5368709121",
                "VERIFY_COPIES", "md5");
        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("AWS_REGION is not set")
                .hasMessageContaining("COPY_CONCURRENCY")
                .hasMessageContaining("MULTIPART_THRESHOLD_BYTES")
                .hasMessageContaining("VERIFY_COPIES");
    }

    @Test
    void externalIdIsMaskedInTheTextOfTheSettings() {
        Map<String, String> role =
                Map.of("AWS_REGION", "eu-west-1", "TARGET_ROLE_ARN", "arn:role", "TARGET_ROLE_EXTERNAL_ID", "hush");
        assertThat(read(role)).asString().contains("arn:role").doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MULTIPART_THRESHOLD_BYTES", "MULTIPART_PART_BYTES"})
    void sizesThatS3DoesNotAcceptAreProblems(String setting) {
        for (String size : List.of("5242879", "5368709121")) {
            assertThatThrownBy(() -> read(Map.of("AWS_REGION", "eu-west-1", setting, size)))
                    .isInstanceOf(SettingsProblems.class)
                    .hasMessageContaining(setting + " is not valid: expected bytes, a whole number from 5242880");
        }
        assertThat(read(Map.of("AWS_REGION", "eu-west-1", setting, "5242880"))).isNotNull();
    }

    @Test
    void eachSettingIsListedOnce() {
        assertThat(S3StoreSettings.ALL)
                .extracting(Setting::name)
                .doesNotHaveDuplicates()
                .contains("AWS_REGION", "COPY_CONCURRENCY", "TARGET_ROLE_ARN", "TARGET_ACL");
    }

    private static S3StoreSettings read(Map<String, String> values) {
        Environment env = new Environment(values);
        S3StoreSettings settings = S3StoreSettings.from(env);
        env.throwIfProblems();
        return settings;
    }
}
