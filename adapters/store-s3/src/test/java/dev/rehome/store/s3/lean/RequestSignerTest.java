package dev.rehome.store.s3.lean;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signature Version 4, against AWS's published examples. */
class RequestSignerTest {
    /** "get-vanilla" of the AWS Signature Version 4 test suite. */
    @Test
    void signsTheVanillaRequestOfTheTestSuite() {
        RequestSigner signer = new RequestSigner("us-east-1", "service");
        signer.use(
                AwsCredentialsIdentity.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                Instant.parse("2015-08-30T12:36:00Z"));

        assertThat(signature(signer, """
                        GET
                        /

                        host:example.amazonaws.com
                        x-amz-date:20150830T123600Z

                        host;x-amz-date
                        """ + CopyRequestWriter.EMPTY_BODY))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(signer.scope()).isEqualTo("20150830/us-east-1/service/aws4_request");
        assertThat(signer.moment()).isEqualTo("20150830T123600Z");
    }

    /** "GET Object" in the examples of the Amazon S3 API Reference, Authenticating Requests. */
    @Test
    void signsTheObjectRequestOfTheS3Reference() {
        RequestSigner signer = new RequestSigner("us-east-1", "s3");
        signer.use(
                AwsCredentialsIdentity.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                Instant.parse("2013-05-24T00:00:00Z"));

        assertThat(signature(signer, """
                        GET
                        /test.txt

                        host:examplebucket.s3.amazonaws.com
                        range:bytes=0-9
                        x-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                        x-amz-date:20130524T000000Z

                        host;range;x-amz-content-sha256;x-amz-date
                        """ + CopyRequestWriter.EMPTY_BODY))
                .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    private static String signature(RequestSigner signer, String canonicalRequest) {
        byte[] request = canonicalRequest.getBytes(StandardCharsets.US_ASCII);
        byte[] signature = new byte[RequestSigner.DIGITS];
        signer.sign(request, request.length, signature);
        return new String(signature, StandardCharsets.US_ASCII);
    }
}
