package dev.rehome.store.s3;

import static dev.rehome.store.s3.FakeResponse.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Kinds of objects and buckets, each copied in one request and in parts. */
final class ObjectCases {
    private ObjectCases() {}

    private static final Setup WHOLE = new Setup(false, Map.of("OVERWRITE_TARGETS", "true"));
    private static final Setup PARTS = new Setup(true, Map.of("OVERWRITE_TARGETS", "true"));

    /**
     * How the store is set up.
     *
     * @param parts whether the object is so large that it is copied in parts
     * @param settings beside those that reach the server
     */
    record Setup(boolean parts, Map<String, String> settings) {
        Setup with(String name, String value) {
            Map<String, String> all = new HashMap<>(settings);
            all.put(name, value);
            return new Setup(parts, all);
        }
    }

    /**
     * A case.
     *
     * @param name describes it in the test report
     * @param setup the store
     * @param given prepares the server
     * @param expected the failure's code and a part of its message; empty for a copy
     * @param sent checks the requests that the server received
     */
    record Case(
            String name,
            Setup setup,
            Consumer<ObjectCasesTest> given,
            String expected,
            Consumer<ObjectCasesTest> sent) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                copied(
                        "storage class: S3's default",
                        WHOLE,
                        t -> {},
                        t -> t.sent(Operation.COPY, "x-amz-storage-class", "")),
                copied(
                        "storage class in parts: the source's",
                        PARTS,
                        t -> t.source("x-amz-storage-class", "ONEZONE_IA"),
                        t -> t.sent(Operation.CREATE, "x-amz-storage-class", "ONEZONE_IA")),
                copied(
                        "storage class in parts: no archive",
                        PARTS,
                        t -> t.source("x-amz-storage-class", "DEEP_ARCHIVE"),
                        t -> t.sent(Operation.CREATE, "x-amz-storage-class", "")),
                copied(
                        "storage class by setting",
                        WHOLE.with("TARGET_STORAGE_CLASS", "STANDARD_IA"),
                        t -> {},
                        t -> t.sent(Operation.COPY, "x-amz-storage-class", "STANDARD_IA")),
                copied(
                        "storage class by setting, in parts",
                        PARTS.with("TARGET_STORAGE_CLASS", "STANDARD_IA"),
                        t -> t.source("x-amz-storage-class", "ONEZONE_IA"),
                        t -> t.sent(Operation.CREATE, "x-amz-storage-class", "STANDARD_IA")),
                copied("ACL: S3's default", WHOLE, t -> {}, t -> t.sent(Operation.COPY, "x-amz-acl", "")),
                copied(
                        "ACL by setting",
                        WHOLE.with("TARGET_ACL", "bucket-owner-full-control"),
                        t -> {},
                        t -> t.sent(Operation.COPY, "x-amz-acl", "bucket-owner-full-control")),
                copied(
                        "ACL by setting, in parts",
                        PARTS.with("TARGET_ACL", "bucket-owner-full-control"),
                        t -> {},
                        t -> t.sent(Operation.CREATE, "x-amz-acl", "bucket-owner-full-control")),
                copied("requester pays", WHOLE.with("REQUESTER_PAYS", "true"), t -> {}, ObjectCasesTest::allPaid),
                copied(
                        "requester pays, in parts",
                        PARTS.with("REQUESTER_PAYS", "true"),
                        t -> {},
                        ObjectCasesTest::allPaid),
                refused(
                        "requester pays, not agreed to",
                        WHOLE,
                        t -> t.s3.always(Operation.COPY, error(403, "AccessDenied")),
                        "ACCESS_DENIED s3:GetObject",
                        t -> {}),
                copied(
                        "KMS key by setting, in parts",
                        PARTS.with("TARGET_KMS_KEY_ID", "alias/photos"),
                        t -> {},
                        t -> t.sent(Operation.CREATE, "x-amz-server-side-encryption-aws-kms-key-id", "alias/photos")),
                copied(
                        "encryption: the target's default",
                        PARTS,
                        t -> t.source("x-amz-server-side-encryption", "aws:kms"),
                        t -> t.sent(Operation.CREATE, "x-amz-server-side-encryption", "")),
                refused(
                        "KMS key without its right",
                        WHOLE,
                        t -> t.s3.always(
                                Operation.COPY,
                                error(403, "AccessDenied", "x is not authorized to perform: kms:Decrypt on y")),
                        "ACCESS_DENIED Likely missing: kms:Decrypt.",
                        t -> {}),
                refused(
                        "KMS key that is disabled, in parts",
                        PARTS,
                        t -> t.s3.always(Operation.PART, error(400, "KMS.DisabledException")),
                        "ENCRYPTION KMS.Disabled",
                        ObjectCasesTest::nothingLeft),
                refused("delete marker", WHOLE, ObjectCasesTest::deleted, "NOT_FOUND NoSuchKey", t -> {}),
                refused(
                        "delete marker, in parts",
                        PARTS,
                        ObjectCasesTest::deleted,
                        "NOT_FOUND ",
                        ObjectCasesTest::nothingLeft),
                copied(
                        "versions: the latest is copied",
                        WHOLE,
                        t -> t.source("x-amz-version-id", "v7"),
                        t -> assertThat(t.journal(Operation.COPY).header("x-amz-copy-source"))
                                .doesNotContain("versionId")),
                copied(
                        "versions, in parts: all of one content",
                        PARTS,
                        t -> t.source("x-amz-version-id", "v7"),
                        t -> assertThat(t.journal(Operation.PART).header("x-amz-copy-source-if-match"))
                                .isNotEmpty()),
                refused(
                        "archived",
                        WHOLE,
                        t -> t.s3.always(Operation.COPY, error(403, "InvalidObjectState")),
                        "ARCHIVED Restore the object",
                        t -> {}),
                refused(
                        "archived, in parts",
                        PARTS,
                        t -> t.s3.always(Operation.PART, error(403, "InvalidObjectState")),
                        "ARCHIVED Restore the object",
                        ObjectCasesTest::nothingLeft),
                copied(
                        "checksum of the whole, in parts",
                        PARTS,
                        t -> t.source("x-amz-checksum-crc32c", "AAAAAA=="),
                        t -> t.checksum("CRC32C", "FULL_OBJECT")),
                copied(
                        "checksum of checksums, in parts",
                        PARTS,
                        t -> t.source("x-amz-checksum-sha256", "AAAA"),
                        t -> t.checksum("SHA256", "COMPOSITE")),
                copied("no checksum, in parts", PARTS, t -> {}, t -> t.checksum("", "")),
                refused(
                        "tags that may not be read",
                        WHOLE,
                        t -> t.s3.always(Operation.COPY, error(403, "AccessDenied", "Access Denied")),
                        "ACCESS_DENIED s3:GetObjectTagging on the source",
                        t -> {}),
                refused(
                        "tags that may not be read, in parts",
                        PARTS,
                        t -> t.s3.always(Operation.TAGS, error(403, "AccessDenied")),
                        "ACCESS_DENIED s3:GetObjectTagging on the source",
                        ObjectCasesTest::nothingLeft),
                refused(
                        "tags that may not be written, in parts",
                        PARTS,
                        t -> t.s3.always(Operation.CREATE, error(403, "AccessDenied")),
                        "ACCESS_DENIED s3:PutObjectTagging on the target",
                        ObjectCasesTest::nothingLeft),
                refused(
                        "source that is overwritten again and again, in parts",
                        PARTS,
                        ObjectCasesTest::changing,
                        "SOURCE_CHANGED overwritten during each of 3",
                        ObjectCasesTest::nothingLeft),
                copied(
                        "two regions, in parts",
                        PARTS.with("AWS_REGION", "eu-central-1"),
                        ObjectCasesTest::twoRegions,
                        ObjectCasesTest::eachSignedForItsRegion),
                copied(
                        "two regions",
                        WHOLE.with("AWS_REGION", "eu-central-1"),
                        ObjectCasesTest::twoRegions,
                        ObjectCasesTest::eachSignedForItsRegion));
    }

    private static Case copied(
            String name, Setup setup, Consumer<ObjectCasesTest> given, Consumer<ObjectCasesTest> sent) {
        return new Case(name, setup, given, "", sent);
    }

    private static Case refused(
            String name,
            Setup setup,
            Consumer<ObjectCasesTest> given,
            String expected,
            Consumer<ObjectCasesTest> sent) {
        return new Case(name, setup, given, expected, sent);
    }
}
