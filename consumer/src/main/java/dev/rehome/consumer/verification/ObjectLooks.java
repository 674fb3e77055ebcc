package dev.rehome.consumer.verification;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at both ends of references, many at a time.
 *
 * @param targets the target bucket
 * @param sources the source bucket; empty when only targets are looked at
 */
record ObjectLooks(BucketLook targets, Optional<BucketLook> sources) {
    /** A new window begins. */
    void begin() {
        targets.begin();
        sources.ifPresent(BucketLook::begin);
    }

    /** Looks; fails with {@link VerificationFailed} when nothing can be learned. */
    CompletableFuture<Look> at(Ends ends) {
        CompletableFuture<Seen> target = targets.at(ends.newLocation());
        CompletableFuture<Seen> source = sources.map(bucket -> bucket.at(ends.oldLocation()))
                .orElseGet(() -> CompletableFuture.completedFuture(Seen.NOT_ASKED));
        return target.thenCombine(source, Look::new);
    }
}
