package dev.rehome.store.s3.lean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyResponseTest {
    private static final String RESULT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <CopyObjectResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LastModified>2026-11-21T00:00:00.000Z\
            </LastModified><ETag>&quot;9b2cf535f27731c974343645a3985328&quot;</ETag></CopyObjectResult>""";

    @Test
    void readsTheETag() {
        assertThat(parse(RESULT).etag()).contains("\"9b2cf535f27731c974343645a3985328\"");
    }

    @Test
    void skipsWhiteSpaceAndComments() {
        assertThat(parse("  \n \n<!-- <Error> -->" + RESULT + "\n").etag()).isPresent();
    }

    @Test
    void readsAnErrorWhateverTheStatusWas() {
        CopyResponse response =
                parse("<Error><Code>SlowDown</Code><Message>Reduce your &lt;rate&gt;</Message></Error>");

        assertThat(response.errorCode()).contains("SlowDown");
        assertThat(response.errorMessage()).contains("Reduce your <rate>");
        assertThat(response.etag()).isEmpty();
    }

    @Test
    void truncatedDocumentProvesNothing() {
        for (int length = 0; length < RESULT.length(); length++) {
            CopyResponse response = parse(RESULT.substring(0, length));

            assertThat(response.etag()).as("the first %d characters", length).isEmpty();
            assertThat(response.errorCode()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "OK",
                "<html><ETag>\"1\"</ETag></html>",
                "<CopyObjectResult></CopyObjectResult>",
                "<CopyObjectResult><ETag></ETag></CopyObjectResult>",
                "<CopyPartResult><ETag>\"1\"</ETag></CopyPartResult>"
            })
    void anyOtherDocumentProvesNothing(String body) {
        assertThat(parse(body).etag()).isEmpty();
        assertThat(parse(body).errorCode()).isEmpty();
    }

    private static CopyResponse parse(String body) {
        return CopyResponse.parse(body);
    }
}
