package dev.rehome.emulation.benchmark.s3;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * The response to a copy.
 *
 * @param status of the response
 * @param body XML
 */
record CopyReply(HttpResponseStatus status, String body) {
    private static final String HEADERS =
            "\r\ncontent-type: " + S3Responses.XML + "\r\nx-amz-request-id: synthetic\r\ncontent-length: ";

    /** The response after the object of a row was copied. */
    static CopyReply copied(long id) {
        return new CopyReply(
                HttpResponseStatus.OK,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<CopyObjectResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"
                        + SampleObjects.etag(id).replace("\"", "&quot;") + "</ETag></CopyObjectResult>");
    }

    static CopyReply error(HttpResponseStatus status, String code) {
        return new CopyReply(status, S3Responses.errorBody(code));
    }

    /** The response for the codec. */
    FullHttpResponse response() {
        return S3Responses.of(S3Responses.XML, body.getBytes(StandardCharsets.US_ASCII))
                .setStatus(status);
    }

    /** The response as it is sent. */
    ByteBuf encoded(ByteBufAllocator allocator) {
        String text = "HTTP/1.1 " + status + HEADERS + body.length() + "\r\n\r\n" + body;
        ByteBuf bytes = allocator.directBuffer(text.length());
        bytes.writeCharSequence(text, StandardCharsets.US_ASCII);
        return bytes;
    }
}
