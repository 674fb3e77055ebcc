package dev.rehome.emulation.benchmark.s3;

import dev.rehome.emulation.seeding.SampleObject;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the responses of S3 that its clients need. */
final class S3Responses {
    static final String XML = "application/xml";

    private static final byte[] NOTHING = new byte[0];

    private S3Responses() {}

    static FullHttpResponse error(HttpResponseStatus status, String code) {
        return of(XML, errorBody(code).getBytes(StandardCharsets.US_ASCII)).setStatus(status);
    }

    static String errorBody(String code) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + code
                + "</Message><RequestId>synthetic</RequestId></Error>";
    }

    /** The response to HEAD of an object that isn't there: an error without a body. */
    static FullHttpResponse missing() {
        return empty().setStatus(HttpResponseStatus.NOT_FOUND);
    }

    static FullHttpResponse empty() {
        return of(XML, NOTHING);
    }

    /** The location of a bucket in us-east-1. */
    static FullHttpResponse location() {
        return xml("<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>");
    }

    /** The response after all of these objects were deleted. */
    static FullHttpResponse deleted(List<String> keys) {
        return xml(keys.stream()
                .map(key -> "<Deleted><Key>" + key + "</Key></Deleted>")
                .collect(Collectors.joining(
                        "", "<DeleteResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">", "</DeleteResult>")));
    }

    static FullHttpResponse xml(String body) {
        return of(XML, body.getBytes(StandardCharsets.UTF_8));
    }

    static FullHttpResponse object(SampleObject object, boolean body) {
        FullHttpResponse response = of(object.contentType(), body ? object.bytes() : NOTHING);
        object.metadata().forEach((name, value) -> response.headers().set("x-amz-meta-" + name, value));
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, object.size())
                .set(HttpHeaderNames.ETAG, SampleObjects.etag(object.id()))
                .set(HttpHeaderNames.LAST_MODIFIED, "Thu, 01 Jan 2026 00:00:00 GMT");
        return response;
    }

    static FullHttpResponse of(String type, byte[] body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK,
                Unpooled.wrappedBuffer(body),
                DefaultHttpHeadersFactory.headersFactory().withValidation(false),
                DefaultHttpHeadersFactory.trailersFactory());
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set("x-amz-request-id", "synthetic");
        return response;
    }
}
