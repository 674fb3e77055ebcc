package dev.rehome.catalog.mariadb.sql;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.join;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.name;
import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlFragmentTest {
    @Test
    void valuesBecomeParametersInTheOrderOfTheText() {
        SqlFragment query = sql("SELECT :b, :a, :b").with("a", 1).with("b", null);
        assertThat(query.statement()).isEqualTo("SELECT ?, ?, ?");
        assertThat(query.values()).containsExactly(null, 1, null);
    }

    @Test
    void fragmentsBringTheirOwnParametersAndNames() {
        SqlFragment inner = sql("x = :value").with("value", "inner");
        SqlFragment query =
                sql("WHERE y = :value AND :inner").with("inner", inner).with("value", "outer");
        assertThat(query.statement()).isEqualTo("WHERE y = ? AND x = ?");
        assertThat(query.values()).containsExactly("outer", "inner");
    }

    @Test
    void tablesAndNamesAreQuoted() {
        SqlFragment query = sql("SELECT t.:column FROM :table t")
                .with("column", name("a`b:c"))
                .with("table", new TableName("my schema", "user:profile"));
        assertThat(query.statement()).isEqualTo("SELECT t.`a``b:c` FROM `my schema`.`user:profile` t");
        assertThat(query.values()).isEmpty();
    }

    @Test
    void colonsInQuotesAndBeforeDigitsAreNotHoles() {
        String text = "SELECT ':a', 'it''s :b', \":c\", `:d`, x':00'";
        assertThat(sql(text).statement()).isEqualTo(text);
    }

    @Test
    void joinedFragmentsKeepTheirValues() {
        SqlFragment rows = join(
                ", ",
                List.of(
                        sql("(:n)").with("n", 1),
                        sql("(:n)").with("n", 2),
                        sql("(:n)").with("n", 3)));
        assertThat(rows.statement()).isEqualTo("(?), (?), (?)");
        assertThat(rows.values()).containsExactly(1, 2, 3);
        assertThat(join(", ", List.of()).statement()).isEmpty();
    }

    @Test
    void openHolesAndParametersWithoutHoleAreErrors() {
        assertThatThrownBy(sql("SELECT :a")::statement)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Expected a value for :a in SELECT :a");
        assertThatThrownBy(() -> sql("SELECT 1").with("a", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Expected a hole :a in SELECT 1");
    }

    @Test
    void emptyNamesAndZeroBytesAreRejected() {
        assertThatThrownBy(() -> name("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> name("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parametersAreJoinedByCommas() {
        SqlFragment row = sql("(:values)").with("values", SqlFragment.parameters(Arrays.asList(1, null, "a")));
        assertThat(row.statement()).isEqualTo("(?, ?, ?)");
        assertThat(row.values()).containsExactly(1, null, "a");
    }

    @Test
    void mostBytesCoverEveryCharacterEscaped() {
        for (String text : List.of("abc", "größe", "鍵", "\ud83d\ude00")) {
            assertThat(SqlFragment.maxBytes(text)).isGreaterThanOrEqualTo(2L * text.getBytes(UTF_8).length);
        }
    }
}
