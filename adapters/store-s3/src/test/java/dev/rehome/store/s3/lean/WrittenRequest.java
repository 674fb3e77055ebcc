package dev.rehome.store.s3.lean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A request as it is sent.
 *
 * @param line its first line
 * @param headers by name, as it is sent
 */
record WrittenRequest(String line, Map<String, String> headers) {
    static WrittenRequest of(
            CopyRequestWriter writer, String source, String target, AwsCredentialsIdentity credentials, Instant now) {
        ByteBuf bytes = Unpooled.buffer();
        writer.write(bytes, source, target, credentials, now);
        String text = bytes.toString(StandardCharsets.US_ASCII);
        if (!text.endsWith("\r\n\r\n")) {
            throw new AssertionError("the request has no end: " + text);
        }
        List<String> lines = text.lines().toList();
        Map<String, String> headers = new HashMap<>();
        for (String header : lines.subList(1, lines.size() - 1)) {
            int colon = header.indexOf(": ");
            if (headers.put(header.substring(0, colon), header.substring(colon + 2)) != null) {
                throw new AssertionError("twice: " + header);
            }
        }
        return new WrittenRequest(lines.get(0), headers);
    }
}
