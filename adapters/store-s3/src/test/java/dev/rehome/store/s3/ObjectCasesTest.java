package dev.rehome.store.s3;

import static dev.rehome.store.s3.FakeResponse.bare;
import static dev.rehome.store.s3.FakeResponse.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.Refusal;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Kinds of objects and buckets, each copied in one request and in parts. */
class ObjectCasesTest extends FakeS3Test {
    /** How an object is copied: in one request or, because it is large, in parts. */
    enum Size {
        WHOLE,
        PARTS
    }

    /** Settings and headers are pairs of name and value; an empty value stands for a header that isn't sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            size  | setting                               | header of the source                 | request | headers of the request
            WHOLE |                                       |                                      | COPY    | x-amz-storage-class=
            PARTS |                                       | x-amz-storage-class=ONEZONE_IA       | CREATE  | x-amz-storage-class=ONEZONE_IA
            PARTS |                                       | x-amz-storage-class=DEEP_ARCHIVE     | CREATE  | x-amz-storage-class=
            WHOLE | TARGET_STORAGE_CLASS=STANDARD_IA      |                                      | COPY    | x-amz-storage-class=STANDARD_IA
            PARTS | TARGET_STORAGE_CLASS=STANDARD_IA      | x-amz-storage-class=ONEZONE_IA       | CREATE  | x-amz-storage-class=STANDARD_IA
            WHOLE |                                       |                                      | COPY    | x-amz-acl=
            WHOLE | TARGET_ACL=bucket-owner-full-control  |                                      | COPY    | x-amz-acl=bucket-owner-full-control
            PARTS | TARGET_ACL=bucket-owner-full-control  |                                      | CREATE  | x-amz-acl=bucket-owner-full-control
            PARTS | TARGET_KMS_KEY_ID=alias/photos        |                                      | CREATE  | x-amz-server-side-encryption-aws-kms-key-id=alias/photos
            PARTS |                                       | x-amz-server-side-encryption=aws:kms | CREATE  | x-amz-server-side-encryption=
            PARTS |                                       | x-amz-checksum-crc32c=AAAAAA==       | CREATE  | x-amz-checksum-algorithm=CRC32C; x-amz-checksum-type=FULL_OBJECT
            PARTS |                                       | x-amz-checksum-sha256=AAAA           | CREATE  | x-amz-checksum-algorithm=SHA256; x-amz-checksum-type=COMPOSITE
            PARTS |                                       |                                      | CREATE  | x-amz-checksum-algorithm=; x-amz-checksum-type=
            """)
    void requestHasTheHeadersThatSettingAndSourceDemand(
            Size size, String setting, String source, Operation operation, String headers) {
        prepare(size, pairs(setting));
        put(SOURCE, at(SOURCE).withHeaders(pairs(source)));
        assertCopied();
        pairs(headers)
                .forEach((header, value) ->
                        assertThat(journal(operation).header(header)).as(header).isEqualTo(value));
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestToABucketWhoseRequesterPaysAgreesToPay(Size size) {
        prepare(size, Map.of("REQUESTER_PAYS", "true"));
        assertCopied();
        assertThat(s3.journal())
                .allSatisfy(request ->
                        assertThat(request.header("x-amz-request-payer")).isEqualTo("requester"));
    }

    @ParameterizedTest
    @EnumSource
    void latestVersionIsCopiedAndAllPartsAreOfOneContent(Size size) {
        prepare(size, Map.of());
        put(SOURCE, at(SOURCE).withHeaders(Map.of("x-amz-version-id", "v7")));
        assertCopied();
        if (size == Size.WHOLE) {
            assertThat(journal(Operation.COPY).header("x-amz-copy-source")).doesNotContain("versionId");
        } else {
            assertThat(journal(Operation.PART).header("x-amz-copy-source-if-match"))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            size  | request | status | code                  | message                                          | failure       | reason
            WHOLE | COPY    | 403    | AccessDenied          | scripted                                         | ACCESS_DENIED | s3:GetObject
            WHOLE | COPY    | 403    | AccessDenied          | x is not authorized to perform: kms:Decrypt on y | ACCESS_DENIED | Likely missing: kms:Decrypt.
            PARTS | PART    | 400    | KMS.DisabledException | scripted                                         | ENCRYPTION    | KMS.Disabled
            WHOLE | COPY    | 403    | InvalidObjectState    | scripted                                         | ARCHIVED      | Restore the object
            PARTS | PART    | 403    | InvalidObjectState    | scripted                                         | ARCHIVED      | Restore the object
            WHOLE | COPY    | 403    | AccessDenied          | Access Denied                                    | ACCESS_DENIED | s3:GetObjectTagging on the source
            PARTS | TAGS    | 403    | AccessDenied          | scripted                                         | ACCESS_DENIED | s3:GetObjectTagging on the source
            PARTS | CREATE  | 403    | AccessDenied          | scripted                                         | ACCESS_DENIED | s3:PutObjectTagging on the target
            """)
    void refusalOfS3IsExplained(
            Size size,
            Operation operation,
            int status,
            String code,
            String message,
            FailureCode failure,
            String reason) {
        prepare(size, Map.of());
        s3.always(operation, error(status, code, message));
        assertRefused(failure, reason);
    }

    /** S3's responses if the latest version is a delete marker. */
    @ParameterizedTest
    @CsvSource({"WHOLE, NoSuchKey", "PARTS, ''"})
    void deleteMarkerIsNotFound(Size size, String reason) {
        prepare(size, Map.of());
        s3.always(Operation.HEAD, bare(404));
        s3.always(Operation.COPY, error(404, "NoSuchKey"));
        assertRefused(FailureCode.NOT_FOUND, reason);
    }

