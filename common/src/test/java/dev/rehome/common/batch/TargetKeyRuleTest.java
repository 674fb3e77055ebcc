package dev.rehome.common.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetKeyRuleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "image|avatar|image/a/1.png|avatar/a/1.png",
                "image/|avatar|image/a/1.png|avatar/a/1.png",
                "image|avatar/|image/a/1.png|avatar/a/1.png",
                "image/|avatar/|image/a/1.png|avatar/a/1.png",
                "image|''|image/a/1.png|a/1.png",
                "image|avatar|image//1.png|avatar//1.png",
                "image|avatar|image/|avatar/",
                "image|avatar|image/a b+c%20?.png |avatar/a b+c%20?.png ",
                "image|avatar|image/image/1.png|avatar/image/1.png",
                "image/a|image/b|image/a/1.png|image/b/1.png",
                "image//|avatar|image//1.png|avatar/1.png",
                "i\u00e9|\u00e9|i\u00e9/\uD83D\uDE80|\u00e9/\uD83D\uDE80"
            })
    void theLegacyPrefixIsReplacedAndTheRestStays(String legacy, String target, String from, String to) {
        TargetKeyRule keys = new TargetKeyRule(legacy, target, KeyLayout.PREFIX);
        assertThat(keys.isLegacy(from)).isTrue();
        assertThat(keys.targetOf(from)).isEqualTo(to);
        assertThat(keys.isLegacy(to)).as("a migrated key is legacy no more").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"image/1.png, avatar/1.png", "image/a/b/1.png, avatar/1.png", "image/a/, avatar/", "image//x, avatar/x"
    })
    void flattenKeepsTheLastPartOnly(String from, String to) {
        assertThat(new TargetKeyRule("image", "avatar", KeyLayout.FLATTEN).targetOf(from))
                .isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "images/1.png",
                "image",
                "IMAGE/1.png",
                "Image/1.png",
                "' image/1.png'",
                "/image/1.png",
                "''",
                "NULL"
            },
            nullValues = "NULL")
    void otherKeysAreNotLegacy(String key) {
        TargetKeyRule keys = new TargetKeyRule("image", "avatar", KeyLayout.PREFIX);
        assertThat(keys.isLegacy(key)).isFalse();
        assertThatThrownBy(() -> keys.targetOf(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"'', avatar", "image, image", "image, image/", "image, image/new", "image/, image/a/b"})
    void prefixesUnderWhichAMigratedKeyWouldBeLegacyAreRefused(String legacy, String target) {
        assertThatThrownBy(() -> new TargetKeyRule(legacy, target, KeyLayout.PREFIX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("be distinguished from legacy ones");
    }

    @Test
    void aTargetAboveTheLegacyFolderIsTakenWithCare() {
        // image/a/image/a/1.png -> image/image/a/1.png: not legacy, since the prefix is matched at the start alone.
        TargetKeyRule keys = new TargetKeyRule("image/a", "image", KeyLayout.PREFIX);
        assertThat(keys.isLegacy(keys.targetOf("image/a/image/a/1.png"))).isFalse();
        assertThat(keys.canRemainLegacy()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "image/a, image, image/a/a/1.png",
        "image, '', image/image/1.png",
        "a/a, a, a/a/a/a/1.png",
        "/, '', //1.png"
    })
    void aKeyWhoseTargetWouldBeLegacyAgainIsRefused(String legacy, String target, String key) {
        TargetKeyRule keys = new TargetKeyRule(legacy, target, KeyLayout.PREFIX);
        assertThat(keys.canRemainLegacy()).isTrue();
        assertThatThrownBy(() -> keys.targetOf(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("again");
    }

    @ParameterizedTest
    @CsvSource({"image, avatar, PREFIX", "image, images, PREFIX", "image/a, image, FLATTEN"})
    void prefixesBesideEachOtherNeverFallBack(String legacy, String target, KeyLayout layout) {
        assertThat(new TargetKeyRule(legacy, target, layout).canRemainLegacy()).isFalse();
    }
}
