package dev.rehome.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.SettingsProblems;
import dev.rehome.manifest.ManifestSettings.ObjectAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestSettingsTest {
    private static ManifestSettings read(Map<String, String> values) {
        Environment env = new Environment(values);
        ManifestSettings settings = ManifestSettings.from(env);
        env.throwIfProblems();
        return settings;
    }

    @Test
    void everySettingIsOptional() {
        ManifestSettings settings = read(Map.of());
        assertThat(settings.place()).isEmpty();
        assertThat(settings.fields()).isEmpty();
        assertThat(settings.encoding()).isEqualTo(KeyEncoding.URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bucket", "Key,Key", "Key,Name", "Key,", ",", "Key;NewKey"})
    void fieldsThatAreUnknownOrRepeatedOrLackTheKeyAreAProblem(String fields) {
        assertThatThrownBy(() -> read(Map.of("MANIFEST_FIELDS", fields)))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("MANIFEST_FIELDS is not valid: expected a comma list of Bucket, Key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://", "s3://bucket", "s3://bucket/", "s3:///key", "https://bucket.example/key", "S3://b/k"})
    void addressWithoutAnObjectIsAProblem(String place) {
        assertThatThrownBy(() -> read(Map.of("MANIFEST", place)))
                .isInstanceOf(SettingsProblems.class)
                .hasMessageContaining("MANIFEST is not valid: expected a file, or s3://bucket/key");
    }

    @ParameterizedTest
    @CsvSource({"s3://b/k, b, k", "s3://b/a/b c+%20.csv, b, a/b c+%20.csv", "s3://b//k, b, /k"})
    void addressIsReadVerbatim(String text, String bucket, String key) {
        assertThat(ObjectAddress.parse(text)).contains(new ObjectAddress(bucket, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.csv", "/data/m.csv", "a s3://file", "C:\\m.csv", "s3:/b/k"})
    void everythingElseIsAFile(String place) {
        assertThat(read(Map.of("MANIFEST", place)).place()).contains(place);
        assertThat(ObjectAddress.parse(place)).isEmpty();
    }
}
