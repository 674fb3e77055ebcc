package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.process.BoundedParallel;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.store.s3.S3Failure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Copies an object that is too large for one request: by ranges, some at a time, all pinned to one ETag of the source.
 * The target appears whole or not at all; after a failure the parts are discarded. Safe for use by any thread.
 */
record S3MultipartCopy(
        S3Requests objects,
        MultipartRequests requests,
        AmbiguousCopyResolver resolver,
        ConditionalCopyProbe probe,
        S3CopySettings settings,
        SendDeadline deadline,
        Executor threads) {
    private static final int PARTS_AT_A_TIME = 8;
    private static final int MOST_PARTS = 10_000;
    private static final int TRIES_OF_CHANGING_SOURCE = 3;

    CopyResult copy(CopyRequest copy) {
        Optional<String> before = targetETag(copy);
        if (before.isPresent() && !settings.overwrite()) {
            return resolver.resolveExisting(copy);
        }
        for (int attempt = 1; attempt <= TRIES_OF_CHANGING_SOURCE; attempt++) {
            HeadObjectResponse source = objects.head(copy.source());
            String upload = create(copy, source);
            Optional<List<CompletedPart>> parts = copyParts(copy, upload, source);
            if (parts.isPresent()) {
                return complete(copy, upload, parts.get(), source, before);
            }
        }
        return Refusal.ofObject(
                FailureCode.SOURCE_CHANGED,
                copy + ": the source was overwritten during each of " + TRIES_OF_CHANGING_SOURCE + " copies");
    }

    private Optional<String> targetETag(CopyRequest copy) {
        return objects.look(copy.target()).map(target -> S3ObjectStat.etag(target.eTag()));
    }

    private String create(CopyRequest copy, HeadObjectResponse source) {
        if (source.missingMeta() != null && source.missingMeta() > 0) {
            throw new S3Failure(
                    Kind.REFUSED,
                    FailureCode.REJECTED,
                    "",
                    source.missingMeta() + " of the source's metadata entries can't be read through HTTP headers",
                    null);
        }
        SourceDescription description = new SourceDescription(source, tags(copy, source));
        return requests.create(copy.target(), upload -> description.describe(upload, settings))
                .uploadId();
    }

    /** HEAD shows the number of tags only to callers who may read tags, so its absence doesn't prove that there are none. */
    private List<Tag> tags(CopyRequest copy, HeadObjectResponse source) {
        try {
            return requests.tags(copy.source());
        } catch (S3Failure failure) {
            if (failure.isNotImplemented() && source.tagCount() == null) {
                return List.of();
            }
            throw failure;
        }
    }

    /** The copied parts; empty if the source has changed, after throwing the parts away. */
    private Optional<List<CompletedPart>> copyParts(CopyRequest copy, String upload, HeadObjectResponse source) {
        List<PartRange> ranges = PartRange.divide(source.contentLength(), settings.partSize(), MOST_PARTS);
        try {
            return Optional.of(BoundedParallel.run(
                    threads,
                    PARTS_AT_A_TIME,
                    ranges.size(),
                    number -> completed(
                            number + 1,
                            requests.copyPart(copy, upload, number + 1, ranges.get(number), source.eTag()))));
        } catch (S3Failure failure) {
            requests.abort(copy.target(), upload);
            if (failure.kind() == Kind.PRECONDITION) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static CompletedPart completed(int number, CopyPartResult part) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumCRC64NVME(part.checksumCRC64NVME())
                .checksumCRC32(part.checksumCRC32())
                .checksumCRC32C(part.checksumCRC32C())
                .checksumSHA256(part.checksumSHA256())
                .checksumSHA1(part.checksumSHA1())
                .build();
    }

    /** Parts may take hours, and not every server knows a condition on completing, so the target is looked at again. */
    private CopyResult complete(
            CopyRequest copy,
            String upload,
            List<CompletedPart> parts,
            HeadObjectResponse source,
            Optional<String> before) {
        S3Failure failure;
        try {
            Duration checkedAt = deadline.now();
            if (!targetETag(copy).equals(before)) {
                return afterTargetChanged(copy);
            }
            String etag = complete(copy, upload, parts, checkedAt);
            if (!etag.isEmpty()) {
                return new CopyResult.Copied(
                        copy.target(), ContentProof.etag(etag), OptionalLong.of(source.contentLength()));
            }
            failure = S3FailureCodes.ambiguous("the response has no ETag", null);
        } catch (S3Failure trouble) {
            failure = trouble;
        } finally {
            requests.abort(copy.target(), upload);
        }
        if (failure.kind() == Kind.PRECONDITION) {
            return resolver.resolveExisting(copy);
        }
        if (failure.isRetryable()) {
            return resolver.resolveAmbiguous(copy, failure);
        }
        throw failure;
    }

    private String complete(CopyRequest copy, String upload, List<CompletedPart> parts, Duration checkedAt) {
        if (!settings.overwrite() && probe.isImplemented()) {
            try {
                return requests.complete(copy.target(), upload, parts, true, checkedAt);
            } catch (S3Failure failure) {
                if (!failure.isNotImplemented()) {
                    throw failure;
                }
            }
        }
        return requests.complete(copy.target(), upload, parts, false, checkedAt);
    }

    private CopyResult afterTargetChanged(CopyRequest copy) {
        if (settings.overwrite()) {
            throw new StoreUnavailable(copy + ": the target was written during the copy; copying again", false, null);
        }
        return resolver.resolveExisting(copy);
    }
}
