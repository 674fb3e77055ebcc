package dev.rehome.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"db", "db.example.com:3307", "10.0.0.7", "10.0.0.7:1", "[fd00::1]", "[::1]:65535"})
    void textIsTheOneThatWasParsed(String text) {
        assertThat(ServerAddress.parse(text)).hasToString(text);
        assertThat(ServerAddress.parse(" " + text + " ")).isEqualTo(ServerAddress.parse(text));
    }

    @Test
    void hostAndPortAreSeparated() {
        assertThat(ServerAddress.parse("db:3307")).isEqualTo(new ServerAddress("db", OptionalInt.of(3307)));
        assertThat(ServerAddress.parse("[fd00::1]")).isEqualTo(new ServerAddress("fd00::1", OptionalInt.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ":3306", "db:", "db:0", "db:65536", "db:port", "d b", "fd00::1", "[]", "[fd00::1]3306"})
    void invalidAddressIsRefused(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
