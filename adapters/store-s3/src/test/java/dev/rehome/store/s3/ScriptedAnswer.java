package dev.rehome.store.s3;

import java.time.Instant;

/**
 * What the scripted server says instead of the truth.
 *
 * @param afterEffect whether it does first what was asked
 * @param status the HTTP status, or 0 to cut the connection without a word
 * @param body the body
 */
record ScriptedAnswer(boolean afterEffect, int status, String body) {
    static ScriptedAnswer error(int status, String code) {
        return error(status, code, "scripted");
    }

    static ScriptedAnswer error(int status, String code, String message) {
        return new ScriptedAnswer(
                false,
                status,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message><RequestId>REQ1</RequestId></Error>"
                        .formatted(code, message));
    }

    /** What STS answers to AssumeRole. */
    static ScriptedAnswer granted(String accessKey, Instant expiration) {
        return new ScriptedAnswer(false, 200, """
                <AssumeRoleResponse><AssumeRoleResult><Credentials>
                <AccessKeyId>%s</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
                <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
                """.formatted(accessKey, expiration));
    }

    static ScriptedAnswer bare(int status) {
        return new ScriptedAnswer(false, status, "");
    }

    static ScriptedAnswer cut() {
        return new ScriptedAnswer(false, 0, "");
    }

    static ScriptedAnswer empty() {
        return new ScriptedAnswer(false, 200, "");
    }

    static ScriptedAnswer html() {
        return new ScriptedAnswer(false, 200, "<html><body>It works!</body></html>");
    }

    static ScriptedAnswer truncated() {
        return new ScriptedAnswer(false, 200, "<?xml version=\"1.0\"?><CopyObjectResult><ETag>\"abc");
    }

    /** The same, after doing what was asked. */
    ScriptedAnswer butDone() {
        return new ScriptedAnswer(true, status, body);
    }
}