    @Test
    void sourceThatIsOverwrittenDuringEachTryIsRefused() {
        prepare(Size.PARTS, Map.of());
        s3.before(Operation.PART, () -> put(SOURCE, "change " + s3.journal().size()));
        assertRefused(FailureCode.SOURCE_CHANGED, "overwritten during each of 3");
    }

    /** Copies go to the target's region, descriptions to the bucket's own, which one redirect reveals. */
    @ParameterizedTest
    @EnumSource
    void eachRequestIsSignedForItsRegion(Size size) {
        prepare(size, Map.of("AWS_REGION", "eu-central-1"));
        s3.objects().place(SOURCE.container(), "us-west-2");
        s3.objects().place(TARGET.container(), "eu-central-1");
        assertCopied();
        stat(SOURCE);
        stat(TARGET);
        assertThat(stat(SOURCE)).isPresent();
        assertThat(regions(TARGET)).containsOnly("eu-central-1");
        assertThat(regions(SOURCE))
                .startsWith("eu-central-1", "us-west-2")
                .filteredOn(region -> region.equals("eu-central-1"))
                .hasSize(1);
    }

    private void prepare(Size size, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("OVERWRITE_TARGETS", "true");
        if (size == Size.PARTS) {
            reopenWithSizes(all, 2, 3);
        } else {
            reopen(all);
        }
        put(SOURCE, "eight by");
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new HashMap<>();
        if (text != null) {
            Stream.of(text.split("; ")).map(pair -> pair.split("=", 2)).forEach(pair -> pairs.put(pair[0], pair[1]));
        }
        return pairs;
    }

    private void assertCopied() {
        assertThat(copy()).isInstanceOf(CopyResult.Copied.class);
        assertThat(at(TARGET).text()).isEqualTo(at(SOURCE).text());
    }

    private void assertRefused(FailureCode code, String reason) {
        assertThat(copy()).isInstanceOfSatisfying(Refusal.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.message()).contains(reason);
        });
        assertThat(at(TARGET)).isNull();
        assertThat(s3.objects().openUploads()).isZero();
    }

    private ReceivedRequest journal(Operation operation) {
        return s3.journal().stream()
                .filter(request -> request.operation() == operation)
                .findFirst()
                .orElseThrow();
    }

    private Stream<String> regions(Location location) {
        return s3.journal().stream()
                .filter(request -> request.object().startsWith(location.container() + "/"))
                .map(ReceivedRequest::region);
    }

    private Optional<ObjectStat> stat(Location location) {
        return store.inspector().orElseThrow().stat(location).orElseThrow();
    }
}
