package dev.rehome.store.s3;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * How objects are copied.
 *
 * @param overwrite whether a target with different content is replaced
 * @param verification how a copy is verified
 * @param target the properties of the targets
 * @param requesterPays whether we pay for requests to requester-pays buckets
 * @param multipartThreshold bytes; a larger object is copied in parts
 * @param partSize bytes of a part
 */
public record S3CopySettings(
        boolean overwrite,
        Verification verification,
        TargetProperties target,
        boolean requesterPays,
        long multipartThreshold,
        long partSize) {
    /** S3's limit for one CopyObject or one part. */
    static final long LARGEST_COPY = 5L << 30;
    /** S3's limit for a part other than the last, and for an object of which a range is copied. */
    static final long SMALLEST_PART = 5L << 20;

    private static final long DEFAULT_PART = 256L << 20;

    /** How a copy is verified. */
    public enum Verification {
        /** By the ETag in S3's response: one request per copy. */
        ETAG,
        /** And by describing source and target afterwards: three requests per copy. */
        HEAD
    }

    /**
     * Properties that a copy doesn't take from its source.
     *
     * @param storageClass empty for S3's default, and for the source's own where the copy is in parts
     * @param acl a canned ACL; empty for S3's default, private
     * @param kmsKey the KMS key that encrypts the target; empty for the target bucket's default encryption
     */
    public record TargetProperties(Optional<String> storageClass, Optional<String> acl, Optional<String> kmsKey) {
        public TargetProperties {
            Objects.requireNonNull(storageClass, "storageClass");
            Objects.requireNonNull(acl, "acl");
            Objects.requireNonNull(kmsKey, "kmsKey");
        }
    }

    private static final Setting<Boolean> OVERWRITE_TARGETS = Setting.flag(
                    "OVERWRITE_TARGETS", "Whether a target object with different content is replaced.")
            .or(false);
    private static final Setting<Verification> VERIFY = Setting.choice(
                    "VERIFY_COPIES",
                    "etag: by S3's response; head: also by a HEAD of both objects, three requests per copy instead of one.",
                    Verification.class)
            .or(Verification.ETAG);
    private static final Setting<Optional<String>> STORAGE_CLASS = Setting.text(
                    "TARGET_STORAGE_CLASS",
                    "Storage class of the targets; STANDARD when empty, in parts the source's own unless archived.")
            .optional();
    private static final Setting<Optional<String>> ACL = Setting.text(
                    "TARGET_ACL", "Canned ACL of the targets; private when empty.")
            .optional();
    private static final Setting<Optional<String>> KMS_KEY = Setting.text(
                    "TARGET_KMS_KEY_ID", "KMS key for the targets; the bucket's default encryption when empty.")
            .optional();
    private static final Setting<Boolean> REQUESTER_PAYS = Setting.flag(
                    "REQUESTER_PAYS", "Whether to pay for requests to a requester-pays bucket.")
            .or(false);
    private static final Setting<Long> THRESHOLD = bytes(
                    "MULTIPART_THRESHOLD_BYTES",
                    "Larger objects are copied in parts; below S3's limit of 5 GiB each copy needs a HEAD first.")
            .or(LARGEST_COPY);
    private static final Setting<Long> PART = bytes(
                    "MULTIPART_PART_BYTES",
                    "Size of a part. Too low: more requests. Too high: a failed part repeats more bytes.")
            .or(DEFAULT_PART);

    static final List<Setting<?>> ALL =
            List.of(OVERWRITE_TARGETS, VERIFY, STORAGE_CLASS, ACL, KMS_KEY, REQUESTER_PAYS, THRESHOLD, PART);

    public S3CopySettings {
        Objects.requireNonNull(verification, "verification");
        Objects.requireNonNull(target, "target");
        if (multipartThreshold < 1 || multipartThreshold > LARGEST_COPY || partSize < 1 || partSize > LARGEST_COPY) {
            throw new IllegalArgumentException("Expected a threshold and parts from 1 to " + LARGEST_COPY + " bytes");
        }
    }

    static S3CopySettings from(Environment env) {
        return new S3CopySettings(
                env.read(OVERWRITE_TARGETS),
                env.read(VERIFY),
                new TargetProperties(env.read(STORAGE_CLASS), env.read(ACL), env.read(KMS_KEY)),
                env.read(REQUESTER_PAYS),
                env.read(THRESHOLD),
                env.read(PART));
    }

    /** The same without permission to overwrite. */
    S3CopySettings keepingTargets() {
        return new S3CopySettings(false, verification, target, requesterPays, multipartThreshold, partSize);
    }

    /** The same with sizes that S3 itself would not accept, for tests on servers that do. */
    S3CopySettings withSizes(long threshold, long part) {
        return new S3CopySettings(overwrite, verification, target, requesterPays, threshold, part);
    }

    /** Whether an object's size must be known before its copy starts. */
    boolean needsSizeFirst() {
        return multipartThreshold < LARGEST_COPY;
    }

    /** The payer for requests; null for the bucket's owner. */
    RequestPayer payer() {
        return requesterPays ? RequestPayer.REQUESTER : null;
    }

    private static Setting.Builder<Long> bytes(String name, String explanation) {
        return new Setting.Builder<>(
                name, explanation, "bytes, a whole number from " + SMALLEST_PART + " to " + LARGEST_COPY, text -> {
                    long value = Long.parseLong(text.trim());
                    if (value < SMALLEST_PART || value > LARGEST_COPY) {
                        throw new IllegalArgumentException();
                    }
                    return value;
                });
    }
}
