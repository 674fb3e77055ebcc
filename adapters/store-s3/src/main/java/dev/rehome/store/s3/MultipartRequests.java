package dev.rehome.store.s3;

import dev.rehome.common.store.Location;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** The requests of an upload in parts. They answer as those of {@link S3Requests} do. */
final class MultipartRequests {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartRequests.class);
    private static final String WRITE = "s3:PutObject or s3:PutObjectTagging on the target";
    private static final String COPY = "s3:GetObject on the source, or s3:PutObject on the target";

    private final S3AsyncClient client;
    private final S3CopySettings settings;
    /** Uploads that are neither completed nor aborted, by their ids. */
    private final Map<String, Location> open = new ConcurrentHashMap<>();

    private volatile boolean closing;

    MultipartRequests(S3AsyncClient client, S3CopySettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** The object's tags. */
    CompletableFuture<List<Tag>> tags(Location location) {
        GetObjectTaggingRequest request = GetObjectTaggingRequest.builder()
                .bucket(location.bucket())
                .key(location.key())
                .requestPayer(payer())
                .build();
        return S3Requests.send(
                () -> client.getObjectTagging(request).thenApply(answer -> answer.tagSet()),
                trouble -> S3FailureCodes.classify(trouble, false, "s3:GetObjectTagging on the source"));
    }

    /** Begins; nothing is visible at the target before {@link #complete}. */
    CompletableFuture<CreateMultipartUploadResponse> create(
            Location target, Consumer<CreateMultipartUploadRequest.Builder> description) {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(target.bucket())
                .key(target.key())
                .requestPayer(payer())
                .applyMutation(description);
        settings.kmsKey()
                .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key));
        return S3Requests.send(
                () -> client.createMultipartUpload(request.build()).thenApply(upload -> {
                    open.put(upload.uploadId(), target);
                    return upload;
                }),
                trouble -> S3FailureCodes.classify(trouble, false, WRITE));
    }

    /**
     * Copies a part. Fails with a precondition when the source has another ETag.
     *
     * @param range the source's bytes; null for all of them
     */
    CompletableFuture<CopyPartResult> copyPart(
            Route route, String upload, int number, PartRange range, String sourceETag) {
        if (closing) {
            return CompletableFuture.failedFuture(S3FailureCodes.unanswered("the process is stopping", null));
        }
        UploadPartCopyRequest request = UploadPartCopyRequest.builder()
                .sourceBucket(route.source().bucket())
                .sourceKey(route.source().key())
                .copySourceIfMatch(sourceETag)
                .copySourceRange(range == null ? null : range.header())
                .destinationBucket(route.target().bucket())
                .destinationKey(route.target().key())
                .uploadId(upload)
                .partNumber(number)
                .requestPayer(payer())
                .build();
        return S3Requests.send(
                () -> client.uploadPartCopy(request).thenApply(answer -> updateETag(answer.copyPartResult())),
                trouble -> S3FailureCodes.classify(trouble, false, COPY));
    }

    private static CopyPartResult updateETag(CopyPartResult part) {
        if (part == null || ETag.bare(part.eTag()).isEmpty()) {
            throw new IllegalStateException("a part was answered without an ETag");
        }
        return part;
    }

    /** Makes the object of its parts. */
    CompletableFuture<CompleteMultipartUploadResponse> complete(
            Location target, String upload, List<CompletedPart> parts) {
        CompleteMultipartUploadRequest request = CompleteMultipartUploadRequest.builder()
                .bucket(target.bucket())
                .key(target.key())
                .uploadId(upload)
                .multipartUpload(whole -> whole.parts(parts))
                .ifNoneMatch(settings.overwrite() ? null : "*")
                .requestPayer(payer())
                .build();
        return S3Requests.send(
                () -> client.completeMultipartUpload(request).thenApply(done -> {
                    if (!ETag.bare(done.eTag()).isEmpty()) {
                        open.remove(upload);
                    }
                    return done;
                }),
                trouble -> S3FailureCodes.classify(trouble, false, WRITE));
    }

    /**
     * Begins no more parts and throws away those of uploads that are not complete. A part that S3 is still copying may be
     * kept all the same (S3's documents of AbortMultipartUpload), and nobody aborts for a process that is killed: for both
     * there are lifecycle rules.
     *
     * @param atMost how long to wait for S3
     */
    void stop(Duration atMost) {
        closing = true;
        CompletableFuture.allOf(open.entrySet().stream()
                        .map(upload -> abort(upload.getValue(), upload.getKey()))
                        .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Throws the parts away, once; failing to is logged, for only a lifecycle rule would clean up then. */
    CompletableFuture<Void> abort(Location target, String upload) {
        if (open.remove(upload) == null) {
            return CompletableFuture.completedFuture(null);
        }
        AbortMultipartUploadRequest request = AbortMultipartUploadRequest.builder()
                .bucket(target.bucket())
                .key(target.key())
                .uploadId(upload)
                .requestPayer(payer())
                .build();
        return S3Requests.send(
                        () -> client.abortMultipartUpload(request),
                        trouble -> S3FailureCodes.classify(trouble, false, "s3:AbortMultipartUpload on the target"))
                .handle((done, trouble) -> {
                    if (trouble != null && !S3Failure.of(trouble).isUploadOver()) {
                        LOG.warn(
                                "{}: upload {} was not aborted ({}); its parts cost storage until a lifecycle rule for"
                                        + " incomplete uploads removes them",
                                target,
                                upload,
                                S3Failure.of(trouble).getMessage());
                    }
                    return null;
                });
    }

    private RequestPayer payer() {
        return settings.requesterPays() ? RequestPayer.REQUESTER : null;
    }
}
