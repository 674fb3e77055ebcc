package dev.rehome.store.s3;

import java.time.Instant;

/**
 * A response that the fake server sends instead of its own.
 *
 * @param afterEffect whether the request is executed first
 * @param status the HTTP status, or 0 to close the connection without a response
 * @param body the body
 */
record FakeResponse(boolean afterEffect, int status, String body) {
    static FakeResponse error(int status, String code) {
        return error(status, code, "scripted");
    }

    static FakeResponse error(int status, String code, String message) {
        return new FakeResponse(
                false,
                status,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message><RequestId>REQ1</RequestId></Error>"
                        .formatted(code, message));
    }

    /** STS's response to AssumeRole. */
    static FakeResponse granted(String accessKey, Instant expiration) {
        return new FakeResponse(false, 200, """
                <AssumeRoleResponse><AssumeRoleResult><Credentials>
                <AccessKeyId>%s</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
                <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
                """.formatted(accessKey, expiration));
    }

    static FakeResponse bare(int status) {
        return new FakeResponse(false, status, "");
    }

    static FakeResponse cut() {
        return new FakeResponse(false, 0, "");
    }

    static FakeResponse empty() {
        return new FakeResponse(false, 200, "");
    }

    static FakeResponse html() {
        return new FakeResponse(false, 200, "<html><body>It works!</body></html>");
    }

    static FakeResponse truncated() {
        return new FakeResponse(false, 200, "<?xml version=\"1.0\"?><CopyObjectResult><ETag>\"abc");
    }

    /** The same, after executing the request. */
    FakeResponse butDone() {
        return new FakeResponse(true, status, body);
    }
}
