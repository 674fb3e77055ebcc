package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void controlCharactersAreEscapedAndEverythingElseStays() {
        assertThat(Printable.of("image/1\n  deleted 5\u001b[2J\u009b"))
                .isEqualTo("image/1\\u000a  deleted 5\\u001b[2J\\u009b");
        assertThat(Printable.of("größe 😀 'x'\\n")).isEqualTo("größe 😀 'x'\\n");
    }
}
