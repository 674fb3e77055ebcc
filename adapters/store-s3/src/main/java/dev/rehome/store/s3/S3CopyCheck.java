package dev.rehome.store.s3;

import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.TransferCheck;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Checks a copy by copying the object's beginning into an upload that is always aborted. The upload is for a key of its own
 * in the target's folder, because some S3-compatible servers delete an existing object when an upload to its key is
 * aborted.
 */
record S3CopyCheck(S3Requests objects, MultipartRequests requests, S3CopySettings settings) implements TransferCheck {
    private static final String CHECKED = "rehome-copy-check";

    @Override
    public Optional<Refusal> check(Location source, Location target) {
        String folder = target.objectKey().substring(0, target.objectKey().lastIndexOf('/') + 1);
        Location checked = target.withObjectKey(folder + CHECKED);
        CopyRequest copy = new CopyRequest(source, checked);
        try {
            HeadObjectResponse head = objects.head(source);
            String upload = requests.create(
                            checked, parts -> new SourceDescription(head, List.of()).describe(parts, settings))
                    .uploadId();
            try {
                requests.copyPart(copy, upload, 1, beginning(head.contentLength()), head.eTag());
            } finally {
                requests.abort(checked, upload);
            }
            return Optional.empty();
        } catch (S3Failure failure) {
            return Optional.of(failure.refusal(copy));
        }
    }

    /** S3 refuses ranges of small objects; those are copied as a whole. */
    private static PartRange beginning(long size) {
        return size > S3CopySettings.SMALLEST_PART ? new PartRange(0, S3CopySettings.SMALLEST_PART - 1) : null;
    }
}
