package dev.rehome.emulation.benchmark.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyHeadTest {
    private static final String COPY = """
            PUT /new/avatar/3/gr%C3%B6%C3%9Fe-3.png HTTP/1.1
            host: 127.0.0.1
            If-None-Match: *
            x-amz-copy-source: old/user_image/3/gr%C3%B6%C3%9Fe-3.png
            content-length: 0
            user-agent: any

            """.replace("\n", "\r\n");

    @Test
    void wholeCopyIsRead() {
        assertThat(parse(COPY))
                .contains(new CopyHead(
                        "/new/avatar/3/größe-3.png", "old/user_image/3/größe-3.png", Optional.empty(), true));
    }

    @Test
    void headerNamesAreCaseInsensitive() {
        String copy = COPY.replace("If-None-Match: *", "X-Amz-Copy-Source-If-Match:\"e\"")
                .replace("content-length", "CONTENT-LENGTH");
        assertThat(parse(copy)).hasValueSatisfying(head -> {
            assertThat(head.sourceIfMatch()).contains("\"e\"");
            assertThat(head.onlyIfAbsent()).isFalse();
        });
    }

    @Test
    void incompleteRequestIsNotParsed() {
        for (int length = 0; length < COPY.length(); length++) {
            assertThat(parse(COPY.substring(0, length))).isEmpty();
        }
    }

    @Test
    void requestsOtherThanCopiesAreNotParsed() {
        assertThat(parse(COPY + "PUT")).isEmpty();
        assertThat(parse(COPY.replace("content-length: 0", "content-length: 1")))
                .isEmpty();
        assertThat(parse(COPY.replace("content-length: 0", "transfer-encoding: chunked")))
                .isEmpty();
        assertThat(parse(COPY.replace("x-amz-copy-source", "x-amz-other"))).isEmpty();
        assertThat(parse(COPY.replace("PUT", "GET"))).isEmpty();
        assertThat(parse(COPY.replace("%C3", "%zz"))).isEmpty();
        assertThat(parse(COPY.replace(".png HTTP", ".png?uploadId=1 HTTP"))).isEmpty();
    }

    private static Optional<CopyHead> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return CopyHead.parse(bytes, bytes.length);
    }
}
