package dev.rehome.producer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLineTest {
    @Test
    void cellsAreQuotedAsRfc4180Asks() {
        assertThat(CsvLine.of(List.of("a", "", "b,c", "say \"x\"", "two\nlines", " space ")))
                .isEqualTo("a,,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\", space \r\n");
    }

    @Test
    void cellsStayAsTheyAreUnlessTheyAreForASpreadsheet() {
        List<String> cells = List.of("=1+1", "+1", "-1", "@x", "\t", "\n=1", "a=b", "");
        assertThat(CsvLine.of(cells)).isEqualTo("=1+1,+1,-1,@x,\t,\"\n=1\",a=b,\r\n");
        assertThat(CsvLine.forSpreadsheet(cells)).isEqualTo("'=1+1,'+1,'-1,'@x,'\t,\"'\n=1\",a=b,\r\n");
    }
}
