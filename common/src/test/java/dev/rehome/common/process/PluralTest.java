package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {
    @ParameterizedTest
    @CsvSource({
        "1,copy,1 copy",
        "0,copy,0 copies",
        "2000,batch,'2,000 batches'",
        "3,process,3 processes",
        "2,row,2 rows",
        "2,failed record,2 failed records"
    })
    void countIsFollowedByItsNoun(long count, String noun, String text) {
        assertThat(Plural.of(count, noun)).isEqualTo(text);
    }
}
